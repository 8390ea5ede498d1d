"""What a database holds of an office's days, as plain rows in order, and of it each visitor's life, step by step.

Nothing of Reception is used: what stands is told by the steps alone, less those that were taken back.
"""

import json
import sqlite3
from dataclasses import dataclass, field

SYSTEM = "system"


@dataclass(frozen=True)
class Step:
    number: int
    visit: str | None
    word: str
    at: int
    by: str
    desk: str | None
    press: int
    undoes: int | None
    about: str | None
    changes: dict

    def new(self, name: str, otherwise=None):
        """What a field is after the step, where the step changed it."""
        return self.changes[name][1] if name in self.changes else otherwise


@dataclass
class Record:
    """`steps` are those that stand; `taken_back` the presses that do not, and when each was taken back: a desk that
    such a press opened is open all the same."""

    steps: list[Step]
    taken_back: dict[int, int]
    arrivals: list[Step]  # of everybody, also of who came by mistake
    outages: list[tuple[str, int, int | None]]
    appointments: list[tuple[str, str, str]]  # service, state, day
    needs: dict[str, list[str]]
    matters: dict[str, str]


def read(path, office: str = "office") -> Record:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:

        def rows(sql: str) -> list[tuple]:
            return database.execute(sql, (office,)).fetchall()

        columns = "number, visit, step, at, by, desk, press, undoes, about, changes"
        told = [
            Step(*row, json.loads(changes or "{}"))
            for *row, changes in rows(f"SELECT {columns} FROM steps WHERE office = ? ORDER BY number")
        ]
        texts = rows("SELECT kind, about, text FROM particulars WHERE office = ? ORDER BY press")
        taken_back = {step.undoes: step.at for step in told if step.undoes is not None}
        return Record(
            steps=[step for step in told if step.undoes is None and (step.press not in taken_back or not step.visit)],
            taken_back=taken_back,
            arrivals=[step for step in told if step.about is None and step.changes.get("arrived_at", [0])[0] is None],
            outages=rows("SELECT kind, started_at, ended_at FROM outages WHERE office = ?"),
            appointments=rows("SELECT service, state, day FROM appointments WHERE office = ?"),
            needs={about: text.split() for kind, about, text in texts if kind == "needs"},
            matters={about: text for kind, about, text in texts if kind == "matter"},
        )
    finally:
        database.close()


@dataclass
class Leg:
    """A service after the first: since when they waited for it, and when they were seen there."""

    service: str
    since: int
    seen: int | None = None


@dataclass
class Life:
    """One visitor from arrival on. `state`: line, desk (called), served, absent, over, left or mistake.

    `stays` are the times at a desk after somebody was there: [from, until or None].
    """

    id: str
    service: str
    channel: str
    language: str
    arrived: int
    opened: int | None
    booked: int | None
    appointment: str | None
    acknowledged: int | None
    told: int | None = None  # by when they were told first to be called; by their own wish to come later, anew
    state: str = "line"
    state_before_end: str = ""
    desk: str = ""
    calls: list[int] = field(default_factory=list)  # of all legs
    called_here: int | None = None  # the last call since they were in the line
    missed: list[int] = field(default_factory=list)
    seen: int | None = None
    inferred: bool = False
    ended: int | None = None
    auto: bool = False
    outcome: str | None = None
    legs: list[Leg] = field(default_factory=list)
    stays: list[list] = field(default_factory=list)


def lives(record: Record, walk_on) -> list[Life]:
    """Everybody who ever came; `walk_on(arrived)` is the walking allowance in force then."""
    found = []
    for arrival in record.arrivals:
        life = begun(arrival)
        walk = walk_on(life.arrived)
        for step in record.steps:
            if step.visit == life.id and step.number > arrival.number and (step.about is None or step.about == life.id):
                live(life, step, walk)
        if arrival.press in record.taken_back:
            life.state, life.ended = "mistake", record.taken_back[arrival.press]
        found.append(life)
    return found


def begun(step: Step) -> Life:
    return Life(
        id=step.visit,
        service=step.new("service"),
        channel=step.new("channel"),
        language=step.new("reads") or "",
        arrived=step.new("arrived_at"),
        opened=step.new("opens_at"),
        booked=step.new("booked_at"),
        appointment=step.new("appointment"),
        acknowledged=step.new("acknowledged_at"),
        told=step.new("said_by_at"),
    )


def live(life: Life, step: Step, walk: int) -> None:
    """What one step means for a life."""
    word, at = step.word, step.at
    life.outcome = step.new("outcome", life.outcome)
    if word == "told_late":
        life.told = None
    elif word == "told":
        life.told = life.told or step.new("said_by_at")
    elif word in ("acknowledged", "print_confirmed"):
        life.acknowledged = at if life.acknowledged is None else life.acknowledged
    elif word in ("called", "recalled"):
        life.calls.append(at)
        life.state, life.called_here, life.desk = "desk", at, step.desk if word == "called" else life.desk
    elif word == "started":
        there(life, at, inferred=False)
        life.state = "served"
    elif word in ("held", "returned", "no_show"):
        goes(life, at)
        life.state = "absent" if word == "no_show" else "line"
        if word == "no_show":
            life.missed.append(at)
    elif word == "reinstated":
        life.state = "line"
    elif word == "transferred":
        walks_off(life, at, walk)
        before = life.legs[-1].service if life.legs else life.service
        life.legs.append(Leg(step.new("service", before), max(at, step.new("due_at") or 0)))
        life.state = "line"
    elif word in ("completed", "left", "cancelled"):
        ends(life, step, walk)
    elif word == "corrected":
        put_right(life, step)


def there(life: Life, at: int, *, inferred: bool) -> None:
    """Somebody is at the desk, in this leg perhaps for the first time."""
    if life.seen is None:
        life.seen, life.inferred = at, inferred
    if life.legs and life.legs[-1].seen is None:
        life.legs[-1].seen = at
    life.stays.append([at, None])


def goes(life: Life, at: int) -> None:
    """They are at no desk any more."""
    if life.stays and life.stays[-1][1] is None:
        life.stays[-1][1] = at
    life.called_here, life.desk = None, ""


def walks_off(life: Life, at: int, walk: int) -> None:
    """Whoever goes on from a desk that had called them was there, though nobody said so."""
    if life.state == "desk":
        there(life, min(at, life.called_here + walk), inferred=True)
    goes(life, at)


def ends(life: Life, step: Step, walk: int) -> None:
    desk = life.desk
    life.state_before_end, life.auto = life.state, step.by == SYSTEM
    life.ended = step.new("ended_at")
    if step.word == "completed":
        walks_off(life, life.ended, walk)
    goes(life, life.ended)
    life.desk = "" if life.auto and step.word == "left" else desk
    life.state = {"completed": "over", "left": "left", "cancelled": "mistake"}[step.word]


def put_right(life: Life, step: Step) -> None:
    """A manager put instants right."""
    life.arrived, life.opened = step.new("arrived_at", life.arrived), step.new("opens_at", life.opened)
    if "first_called_at" in step.changes:
        life.calls[0] = step.new("first_called_at")
    if "seen_at" in step.changes:
        life.seen, life.inferred = step.new("seen_at"), False
        life.stays[0][0] = life.seen
    if "ended_at" in step.changes:
        life.ended, life.auto = step.new("ended_at"), False
        if life.stays and life.state == "over":
            life.stays[-1][1] = life.ended
