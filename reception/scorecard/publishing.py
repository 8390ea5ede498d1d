"""Putting a month before the public, once: by a press, by the command, or by itself on the first working day after it.

What was published stays as it was; another version comes beside it only where the figures differ.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

from reception import hours, workdays
from reception.door import SYSTEM
from reception.refusals import Refusal
from reception.scorecard.making import Making
from reception.scorecard.months import before, first_day, last_day, month_of
from reception.scorecard.rows import Published

Paper = Callable[[dict, list[int]], dict[str, bytes]]  # card, when each version was published → language → PDF


def publish(frontdesk, making: Making, month: str, *, by: str, paper: Paper) -> tuple[Published, bool]:
    """The newest version of the month, and whether it is a new one. `paper` makes its PDFs, by language."""
    at = frontdesk.now()
    whole, public = making.both(month, at)
    card, office = as_read_again(public), frontdesk.office
    newest = frontdesk.store.published(office, month)
    if newest and newest.card == card:
        return newest, False
    if not newest and is_unknown(frontdesk, month, whole):
        raise Refusal("month_without_figures", status=409, month=month)
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


def as_read_again(card: dict) -> dict:
    """A card as the store gives it back, so that two can be compared."""
    return json.loads(json.dumps(card))


def is_due(frontdesk, now: int) -> str | None:
    """The month that is to be published by itself now: last month, from the first working day's hour on, unless it was
    published or nobody had come yet."""
    settings = frontdesk.settings
    if settings.performance.publish != "by-itself":
        return None
    local = hours.local(now, settings.zone)
    day = first_working_day(settings, month_of(local.date()))
    if local < datetime.combine(day, settings.performance.at, settings.zone):
        return None
    month = before(month_of(local.date()))
    if not came_by(frontdesk, month) or frontdesk.store.published(frontdesk.office, month):
        return None
    return month


def is_unknown(frontdesk, month: str, whole: dict) -> bool:
    """Whether nothing can be said of the month of this card: nobody had come yet, and no figures were taken in."""
    return not came_by(frontdesk, month) and all(one["state"] == "missing" for one in whole["standards"])


def came_by(frontdesk, month: str) -> bool:
    """Whether anybody had ever come by the month's end: before that there was nothing to measure."""
    first = frontdesk.store.first_arrival(frontdesk.office)
    return first is not None and first < hours.day_bounds(last_day(month).isoformat(), frontdesk.settings.zone)[1]


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
