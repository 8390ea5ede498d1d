"""What a desk's screen shows, made of values alone: the part all desks share, once a burst, and each desk's own.

    desk  {step, now, target_seconds, near_seconds, calls_before_not_here,
           desk: {key, name, state, seat, person_name} | null,      seat: "mine", "nobody" or "other"
           visitor: {id, number, service, service_name, state, desk, arrived_at, waits_from, booked_at,
                     last_called_at, seen_at, recalls, party, leg, needs: [{key, name, about}], language, remark,
                     said, name, discreet, note, room_name, times_wrong, delivered: [name],
                     to_come: [{service, service_name, kept_for}],
                     offers: [{service, service_name}], team} | null,
                                                                    said: on being sent on; team: the one that is likely
           next: {id, number, service_name, waits_from, booked_at, why, head_start_minutes,
                  needs, language, remark, said, name, discreet} | null,
                                    whom Next would call; why: "kept_for_you", "longest" or the class that counts
           line: [{id, number, service_name, waits_from, mine}],    its head, oldest first; mine: this desk may
                                    call them. Where it is so, also: needs: [{key, name}], language, remarked,
                                    booked_at, came_back, sent_on, kept_for (a name), not_before, late_until,
                                    unserved: no open desk can help them
           waiting,                                                 how many wait in all
           unserved: [{service, service_name, waiting, waits_from, desks}],   desks: who could, in words
           warnings: [{key, sentence, reasons, remedy, own,         of whom it could call; own: its step saves them.
                       opens, visit, number}],                      One press that does it: open the desk, or call this
                                                                    visitor; neither while somebody is at the desk
           held: [{id, number, service_name, held_until, room_name, kept_for, mine}], held_more,   mine first
           not_here: [{id, number, service_name, called_at}], not_here_more,
           due: [{id, name, service_name, booked_at}], due_more,    booked, and not here yet
           closed: [service],                                       where nobody can be sent
           desks: [{key, name, state, person, person_name, number, visit_state, mine}],
           troubles: [{key, what, place, state, sentence, remedy, left}],   left: tickets, where a roll is near its end
           can_undo: {step, number} | null}

Instants are UTC milliseconds. Without a desk (the list of desks) all that is a desk's own is null. A list is no longer
than settings allow; what it leaves out is counted beside it. `at_work.py` adds what concerns the people at work.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from babel.lists import format_list

from desk import visitors
from reception.line import Line
from reception.room import Room
from reception.rulings import is_shut
from reception.settings import Settings
from reception.things import Appointment, Desk
from reception.visit import AT_DESK, Visit
from reception.warning.rows import Warned
from reception.web.saying import service_name

NOBODY = {}  # nothing is known of them


@dataclass(frozen=True, slots=True)
class Common:
    settings: Settings
    room: Room
    the_line: Line
    head: list[Visit]
    held: list[Visit]
    at_desk: dict[str, Visit]
    name_of: Callable
    picture: dict
    warnings: list[Warned] = field(default_factory=list)  # about which something can still be done


def common(
    settings: Settings,
    newest: int,
    room: Room,
    line: Line,
    name_of,
    *,
    conditions: Sequence[dict] = (),
    bookings: Sequence[tuple[Appointment, dict[str, str]]] = (),
) -> Common:
    """`name_of` gives the name behind a desk's person; `conditions` is how each printer is; `bookings` are today's
    appointments of those not here yet, with what is known of each."""
    visits, most, name_of = room.visits.values(), settings.desk.listed, cache(name_of)
    waiting = line.waiting()
    head, unserved = waiting[: settings.desk.head_of_line], line.unserved()
    missed = sorted((visit for visit in visits if visit.state == "no_show"), key=lambda v: -(v.last_called_at or 0))
    picture = {
        "step": newest,
        "now": room.at,
        "target_seconds": settings.promise.target_seconds,
        "near_seconds": settings.promise.near_seconds,
        "calls_before_not_here": settings.desk.calls_before_not_here,
        "waiting": len(waiting),
        "line": [_row(visit, settings, line, room.told.get(visit.id, NOBODY), name_of, unserved) for visit in head],
        "unserved": _unserved(settings, line, unserved),
        "not_here": [_missed(visit, settings) for visit in missed[:most]],
        "not_here_more": max(0, len(missed) - most),
        "due": [_due(booking, known, settings) for booking, known in bookings[:most]],
        "due_more": max(0, len(bookings) - most),
        "closed": [part.key for part in settings.services if is_shut(settings, room, part.key)],
        "troubles": [_trouble(printer) for printer in conditions if _needs_somebody(printer, settings, room.at)],
    }
    return Common(
        settings=settings,
        room=room,
        the_line=line,
        head=head,
        held=sorted((visit for visit in visits if visit.state == "held"), key=lambda v: (v.held_until or 0, v.place)),
        at_desk={visit.desk: visit for visit in visits if visit.state in AT_DESK},
        name_of=name_of,
        picture=picture,
    )


def personal(shared: Common, by: str, desk: str | None, can_undo: dict | None) -> dict:
    """The whole picture for somebody (`by`) whose screen shows `desk`."""
    settings, room, line = shared.settings, shared.room, shared.the_line
    at_desk = shared.at_desk.get(desk)
    known = room.told.get(at_desk.id, NOBODY) if at_desk else NOBODY
    return {
        **shared.picture,
        "desk": _own(shared, by, desk) if desk else None,
        "visitor": at_desk and visitors.visitor(at_desk, settings, known, shared.name_of),
        "next": desk and _next(shared, desk),
        "line": [
            {**row, "mine": desk in line.desks_for(visit)}
            for visit, row in zip(shared.head, shared.picture["line"], strict=True)
        ],
        **_held(shared, by, desk),
        "desks": [_desk(shared, part, by) for part in settings.desks],
        "can_undo": can_undo,
    }


def _next(shared: Common, desk: str) -> dict | None:
    """Whom Next would call, why, and what to prepare for them."""
    line = shared.the_line
    visit = line.next_for(desk)
    if visit is None:
        return None
    why = line.why(visit, desk)
    return {
        "id": visit.id,
        "number": visit.number,
        "waits_from": visit.waits_from,
        "booked_at": visit.booked_at,
        "why": why.klass if why.key == "head_start" else why.key,
        "head_start_minutes": round(why.head_start_ms / 60_000),
        **visitors.to_prepare(visit, shared.settings, shared.room.told.get(visit.id, NOBODY)),
    }


def _held(shared: Common, by: str, desk: str | None) -> dict:
    """Those on hold: first those kept for whoever asks, then the soonest to come back."""
    mine = {by, f"desk:{desk}"}
    held = sorted(shared.held, key=lambda visit: visit.kept_for not in mine)
    shown, most = [], shared.settings.desk.listed
    for visit in held[:most]:
        shown.append({**visitors.held(visit, shared.settings, shared.name_of), "mine": visit.kept_for in mine})
    return {"held": shown, "held_more": len(held) - len(shown)}


def _missed(visit: Visit, settings: Settings) -> dict:
    return {**visitors.listed(visit, settings), "called_at": visit.last_called_at}


def _due(booking: Appointment, known: dict[str, str], settings: Settings) -> dict:
    service = service_name(booking.service, settings)
    return {"id": booking.id, "name": known.get("name"), "service_name": service, "booked_at": booking.booked_at}


def _row(visit: Visit, settings: Settings, line: Line, known: dict, name_of, unserved: list[Visit]) -> dict:
    row = visitors.row(visit, settings, line, known, name_of)
    return {**row, "unserved": True} if visit in unserved else row


def _unserved(settings: Settings, line: Line, unserved: list[Visit]) -> list[dict]:
    """Those whom no open desk takes, by service, longest wait first; with the desks that would."""
    found: dict[str, dict] = {}
    for visit in unserved:
        if visit.service not in found:
            able = [part.name for part in settings.desks if part.key in line.desks_for(visit)]
            found[visit.service] = {
                "service": visit.service,
                "service_name": service_name(visit.service, settings),
                "waiting": 0,
                "waits_from": visit.waits_from,
                "desks": format_list(able, style="or", locale=settings.office.language) if able else None,
            }
        found[visit.service]["waiting"] += 1
    return list(found.values())


def _needs_somebody(printer: dict, settings: Settings, at: int) -> bool:
    """A roll near its end is told once, then hourly; whatever stops paper as long as it lasts."""
    if printer["state"] == "near_end":
        return at - printer["told_at"] < settings.printing.low_shown_minutes * 60_000
    return bool(printer["cause"]) and (printer["state"] != "unknown" or printer["cause"] == "missing")


def _trouble(printer: dict) -> dict:
    return {
        "key": printer["key"],
        "what": printer["name"],
        "place": printer.get("place"),
        "left": printer.get("tickets_left") if printer["state"] == "near_end" else None,
        "state": printer.get("state_words"),
        "sentence": printer.get("sentence"),
        "remedy": printer.get("remedy"),
    }


def _own(shared: Common, by: str, desk: str) -> dict:
    now = shared.room.desks.get(desk, Desk(desk))
    return {
        "key": desk,
        "name": shared.settings.desk_named[desk].name,
        "state": now.state,
        "seat": "nobody" if now.person is None else "mine" if now.person == by else "other",
        "person_name": shared.name_of(now.person),
    }


def _desk(shared: Common, part, by: str) -> dict:
    now, visit = shared.room.desks.get(part.key, Desk(part.key)), shared.at_desk.get(part.key)
    return {
        "key": part.key,
        "name": part.name,
        "state": now.state,
        "person": now.person,
        "person_name": shared.name_of(now.person),
        "number": visit and visit.number,
        "visit_state": visit and visit.state,
        "mine": now.person == by,
    }
