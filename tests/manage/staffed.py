"""An office of Fernleigh Council with simulated weeks behind it, so that its desks can be planned."""

import time
from datetime import timedelta
from itertools import takewhile

from reception.hours import local
from reception.settings import load
from reception.simulating import Habits, simulate
from reception.simulating.written import write
from reception.store import Store
from tests.fernleigh import Office


class Staffed(Office):
    """`weeks` weeks that ended yesterday, as busy as `busy` says."""

    def __init__(self, folder, *, weeks: int, busy: float = 0.8, **parts):
        self.weeks, self.habits = weeks, Habits(busy=busy)
        super().__init__(folder, **parts)

    def _begin(self) -> None:
        settings = load(self.office, env=self._env)
        self.data.mkdir(parents=True, exist_ok=True)
        store = Store(self.data / "reception.db")
        today = local(time.time_ns() // 1_000_000, settings.zone).date()
        days = simulate(settings, today - timedelta(weeks=self.weeks), 7 * self.weeks, habits=self.habits, seed=4)
        write(store, settings, takewhile(lambda one: one.day < today.isoformat(), days))
        store.close()
        super()._begin()
