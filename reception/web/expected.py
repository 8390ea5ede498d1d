"""What somebody is told of their wait, in words: the same at the kiosk, on the slip, the phone, the board and the
greeter's list, and by voice, in the language that is now worded in.

What may be told, and how it is rounded, is `reception/estimate/said.py`'s; nothing is estimated here.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from reception import hours
from reception.web import times
from reception.web.speaking import said as own_text

FULL_STOPS = ".।۔"  # as the catalogues end a sentence
MINUTE = 60_000
WHY = {
    # the keys of reception/estimate/reasons.py
    "desk_closed": lazy_gettext("This is because fewer desks are open now."),
    "booked_came": lazy_gettext("This is because people with an appointment have come."),
    "others_first": lazy_gettext("This is because some people had to be seen first."),
    "longer_visits": lazy_gettext("This is because visits take longer than usual."),
}


def of_visit(parts, visit: str):
    """What somebody who waits may be told now; None where nobody is told anything."""
    return parts.expecting.visit(visit) if parts.expecting else None


def of_service(parts, service: str):
    """The same for whoever takes a number for this service now."""
    return parts.expecting.service(service) if parts.expecting else None


def told(found, settings, *, ahead: int | None = None) -> dict:
    """What a face shows of somebody's wait, worded; whatever there is nothing to say of is "".

    `wait`: how long, and by when; `ahead`: who comes first; `besides`: how rough it is, and what else they can do;
    `updated`; and `later`, whether it is later than we said. `found` is what may be told (Said) or None. `ahead`: how
    many are ahead, where a face knows it better or nothing was found; None where it would say little.
    """
    return {
        "wait": _join(wait(found, settings)) if found else "",
        "ahead": _join(people(ahead, found)) if ahead is not None else "",
        "besides": _join(besides(found, settings)) if found else "",
        "updated": _("Updated %(time)s.", time=times.time_of_day(found.at, settings.zone)) if found else "",
        "later": bool(found and found.later),
    }


def sentences(found, settings, *, ahead: int | None = None) -> list[str]:
    """The same, one below the other."""
    words = told(found, settings, ahead=ahead)
    return [words[name] for name in ("wait", "ahead", "besides", "updated") if words[name]]


def short(found, settings) -> str | None:
    """In a few words, before somebody has a number: "About 10 to 25 minutes". None where there is nothing to say."""
    if found is None:
        return None
    if found.key == "no_number":
        return _("Likely from %(time)s", time=_opens(found, settings)) if found.opens_at else None
    if found.key == "within":
        return ngettext("Within %(num)d minute", "Within %(num)d minutes", found.high)
    return _minutes(found).rstrip(FULL_STOPS) or None


# -- sentence by sentence --------------------------------------------------------------------------------------------


def wait(found, settings) -> list[str]:
    """How long, and by when."""
    why = str(WHY.get(found.why, ""))
    late = [_("Running later than we said."), why] if found.later else []
    if found.key == "no_number":
        unknown = _("We cannot say how long it takes: nobody who can help is here now.")
        return [*late, unknown, _likely(found, settings)]
    if found.by_at is None:
        return [*late, _minutes(found), _("We cannot say yet by when we will call you.")]
    by = times.time_of_day(found.by_at, settings.zone)
    if found.later:
        again = _("Running later than we said: we now expect to call you by %(time)s.", time=by)
        return [again, why]
    if found.key == "within":
        return [
            ngettext(
                "You should be seen within %(num)d minute, by %(time)s.",
                "You should be seen within %(num)d minutes, by %(time)s.",
                found.high,
                time=by,
            )
        ]
    return [_minutes(found), _("We expect to call you by %(time)s.", time=by)]


def people(ahead: int, found) -> list[str]:
    """Who comes first. Nobody is next where nobody can help, and nothing is said where nobody knows who ever can."""
    booked_first = bool(found and found.booked_first)
    if found and found.key == "no_number" and not (found.opens_at or ahead or booked_first):
        return []
    if not ahead and not booked_first and not (found and found.key == "no_number"):
        return [_("You are next.")]
    many = ngettext(
        "%(num)d person is ahead of you for this service.", "%(num)d people are ahead of you for this service.", ahead
    )
    first = _("People with an appointment may be called first.")
    return [many if ahead else _("Nobody is ahead of you for this service."), first if booked_first else ""]


def besides(found, settings) -> list[str]:
    """How rough it is; where it is long, what else they can do, as far as the office offers it."""
    rough = found.learning and found.key in ("within", "range", "from")
    lines = [_("This is a rough guess: we are still learning how long things take here.") if rough else ""]
    if found.offer or found.key == "no_number":
        if settings.office.public_url and settings.phone.late_minutes:
            lines.append(_("You can go and come back: your phone shows your place."))
        if settings.waits.book:
            lines.append(_("You can also book for another time: %(how)s.", how=own_text(settings.waits.book)))
    return lines


def _minutes(found) -> str:
    if found.high is None:
        often = ngettext("About %(num)d minute or longer.", "About %(num)d minutes or longer.", found.low)
        return often if found.low else ""
    if not found.low:
        return ngettext("Up to %(num)d minute.", "Up to %(num)d minutes.", found.high)
    if found.low == found.high:
        return ngettext("About %(num)d minute.", "About %(num)d minutes.", found.high)
    return ngettext("About %(low)d to %(num)d minute.", "About %(low)d to %(num)d minutes.", found.high, low=found.low)


def _likely(found, settings) -> str:
    if not found.opens_at:
        return _("Please ask a member of staff.")
    opens = _opens(found, settings)
    if _is_today(found, settings):
        return _("A desk is likely to open at %(time)s.", time=opens)
    return _("A desk is likely to open: %(day)s.", day=opens)


def _opens(found, settings) -> str:
    shape = times.time_of_day if _is_today(found, settings) else times.weekday_and_time
    return shape(found.opens_at, settings.zone)


def _is_today(found, settings) -> bool:
    return hours.day_of(found.opens_at, settings.zone) == hours.day_of(found.at, settings.zone)


def _join(found: list[str]) -> str:
    return " ".join(filter(None, found))
