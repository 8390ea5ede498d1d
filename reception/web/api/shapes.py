"""What the API is asked and what it answers, as models: questions are checked by them, and all are in its document.

Answers are built as plain dicts (pictures.py) and not checked while serving; the tests hold each against its model.
Instants are UTC milliseconds.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from reception.web.words import visible


def _plain(text: str) -> str:
    if visible(text) != text:
        raise ValueError("it holds characters that cannot be seen")
    return text


Text = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_plain)]
Instant = Annotated[int, Field(description="UTC milliseconds since 1970")]
State = Literal["waiting", "called", "serving", "held", "no_show", "completed", "left", "cancelled"]


class Question(BaseModel):
    """Unknown fields and wrong types are mistakes, told as such."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    model_config = ConfigDict(defer_build=True)


# -- questions ---------------------------------------------------------------------------------------------------


class Nothing(Question):
    """No body, or an empty one."""


class NewTicket(Question):
    service: Text
    print: Annotated[bool | None, Field(description="Print a slip. Without it: only for kiosks' keys.")] = None


class Leaving(Question):
    leaving: Annotated[
        Text | None,
        Field(description="The visit your screen shows at the desk, or null for nobody; wrong, nothing is done."),
    ] = None


Reason = Annotated[Text | None, Field(description="A key of the office's reasons")]


class WalkIn(Leaving):
    service: Text
    wait: Annotated[bool, Field(description="Give a place in the line instead of helping them at once.")] = False


class Call(Leaving):
    """Exactly one of `visit` and `number`."""

    visit: Text | None = None
    number: Text | None = None
    reason: Reason = None

    @model_validator(mode="after")
    def _one_of_them(self):
        if (self.visit is None) == (self.number is None):
            raise ValueError("give either visit or number")
        return self


class CallTo(Leaving):
    desk: Text
    reason: Reason = None


class OpenDesk(Question):
    take_over: Annotated[bool, Field(description="Also a desk that somebody else has open.")] = False


class Step(Question):
    desk: Annotated[Text | None, Field(description="Where you are: refused if the visitor is at another desk.")] = None


class Period(Question):
    first: Annotated[str | None, Field(alias="from", description="First day, such as 2026-03-02; today.")] = None
    last: Annotated[str | None, Field(alias="to", description="Last day, included; the first day.")] = None


# -- answers -----------------------------------------------------------------------------------------------------


class Visit(Answer):
    id: str
    number: str
    service: str
    service_name: str
    state: State
    desk: str | None
    desk_name: str | None
    channel: str
    arrived_at: Instant
    waits_from: Annotated[int, Field(description="Where the promise starts to count, in UTC milliseconds")]
    acknowledged_at: Instant | None
    first_called_at: Instant | None
    last_called_at: Instant | None
    seen_at: Instant | None
    seen_inferred: bool
    ended_at: Instant | None
    ended_inferred: bool
    recalls: int


class Ticket(Visit):
    ahead: Annotated[int, Field(description="How many are called before this visitor")]
    url: Annotated[str | None, Field(description="The visitor's own page")]


class Desk(Answer):
    key: str
    name: str
    services: list[str]
    state: Literal["open", "paused", "closed"]
    since_at: Instant


class Hours(Answer):
    monday: list[str]
    tuesday: list[str]
    wednesday: list[str]
    thursday: list[str]
    friday: list[str]
    saturday: list[str]
    sunday: list[str]
    closed_on: list[str]


class Service(Answer):
    key: str
    name: str
    about: str
    letter: str
    group: str | None
    open: Annotated[bool, Field(description="Whether a ticket can be had now")]
    hours: Annotated[Hours | None, Field(description="Its own hours; null: the office's")]


class Office(Answer):
    key: str
    name: str
    timezone: str
    language: str
    now: Instant
    open: bool
    target_seconds: int
    hours: Hours
    services: list[Service]
    desks: list[Desk]


class Line(Answer):
    """Everyone open: at desks, then waiting in calling order, then called and not there."""

    step: Annotated[int, Field(description="The office's newest step: a larger one is newer")]
    now: Instant
    visits: list[Visit]


class BoardCall(Answer):
    id: str
    number: str
    desk: str
    desk_name: str
    called_at: Instant
    recalls: int


class Board(Answer):
    step: int
    now: Instant
    office: str
    open: bool
    turns_at: Instant | None
    opens: str | None
    notice: str | None
    waiting: int
    calls: list[BoardCall]


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


class Figures(Answer):
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


class Database(Answer):
    size: Annotated[int, Field(description="Bytes, with its journal")]
    writable: bool
    newest_step: int | None


class Disk(Answer):
    free: int
    total: int


class Printer(Answer):
    key: str
    name: str
    state: str
    state_words: str
    cause: str | None
    sentence: str | None
    remedy: str | None
    heard_at: Instant | None
    jobs: int


class Health(Answer):
    """Without a key `ok` stands alone."""

    ok: bool
    version: str | None = None
    database: Database | None = None
    disk: Disk | None = None
    printers: list[Printer] | None = None


class Problem(Answer):
    type: str
    title: str
    status: int
    detail: Annotated[str, Field(description="A sentence for a person")]
    code: Annotated[str, Field(description="A word for a program")]
