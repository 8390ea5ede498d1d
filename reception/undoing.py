"""Taking back a press: each field goes back to what it was before, and nothing else does. Pure.

A press is all the steps that one button took in one transaction; only the newest that still stands can be taken back,
and only while every visit and promise it touched is as it left it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reception.refusals import Refusal
from reception.store import Step
from reception.visit import AT_DESK, NEXT, SAID, Visit, take

NOT_PRESSED = (
    *("acknowledged", "print_confirmed", "undone", "kept_for_another", "renumbered"),
    *("reprinted", "slip_came", "slip_missing"),
)
ARRIVALS = ("issued", "checked_in")
LIFE = {*ARRIVALS, *(step for steps in NEXT.values() for step in steps)}


def press_to_undo(steps: Iterable[Step]) -> Step:
    """Of steps newest first, one of the last press that can be taken back; a Refusal if there is none."""
    steps = list(steps)
    undone = {step.undoes for step in steps if step.undoes}
    for step in steps:
        if step.visit and step.by != "system" and step.press not in undone and step.step not in NOT_PRESSED:
            return step
    raise Refusal("nothing_to_undo")


def moved_on(steps: Iterable[Step], press: int) -> bool:
    """Whether a visitor, of whose steps these are the newest, has taken another step of the table since the press."""
    steps = list(steps)
    undone = {step.undoes for step in steps if step.undoes}
    last = next((step for step in steps if step.step in LIFE and step.press not in undone), None)
    return last is not None and last.press != press


def undone(press: list[Step], find: Callable[[Step], object], at: int, occupied: Callable[[str], Visit | None]):
    """Yields (before, after) for each step of the press, newest first. A visit it issued is cancelled and a promise it
    made withdrawn, not erased."""
    seen: dict[str, object] = {}
    for step in reversed([step for step in press if step.visit]):
        before = seen.get(step.about or step.visit) or find(step)
        changed = {name: new for name, (_, new) in step.changes.items() if name not in (*SAID, "first_by_at")}
        overtaken = any(getattr(before, name) != new for name, new in changed.items())
        if overtaken or getattr(before, "ended_inferred", 0):
            raise Refusal("undo_overtaken", number=getattr(before, "number", None) or before.reference)
        after = _taken_back(step, before, at)
        seen[after.id] = after
        yield before, after
    for visit in seen.values():
        other = occupied(visit.desk) if isinstance(visit, Visit) and visit.state in AT_DESK else None
        if other and other.id not in seen:
            raise Refusal("undo_overtaken", number=visit.number)


def _taken_back(step: Step, before, at: int):
    if step.step in ARRIVALS:
        return take(before, "cancelled", at)
    if step.step == "promised":
        return replace(before, state="withdrawn", kept_at=at, kept_by=step.by)
    return replace(before, **{name: old for name, (old, _) in step.changes.items()})
