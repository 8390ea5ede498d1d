"""The plan of a day and what would change it: from the days behind an office, pure.

Where every desk serves everything, Erlang's formula says how many are needed; elsewhere a search over simulated days.
What is to be expected of the roster is always simulated, breaks and appointments with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from reception.estimate.history import MINUTE, History
from reception.settings import Settings
from reception.staffing import roster
from reception.staffing.demand import PART, Booked, Demand, foresee
from reception.staffing.drawing import Drawing
from reception.staffing.erlang import desks_for
from reception.staffing.past import PastDay, Span, spans
from reception.staffing.playing import Post, Rules
from reception.staffing.search import Search, keys_of
from reception.staffing.shapes import HALF_HOUR, Changed, Changes, DayPlan, HalfHour, Shortfall, WhatIf
from reception.staffing.taught import taught
from reception.staffing.trials import TRIALS, Run, Trials

MORE = 6  # desks beyond the office's own that are tried
FEW_DAYS = 3
LEARNED = 60  # days, of how long things take
LONG = 4  # half hours that are said together
SEEN = "seen_in_time"
USUAL_GOAL = 0.8
EMPTY = 0.1  # people on an average day: an office that never closes begins and ends its day with the first of them
NONE = Changes()


@dataclass(slots=True)
class Ground:
    """What every answer about one day stands on. `key` as a DayPlan's; without trials there is nothing to say."""

    day: date
    key: str
    demand: Demand
    spans: list[Span]
    history: History | None = None
    trials: Trials | None = None
    run: Run | None = None  # of the roster as it is, once it was asked for

    @property
    def parts(self) -> list[int]:
        """The half hours that the office is open; of a day without an end those from the first visitor to the last."""
        open_at = [part for part in range(48) if any(a < (part + 1) * PART and part * PART < b for a, b in self.spans)]
        busy = [part for part in open_at if self.trials.people[part] >= EMPTY]
        return open_at if len(open_at) < 40 or not busy else list(range(busy[0], busy[-1] + 1))

    def as_is(self, settings: Settings) -> Run:
        """The roster of the settings on these days."""
        if self.run is None:
            self.run = self.trials.run(roster.by_settings(settings, self.spans))
        return self.run

    def drawn(self, settings: Settings, spans: Sequence[Span], changes: Changes, count: int) -> Trials:
        """So many days as they may go, with other opening times or so many more people."""
        seed, closes = self.day.toordinal(), max(end for _start, end in spans)
        drawing = Drawing(self.demand, self.history, settings, spans, changes=changes, seed=seed)
        return Trials.drawn(drawing, rules_of(settings, closes), count)


def goal_of(settings: Settings) -> float:
    """The share that the office promises to see in time: its standard's, else eighty in a hundred."""
    percents = (one.at_least for one in settings.standards if one.measure == SEEN)
    return next((percent / 100 for percent in percents if percent), USUAL_GOAL)


def rules_of(settings: Settings, closes: float) -> Rules:
    promise = settings.promise
    return Rules(
        promise.target_seconds * 1000, promise.walking_allowance_seconds * 1000, closes, settings.line_rules.helping_ms
    )


def ground(
    past: Sequence[PastDay],
    settings: Settings,
    day: date,
    booked: Booked = (),
    *,
    near: bool = False,
    count: int = TRIALS,
) -> Ground:
    """`booked`: what is booked so far; `near`: little more will be. `count` days are drawn."""
    demand, found = foresee(past, settings, day, booked, near=near), spans(settings, day)
    if not found:
        return Ground(day, "closed", demand, found)
    if not roster.kinds(settings)[0]:
        return Ground(day, "no_desks", demand, found)
    if not demand.days or not (demand.level or any(demand.bookings)):
        return Ground(day, "no_history", demand, found)
    history = taught([one for one in past if one.day < day][-LEARNED:], settings)
    on = Ground(day, "ok" if demand.days >= FEW_DAYS else "few_days", demand, found, history)
    on.trials = on.drawn(settings, found, NONE, count)
    return on


def plan_day(on: Ground, settings: Settings) -> DayPlan:
    said = {"day": on.day.isoformat(), "key": on.key, "days": on.demand.days, "after_holiday": on.demand.after_holiday}
    if on.trials is None:
        return DayPlan(**said)
    goal, posts = goal_of(settings), roster.by_settings(settings, on.spans)
    run, pooled = on.as_is(settings), roster.is_pooled(settings)
    needed = _by_formula(on, settings, goal) if pooled else _by_search(on, settings, goal)
    half_hours = tuple(_half_hour(on, part, posts, run, needed[part]) for part in on.parts)
    beyond = sum(one.is_beyond(goal) for one in half_hours)
    return DayPlan(
        **said,
        method="erlang" if pooled else "trials",
        half_hours=half_hours,
        shortfalls=tuple(_shortfalls(on, settings, posts, run, goal)),
        whole=run.share(),
        differs=on.demand.differs,
        needed_hours=(sum(one.needed or 0 for one in half_hours) + beyond * sum(roster.kinds(settings)[1])) / 2,
        roster_hours=sum(one.roster for one in half_hours) / 2,
        at_least=beyond > 0,
        unserved=tuple(_unserved(on, settings)),
    )


