"""What must be measured beside waits, the slow way: appointments, next steps, the use of desks, quality, needs.

It uses nothing of reception.figures. `all_of` is a `reference.Reference`, `everyone` its verdicts.
"""

from datetime import date, datetime, time, timedelta

from tests.figures import reference


def appointments(all_of, everyone, first: date, last: date, services) -> dict:
    booked = [
        state
        for service, state, day in all_of.record.appointments
        if first.isoformat() <= day <= last.isoformat()
        and (not services or service in services)
        and not left_out(all_of.rules_on(date.fromisoformat(day)), service, day)
    ]
    arrived, missed = booked.count("arrived"), booked.count("not_attended")
    seen = [one for one in everyone if one.seen and one.life.appointment and not one.excluded]
    late = {one.id: max(0, one.life.seen - max(one.life.booked, one.life.arrived)) for one in seen}
    early = [one.life.seen - one.life.arrived for one in seen if one.life.arrived < one.life.booked]
    return {
        "booked": len(booked) - booked.count("cancelled"),
        "arrived": arrived,
        "not_attended": missed,
        "share_not_attended": missed / (arrived + missed) if arrived + missed else None,
        "punctual": reference.share(sum(late[one.id] <= one.punctual for one in seen), len(seen)),
        "delay": reference.durations(list(late.values())),
        "early": reference.durations([max(0, ms) for ms in early]),
    }


def left_out(rules, service: str, day: str) -> bool:
    return service in rules.without_services or day in rules.without_days


def promised(record) -> dict[str, dict]:
    """Everything promised that was not taken back or withdrawn: id -> its visit, service, first date, when it was
    kept."""
    found = {}
    for step in record.steps:
        if step.word == "promised":
            service = step.new("service")
            found[step.about] = {"visit": step.visit, "service": service, "due": step.new("due_at"), "kept": None}
            found[step.about]["withdrawn"] = False
        elif step.word == "promise_kept":
            found[step.about]["kept"] = step.at
        elif step.word == "promise_withdrawn":
            found[step.about]["withdrawn"] = True
    return found


def next_steps(all_of, everyone, bounds, now: int, services) -> dict:
    start, end = bounds
    every = promised(all_of.record).values()
    due = [
        one
        for one in every
        if not one["withdrawn"] and start <= one["due"] < min(end, now) and (not services or one["service"] in services)
    ]
    on = [one for one in everyone if one.life.outcome == "passed_on" and not one.excluded and not one.mistake]
    given = {one["visit"] for one in every}
    return {
        "with_date": reference.share(sum(one.id in given for one in on), len(on)),
        "kept": reference.share(sum(one["kept"] is not None and one["kept"] <= one["due"] for one in due), len(due)),
    }


def told(everyone, now: int) -> dict:
    """Whether people were called by the time first told; everybody, and by service, hour and week."""
    asked = [one for one in everyone if one.life.told is not None and not one.mistake and not one.excluded]
    fates = {one.id: by_the_time_told(one.life, now) for one in asked}
    asked = [one for one in asked if fates[one.id]]

    def shares(people) -> dict:
        found = {}
        for who, booked in (("walk_ins", False), ("appointments", True)):
            fate = [fates[one.id] for one in people if (one.life.appointment is not None) == booked]
            kept, late = fate.count("kept"), fate.count("late")
            found[who] = reference.share(kept, kept + late) | {"gone": fate.count("gone")}
        return found

    def grouped(key) -> dict:
        return {name: shares([one for one in asked if key(one) == name]) for name in {key(one) for one in asked}}

    return shares(asked) | {
        "services": grouped(lambda one: one.life.service),
        "hours": grouped(lambda one: one.hour),
        "weeks": grouped(lambda one: (one.day - timedelta(days=one.weekday - 1)).isoformat()),
    }


def by_the_time_told(life, now: int) -> str | None:
    if life.calls:
        return "kept" if life.calls[0] <= life.told else "late"
    if life.ended is not None and life.ended <= life.told:
        return "gone"
    return "late" if (now if life.ended is None else life.ended) > life.told else None


def validated(all_of, everyone, of_contact, now: int) -> dict | None:
    """First contacts with a council's reference about which nobody came again within so many days."""
    matters = {visit: digest for visit, digest in all_of.record.matters.items() if digest}
    carrying = [one for one in of_contact if one.id in matters]
    if not carrying:
        return None
    today = reference.at_office(now, all_of.zone).date()
    since = today - timedelta(days=max((one.return_days for one in everyone), default=14))
    decided = [one for one in carrying if one.day < since]

    def came_again(one) -> bool:
        return any(
            other.id != one.id
            and matters.get(other.id) == matters[one.id]
            and other.state != "mistake"
            and other.arrived > one.life.arrived
            and (reference.at_office(other.arrived, all_of.zone).date() - one.day).days <= one.return_days
            for other in all_of.lives
        )

    hits = sum(one.life.outcome == "resolved" and not came_again(one) for one in decided)
    of_all = [one for one in of_contact if one.day < since]
    return reference.share(hits, len(decided)) | {
        "carrying": reference.share(len(decided), len(of_all)),
        "undecided": len(carrying) - len(decided),
    }


