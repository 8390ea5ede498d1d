"""What every question and answer of the API is made of, and the answers that several journeys share.

Questions are checked by their models; answers are built as plain dicts (pictures.py) and not checked while serving: the
tests hold each against its model. Instants are UTC milliseconds.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reception.web.words import visible


def plain(text: str) -> str:
    if visible(text) != text:
        raise ValueError("it holds characters that cannot be seen")
    return text


def _written(text: str) -> str:
    plain(text.replace("\r", "").replace("\n", "").replace("\t", ""))
    return text


Text = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(plain)]
# What is too long for the record, the front desk says in a sentence.
Words = Annotated[str, Field(max_length=5000, description="Free text"), AfterValidator(_written)]
Keys = Annotated[list[Text], Field(max_length=40)]
Reason = Annotated[Text | None, Field(description="A key of the office's reasons (/api/choices)")]
AtDesk = Annotated[Text | None, Field(description="Where you are: refused if the visitor is at another desk.")]
Party = Annotated[int | None, Field(ge=1, le=99, description="How many people came")]
Whom = Annotated[Text | None, Field(description='"desk:KEY" or "person:ID" (/api/choices)')]
Instant = Annotated[int, Field(description="UTC milliseconds since 1970")]
State = Literal["waiting", "called", "serving", "held", "no_show", "completed", "left", "cancelled"]


class Question(BaseModel):
    """Unknown fields and wrong types are mistakes, told as such."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def given(self, *but: str) -> dict:
        """What was said, as the front desk's methods take it, without the fields named."""
        return {name: getattr(self, name) for name in self.model_fields_set if name not in but}


class Answer(BaseModel):
    model_config = ConfigDict(defer_build=True)


class Nothing(Question):
    """No body, or an empty one."""


class Expected(Answer):
    """What somebody who waits is told of it, as everybody is: rounded, and never exactly."""

    key: Annotated[
        Literal["within", "range", "from", "no_number"],
        Field(description="Within the target; a range; at least so long; or no desk that can help is there"),
    ]
    low: Annotated[int | None, Field(description="Minutes, at least")]
    high: Annotated[int | None, Field(description="Minutes, at most")]
    by_at: Annotated[int | None, Field(description="We expect to call them by then, in UTC milliseconds")]
    opens_at: Annotated[int | None, Field(description="When a desk is likely to open, where none can help now")]
    updated_at: Instant
    learning: Annotated[bool, Field(description="A rough guess: too little was seen here yet")]
    later: Annotated[bool, Field(description="Later than they were told before")]
    why: Annotated[str | None, Field(description="Why it is later: a key (docs/waits.md)")]
    booked_first: Annotated[bool, Field(description="Somebody with an appointment may be called first")]
    sentences: Annotated[list[str], Field(description="The same as visitors read it, in English")]


class Ticket(Answer):
    """What may be shown to anybody who has the ticket."""

    id: str
    number: str
    service: str
    service_name: str
    state: State
    desk: str | None
    desk_name: str | None
    channel: str
    arrived_at: Instant
    booked_at: Instant | None
    waits_from: Annotated[int, Field(description="Where the promise starts to count, in UTC milliseconds")]
    ahead: Annotated[int, Field(description="How many are called before this visitor")]
    url: Annotated[str | None, Field(description="The visitor's own page")]
    expected: Annotated[Expected | None, Field(description="What they are told to expect; null: nothing yet")]


class Leg(Answer):
    """A further service of the visit, and who alone may call for it (null: any desk that takes it)."""

    service: str
    kept_for: str | None


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
    booked_at: Instant | None
    waits_from: Annotated[int, Field(description="Where the promise starts to count, in UTC milliseconds")]
    acknowledged_at: Instant | None
    first_called_at: Instant | None
    last_called_at: Instant | None
    seen_at: Instant | None
    seen_inferred: bool
    ended_at: Instant | None
    ended_inferred: bool
    recalls: int
    leg: Annotated[int, Field(description="Which service of the visit this is: 1, 2, …")]
    to_come: list[Leg]
    delivered: Annotated[list[str], Field(description="Keys of services that were given")]
    outcome: str | None
    party: int | None
    appointment: Annotated[str | None, Field(description="The id of the appointment it came with")]
    standing: Annotated[list[str], Field(description="Classes that may have a head start in the line")]
    due_at: Annotated[int | None, Field(description="Next does not call them before this")]
    late_until: Annotated[int | None, Field(description="They said that they come later: the place is kept until then")]
    held_until: Instant | None
    missed_at: Annotated[int | None, Field(description="When they were called and not there")]
    room: Annotated[str | None, Field(description="Where they were asked to wait, on hold")]
    kept_for: Annotated[str | None, Field(description='The desk or person who alone may call: "desk:KEY", "person:ID"')]
    reads: Annotated[str, Field(description="The tag of the language they chose, or empty where nobody asked")]
    discreet: Annotated[bool, Field(description="Called on the phone and in person, never on the board or by voice")]
    times_wrong: Annotated[bool, Field(description="Somebody said so; a manager can correct them")]


class Known(Answer):
    """What staff know of the visitor; null or empty where nothing was said. It is deleted after some days."""

    needs: list[str]
    language: str | None
    name: str | None
    remark: str | None
    said: Annotated[str | None, Field(description="What whoever sent them on said")]
    note: str | None


class KnownVisit(Visit):
    known: Known
    expected: Annotated[Expected | None, Field(description="What they are told to expect; null: they do not wait")]


class Problem(Answer):
    type: str
    title: str
    status: int
    detail: Annotated[str, Field(description="A sentence for a person")]
    code: Annotated[str, Field(description="A word for a program")]
