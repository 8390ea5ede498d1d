"""Days that might have been, for Hypothesis: each visitor as a story for the oracle and as the row Reception keeps."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from reception.figure_rows import Taken
from reception.hours import day_bounds, day_of
from reception.identifiers import uuid7
from reception.visit import NEXT, OPEN, Visit, close, take
from tests.figures.oracle import Story

TARGET, WALK = 300_000, 25_000
LONDON = ZoneInfo("Europe/London")
# An ordinary day, the 23-hour and the 25-hour day, a day each side of midnight, and the end of a leap February.
DAYS = [date(2026, 1, 12), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26), date(2024, 2, 29)]
# Waits gather round the target, where being one millisecond out shows.
GAPS = st.one_of(
    st.integers(0, 20_000),
    st.sampled_from([0, 1, TARGET - 1, TARGET, TARGET + 1, WALK, WALK - 1, 3_600_000]),
    st.integers(TARGET - 3_000, TARGET + 3_000),
    st.integers(0, 4 * 3_600_000),
)


@dataclass
class Day:
    start: int
    end: int
    now: int
    stories: list[Story]
    visits: list[Visit]
    steps: dict[str, list[Taken]]


@st.composite
def days(draw, most: int = 12) -> Day:
    """A day in London as it stands at `now`, which may be in the middle of it, at midnight or long after."""
    start, end = day_bounds(draw(st.sampled_from(DAYS)).isoformat(), LONDON)
    now = draw(st.one_of(st.integers(start, end + TARGET), st.sampled_from([end, end + TARGET, end + 86_400_000])))
    told = [draw(visitors(start, end, now, place)) for place in range(draw(st.integers(0, most)))]
    kept = [one for one in told if one]
    return Day(start, end, now, [s for s, _, _ in kept], [v for _, v, _ in kept], {v.id: t for _, v, t in kept})


@st.composite
def visitors(draw, start: int, end: int, now: int, place: int):
    edge = st.sampled_from([start, end - 1, max(start, now - TARGET), max(start, now - TARGET - 1)])
    arrived = draw(st.one_of(st.integers(start, end - 1), edge))
    if arrived > now or arrived >= end:
        return None
    opens = draw(st.one_of(st.none(), st.just(start + 9 * 3_600_000), st.just(start)))
    booked = draw(st.one_of(st.none(), st.integers(start, end - 1)))
    service = draw(st.sampled_from(["council-tax", "housing"]))
    visit = Visit(
        id=uuid7(arrived), office="demo", day=day_of(arrived, LONDON), number=f"A{place:03d}", service=service,
        state="waiting", place=place, channel="kiosk", token=None, arrived_at=arrived, opens_at=opens, booked_at=booked,
    )  # fmt: skip
    story = Story(service, arrived, opens, booked)
    return _lived(draw, visit, story, end, now)


def _lived(draw, visit: Visit, story: Story, end: int, now: int):
    at, past, taken = story.arrived, [visit], []
    for _ in range(draw(st.integers(0, 7))):
        at += draw(GAPS)
        if at > now or at >= end:
            break
        steps = sorted(NEXT[visit.state])
        step = draw(st.sampled_from([*steps, "undone"] if len(past) > 1 else steps)) if steps or len(past) > 1 else None
        if step is None:
            break
        if step == "undone":
            past.pop()
            story.happened.pop()
            taken.pop()
        else:
            past.append(take(visit, step, at, desk="1", walk_ms=WALK))
            story.happened.append((at, step))
            taken.append(told(step, at, visit, past[-1]))
        visit = past[-1]
    if now >= end and visit.state in OPEN:
        step, closed = close(visit, end)
        taken.append(told(step, end, visit, closed))
        visit = closed
        story.happened.append((end, "closed"))
    return story, visit, taken


def told(step: str, at: int, before: Visit, after: Visit) -> Taken:
    """The step as Reception keeps it."""
    changed = {name: [getattr(before, name), getattr(after, name)] for name in ("state", "service")}
    return Taken(step, at, at, None, {name: pair for name, pair in changed.items() if pair[0] != pair[1]})


def london_day(at: int) -> date:
    return date.fromisoformat(day_of(at, LONDON))


def after(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)
