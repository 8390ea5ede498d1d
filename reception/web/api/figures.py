"""The figures over the API."""

from typing import Annotated

from pydantic import Field

from reception.figures import Figures, period
from reception.web.api.asking import MANAGERS, get
from reception.web.api.shapes import Answer, Instant, Question
from reception.web.blocking import blocking
from reception.web.parts import here


class Period(Question):
    first: Annotated[str | None, Field(alias="from", description="First day, such as 2026-03-02; today.")] = None
    last: Annotated[str | None, Field(alias="to", description="Last day, included; the first day.")] = None


class Figure(Answer):
    """A figure without data is null. Waits end in `_ms`; docs/figures.md holds the definitions."""

    n: Annotated[int, Field(description="How many were judged: hits and misses")]
    share: float | None
    interval: Annotated[tuple[float, float] | None, Field(description="95% interval of the share while n < 400")]
    share_of_all: float | None
    arrivals: int
    hits: int
    misses: int
    left: int
    no_shows: int
    closed_unserved: int
    left_in_time: int
    not_there_in_time: int
    cancelled: int
    inferred: int
    auto_closed: int
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


class TotalFigure(Figure):
    longest_service: str | None


class ServiceFigure(Figure):
    key: str
    name: str


class HourFigure(Figure):
    hour: int


class Measured(Answer):
    definitions: int
    office: str
    timezone: str
    first: Annotated[str, Field(alias="from")]
    last: Annotated[str, Field(alias="to")]
    computed_at: Instant
    target_seconds: int
    total: TotalFigure
    services: list[ServiceFigure]
    hours: list[HourFigure]
    distribution: list[int]


@get("/api/figures", roles=MANAGERS, question=Period, answers={200: Measured})
def figures(asker, asked):
    """The figures of the days from `from` to `to`, both included; without them, of today."""
    parts = here()
    now = parts.frontdesk.now()
    measured = Figures(parts.settings, parts.store, parts.frontdesk.writer, blocking)
    return measured.between(*period(asked.first, asked.last, measured.today(now)), now)
