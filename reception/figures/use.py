"""How desks were used in a day: open, on a break, serving. Pure; by desk, and never by person."""

from collections.abc import Iterable, Sequence


def desk_use(day: int, steps: Sequence[tuple[str, str, int]], served: Iterable, closes_at: int) -> list[tuple]:
    """(day, desk, open, breaks, serving) for each desk, in milliseconds; a desk begins each day closed.

    `steps` are (desk, opened, paused or closed, at) in order; `served` pairs of visit and what was judged of it, whose
    service counts at the desk that ended it. A desk that nobody closed ends at `closes_at`.
    """
    spent: dict[str, dict[str, int]] = {}
    now: dict[str, tuple[str, int]] = {}

    def ends(desk: str, at: int) -> None:
        state, since = now.pop(desk, ("closed", at))
        if state != "closed":
            spent.setdefault(desk, {"opened": 0, "paused": 0})[state] += max(0, at - since)

    for desk, step, at in steps:
        ends(desk, at)
        now[desk] = step, at
    for desk in list(now):
        ends(desk, closes_at)
    serving: dict[str, int] = {}
    for visit, one in served:
        if visit.desk and one.service_time is not None:
            serving[visit.desk] = serving.get(visit.desk, 0) + one.service_time
    return [
        (day, desk, times["opened"] + times["paused"], times["paused"], serving.get(desk, 0))
        for desk, times in sorted(spent.items())
    ]
