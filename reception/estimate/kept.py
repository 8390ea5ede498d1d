"""What an office has taught, from one start of the server to the next: kept at the end of each day, read, made anew.

Learning is a fold over the record, so it makes no difference whether it was kept: days that are over are in the row,
today's steps are folded in again.
"""

from reception.estimate.floor import Bookings, Told
from reception.estimate.history import History
from reception.estimate.learning import Learner
from reception.settings import Settings
from reception.store import Store
from reception.things import Appointment

AT_ONCE = 5_000  # steps
APART = 1_000  # milliseconds between two arrivals that are estimated


def learner(store: Store, settings: Settings, history: History | None = None) -> Learner:
    """One that knows this office's appointments and needs."""
    bookings, known = bookings_of(store, settings), known_of(store, settings)
    return Learner(settings, history, bookings=bookings, known=known, apart=APART)


def bookings_of(store: Store, settings: Settings) -> Bookings:
    return lambda day: store.things(Appointment, settings.office.key, "AND day = ?", (day,))


def known_of(store: Store, settings: Settings) -> Told:
    office = settings.office.key
    return lambda visit: store.particulars(office, [visit]).get(visit, {})


def steps_of(store: Store, office: str, after: int = 0, at_once: int = AT_ONCE):
    """The record's steps in order, some at a time."""
    while found := store.steps(office, after=after, limit=at_once):
        yield from found
        after = found[-1].number


def load(store: Store, settings: Settings) -> Learner:
    """As if it had never stopped: what was kept, and every step since; with nothing kept, from the first step on."""
    office = settings.office.key
    step, _day, told = store.learned(office) or (0, "", None)
    found = learner(store, settings, History.of(told) if told else None)
    for one in steps_of(store, office, step):
        found.see(one)
    return found


def rebuild(store: Store, writer, settings: Settings) -> tuple[int, str]:
    """Learns from the whole record anew and keeps it as of the last day that is over; how many steps, and that day
    ("": none is over)."""
    office, found, step = settings.office.key, learner(store, settings), 0
    kept = 0, "", {}
    for one in steps_of(store, office):
        if found.floor.day and one.at >= found.floor.ends_at:
            day = found.floor.day
            found.end_day()
            kept = step, day, found.history.told()
        found.see(one)
        step = one.number

    def turn(store):
        store.save_learned(office, *kept)
        return None, None

    if kept[1]:
        writer.do(turn)
    return kept[:2]
