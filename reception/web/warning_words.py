"""Warnings in words, for desks and managers: who is likely to wait too long, why, and the step that would save it.

Those whom the same step would save are told together, and only while something can still be done: not once it was done,
and not past the target.
"""

from collections.abc import Iterable, Sequence

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from reception.line import Line
from reception.room import Room
from reception.settings import Settings
from reception.things import Desk
from reception.warning.rows import Warned, still_waits
from reception.web.times import BRITISH

NAMED = 3  # numbers; of more people it is only said how many
DONE = "done"
WHY = {
    "silent": _l("%(desk)s is free and has not called."),
    "paused": _l("%(desk)s is paused."),
    "break": _l("The break of %(desk)s is due."),
    "closed": _l("No desk that could help is open."),
    "long": _l("The visit at %(desk)s lasts unusually long."),
    "ahead": _l("Too many people are ahead for the desks that are open."),
    "busy": _l("Every desk that could help has somebody."),
    "free": _l("%(desk)s is free."),
    "nobody": _l("No desk is set up for it."),
}
STEPS = {
    "call": _l("%(desk)s can call now."),
    "free": _l("%(desk)s can call now."),
    "back": _l("Ask %(desk)s to come back."),
    "break": _l("Let the break of %(desk)s begin later."),
    "open": _l("Open %(desk)s."),
    "": _l("One step alone would not be in time: ask all desks to help."),
    "nobody": _l("Let another desk take it."),
    "none": _l("Every desk that could help is at work."),
}
OWN = {  # the same, on the screen of the desk whose step it is
    "call": _l("Call now, and they are seen in time."),
    "free": _l("Call now."),
    "back": _l("If you come back now, they are seen in time."),
    "break": _l("If your break begins later, they are seen in time."),
    "open": _l("If you open now, they are seen in time."),
    "": _l("One step alone would not be in time. Managers are told."),
    "none": _l("Every desk that could help is at work."),
}
BECAME = {
    "kept": _l("Was seen in time, although it was warned of a long wait"),
    "missed": _l("Waited longer than promised, as it was warned"),
    "left": _l("The warning of a long wait is over"),
}
PRESS = {  # what a manager can do with one press
    "call": "ask_to_call",
    "free": "ask_to_call",
    "back": "ask_back",
    "break": "ask_to_stay",
    "open": "open_desk",
    "": "ask_everybody",
}
OWN_PRESS = {"call": "call", "free": "call", "break": "call", "back": "open", "open": "open"}  # and the desk itself


def standing(warnings: Iterable[Warned], room: Room, line: Line) -> list[Warned]:
    """Those about which something can still be done."""
    return [
        one
        for one in warnings
        if room.at < one.target_at and still_waits(room, one.visit) and step_now(one, room, line)[0] != DONE
    ]


def groups(
    settings: Settings, room: Room, line: Line, warnings: Sequence[Warned], *, desk: str | None = None
) -> list[dict]:
    """`{key, numbers, count, sentence, why, remedy, own, helps, press, own_press, desk, warned_at}` of those whom one
    step would save; `own`: it is this `desk`'s to do, and stands first; `helps`: somebody could do something; `press`
    is what a manager asks for it, `own_press` what the desk itself asks."""
    alike: dict[tuple, list[Warned]] = {}
    for one in warnings:
        alike.setdefault((*step_now(one, room, line), *why_now(one, room, line)), []).append(one)
    found = [_group(settings, room, key, those, desk) for key, those in alike.items()]
    return sorted(found, key=lambda each: not each["own"])


def step_now(one: Warned, room: Room, line: Line) -> tuple[str, str | None]:
    """The step that would save them as things stand, and the desk that is to do it: one that has been paused meanwhile
    is to come back. Where no step alone would, a free desk can call, other desks can open ("") or all are at work
    ("none"); "nobody": no desk is set up for it."""
    able = line.desks_for(room.visits[one.visit])
    if not able:
        return "nobody", None
    if not one.step or one.step_desk not in able:
        if free := _could_call(one, room, line):
            return "free", free
        return "" if any(_state(room, key) != "open" for key in able) else "none", None
    state = _state(room, one.step_desk)
    if state != "open":
        return {"closed": "open", "paused": "back"}[state], one.step_desk
    if one.step == "call":
        return DONE if room.at_desk(one.step_desk) else "call", one.step_desk
    return "break" if one.step == "break" else DONE, one.step_desk


