"""Steps, desks at work, appointments, promises, outages, alerts and warnings as rows for analysts, a page at a time.

Each takes the reading office, the days wanted, a place to go on after and how many rows at most; it gives
(place, row) pairs in an order that never changes.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from reception import hours
from reception.data.wording import plain, seconds, yes

DAY = timedelta(days=1)
OF_DESKS = ("opened", "paused", "closed")
WITH_REASON = (*OF_DESKS, "held", "transferred", "cancelled")  # others' reasons are about the person
DAYS_AT_ONCE = 400  # days looked through for one page


def steps(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    store, office = reading.store, reading.office
    first, end = (store.number_at(office, at) for at in span)
    after = max(place[0] if place else 0, first - 1)
    return steps_after(reading, after, end - 1, limit)


def steps_after(reading, after: int, upto: int, limit: int) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        "SELECT number, step, at, visit, about, desk, by, press, undoes, changes, note FROM steps WHERE office = ?"
        " AND number > ? AND number <= ? AND (visit IS NOT NULL OR step IN ('opened', 'paused', 'closed'))"
        " ORDER BY number LIMIT ?",
        (reading.office, after, upto, limit),
    )
    for row in rows.fetchall():
        yield [row[0]], _step(reading, *row)


def _step(reading, number, step, at, visit, about, desk, by, press, undoes, changes, note) -> dict:
    says, changed, noted = reading.says, json.loads(changes), json.loads(note) if note else {}
    own = not (visit and about)  # a promise's state is another
    after = {name: changed[name][1] for name in ("state", "service") if own and name in changed}
    reason = changed.get("reason", [None, None])[1] or noted.get("reason")
    return {
        "office": reading.office,
        "step_number": number,
        "step": step,
        "day": hours.day_of(at, says.zone),
        **says.instant("happened", at),
        "visit": visit,
        **says.desk("desk", desk),
        "by": by.partition(":")[0],
        "press": press,
        "undoes": undoes,
        "state": plain(after.get("state")),
        "service": after.get("service"),
        "reason": reason if step in WITH_REASON else None,
    }


def desks_at_work(reading, days, place, limit) -> Iterator[tuple[list, dict]]:
    """A day at a time: a place is (day, how many of its rows are done). A desk begins each day closed."""
    first, last = days
    begin, done = (date.fromisoformat(place[0]), place[1]) if place else (first, 0)
    given = 0
    for number in range((last - begin).days + 1):
        day = begin + number * DAY
        rows = list(_desks_of(reading, day.isoformat()))
        for count, row in enumerate(rows, 1):
            if (number or count > done) and given < limit:
                yield [day.isoformat(), count], row
                given += 1
        if given >= limit:
            return


def _desks_of(reading, day: str) -> Iterator[dict]:
    start, end = hours.day_bounds(day, reading.says.zone)
    told = _desk_steps(reading, start, end)
    if not told:
        return
    openings = reading.history.on(day).openings(start, reading.says.zone)
    closes = max((closes for _opens, closes in openings), default=end)
    now: dict[str, tuple] = {}
    found = []
    for desk, step, at, reason in told:
        if desk in now:
            found.append((*now.pop(desk), at))
        if step != "closed":
            now[desk] = desk, step, at, reason if step == "paused" else None
    for one in now.values():
        until = end if one[2] >= closes else closes
        found.append((*one, until if until <= reading.now else None))
    for desk, step, begun, reason, until in sorted(found, key=lambda one: (one[2], one[0])):
        if until == begun:
            continue
        yield {
            "office": reading.office,
            **reading.says.desk("desk", desk),
            "day": day,
            "state": "open" if step == "opened" else "paused",
            **reading.says.instant("from", begun),
            **reading.says.instant("until", until),
            "lasted_seconds": None if until is None else seconds(until - begun),
            "reason": reason,
        }


def _desk_steps(reading, start: int, end: int) -> list[tuple]:
    first, last = (reading.store.number_at(reading.office, at) for at in (start, end))
    rows = reading.store.reader.execute(
        "SELECT desk, step, at, changes FROM steps INDEXED BY steps_of_nobody WHERE office = ? AND visit IS NULL"
        " AND step IN ('opened', 'paused', 'closed') AND number >= ? AND number < ? AND desk IS NOT NULL"
        " ORDER BY number",
        (reading.office, first, last),
    )
    return [(desk, step, at, (json.loads(told).get("reason") or [None, None])[1]) for desk, step, at, told in rows]


def appointments(reading, days, place, limit) -> Iterator[tuple[list, dict]]:
    first, last = (day.isoformat() for day in days)
    rows = reading.store.reader.execute(
        "SELECT day, booked_at, id, service, minutes, state, visit, arrived_at FROM appointments WHERE office = ?"
        " AND day >= ? AND day <= ? AND (day, booked_at, id) > (?, ?, ?) ORDER BY day, booked_at, id LIMIT ?",
        (reading.office, first, last, *(place or ("", 0, "")), limit),
    )
    for day, booked_at, key, service, minutes, state, visit, arrived_at in rows.fetchall():
        row = {
            "office": reading.office,
            "appointment": key,
            "day": day,
            **reading.says.service("service", service),
            **reading.says.instant("booked", booked_at),
            "minutes": minutes,
            "state": plain(state),
            "visit": visit,
            **reading.says.instant("arrived", arrived_at),
        }
        yield [day, booked_at, key], row


PROMISE = "id, kind, state, made_at, first_due_at, due_at, kept_at, service, team, visit"


def promises(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        f"SELECT {PROMISE} FROM promises WHERE office = ? AND made_at >= ? AND made_at < ? AND (made_at, id) > (?, ?)"
        " ORDER BY made_at, id LIMIT ?",
        (reading.office, *span, *(place or (0, "")), limit),
    )
    for row in rows.fetchall():
        yield [row[3], row[0]], _promise(reading, *row)


def promises_changed(reading, after: int, upto: int, limit: int) -> tuple[list[dict], int | None]:
    """Those that the next steps after a number were about, and the number looked at last (None: no more)."""
    told = reading.store.reader.execute(
        "SELECT number, about FROM steps WHERE office = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
        (reading.office, after, upto, limit),
    ).fetchall()
    found = []
    for key in dict.fromkeys(about for _number, about in told if about):
        row = reading.store.reader.execute(
            f"SELECT {PROMISE} FROM promises WHERE office = ? AND id = ?", (reading.office, key)
        ).fetchone()
        found += [_promise(reading, *row)] if row else []
    return found, told[-1][0] if len(told) == limit else None


def _promise(reading, key, kind, state, made_at, first_due_at, due_at, kept_at, service, team, visit) -> dict:
    first_due = due_at if first_due_at is None else first_due_at
    return {
        "office": reading.office,
        "promise": key,
        "day": hours.day_of(made_at, reading.says.zone),
        "kind": plain(kind),
        "state": state,
        **reading.says.instant("made", made_at),
        **reading.says.instant("first_due", first_due),
        **reading.says.instant("due", due_at),
        **reading.says.instant("kept", kept_at),
        "in_time": None if kept_at is None else yes(kept_at <= first_due),
        **reading.says.service("service", service),
        "team": team,
        "visit": visit,
    }


def outages(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    start, end = span
    rows = reading.store.reader.execute(
        "SELECT started_at, kind, row_number() OVER (PARTITION BY started_at, kind ORDER BY id), ended_at FROM ("
        " SELECT started_at, kind, id, ended_at FROM outages WHERE office = ?1 AND started_at >= ?2 AND started_at < ?3"
        " UNION ALL SELECT at, 'clock_step', number, at FROM steps INDEXED BY steps_of_nobody WHERE office = ?1"
        " AND visit IS NULL AND step = 'clock_stepped' AND at >= ?2 AND at < ?3) ORDER BY 1, 2, 3",
        (reading.office, start, end),
    )
    found = [row for row in rows.fetchall() if place is None or list(row[:3]) > place]
    for started_at, kind, number, ended_at in found[:limit]:
        row = {
            "office": reading.office,
            "day": hours.day_of(started_at, reading.says.zone),
            "kind": plain(kind),
            "outage_number": number,
            **reading.says.instant("started", started_at),
            **reading.says.instant("ended", ended_at),
            "lasted_seconds": None if ended_at is None else seconds(ended_at - started_at),
        }
        yield [started_at, kind, number], row


def alerts(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        "SELECT began_at, id, key, subject, told_at, seen_at, ended_at FROM alerts WHERE office = ?"
        " AND began_at >= ? AND began_at < ? AND (began_at, id) > (?, ?) ORDER BY began_at, id LIMIT ?",
        (reading.office, *span, *(place or (0, "")), limit),
    )
    for began_at, identifier, key, subject, told_at, seen_at, ended_at in rows.fetchall():
        row = {
            "office": reading.office,
            "alert": identifier,
            "day": hours.day_of(began_at, reading.says.zone),
            "threshold": key,
            "about": subject or None,
            **reading.says.instant("began", began_at),
            **reading.says.instant("told", told_at),
            **reading.says.instant("seen_to", seen_at),
            **reading.says.instant("ended", ended_at),
            "lasted_seconds": None if ended_at is None else seconds(ended_at - began_at),
        }
        yield [began_at, identifier], row


def warnings(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        "SELECT warned_at, id, visit, service, target_at, chance, why, why_desk, step, step_desk, ended_at, outcome"
        " FROM warnings WHERE office = ? AND warned_at >= ? AND warned_at < ? AND (warned_at, id) > (?, ?)"
        " ORDER BY warned_at, id LIMIT ?",
        (reading.office, *span, *(place or (0, "")), limit),
    )
    for found in rows.fetchall():
        at, identifier, visit, service, target_at, chance, why, why_desk, step, desk, ended_at, outcome = found
        row = {
            "office": reading.office,
            "warning": identifier,
            "day": hours.day_of(at, reading.says.zone),
            "visit": visit,
            **reading.says.service("service", service),
            **reading.says.instant("warned", at),
            **reading.says.instant("target", target_at),
            "chance": chance,
            "why": why,
            **reading.says.desk("why_desk", why_desk),
            "step": step or None,
            **reading.says.desk("step_desk", desk),
            **reading.says.instant("ended", ended_at),
            "outcome": outcome,
        }
        yield [at, identifier], row
