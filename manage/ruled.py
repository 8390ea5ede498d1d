"""What managers have decided for now, in words: each ruling that holds, and the record of those before.

Texts (a notice, a message) stand in `particulars` and are looked up only for rulings that hold.
"""

from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from reception.room import Room
from reception.rulings import serves
from reception.store import Step
from reception.things import Ruling
from reception.web.parts import Parts

AS_MANY_AS_COME = "99999"  # the largest quota a ruling can hold: no limit, where the settings have one
STEP = ("ruled",)


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling in words: what it says, who decided it, when and until when (None: until changed)."""

    kind: str
    subject: str
    value: str | None
    sentence: str
    by: str
    at: int
    until_at: int | None
    text: str | None = None


def holding(parts: Parts, room: Room) -> list[Decided]:
    """The rulings that hold in this room, the newest first."""
    held = [ruling for ruling in room.rulings.values() if room.ruled(ruling.kind, ruling.subject) is not None]
    held.sort(key=lambda ruling: -ruling.at)
    texts = parts.store.particulars(parts.settings.office.key, [ruling.id for ruling in held])
    return [decided(parts, ruling, texts.get(ruling.id, {}).get("text")) for ruling in held]


def decided(parts: Parts, ruling: Ruling, text: str | None = None) -> Decided:
    words = sentence(parts, ruling.kind, ruling.subject, ruling.value)
    return Decided(ruling.kind, ruling.subject, ruling.value, words, ruling.by, ruling.at, ruling.until_at, text)


def record(parts: Parts, since_at: int) -> list[Decided]:
    """Everything decided since an instant, the newest first. A step holds what changed, so each value is found by
    going back from what is now."""
    room = parts.frontdesk.look()[1]
    now = {key: [ruling.value, ruling.until_at] for key, ruling in room.rulings.items()}
    found = []
    for step in parts.store.steps_named(parts.settings.office.key, STEP):
        if step.at < since_at:
            break
        kind, subject = step.note["kind"], step.note["subject"]
        value, until_at = now.get(step.about, [None, None])
        words = sentence(parts, kind, subject, value)
        found.append(Decided(kind, subject, value, words, step.by, step.at, until_at))
        now[step.about] = _before(step, value, until_at)
    return found


def _before(step: Step, value, until_at) -> list:
    return [step.changes.get(name, [now])[0] for name, now in (("value", value), ("until_at", until_at))]


def sentence(parts: Parts, kind: str, subject: str, value: str | None) -> str:
    """What a ruling says; `value` None is back to the settings."""
    settings, name = parts.settings, named(parts, kind, subject)
    match kind, value:
        case (("service" | "quota" | "serves"), None):
            return _("%(name)s is as the settings say", name=name)
        case "service", "open":
            return _("%(name)s is open", name=name)
        case "service", _closed:
            return _("%(name)s is closed", name=name)
        case "quota", value:
            return quota_words(name, int(value))
        case "notice", None:
            return (
                _("The notice on the board is as the settings say")
                if subject == "board"
                else _("No notice at the kiosk")
            )
        case "notice", _text:
            return _("A notice on the board") if subject == "board" else _("A notice at the kiosk")
        case "kiosk", None:
            return _("%(name)s is unlocked", name=name)
        case "kiosk", _text:
            return _("%(name)s is locked", name=name)
        case "serves", value:
            main, helps = ([_service(settings, key) for key in keys] for keys in serves(value))
            return serves_words(name, main, helps)
        case "message", None:
            return _("The message to %(name)s is taken back", name=name)
        case "message", _text:
            return _("A message to %(name)s", name=name)
    raise KeyError(kind)


def quota_words(name: str, count: int) -> str:
    if str(count) == AS_MANY_AS_COME:
        return _("%(name)s gives as many tickets as people come", name=name)
    return ngettext("%(name)s gives %(num)d ticket a day", "%(name)s gives %(num)d tickets a day", count, name=name)


def serves_words(name: str, main: list[str], helps: list[str]) -> str:
    """ "Desk 1 takes Housing and helps with Parking"; the names are the services'."""
    if main and helps:
        return _("%(name)s takes %(main)s and helps with %(helps)s", name=name, main=listed(main), helps=listed(helps))
    if helps:
        return _("%(name)s helps with %(helps)s", name=name, helps=listed(helps))
    return _("%(name)s takes %(main)s", name=name, main=listed(main))


def named(parts: Parts, kind: str, subject: str) -> str:
    """Whom or what a ruling is about, in words."""
    settings = parts.settings
    if kind in ("service", "quota"):
        return _service(settings, subject)
    if kind == "kiosk":
        return parts.keys.name_of(f"screen:{subject}") or _("A kiosk")
    if kind == "message" and subject == "all":
        return _("all desks")
    desk = settings.desk_named.get(subject)
    return desk.name if desk else subject


def _service(settings, key: str) -> str:
    part = settings.service.get(key)
    return part.name if part else key


def listed(names: list[str]) -> str:
    return format_list(names, locale=get_locale())
