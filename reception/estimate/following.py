"""An office's learner, kept up with its record: what was learned until yesterday, and every step since.

It begins as if it had never stopped: desks and rulings stand as they did at the step from which it goes on. It writes
nothing; what a day has taught waits in `kept` for somebody to store it.
"""

import math
import time

from reception import hours
from reception.estimate.history import History
from reception.estimate.kept import learner, steps_of
from reception.settings import Settings
from reception.store import Store
from reception.things import Desk, Ruling

DAY = 86_400_000
PAST = 90 * DAY  # what nothing is kept of is learned from so much of the record; what is older no longer counts
AT_ONCE = 200  # steps read at once: a slice of work ends soon
DESK_STEPS = ("opened", "paused", "closed", "handed_over")


class Following:
    """`learner` knows the record up to `step`. `kept`: (step, day, what it has taught) as of the last day over."""

    def __init__(self, store: Store, settings: Settings, history: History | None = None, step: int = 0):
        self.store, self.office, self.step = store, settings.office.key, step
        self.learner = learner(store, settings, history)
        self.kept: tuple[int, str, dict] | None = None
        floor = self.learner.floor
        floor.desks, floor.rulings = as_of(store, self.office, step)

    def follow(self, until: int, seconds: float = math.inf) -> bool:
        """Takes in the steps up to the one with this number; False where the time was not enough."""
        ends = time.monotonic() + seconds
        for step in steps_of(self.store, self.office, self.step, AT_ONCE):
            if step.number > until:
                break
            self._end_day(step.at)
            self.learner.see(step)
            self.step = step.number
            if time.monotonic() > ends:
                return self.step >= until
        return True

    def turn_day(self, at: int) -> None:
        """A day ends and the next begins by the clock, also when nothing happens."""
        self._end_day(at)
        if at >= self.learner.floor.ends_at:
            self.learner.floor.begin_day(at)

    def _end_day(self, at: int) -> None:
        floor = self.learner.floor
        if floor.day and at >= floor.ends_at and self.learner.day_over != floor.day:
            self.learner.end_day()
            self.kept = self.step, floor.day, self.learner.history.told()


def begin(store: Store, settings: Settings, at: int) -> tuple[Following, Following | None]:
    """The one to answer from at once, which knows today; and one that has a longer past to catch up with first, after
    which it is to take the other's place (None: what is kept goes as far as yesterday)."""
    office = settings.office.key
    day = hours.day_bounds(hours.day_of(at, settings.zone), settings.zone)[0]
    yesterday, newest = store.step_before(office, day), store.newest_step(office)
    row = store.learned(office)
    step, told = (row[0], row[2]) if row and row[0] <= newest else (0, None)

    def history():
        return History.of(told) if told else None

    if step >= yesterday:
        return Following(store, settings, history(), step), None
    past = max(step, store.step_before(office, at - PAST))
    return Following(store, settings, history(), yesterday), Following(store, settings, history(), past)


def as_of(store: Store, office: str, step: int) -> tuple[dict[str, Desk], dict[str, Ruling]]:
    """The desks and the rulings as they were after a step: as they are, with what was done since taken back."""
    desks, rulings = store.desks(office), store.rulings(office)
    for one in reversed(store.steps_besides(office, (*DESK_STEPS, "ruled"), step)):
        things, key = (rulings, one.about) if one.step == "ruled" else (desks, one.desk)
        if key in things:
            before = {name: old for name, (old, _new) in one.changes.items()}
            things[key] = type(things[key])(**{**_values(things[key]), **before})
    rulings = {key: one for key, one in rulings.items() if one.by}  # before it was first ruled, nothing was
    return desks, rulings


def _values(thing) -> dict:
    return {name: getattr(thing, name) for name in thing.__slots__}
