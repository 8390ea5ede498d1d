"""Taking back a press: each field goes back to what it was before, and nothing else does. Pure.

A press is all the steps that one button took in one transaction; only the newest that still stands can be taken back,
and only while every visit it touched is as it left it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reception.refusals import Refusal
from reception.store import Step
from reception.visit import AT_DESK, Visit, take

NOT_PRESSED = ("acknowledged", "print_confirmed", "print_failed", "undone")


def press_to_undo(steps: Iterable[Step]) -> Step:
    """Of steps newest first, one of the last press that can be taken back; a Refusal if there is none."""
    steps = list(steps)
    undone = {step.undoes for step in steps if step.undoes}
    for step in steps:
        if step.visit and step.by != "system" and step.press not in undone and step.step not in NOT_PRESSED:
            return step
    raise Refusal("nothing_to_undo")


def undone_visits(press: list[Step], find: Callable[[str], Visit], at: int, occupied: Callable[[str], Visit | None]):
    """Yields (before, after) for each step of the press, newest first. A visit it issued is cancelled, not erased."""
    seen: dict[str, Visit] = {}
    for step in reversed([step for step in press if step.visit]):
        before = seen.get(step.visit) or find(step.visit)
        if before.ended_inferred or any(getattr(before, name) != new for name, (_, new) in step.changes.items()):
            raise Refusal("undo_overtaken", number=before.number)
        if step.step == "issued":
            after = take(before, "cancelled", at)
        else:
            after = replace(before, **{name: old for name, (old, _) in step.changes.items()})
        seen[step.visit] = after
        yield before, after
    for visit in seen.values():
        other = occupied(visit.desk) if visit.state in AT_DESK else None
        if other and other.id not in seen:
            raise Refusal("undo_overtaken", number=visit.number)
