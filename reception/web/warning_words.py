"""Warnings in words, for desks and managers: who is likely to wait too long, why, and the step that would save it.

Those whom the same step would save are told together, whatever they wait for, and only while something can still be
done: not once it was done, and not past the target.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from reception.line import Line
from reception.room import Room
from reception.settings import Settings
from reception.things import Desk
from reception.visit import Visit
from reception.warning.rows import Warned, still_waits
from reception.web.saying import service_name
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
    "nobody": _l("No desk is set up for %(service)s."),
    "needs": _l("No desk that takes %(service)s has what they need."),
}
OF_A_SERVICE = ("nobody", "needs")
STEPS = {
    "call": _l("%(desk)s can call now."),
    "back": _l("Ask %(desk)s to come back."),
    "break": _l("Let the break of %(desk)s begin later."),
    "open": _l("Open %(desk)s."),
    "": _l("One step alone would not be in time: ask all desks to help."),
    "take": _l("Let another desk take it."),
    "any": _l("Call them by their number from any desk."),
    "none": _l("Every desk that could help is at work."),
}
OWN = {  # the same, on the screen of the desk whose step it is
    "call": _l("Call now, and they are seen in time."),
    "back": _l("If you come back now, they are seen in time."),
    "break": _l("If your break begins later, they are seen in time."),
    "open": _l("If you open now, they are seen in time."),
    "": _l("One step alone would not be in time. Managers are told."),
    "none": _l("Every desk that could help is at work."),
}
UNTRIED = _l("Call now.")  # where playing the line through did not find that it is enough
BECAME = {
    "kept": _l("Was seen in time, although it was warned of a long wait"),
    "missed": _l("Waited longer than promised, as it was warned"),
    "left": _l("The warning of a long wait is over"),
}
PRESS = {  # what a manager can do with one press
    "call": "ask_to_call",
    "back": "ask_back",
    "break": "ask_to_stay",
    "open": "open_desk",
    "": "ask_everybody",
    "take": "let_take",
}
OWN_PRESS = {"call": "call", "break": "call", "back": "open", "open": "open"}  # and the desk itself


class Step(NamedTuple):
    """What is to be done, a key of STEPS or DONE; by which desk, and for which service, where it is for one alone."""

    key: str
    desk: str | None = None
    service: str | None = None


def standing(warnings: Iterable[Warned], room: Room, line: Line) -> list[Warned]:
    """Those about which something can still be done."""
    return [
        one
        for one in warnings
        if room.at < one.target_at and still_waits(room, one.visit) and step_now(one, room, line).key != DONE
    ]


def groups(
    settings: Settings, room: Room, line: Line, warnings: Sequence[Warned], *, desk: str | None = None
) -> list[dict]:
    """`{key, numbers, count, sentence, reasons, remedy, own, helps, press, own_press, desk, desk_name, service,
    warned_at}` of those whom one step would save; `reasons` are described at `_reasons`. `own`: it is this `desk`'s to
    do, and stands first; `helps`: somebody could do something; `press` is what a manager asks for it, `own_press` what
    the desk itself asks."""
    alike: dict[Step, list[Warned]] = {}
    for one in warnings:
        alike.setdefault(step_now(one, room, line), []).append(one)
    found = [_group(settings, room, line, step, those, desk) for step, those in alike.items()]
    return sorted(found, key=lambda each: not each["own"])


def step_now(one: Warned, room: Room, line: Line) -> Step:
    """The step that would save them as things stand, and the desk that is to do it: one that has been paused meanwhile
    is to come back. Where no step alone would, a free desk can call, other desks can open ("") or all are at work
    ("none"). Where no desk is set up for them one can "take" their service, unless it takes "any" desk that calls them
    by their number."""
    visit = room.visits[one.visit]
    able = line.desks_for(visit)
    if not able:
        other = _could_take(visit, room, line)
        return Step("take", other, visit.service) if other else Step("any")
    if not one.step or one.step_desk not in able:
        if free := _could_call(one, room, line):
            return Step("call", free)
        return Step("" if any(_state(room, key) != "open" for key in able) else "none")
    state = _state(room, one.step_desk)
    if state != "open":
        return Step({"closed": "open", "paused": "back"}[state], one.step_desk)
    if one.step == "call":
        return Step(DONE if room.at_desk(one.step_desk) else "call", one.step_desk)
    return Step("break" if one.step == "break" else DONE, one.step_desk)


def why_now(one: Warned, room: Room, line: Line) -> tuple[str, str | None]:
    """Why they wait, with the desk of which that is said: what it was for as long as that is so, then what is."""
    visit = room.visits[one.visit]
    able = sorted(line.desks_for(visit))
    if not able:
        return "needs" if line.desks_of_service(visit.service) else "nobody", None
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
    if still[one.why]:
        return one.why, one.why_desk
    if not there:
        paused = [key for key in able if _state(room, key) == "paused"]
        return ("paused", paused[0]) if paused else ("closed", None)
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


def _group(settings: Settings, room: Room, line: Line, step: Step, those: list[Warned], desk: str | None) -> dict:
    those = sorted(those, key=lambda one: (room.visits[one.visit].waits_from, room.visits[one.visit].place))
    numbers = who([room.visits[one.visit].number for one in those])
    own = desk is not None and (step.desk == desk or step.key in ("", "none"))
    told = OWN[step.key] if own else STEPS[step.key]
    if own and step.key == "call" and any(one.step != "call" for one in those):
        told = UNTRIED
    named = settings.desk_named.get(step.desk)
    return {
        "key": " ".join(filter(None, step)),
        "numbers": numbers,
        "count": len(those),
        "sentence": _("%(who)s will probably wait longer than promised.", who=numbers),
        "reasons": _reasons(settings, room, line, those),
        "remedy": _named(told, settings, step.desk),
        "own": own and step.key not in ("", "none"),
        "helps": step.key != "none",
        "press": PRESS.get(step.key),
        "own_press": OWN_PRESS[step.key] if own and step.desk else None,
        "desk": step.desk,
        "desk_name": named and named.name,
        "service": step.service,
        "warned_at": max(one.warned_at for one in those),
    }


def _reasons(settings: Settings, room: Room, line: Line, those: list[Warned]) -> list[dict]:
    """`{key, numbers, why, of_some}`: those who wait for the same reason together; `of_some`: others wait for another.
    That a desk is free, and that it is free and has not called, is one reason."""
    whys = [why_now(one, room, line) for one in those]
    whys = [("silent", desk) if why == "free" and ("silent", desk) in whys else (why, desk) for why, desk in whys]
    alike: dict[tuple, list[str]] = {}
    for one, (why, desk) in zip(those, whys, strict=True):
        visit = room.visits[one.visit]
        service = visit.service if why in OF_A_SERVICE else None
        alike.setdefault((why, desk, service), []).append(visit.number)
    return [
        {
            "key": " ".join(filter(None, key)),
            "numbers": who(numbers),
            "why": _named(WHY[key[0]], settings, *key[1:]),
            "of_some": len(alike) > 1,
        }
        for key, numbers in alike.items()
    ]


def _could_take(visit: Visit, room: Room, line: Line) -> str | None:
    """Of the desks that have what they need, the one of which it asks least to take their service, too: one at work
    and free, one at work, one that is paused, one that is closed."""
    states = ("open", "paused", "closed")
    return min(
        line.desks_that_have(visit),
        key=lambda key: (states.index(_state(room, key)), room.at_desk(key) is not None),
        default=None,
    )


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


def _named(words, settings: Settings, desk: str | None, service: str | None = None) -> str:
    found = settings.desk_named.get(desk)
    return str(words) % {"desk": found.name if found else desk, "service": service_name(service, settings)}
