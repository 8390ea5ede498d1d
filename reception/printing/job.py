"""A slip to be printed, as its printer's worker knows it, and what the worker needs of the store."""

from dataclasses import dataclass
from typing import Literal, Protocol

Ended = Literal["printed", "unconfirmed", "failed", "dropped"]


@dataclass(frozen=True)
class Job:
    """One slip. `state` is as stored: "waiting", or "printing" once it may have reached the paper.

    A ticket's slip is about its visit; a promise's about the promise (`about`), with a `visit` or "";
    a signpost's is nobody's: `about` is its key and the language, "citizens-advice@cy". `meant_for` is
    the printer it should have come out of, where this one is its backup.
    """

    id: str
    visit: str
    kind: Literal["ticket", "reprint", "promise", "signpost"]
    made_at: int  # UTC milliseconds
    printer: str
    state: Literal["waiting", "printing"] = "waiting"
    about: str | None = None
    meant_for: str | None = None


class PrintJobs(Protocol):
    """Each change is durable when the method returns."""

    def next_print_job(self, printer: str) -> Job | None:
        """The printer's oldest job that has not ended, one left "printing" by a crash included."""

    def print_job_started(self, job: Job, at: int, mm: int) -> bool:
        """The job is about to be sent, `mm` of paper long: from here on it is "printing". False if it is not this
        printer's any more: then nothing of it may be sent."""

    def print_job_ended(self, job: Job, state: Ended, cause: str | None, at: int) -> None: ...

    def hand_over(self, job: Job) -> str | None:
        """Gives a job that was not begun to the printer's backup; its key, or None where there is none that could."""
