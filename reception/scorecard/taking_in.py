"""A file of figures from elsewhere, from its bytes to what was kept and what is wrong with the rest.

The managers' page and the command both take this one step. It opens no file and words no sentence.
"""

from dataclasses import dataclass
from datetime import date

from reception import hours
from reception.scorecard.imports import Mistake, read


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: how many rows are new, say something else than before, or the same; and its mistakes."""

    new: int
    changed: int
    same: int
    mistakes: tuple[Mistake, ...]


def take_file(frontdesk, data: bytes, *, by: str) -> Taken:
    """Keeps the good rows of `data`, whatever the others are like; the same file again changes nothing."""
    settings, office = frontdesk.settings, frontdesk.office
    today = date.fromisoformat(hours.day_of(frontdesk.now(), settings.zone))
    measures = [one.imported for one in settings.standards if one.imported]
    reading = read(data, office=office, measures=list(dict.fromkeys(measures)), today=today)
    known = {(one.measure, one.month): one for one in frontdesk.store.imported_figures(office)}
    new = [one for one in reading.rows if (one.measure, one.month) not in known]
    changed = [one for one in reading.rows if known.get((one.measure, one.month), one) != one]
    if new or changed:
        at = frontdesk.now()

        def write(store) -> None:
            for one in (*new, *changed):
                store.save_imported(office, one, at, by)

        note = {"new": len(new), "changed": len(changed)}
        frontdesk.record("figures_imported", by=by, note=note, write=write)
    same = len(reading.rows) - len(new) - len(changed)
    return Taken(len(new), len(changed), same, reading.mistakes)
