"""The figures over the API."""

from typing import Annotated

from pydantic import Field, model_validator

from reception.figures import Asked, period
from reception.refusals import Refusal
from reception.web.api.asking import READERS, get
from reception.web.api.shapes import Answer, Instant, Question
from reception.web.parts import here


class Period(Question):
    first: Annotated[str | None, Field(alias="from", description="First day, such as 2026-03-02; today.")] = None
    last: Annotated[str | None, Field(alias="to", description="Last day, included; the first day.")] = None
    services: Annotated[str, Field(description="Keys between commas: what people came for; all.")] = ""
    desks: Annotated[str, Field(description="Keys between commas: who saw them last; all.")] = ""
    channels: Annotated[str, Field(description="Such as kiosk,greeter; all.")] = ""
    languages: Annotated[str, Field(description="Tags between commas of languages that visitors chose; all.")] = ""
    hours: Annotated[str, Field(description="Local hours of arrival, such as 9,10; all.")] = ""
    weekdays: Annotated[str, Field(description="1, Monday, to 7, between commas; all.")] = ""
    need: Annotated[str | None, Field(description="One need's key, which nothing but days goes with.")] = None

    @model_validator(mode="before")
    @classmethod
    def one_side(cls, given):
        """Only the managers' page sets another side beside it."""
        if "with" in given:
            raise ValueError("here is one side alone; ask again for the other, without 'with'")
        return given


class Shared(Answer):
    """A share with its count; null where nobody was counted. The interval is of 95%, while n < 400."""

    n: int
    hits: int
    share: float | None
    interval: tuple[float, float] | None


class Validated(Shared):
    carrying: Annotated[Shared, Field(description="How many of those asked about first contact carry a reference")]
    undecided: Annotated[int, Field(description="Too recent: somebody may still come back in time. Not in `n`")]


class Duration(Answer):
    n: int
    median_ms: int | None
    p90_ms: int | None
    p95_ms: int | None
    longest_ms: int | None


class Acknowledgement(Duration):
    within: Annotated[Shared | None, Field(description="Those acknowledged within the target")] = None


class Tail(Answer):
    """Within which wait people were seen, where some left (Kaplan and Meier); null where too many did to say."""

    p50_ms: int | None
    p90_ms: int | None
    p95_ms: int | None


class Figure(Answer):
    """A figure without data is null. Waits end in `_ms`; docs/figures.md holds the definitions."""

    n: Annotated[int, Field(description="How many were judged: hits and misses")]
    share: float | None
    interval: Annotated[tuple[float, float] | None, Field(description="95% interval of the share while n < 400")]
    share_of_all: float | None
    share_with_outages: float | None
    arrivals: int
    hits: int
    misses: int
    left: int
    no_shows: int
    closed_unserved: int
    left_in_time: int
    not_there_in_time: int
    cancelled: int
    outage: Annotated[int, Field(description="Not judged: the server was away while they waited")]
    excluded: Annotated[int, Field(description="Left out by the settings of the day")]
    inferred: int
    late_returns: int
    auto_closed: int
    without_outcome: int
    recent: int
    seen: int
    left_without_being_seen: int
    apart: int
    share_inferred: float | None
    median_ms: int | None
    p90_ms: int | None
    p95_ms: int | None
    longest_ms: int | None
    longest_at: Instant | None


class Whole(Figure):
    median_interval_ms: Annotated[
        tuple[int, int] | None, Field(description="Between which waits the median lies (95%); null below six")
    ]
    tail: Tail
    acknowledgement: Acknowledgement
    call_wait: Duration
    walk: Duration
    service_time: Duration
    visit_time: Duration
    later_legs: Duration
    outcomes: dict[str, int]
    resolved: Shared
    validated: Annotated[Validated | None, Field(description="Null while no visit carries a reference")]


class TotalFigure(Whole):
    longest_service: str | None


class KeyFigure(Figure):
    key: str
    name: str


class NeedFigure(Whole):
    key: str
    name: str


class HourFigure(Figure):
    hour: int


class WeekdayFigure(Figure):
    weekday: int


class PointFigure(Figure):
    first: str
    last: str


class Cell(Answer):
    weekday: int
    hour: int
    arrivals: int
    n: int
    hits: int
    share: float | None
    median_ms: int | None


class OnDays(Answer):
    weekday: int
    days: Annotated[int, Field(description="On how many of them anybody came")]


class Quarter(Answer):
    minute: Annotated[int, Field(description="Of the day, with which the quarter hour begins: 555 is 09:15")]
    arrivals: int


