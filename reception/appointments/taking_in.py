"""A file of appointments, from its bytes to what was kept and what is wrong with the rest.

The managers' page, the watched folder and the command all take this one step. It opens no file and words no sentence.
"""

from dataclasses import dataclass
from datetime import date

from reception import hours
from reception.appointments.booked import Mistake
from reception.appointments.keeping import TakenIn
from reception.appointments.reading import read


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file: `read` rows or events were looked at, `taken` counts those kept, `mistakes` and `notes`
    say by line what was not taken in and what is worth knowing (`words.sentence` words them)."""

    name: str
    read: int
    taken: TakenIn
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[Mistake, ...] = ()


def here(function, *arguments, **named):
    return function(*arguments, **named)


def take_file(frontdesk, data: bytes, name: str, *, by: str, source: str = "file", run=here) -> Report:
    """Keeps the appointments in `data`; good lines are kept whatever the others are like, and the same file again
    changes nothing. `name` helps to tell a calendar from a table.

    `source` is a key of where it came from (never the file's name, which is free text). `run(read, …)` may read
    elsewhere than on the event loop; a Refusal or StoreFault of the front desk goes through.
    """
    settings = frontdesk.settings
    reading = run(
        read,
        data,
        name,
        zone=settings.zone,
        services={service.key: service.name for service in settings.services},
        needs={need.key: need.name for need in settings.needs},
        today=date.fromisoformat(hours.day_of(frontdesk.now(), settings.zone)),
        largest_rows=settings.appointments.largest_rows,
    )
    taken = frontdesk.take_in(reading.appointments, by=by, source=source)
    return Report(name, reading.read, taken, reading.mistakes, reading.notes)
