"""Warnings in words, for desks and managers: who is likely to wait too long, why, and the step that would save it.

Those whom the same step would save are told together, and only while something can still be done: not once it was done,
and not past the target.
"""

from collections.abc import Iterable, Sequence

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
}
STEPS = {
    "call": _l("%(desk)s can call now."),
    "back": _l("Ask %(desk)s to come back."),
    "break": _l("Let the break of %(desk)s begin later."),
    "open": _l("Open %(desk)s."),
    "": _l("One step alone would not be in time: ask all desks to help."),
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
BECAME = {
    "kept": _l("Was seen in time, although it was warned of a long wait"),
    "missed": _l("Waited longer than promised, as it was warned"),
    "left": _l("The warning of a long wait is over"),
}
PRESS = {"back": "ask_back", "open": "open_desk", "": "ask_everybody"}  # what a manager can do with one press


def standing(warnings: Iterable[Warned], room: Room, settings: Settings) -> list[Warned]:
    """Those about which something can still be done."""
    return [
        one
        for one in warnings
        if room.at < one.target_at and still_waits(room, one.visit) and step_now(one, room, settings) != DONE
    ]


def groups(settings: Settings, room: Room, warnings: Sequence[Warned], *, desk: str | None = None) -> list[dict]:
    """`{key, numbers, count, sentence, why, remedy, own, helps, press, desk, warned_at}` of those whom one step would
    save; `own`: it is this `desk`'s to do, and stands first; `helps`: somebody could do something; `press` is what a
    manager asks for it."""
    alike: dict[tuple, list[Warned]] = {}
    for one in warnings:
        why, why_desk = why_now(one, room)
        alike.setdefault((step_now(one, room, settings), one.step_desk, why, why_desk), []).append(one)
    found = [_group(settings, room, key, those, desk) for key, those in alike.items()]
    return sorted(found, key=lambda each: not each["own"])


def step_now(one: Warned, room: Room, settings: Settings) -> str:
    """The step that would save them as things stand: a desk that has been paused meanwhile is to come back. Where no
    step alone would, "none" if all who could help are at work."""
    if not one.step:
        return "" if any(_state(room, key) != "open" for key in _able(settings, one.service)) else "none"
    desk = room.desks.get(one.step_desk, Desk(one.step_desk))
    if desk.state != "open":
        return {"closed": "open", "paused": "back"}[desk.state]
    if one.step == "call":
        return DONE if room.at_desk(one.step_desk) else "call"
    return "break" if one.step == "break" else DONE


def why_now(one: Warned, room: Room) -> tuple[str, str | None]:
    """Why they wait, with the desk of which that is said; once that is over, that many are ahead."""
    state, visitor = _state(room, one.why_desk), room.at_desk(one.why_desk) if one.why_desk else None
    still = {"silent": state == "open" and not visitor, "paused": state == "paused", "long": visitor is not None}
    return (one.why, one.why_desk) if still.get(one.why, True) else ("ahead", None)


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
        "desk": step_desk,
        "warned_at": max(one.warned_at for one in those),
    }


def _able(settings: Settings, service: str) -> list[str]:
    return [key for key, services in settings.serves.items() if service in services]


def _state(room: Room, desk: str | None) -> str:
    return room.desks.get(desk, Desk(desk or "")).state


def _named(words, settings: Settings, desk: str | None) -> str:
    found = settings.desk_named.get(desk)
    return str(words) % {"desk": found.name if found else desk}