class QuarterOfWeek(Quarter):
    weekday: int
    a_day: Annotated[float, Field(description="On a usual such day: arrivals by days")]


class QuarterOfService(Quarter):
    service: str
    weekday: int


class Footfall(Answer):
    """When people come. What nobody came in is left out."""

    days: list[OnDays]
    quarters: list[Quarter]
    week: list[QuarterOfWeek]
    cells: list[QuarterOfService]


class Excluded(Answer):
    services: list[str]
    channels: list[str]
    days: list[str]


class Rule(Answer):
    """What was in force from a day on."""

    first: Annotated[str, Field(alias="from")]
    target_seconds: int
    walking_allowance_seconds: int
    come_back_minutes: int
    punctual_minutes: int
    return_days: int
    excluded: Excluded


class Outage(Answer):
    id: str
    kind: Annotated[str, Field(description="server_away, kiosk_away or clock_step")]
    what: Annotated[str, Field(description="The id of the kiosk's key, where a kiosk was away")]
    started_at: Instant
    ended_at: Instant | None
    note: str | None


class Punctuality(Answer):
    booked: int
    arrived: int
    not_attended: int
    share_not_attended: float | None
    punctual: Shared
    delay: Duration
    early: Duration


class ToldShare(Shared):
    gone: Annotated[int, Field(description="Left before the time that they were told: counted apart")]


class ToldShares(Answer):
    walk_ins: ToldShare
    appointments: ToldShare


class ToldService(ToldShares):
    key: str
    name: str


class ToldHour(ToldShares):
    hour: int


class ToldWeek(ToldShares):
    first: Annotated[str, Field(description="A Monday")]
    last: str


class ToldWhen(ToldShares):
    """Of those who were told by when to expect the call: who was called by the first time told."""

    services: list[ToldService]
    hours: list[ToldHour]
    weeks: list[ToldWeek]


class NextSteps(Answer):
    with_date: Annotated[Shared, Field(description="Of those passed on, who was given a date")]
    kept: Annotated[Shared, Field(description="Of the dates that are over, which were kept")]


class Use(Answer):
    open_ms: int
    breaks_ms: int
    serving_ms: int
    share: float | None


class Quality(Answer):
    share_inferred: float | None
    share_auto_closed: float | None
    share_without_outcome: float | None
    outages: int
    clock_steps: int
    kiosk_away_ms: Annotated[int, Field(description="How long kiosks were away in opening hours, each by itself")]
    kiosk_away_arrivals: Annotated[int, Field(description="Judged, and came while a kiosk was away")]
    share_without_kiosk_away: Annotated[
        float | None, Field(description="The share of the others; null where no kiosk was away, or of several offices")
    ]


class Measured(Answer):
    definitions: int
    office: str
    offices: list[str]
    timezone: str
    first: Annotated[str, Field(alias="from")]
    last: Annotated[str, Field(alias="to")]
    computed_at: Instant
    target_seconds: Annotated[int | None, Field(description="Null where it changed within the period: see `rules`")]
    rules: list[Rule]
    total: TotalFigure
    services: list[KeyFigure]
    desks: list[KeyFigure]
    channels: list[KeyFigure]
    languages: list[KeyFigure]
    needs: list[NeedFigure]
    weekdays: list[WeekdayFigure]
    hours: list[HourFigure]
    points: Annotated[list[PointFigure], Field(description="By day up to 62 days, by week up to two years, by month")]
    week: list[Cell]
    footfall: Footfall
    distribution: Annotated[list[int], Field(description="In fifths of the target; the last: beyond four targets")]
    outages: list[Outage]
    appointments: Punctuality
    next_steps: NextSteps
    told: ToldWhen
    use: Use
    quality: Quality


@get("/api/figures", roles=READERS, question=Period, answers={200: Measured})
def figures(asker, asked):
    """The figures of the days from `from` to `to`, both included, of the visits that fit; without days, of today."""
    parts = here()
    now = parts.frontdesk.now()
    measured = parts.figures()
    first, last = period(asked.first, asked.last, measured.today(now))
    keys = {name: _listed(getattr(asked, name)) for name in ("services", "desks", "channels", "languages")}
    times = {name: tuple(map(_number, _listed(getattr(asked, name)))) for name in ("hours", "weekdays")}
    return measured.of(Asked(first, last, **keys, **times, need=asked.need or None), now)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in words.split(","))))


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 3):
        raise Refusal("figures_no_such_time", status=422)
    return int(word)
