"""Calendar months by their names ("2026-10"). Pure."""

from datetime import date, timedelta

from reception.refusals import Refusal

DAY = timedelta(days=1)


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    return first_day(after(month)) - DAY


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def after(month: str) -> str:
    return month_of(first_day(month) + 31 * DAY)


def before(month: str) -> str:
    return month_of(first_day(month) - DAY)


def up_to(month: str, count: int) -> list[str]:
    """So many months in order, of which this is the last."""
    found = [month]
    while len(found) < count:
        found.insert(0, before(found[0]))
    return found


def asked(text: str | None, today: date) -> str:
    """The month that is asked for; last month where none is. Refuses what is no month and one that is not over."""
    if not text:
        return before(month_of(today))
    try:
        month = month_of(first_day(text.strip()))
    except ValueError:
        month = ""
    if month != text.strip():
        raise Refusal("month_unreadable", status=422, given=text[:20])
    if month >= month_of(today):
        raise Refusal("month_not_over", status=422, month=month)
    if month < month_of(today - timedelta(days=20 * 366)):
        raise Refusal("month_too_old", status=422, month=month)
    return month