def why_now(one: Warned, room: Room, line: Line) -> tuple[str, str | None]:
    """Why they wait, with the desk of which that is said: what it was for as long as that is so, then what is."""
    visit = room.visits[one.visit]
    able = sorted(line.desks_for(visit))
    there = [key for key in able if _state(room, key) == "open"]
    state = _state(room, one.why_desk) if one.why_desk in able else None
    visitor = room.at_desk(one.why_desk) if state else None
    still = {
        "silent": state == "open" and visitor is None,
        "paused": state == "paused",
        "break": state == "open",
        "closed": not there,
        "long": visitor is not None,
        "ahead": bool(there and line.people_ahead(visit)),
        "busy": bool(there) and all(room.at_desk(key) for key in there),
    }
    if able and still[one.why]:
        return one.why, one.why_desk
    if not there:
        paused = [key for key in able if _state(room, key) == "paused"]
        return ("paused", paused[0]) if paused else ("closed" if able else "nobody", None)
    if not one.step and (free := _could_call(one, room, line)):
        return "free", free
    return "ahead" if still["ahead"] or not still["busy"] else "busy", None


def who(numbers: Sequence[str]) -> str:
    """ "A014, A016 and 3 more"."""
    shown = list(numbers) if len(numbers) <= NAMED else list(numbers[: NAMED - 1])
    more = len(numbers) - len(shown)
    if more:
        shown.append(ngettext("%(num)d more", "%(num)d more", more))
    language = str(get_locale() or "en")
    return format_list(shown, locale=BRITISH if language == "en" else language)


def in_story(settings: Settings, changed: dict) -> list[str]:
    """What a visit's story says of a step of its warning: that it was given and why, or what became of it."""
    if changed.get("outcome"):
        return [str(BECAME[changed["outcome"]])]
    why = _named(WHY[changed["why"]], settings, changed.get("why_desk"))
    return [_("Will probably wait longer than promised, desks and managers were warned"), why]


# -- helpers ----------------------------------------------------------------------------------------------------------


def _group(settings: Settings, room: Room, key: tuple, those: list[Warned], desk: str | None) -> dict:
    step, step_desk, why, why_desk = key
    visits = sorted((room.visits[one.visit] for one in those), key=lambda visit: (visit.waits_from, visit.place))
    numbers = [visit.number for visit in visits]
    own = desk is not None and (step_desk == desk or step in ("", "none"))
    return {
        "key": " ".join([step, *filter(None, (step_desk, why, why_desk))]),
        "numbers": who(numbers),
        "count": len(numbers),
        "sentence": _("%(who)s will probably wait longer than promised.", who=who(numbers)),
        "why": _named(WHY[why], settings, why_desk),
        "remedy": _named((OWN if own else STEPS)[step], settings, step_desk),
        "own": own and step not in ("", "none"),
        "helps": step != "none",
        "press": PRESS.get(step),
        "own_press": OWN_PRESS[step] if own and step_desk else None,
        "desk": step_desk,
        "warned_at": max(one.warned_at for one in those),
    }


def _could_call(one: Warned, room: Room, line: Line) -> str | None:
    """A free desk that has not noticed: the one of which it is said, else, where they are next there or every desk is
    at work, any. A desk between two visitors is no news while others could open."""
    able = sorted(line.desks_for(room.visits[one.visit]), key=lambda key: (key != one.why_desk, key))
    all_open = all(_state(room, key) == "open" for key in able)
    for key in able:
        free = _state(room, key) == "open" and not room.at_desk(key)
        first = line.next_for(key) if free else None
        if first and (all_open or first.id == one.visit or (one.why, one.why_desk) == ("silent", key)):
            return key
    return None


def _state(room: Room, desk: str | None) -> str:
    return room.desks.get(desk, Desk(desk or "")).state


def _named(words, settings: Settings, desk: str | None) -> str:
    found = settings.desk_named.get(desk)
    return str(words) % {"desk": found.name if found else desk}
