"""What visitors of a made-up day are told with their number: what Reception would have told them, estimated from the
made-up record alone as it grows, and rounded as ever. Whether it is kept is left to the day; nobody is told anything
anew.
"""

from collections.abc import Iterable, Mapping

from reception.estimate import Expectation
from reception.estimate.learning import Learner
from reception.estimate.said import promised, said
from reception.reading import Step
from reception.settings import Settings
from reception.telling import as_told
from reception.things import Appointment
from reception.visit import Visit


class Telling:
    """An office's, from day to day: it sees every step, and learns from them as the server does."""

    def __init__(self, settings: Settings):
        self._promised = promised(settings.promise)
        self._bookings: list[Appointment] = []
        self._needs: Mapping[str, dict[str, str]] = {}
        self._expected: dict[str, Expectation] = {}
        self._learner = Learner(
            settings, bookings=lambda day: self._bookings, known=lambda visit: self._needs.get(visit, {})
        )
        self._learner.told = lambda visit, expected: self._expected.update({visit.id: expected})

    def begin(self, bookings: Iterable[Appointment], needs: Mapping[str, dict[str, str]]) -> None:
        """Another day: who has booked, and what will be known of whom."""
        self._bookings, self._needs = list(bookings), needs

    def see(self, step: Step) -> None:
        self._learner.see(step)

    def of(self, visit: Visit) -> dict[str, int | None]:
        """The fields of a visit that has just come, as they are when it is told what to expect."""
        expected, at = self._expected.pop(visit.id, None), visit.arrived_at
        return as_told(visit, said(expected, at=at, **self._promised), at) if expected else {}
