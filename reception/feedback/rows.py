"""What is stored of feedback, each a frozen row. What somebody wrote is no field of theirs: it stands in `particulars`,
under the row's id, with the date on which it is deleted.
"""

from dataclasses import dataclass
from typing import ClassVar

from reception.feedback.life import OPEN


@dataclass(frozen=True, slots=True)
class Feedback:
    """A row of `feedback`: of a `kind` (compliment, comment, complaint), about a theme and perhaps a visit. `stage` is
    0 before the first (put right at once), else the complaint's stage. Particulars: `text`, `contact`, `done` (what was
    put right), `answer 1`, `reason 1.1` and so on; `forget_at` is when they are deleted."""

    table: ClassVar[str] = "feedback"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    reference: str
    kind: str
    state: str
    source: str
    made_at: int
    made_by: str
    made_on: str  # the office's local date
    forget_at: int
    theme: str | None = None
    service: str | None = None
    visit: str | None = None
    language: str | None = None
    owner: str | None = None
    stage: int = 0
    answer_on: str | None = None  # by when the present stage is answered
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of `feedback_stages`: one stage of a complaint, its dates (last days, as ISO dates) and what became of it.
    `promised_on` is the answer's date as it was first said, which figures are measured by; `extended` counts how often
    it was put off."""

    table: ClassVar[str] = "feedback_stages"
    keys: ClassVar[tuple[str, ...]] = ("feedback", "stage")

    feedback: str
    stage: int
    began_at: int
    answer_on: str
    promised_on: str
    acknowledge_on: str | None = None
    acknowledged_at: int | None = None
    acknowledged_on: str | None = None
    answered_at: int | None = None
    answered_on: str | None = None
    finding: str | None = None
    extended: int = 0

    @property
    def id(self) -> str:
        return f"{self.feedback} {self.stage}"


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """A row of `said_and_done`: what people said and what the office did about it. Particulars: `said` and `did`, which
    name nobody; it is public from `shown_at` on, until `hidden_at`."""

    table: ClassVar[str] = "said_and_done"
    keys: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    made_at: int
    by: str
    theme: str | None = None
    shown_at: int | None = None
    hidden_at: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None and self.hidden_at is None


def standing(feedback: Feedback, stage: Stage | None, today: str, soon: str) -> str:
    """How a row stands: "late", "due" (its next date is no later than the day `soon`), "open", or its state."""
    if feedback.state != OPEN:
        return feedback.state
    by = next_date(feedback, stage)
    if by is None:
        return OPEN
    return "late" if by < today else "due" if by <= soon else OPEN


def next_date(feedback: Feedback, stage: Stage | None) -> str | None:
    """The next day by which something is to be done: the acknowledgement while it is out, then the answer."""
    if feedback.state != OPEN or stage is None:
        return None
    if stage.acknowledge_on and not stage.acknowledged_at:
        return min(stage.acknowledge_on, stage.answer_on)
    return stage.answer_on
