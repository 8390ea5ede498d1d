"""One visitor of a made-up past: the row as it will stand, and each step that changed it, as the front desk tells them.

It follows what the steps of reception/visit.py change, and a test takes every one of them again by the real table.
"""

from reception.visit import FIELDS, IN_LINE

LINE_ENDS = dict.fromkeys(IN_LINE)
BEGINS = {
    "seen_inferred": 0,
    "ended_inferred": 0,
    "recalls": 0,
    "standing": "",
    "leg": 1,
    "to_come": "",
    "delivered": "",
    "discreet": 0,
    "times_wrong": 0,
    "came_for": "",
    "reads": "",
}


class Visitor:
    """`row` is the visit; `until`, `went` and the flags are what truly happened, as the one who made it up knows it."""

    __slots__ = (
        *("arrived", "auto_closed", "called", "came", "came_for", "finished", "inferred", "late_returns", "means"),
        *("minutes", "outage", "outcome", "patience", "plan", "row", "since", "told", "until", "went"),
    )

    def __init__(self, told, row: dict, plan: str, minutes: float, patience: int, means: str | None):
        self.told, self.row, self.plan, self.minutes, self.patience = told, row, plan, minutes, patience
        self.arrived, self.came_for, self.means = row["arrived_at"], row["service"], means
        self.since = max(row["arrived_at"], row["opens_at"] or 0, row.get("booked_at") or 0)
        self.called = self.until = self.outcome = None
        self.went, self.inferred, self.late_returns, self.auto_closed, self.finished = "", False, False, False, False
        self.outage = False

    def step(self, step: str, at: int, by: str, desk: str | None = None, new: dict | None = None, **more) -> int:
        """Takes a step that changes the row to `new`; what it is called by in the day's list."""
        return self.told.add(step, at, by, desk, self.row["id"], changed(self.row, new or {}), self, **more)

    def been_seen(self, at: int) -> None:
        """The first time counts."""
        if self.row["seen_at"] is None:
            self.until, self.went = at, "seen"

    # -- the steps --------------------------------------------------------------------------------------------------

    def comes(self, by: str, step: str = "issued", note: dict | None = None) -> None:
        whole, self.row = {"place": 0, **BEGINS, **self.row}, dict.fromkeys(FIELDS)
        self.came = self.told.add(step, self.arrived, by, None, whole["id"], changed(self.row, whole), self, note=note)

    def is_told(self, at: int, low: int, by_at: int) -> None:
        """What to expect, with the number: of the same step."""
        new = {"said_at": at, "said_low": low, "said_by_at": by_at, "first_by_at": by_at}
        self.told.amend(self.came, changed(self.row, new))

    def is_called(self, at: int, by: str, desk: str) -> int:
        self.called = self.called or at
        new = {"state": "called", "desk": desk, "first_called_at": self.called, "last_called_at": at, "recalls": 0}
        return self.step("called", at, by, desk, LINE_ENDS | new)

    def is_called_again(self, at: int, by: str, desk: str) -> None:
        self.step("recalled", at, by, desk, {"last_called_at": at, "recalls": self.row["recalls"] + 1})

    def is_not_there(self, at: int, by: str, desk: str) -> None:
        self.step("no_show", at, by, desk, {"state": "no_show", "desk": None, "missed_at": at})

    def comes_back(self, at: int, by: str, keeps_place: bool) -> None:
        placed = {} if keeps_place else {"placed_at": at}
        new = {"state": "waiting", "standing": self._standing("came_back"), "missed_at": None}
        self.late_returns = self.row["seen_at"] is None
        self.step("reinstated", at, by, None, {**new, **placed})

    def begins(self, at: int, by: str, desk: str) -> None:
        self.been_seen(at)
        self.step("started", at, by, desk, {"state": "serving", "seen_at": self.row["seen_at"] or at})

    def is_held(self, at: int, until: int, by: str, desk: str) -> None:
        self.step("held", at, by, desk, {"state": "held", "desk": None, "held_until": until}, note={"reason": "form"})

    def is_back_in_line(self, at: int) -> None:
        self.step("resumed", at, "system", None, {"state": "waiting", "held_until": None, "room": None})

    def is_put_back(self, at: int, due_at: int, by: str, desk: str) -> None:
        new = {"state": "waiting", "desk": None, "skipped_by": desk, "due_at": due_at}
        self.step("returned", at, by, desk, new)

    def is_sent_on(self, at: int, by: str, desk: str, service: str, walk_ms: int) -> None:
        gone = {"desk": None, "held_until": None, "room": None, "skipped_by": None, "leg": self.row["leg"] + 1}
        where = {"came_for": self.came_for, "standing": self._standing("transferred"), "service": service}
        new = {"state": "waiting", **self._there(at, walk_ms), **gone, **where, "kept_for": None, "due_at": None}
        self.step("transferred", at, by, desk, new, note={"reason": "next"})

    def is_finished(self, at: int, by: str, desk: str, walk_ms: int, page_until: int | None) -> None:
        self.outcome, self.finished = self.means, True
        new = {"state": "completed", **self._there(at, walk_ms), "ended_at": at, "outcome": self.outcome}
        new |= {"delivered": self.row["service"], "page_until": page_until}
        self.step("completed", at, by, desk, new)

    def goes(self, at: int, by: str) -> None:
        self.until, self.went = at, "left"
        self.step("left", at, by, None, {"state": "left", "ended_at": at})

    def is_a_mistake(self, at: int, by: str) -> None:
        self.until, self.went = at, "cancelled"
        self.step("cancelled", at, by, None, {"state": "cancelled", "ended_at": at}, note={"reason": "mistake"})

    def is_closed(self, at: int, ended: int) -> None:
        """The system ends what nobody ended, at `ended`, as it notices at `at`."""
        state, self.auto_closed = self.row["state"], True
        if state == "serving":
            self.finished = True
            self.step("completed", at, "system", None, {"state": "completed", "ended_at": ended, "ended_inferred": 1})
            return
        if self.row["seen_at"] is None:
            called_for_nothing = state == "no_show"
            self.until = self.row["last_called_at"] if called_for_nothing else ended
            self.went = "no_shows" if called_for_nothing else "closed_unserved"
        new = {"state": "left", "ended_at": ended, "ended_inferred": 1, "desk": None}
        self.step("left", at, "system", None, new)

    def _standing(self, name: str) -> str:
        return " ".join(dict.fromkeys([*self.row["standing"].split(), name]))

    def _there(self, at: int, walk_ms: int) -> dict:
        """Who leaves a desk without anybody having pressed Start was there all the same."""
        if self.row["seen_at"] is not None:
            return {}
        seen = min(at, self.row["last_called_at"] + walk_ms)
        self.been_seen(seen)
        self.inferred = True
        return {"seen_at": seen, "seen_inferred": 1}


def changed(row: dict, new: dict) -> str:
    """Puts `new` into the row and returns what differs as a step's JSON; the phone's token is no part of it."""
    parts = []
    for name, value in new.items():
        old = row[name]
        if old != value:
            row[name] = value
            parts.append(f'"{name}": [{_json(old)}, {_json(value)}]')
    return "{" + ", ".join(parts) + "}"


def _json(value) -> str:
    """Of keys, instants and None, which is all that a row holds."""
    if value is None:
        return "null"
    return f'"{value}"' if type(value) is str else f"{value}"
