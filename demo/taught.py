"""What the demo office has learned about waits before its lobby opens: from a made-up day as fast as the lobby.

Its past was lived at life's own pace: told from that, everybody in a lobby twelve times as fast would be given waits
that are twelve times too long.
"""

import datetime
from dataclasses import fields, replace
from itertools import islice

from demo.day import BETWEEN_VISITORS, MISTAKE, NOT_HERE, PAUSE_BETWEEN, POPULAR, SERVICE, STAY_AWAY, WALK
from reception.estimate.learning import Learner
from reception.keeping import in_use
from reception.settings import Settings
from reception.simulating import Habits, simulate
from reception.store import Store

STEPS = 3_000  # of the made-up day: some six hundred visits, after which an estimate believes what it has seen alone
DRAWS = 25
TIMES = tuple(one.name for one in fields(Habits) if one.name.endswith(("_minutes", "_seconds")))


def teach(settings: Settings, speed: float, seed: object = 1) -> bool:
    """Keeps what was learned as if of yesterday, in the place of anything before. Before the server starts; False while
    one runs."""
    database = settings.server.data / "reception.db"
    if in_use(database):
        return False
    today = datetime.datetime.now(settings.zone).date()
    (day,) = simulate(settings, today, 1, habits=at_speed(speed), seed=seed)
    learner = Learner(settings, bookings=lambda _day: day.appointments, known=lambda visit: day.told.get(visit, {}))
    learner.draws = DRAWS
    for step in islice(day.steps, STEPS):
        learner.see(step)
    store, office = Store(database), settings.office.key
    yesterday = (today - datetime.timedelta(days=1)).isoformat()
    store.begin()
    store.save_learned(office, store.newest_step(office), yesterday, learner.history.told())
    store.commit()
    store.close()
    return True


def at_speed(speed: float) -> Habits:
    """People who come and work as `day.py` says, and all of it so many times as fast as life."""
    usual = Habits(
        a_day=8 * 60 / BETWEEN_VISITORS,
        stays_away=STAY_AWAY,
        outside=NOT_HERE,
        out_of_turn=MISTAKE,
        popular=POPULAR,
        minutes=SERVICE,
        typed_wrong=0,
        walk_seconds=(0.5 * WALK * 60, 1.5 * WALK * 60),
        note_seconds=PAUSE_BETWEEN * 60,
    )
    faster = {name: _divided(getattr(usual, name), speed) for name in TIMES}
    minutes = {service: lasts / speed for service, lasts in usual.minutes.items()}
    a_day, hidden = usual.a_day * speed, usual.hidden_a_day * speed
    return replace(usual, **faster, minutes=minutes, a_day=a_day, hidden_a_day=hidden)


def _divided(value, by: float):
    return tuple(one / by for one in value) if isinstance(value, tuple) else value / by
