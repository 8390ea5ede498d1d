"""What one visitor's phone shows, made of values alone; what follows a visit is in owed.py.

    place   {step, now, number, state, ahead, booked_at, later_at, late_until, can_be_late,
             expected_wait, expected_ahead, expected_besides, expected_updated, expected_later,
             desk_name, person_name, called_at, discreet, room_name, held_until, to_come,
             owed, papers, signposts, until}                                  phone/owed.py

`ahead` is null unless they wait and may be called: an appointment that is not due yet has `booked_at` instead, whoever
was sent on for later `later_at`, and whoever said that they come later `late_until`. What they may expect is worded
(reception/web/expected.py), "" where there is nothing to say; `expected_later`: it is later than we said. `desk_name`
and `called_at` are null unless they were called, `person_name` unless whoever is at that desk wants to be known by a
first name, `held_until` and `room_name` unless they are on hold; `to_come` counts their further services, which are not
named; `discreet` means that somebody fetches them. Instants are UTC milliseconds; names are in the reader's language.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from phone.owed import owed_of
from reception.line import Line
from reception.room import Room
from reception.visit import Visit
from reception.web import expected
from reception.web.speaking import in_language, said, spoken

FRESH = 250  # ms
MINUTE = 60_000
WORDED = 4_096  # what was worded last is kept: hundreds wait, and few of them are told something of their own
LONGEST = 200  # characters of a token that are worth looking up
HERE = ("waiting", "called", "serving", "held")


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the office, for many phones: the newest step's number, the room, its line, and the words for what
    somebody may expect (language, what, how many are ahead)."""

    newest: int
    room: Room
    line: Line
    words: Callable[..., dict]


class Looking:
    """Looks at the office, and while nothing changes at most four times a second: the line of hundreds takes
    milliseconds to sort, and after a lost network thousands of phones come back at once."""

    def __init__(self, parts):
        self._frontdesk, self._settings, self._last = parts.frontdesk, parts.settings, None
        self._words = lru_cache(WORDED)(self._worded)

    def look(self) -> Look:
        newest, room = self._frontdesk.look()
        last = self._last
        if last is None or last.newest != newest or not 0 <= room.at - last.room.at < FRESH:
            last = self._last = Look(newest, room, self._frontdesk.line(room), self._words)
        return last

    def _worded(self, language: str, found, ahead: int | None) -> dict:
        with in_language(language):
            words = expected.told(found, self._settings, ahead=ahead)
        return {f"expected_{name}": said for name, said in words.items()}


def visit_of(parts, token: str) -> Visit | None:
    """The visit of a link that lives: until `link_hours_after` its end."""
    visit = parts.store.visit_by_token(token) if token and len(token) <= LONGEST else None
    if visit is None or visit.office != parts.settings.office.key:
        return None
    return visit if parts.frontdesk.now() < parts.frontdesk.lives_until(visit) else None


def place_of(parts, visit: Visit, seen: Look) -> dict:
    """The whole picture of one visit."""
    visit = seen.room.visits.get(visit.id, visit)
    return sent(seen, {**place(parts, seen, visit, spoken()), **owed_of(parts, visit)})


def sent(seen: Look, place: dict) -> dict:
    return {"step": seen.newest, "now": seen.room.at, **place}


def place(parts, seen: Look, visit: Visit, language: str) -> dict:
    """Where they are in the line or in the house, for somebody who reads this language (a tag)."""
    at = seen.room.at
    waiting, held = visit.state == "waiting", visit.state == "held"
    not_yet = _not_yet(visit, at) if waiting and visit.not_before > at else _DUE
    ahead = seen.line.people_ahead(visit) if waiting and not any(not_yet.values()) else None
    found = _expects(parts, visit) if waiting and not (not_yet["later_at"] or not_yet["late_until"]) else None
    return {
        "number": visit.number,
        "state": visit.state,
        "ahead": ahead,
        **seen.words(language, found, ahead),
        **not_yet,
        "can_be_late": waiting and not not_yet["late_until"] and bool(parts.settings.phone.late_minutes),
        **_desk(parts, seen.room, visit),
        "discreet": bool(visit.discreet),
        "room_name": _room_name(parts.settings, visit) if held else None,
        "held_until": visit.held_until if held else None,
        "to_come": len(visit.to_come.split()) if visit.state in HERE else 0,
    }


_DUE = {"booked_at": None, "later_at": None, "late_until": None}
_NOWHERE = {"desk_name": None, "person_name": None, "called_at": None}


def _expects(parts, visit: Visit):
    """Its instant is said to the minute, so it changes no oftener."""
    found = expected.of_visit(parts, visit.id)
    return found and replace(found, at=found.at // MINUTE * MINUTE)


def _not_yet(visit: Visit, at: int) -> dict:
    """The time of somebody whom Next may not call yet. Who was just put back is not told: it is a matter of minutes."""
    if (visit.late_until or 0) > at:
        return {**_DUE, "late_until": visit.late_until}
    if visit.skipped_by:
        return _DUE
    booked = visit.booked_at is not None and visit.due_at <= visit.booked_at
    return {**_DUE, "booked_at": visit.booked_at} if booked else {**_DUE, "later_at": visit.due_at}


def _desk(parts, room: Room, visit: Visit) -> dict:
    """The desk of somebody who was called, in words, and when that was."""
    if visit.state not in ("called", "serving", "no_show"):
        return _NOWHERE
    desk = parts.settings.desk_named.get(visit.desk)
    name = said(desk.name) if desk else visit.desk
    return {"desk_name": name, "person_name": _first_name(parts, room, visit.desk), "called_at": visit.last_called_at}


def _first_name(parts, room: Room, desk: str | None) -> str | None:
    """Of whoever sits there, where they want visitors to know it."""
    person = room.desks[desk].person if desk in room.desks else None
    if not (person or "").startswith("person:") or not parts.store.preferences(parts.settings.office.key, person).get(
        "name_on_phone"
    ):
        return None
    return (parts.keys.name_of(person) or "").partition(" ")[0] or None


def _room_name(settings, visit: Visit) -> str | None:
    return next((said(room.name) for room in settings.rooms if room.key == visit.room), visit.room)
