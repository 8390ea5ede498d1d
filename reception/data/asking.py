"""What may be asked of the tables, by whomever: which days, or what has changed, and of which office. Pure.

Its refusals are worded in reception/web/words.py.
"""

from datetime import date

from reception.data.columns import Table
from reception.data.reading import Wanted
from reception.figures.asking import period
from reception.refusals import Refusal


def wanted(
    table: Table, office: str, first: str | None, last: str | None, changed_since: int | None, today: date
) -> Wanted:
    """The days from `first` (all that is known) to `last` (today), both included; or what a later step changed."""
    if changed_since is None:
        return Wanted(office, *days(first, last, today))
    if not table.changes:
        raise Refusal("changes_unknown", status=422, table=table.name)
    if first or last:
        raise Refusal("changes_alone", status=422)
    return Wanted(office, changed_since=changed_since)


def days(first: str | None, last: str | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last day, None where it is not said."""
    if first and last:
        return period(first, last, today)
    start, end = (period(day, day, today)[0] if day else None for day in (first, last))
    return start, end
