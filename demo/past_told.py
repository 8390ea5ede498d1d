"""The steps of one made-up day, as they are thought of and as they are stored."""

import json


class Told:
    """A day's steps as they are thought of; `numbered` puts them in the order of time."""

    def __init__(self):
        self.steps: list[tuple] = []
        self.presses: dict[int, int] = {}  # what a step was called by here -> its press, once they are numbered

    def add(self, step, at, by, desk, visit, changes, visitor=None, *, with_last=False, undoes=None, about=None,
            note=None) -> int:  # fmt: skip
        """`with_last`: of one press with the step thought of before; `undoes`: what a step was called by here."""
        seq = len(self.steps)
        self.steps.append((at, seq, step, by, desk, visit, changes, visitor, with_last, undoes, about, note))
        return seq

    def amend(self, seq: int, changes: str) -> None:
        """What a step changed besides: `changes` as JSON, of other fields."""
        step = self.steps[seq]
        self.steps[seq] = (*step[:6], f"{step[6][:-1]}, {changes[1:]}", *step[7:])

    def numbered(self, office: str, first: int) -> list[tuple]:
        """Rows of `steps`. Who arrives is placed in the line by the number of that very step."""
        rows, presses, press = [], self.presses, first
        for count, one in enumerate(sorted(self.steps), first):
            at, seq, step, by, desk, visit, changes, visitor, with_last, undoes, about, note = one
            press = press if with_last else count
            presses[seq] = press
            if step in ("issued", "checked_in"):
                visitor.row["place"] = count
                changes = changes.replace('"place": [null, 0]', f'"place": [null, {count}]', 1)
            undone, said = presses.get(undoes), json.dumps(note) if note else None
            rows.append((office, count, visit, step, at, by, desk, press, undone, about, changes, said))
        return rows
