"""How far a board can be read and what it shows, in sentences for whoever hangs it and for managers."""

from babel.lists import format_list
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from reception.boards import Screen
from reception.settings import Settings


def reach_words(screen: Screen) -> str:
    """Whether the farthest seat can read it; if not, what would help."""
    reach, metres = _metres(int(screen.reach * 10) / 10), _metres(screen.metres)
    size = format_decimal(screen.inches)
    if not screen.is_too_small:
        return _(
            "A %(inches)s-inch screen can be read from %(reach)s m. Your farthest seat is at %(metres)s m.",
            inches=size,
            reach=reach,
            metres=metres,
        )
    return _(
        "A %(inches)s-inch screen can be read from %(reach)s m, and your farthest seat is at %(metres)s m."
        " Hang one of %(needed)s inches, or move the seats nearer. Calls alone can be read from %(calls)s m.",
        inches=size,
        reach=reach,
        metres=metres,
        needed=screen.inches_needed,
        calls=_metres(int(screen.call_reach * 10) / 10),
    )


def desks_words(settings: Settings, screen: Screen) -> str:
    """Which desks' calls a board shows."""
    if screen.desks is None:
        return _("Shows all desks")
    names = [desk.name for desk in settings.desks if desk.key in screen.desks]
    return _("Shows %(desks)s", desks=format_list(names, locale=get_locale()))


def _metres(metres: float) -> str:
    return format_decimal(metres, "0.#")
