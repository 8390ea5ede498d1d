"""Putting a month before the public, once: by a press, by the command, or by itself on the first working day after it.

What was published stays as it was; another version comes beside it only where the figures differ.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

from reception import hours, workdays
from reception.door import SYSTEM
from reception.scorecard.making import Making
from reception.scorecard.months import before, first_day, last_day, month_of
from reception.scorecard.rows import Published

Paper = Callable[[dict, list[int]], dict[str, bytes]]  # card, when each version was published → language → PDF


def publish(frontdesk, making: Making, month: str, *, by: str, paper: Paper) -> tuple[Published, bool]:
    """The newest version of the month, and whether it is a new one. `paper` makes its PDFs, by language."""
    at = frontdesk.now()
    card, office = json.loads(json.dumps(making.public(month, at))), frontdesk.office  # as it will be read again
    newest = frontdesk.store.published(office, month)
    if newest and newest.card == card:
        return newest, False
    made = Published(month, newest.version + 1 if newest else 1, at, by, card)
    papers = paper(card, [*(then for _version, then in frontdesk.store.versions(office, month)), at])

    def write(store) -> bool:
        there = store.published(office, month, turn=True)
        if (there and there.version) != (newest and newest.version):  # somebody else was quicker
            return False
        store.save_published(office, made, papers)
        return True

    note = {"month": month, "version": made.version}
    if not frontdesk.record("scorecard_published", by=by, note=note, write=write):
        return frontdesk.store.published(office, month), False
    return made, True


def is_due(frontdesk, now: int) -> str | None:
    """The month that is to be published by itself now: last month, from the first working day's hour on, unless it was
    published or nobody came in it."""
    settings = frontdesk.settings
    if settings.performance.publish != "by-itself":
        return None
    local = hours.local(now, settings.zone)
    day = first_working_day(settings, month_of(local.date()))
    if local < datetime.combine(day, settings.performance.at, settings.zone):
        return None
    month = before(month_of(local.date()))
    first = frontdesk.store.first_arrival(frontdesk.office)
    ends = hours.day_bounds(last_day(month).isoformat(), settings.zone)[1]
    if first is None or first >= ends or frontdesk.store.published(frontdesk.office, month):
        return None
    return month


def first_working_day(settings, month: str) -> date:
    """By the office's calendar, as for everything that is promised in working days."""
    weekly = settings.hours.weekly
    days = {number for number, name in enumerate(hours.WEEKDAYS, 1) if weekly[name]} & {1, 2, 3, 4, 5}
    return workdays.by_when(
        first_day(month) - timedelta(days=1),
        1,
        nation=settings.office.nation,
        weekly=days or {1, 2, 3, 4, 5},
        closed_on=settings.hours.closed_on,
    )


def publish_if_due(frontdesk, making: Making, paper: Paper) -> Published | None:
    """For whoever looks now and then: the running server, or a timer where none runs."""
    month = is_due(frontdesk, frontdesk.now())
    return publish(frontdesk, making, month, by=SYSTEM, paper=paper)[0] if month else None