def quality(all_of, everyone, bounds, now: int) -> dict:
    start, end = bounds
    there = [one for one in everyone if not one.excluded and not one.recent]
    seen = [one for one in there if one.seen]
    said = [one for one in there if one.life.outcome is not None and not one.mistake]
    unsaid = [one for one in there if one.life.state == "over" and one.life.outcome is None]
    away = [ended for _, started, ended in all_of.record.outages if started < end and (ended is None or ended > start)]
    stepped = [step for step in all_of.record.steps if step.word == "clock_stepped" and start <= step.at < end]
    return {
        "share_inferred": sum(one.life.inferred for one in seen) / len(seen) if seen else None,
        "share_auto_closed": sum(one.life.auto for one in there) / len(there) if there else None,
        "share_without_outcome": len(unsaid) / (len(said) + len(unsaid)) if said or unsaid else None,
        "outages": len(away),
        "clock_steps": len(stepped),
        **kiosks_away(all_of, everyone, bounds, now),
    }


def kiosks_away(all_of, everyone, bounds, now: int) -> dict:
    """How long kiosks were away, each by itself, and the share without those who came meanwhile."""
    start, end = bounds
    spans = [
        (max(start, since), min(end, now if until is None else until))
        for kind, since, until in all_of.record.outages
        if kind == "kiosk_away" and since < end and (until is None or until > start or since >= start)
    ]
    judged = [one for one in everyone if (one.hit or one.miss) and not (one.excluded or one.out or one.recent)]
    meanwhile = [one for one in judged if any(since <= one.life.arrived < until for since, until in spans)]
    rest = [one for one in judged if one not in meanwhile]
    return {
        "kiosk_away_ms": sum(until - since for since, until in spans),
        "kiosk_away_arrivals": len(meanwhile),
        "share_without_kiosk_away": sum(one.hit for one in rest) / len(rest) if spans and rest else None,
    }


# -- footfall ---------------------------------------------------------------------------------------------------------


def footfall(all_of, everyone) -> dict:
    """When people come and what for, by the quarter hour of the office's clock and by weekday."""
    came = [(one, quarter_of(one, all_of.zone)) for one in everyone if not one.excluded and not one.recent]
    days = {one.weekday: {other.day for other, _ in came if other.weekday == one.weekday} for one, _ in came}

    def rows(names: tuple[str, ...], keys) -> list[dict]:
        found = [keys(one, quarter) for one, quarter in came]
        return [dict(zip(names, key, strict=True)) | {"arrivals": found.count(key)} for key in sorted(set(found))]

    week = rows(("weekday", "minute"), lambda one, quarter: (one.weekday, quarter))
    return {
        "days": [{"weekday": number, "days": len(days[number])} for number in sorted(days)],
        "quarters": rows(("minute",), lambda one, quarter: (quarter,)),
        "week": [row | {"a_day": row["arrivals"] / len(days[row["weekday"]])} for row in week],
        "cells": rows(("service", "weekday", "minute"), lambda one, at: (one.life.service, one.weekday, at)),
    }


def quarter_of(one, zone) -> int:
    local = reference.at_office(one.life.arrived, zone)
    return (local.hour * 60 + local.minute) // 15 * 15


# -- desks ------------------------------------------------------------------------------------------------------------

STATES = {"opened": "open", "handed_over": "open", "paused": "paused", "closed": "closed"}


def use(all_of, days: list[date], now: int) -> dict:
    """All desks together: open (breaks are part of it), on breaks, serving, and serving of open less breaks. An office
    begins on the day on which anybody came first."""
    spent = {"open": 0, "paused": 0}
    serving = 0
    began = min((reference.at_office(life.arrived, all_of.zone).date() for life in all_of.lives), default=None)
    for day in [one for one in days if began and one >= began]:
        for desk in {step.desk for step in all_of.record.steps if step.desk}:
            times = desk_times(all_of, desk, day, now)
            if times["used"]:
                spent = {name: spent[name] + times[name] for name in spent}
                serving += sum(
                    one.service_time() or 0 for one in all_of.verdicts(day, day, now) if one.life.desk == desk
                )
    at_work = spent["open"]
    return {
        "open_ms": at_work + spent["paused"],
        "breaks_ms": spent["paused"],
        "serving_ms": serving,
        "share": min(1.0, serving / at_work) if at_work > 0 else None,
    }


def desk_times(all_of, desk: str, day: date, now: int) -> dict:
    """How long a desk was open for work and on breaks in a day, which it begins closed."""
    start, end = reference.midnight(day, all_of.zone), reference.midnight(day + timedelta(days=1), all_of.zone)
    steps = [
        step
        for step in all_of.record.steps
        if step.desk == desk and step.visit is None and step.word in STATES and start <= step.at < end
    ]
    last = min(now, closing(all_of, day), end)
    spent = {"open": 0, "paused": 0, "used": False}
    state = "closed"
    for number, step in enumerate(steps):
        state = STATES[step.word]
        until = steps[number + 1].at if number + 1 < len(steps) else last
        if state != "closed":
            spent[state] += max(0, until - step.at)
            spent["used"] = True
    return spent


def closing(all_of, day: date) -> int:
    """When the office closed on a day; the end of the day where it did not, or never opened."""
    spans = all_of.rules_on(day).hours
    span = spans[day.weekday()] if spans else None
    if span is None:
        return reference.midnight(day + timedelta(days=1), all_of.zone)
    return round(datetime.combine(day, time.fromisoformat(span[1]), all_of.zone).timestamp() * 1000)


# -- needs ------------------------------------------------------------------------------------------------------------


def by_need(all_of, first: date, last: date, now: int) -> dict[str, dict]:
    """The figure of everybody who has a need, for each need."""
    everyone = all_of.verdicts(first, last, now)
    needs = all_of.record.needs
    every = {need for one in everyone for need in needs.get(one.id, ())}
    return {need: reference.figure([one for one in everyone if need in needs.get(one.id, ())]) for need in every}
