"""A file or a list of appointments, from its bytes to what was kept and what is wrong with the rest.

The managers' page, the API, the watched folder and the command all take this one step. It opens no file and words no
sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reception import hours
from reception.appointments.booked import Mistake, Reading
from reception.appointments.keeping import TakenIn
from reception.appointments.reading import read, read_items


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file: `read` rows or events were looked at, `taken` counts those kept, `mistakes` and `notes`
    say by line what was not taken in and what is worth knowing (`words.sentence` words them)."""

    name: str
    read: int
    taken: TakenIn
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[Mistake, ...] = ()

    @property
    def unreadable(self) -> Mistake | None:
        """What is wrong with the whole file, where nothing of it could be read."""
        return next((one for one in self.mistakes if not one.line), None) if not self.read else None


def here(function, *arguments, **named):
    return function(*arguments, **named)


def take_file(frontdesk, data: bytes, name: str, *, by: str, source: str = "file", run=here, **keeping) -> Report:
    """Keeps the appointments in `data`; good lines are kept whatever the others are like, and the same file again
    changes nothing. `name` helps to tell a calendar from a table.

    `source` is a key of where it came from (never the file's name, which is free text). `run(read, …)` may read
    elsewhere than on the event loop; `keeping` is for `Bookings.take_in`. A Refusal or StoreFault of the front desk
    goes through.
    """
    reading = run(read, data, name, **_office(frontdesk))
    return _taken(frontdesk, reading, name, by=by, source=source, **keeping)


def take_items(frontdesk, items: Iterable[dict], *, by: str, source: str, run=here) -> Report:
    """The same of a list of items (`listed.Item`)."""
    return _taken(frontdesk, run(read_items, items, **_office(frontdesk)), "", by=by, source=source)


def _office(frontdesk) -> dict:
    """What reading needs to know of the office."""
    settings = frontdesk.settings
    return {
        "zone": settings.zone,
        "services": {service.key: service.name for service in settings.services},
        "needs": {need.key: need.name for need in settings.needs},
        "today": date.fromisoformat(hours.day_of(frontdesk.now(), settings.zone)),
        "largest_rows": settings.appointments.largest_rows,
    }


def _taken(frontdesk, reading: Reading, name: str, **keeping) -> Report:
    taken = frontdesk.take_in(reading.appointments, **keeping)
    return Report(name, reading.read, taken, reading.mistakes, reading.notes)