def what_if(on: Ground, settings: Settings, changes: Changes) -> WhatIf:
    """The day as it is and as it would be, for the same people."""
    if on.trials is None:
        return WhatIf(on.day.isoformat(), changes, on.key)
    before, opened = on.as_is(settings), roster.opened(on.spans, changes)
    same_people = not (changes.people or changes.earlier)
    trials = on.trials if same_people else on.drawn(settings, opened, changes, len(on.trials.days))
    only_more = same_people and changes.desks >= 0 and not changes.lunches
    after = trials.run(roster.by_settings(settings, opened, changes), than=before if only_more else None)
    parts = sorted({*on.parts, *range(int(opened[0][0] // PART), int(on.spans[0][0] // PART))})
    each = (Changed(part * HALF_HOUR, before.share([part]), after.share([part])) for part in parts)
    return WhatIf(on.day.isoformat(), changes, on.key, before.share(), after.share(), tuple(each))


# -- how many are needed ----------------------------------------------------------------------------------------


def _by_formula(on: Ground, settings: Settings, goal: float) -> dict[int, tuple]:
    """Half hour -> (how many, desks' keys): any will do."""
    demand, history, keys = on.demand, on.history, [desk.key for desk in settings.desks]
    spread = demand.differs**2 + demand.unsure**2
    levels = np.sort(np.random.default_rng(1).gamma(1 / spread, spread, 2000)).reshape(20, -1).mean(axis=1)
    within = (settings.promise.target_seconds - settings.promise.walking_allowance_seconds) / 60
    counts = _mix(on)
    found = {}
    for part in on.parts:
        people = on.trials.people[part] / HALF_HOUR
        each = counts.get(part) or counts[None]
        minutes = sum(history.visits(service).mean() * share for service, share in each.items()) / sum(each.values())
        minutes = (minutes + history.times("turnaround").mean()) / MINUTE
        desks = desks_for(goal, [people * level for level in levels], minutes, within, len(keys) + MORE)
        found[part] = desks, (*keys, *keys[-1:] * MORE)[: desks or 0]
    return found


def _mix(on: Ground) -> dict[int | None, dict[str, int]]:
    """What people come for in each half hour; None: all day."""
    found: dict[int | None, dict[str, int]] = {None: {}}
    for comers in on.trials.days:
        for comer in comers:
            for part in (None, comer.part):
                of = found.setdefault(part, {})
                of[comer.service] = of.get(comer.service, 0) + 1
    return found


def _by_search(on: Ground, settings: Settings, goal: float) -> dict[int, tuple]:
    kinds, own = roster.kinds(settings)
    found = Search(on.trials, kinds, own, on.parts, on.spans, goal, sum(own) + MORE).find()
    needed = {}
    for part in on.parts:
        keys = tuple(keys_of(found, kinds, part))
        needed[part] = (None, ()) if part in found.missed else (len(keys), keys)
    return needed


def _half_hour(on: Ground, part: int, posts: Sequence[Post], run: Run, needed: tuple) -> HalfHour:
    people, share = float(on.trials.people[part]), run.share([part])
    return HalfHour(part * HALF_HOUR, people, roster.there(posts, part), needed[0], share, tuple(needed[1]))


def _unserved(on: Ground, settings: Settings) -> Iterator[tuple[str, float]]:
    for service, count in sorted(_mix(on)[None].items()):
        if service not in settings.served:
            yield service, count / len(on.trials.days)


# -- where it falls short ---------------------------------------------------------------------------------------


def _shortfalls(on: Ground, settings: Settings, posts: tuple[Post, ...], run: Run, goal: float):
    shares = {part: run.share([part]).share for part in on.parts}
    for parts in _stretches(part for part, share in shares.items() if share is not None and share < goal):
        start, end = parts[0] * PART, (parts[-1] + 1) * PART
        more = tuple((max(start, a), min(end, b)) for a, b in on.spans if a < end and start < b)
        tries = [(Post(takes, more), key) for takes, key in roster.kinds(settings)[0]]
        runs = [(on.trials.run((*posts, post), than=run).share(parts), key) for post, key in tries]
        one_more, like = max(runs, key=lambda one: one[0].share)
        there = min(roster.there(posts, part) for part in parts)
        like = None if len(tries) == 1 and roster.is_pooled(settings) else like
        yield Shortfall(parts[0] * HALF_HOUR, (parts[-1] + 1) * HALF_HOUR, there, run.share(parts), one_more, like)


def _stretches(parts: Iterable[int]) -> Iterator[list[int]]:
    """Neighbours together, two hours at most: longer ones in pieces about as long as each other."""
    found: list[list[int]] = []
    for part in parts:
        if found and found[-1][-1] == part - 1:
            found[-1].append(part)
        else:
            found.append([part])
    for one in found:
        pieces = -(-len(one) // LONG)
        yield from (one[len(one) * nth // pieces : len(one) * (nth + 1) // pieces] for nth in range(pieces))
