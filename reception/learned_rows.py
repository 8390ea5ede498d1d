"""What an office has taught, as a row of the store: one an office, as of the end of a day that is over."""

import json


class LearnedRows:
    """The store's half of learning from waits."""

    def learned(self, office: str) -> tuple[int, str, dict] | None:
        """The newest step it was learned from, the day, and what `History.of` makes a history of; None: nothing yet."""
        row = self.reader.execute("SELECT step, day, told FROM learned WHERE office = ?", (office,)).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def step_before(self, office: str, at: int) -> int:
        """The number of the newest step before an instant; 0 if there is none. Steps are in the order of time."""
        low, high = 0, self.newest_step(office)
        while low < high:
            middle = (low + high + 1) // 2
            row = self.reader.execute(
                "SELECT at FROM steps WHERE office = ? AND number <= ? ORDER BY number DESC LIMIT 1", (office, middle)
            ).fetchone()
            low, high = (middle, high) if row is None or row[0] < at else (low, middle - 1)
        return low

    def steps_besides(self, office: str, names: tuple[str, ...], after: int) -> list:
        """The steps of these names that are no visit's, after the one with a number, in order."""
        marks = ", ".join("?" * len(names))
        where = f"visit IS NULL AND office = ? AND step IN ({marks}) AND number > ? ORDER BY number"
        return self._steps(self.reader, where, (office, *names, after), "INDEXED BY steps_of_nobody")

    def save_learned(self, office: str, step: int, day: str, told: dict) -> None:
        """In a turn: in the place of what was learned before."""
        self._writer.execute(
            "INSERT OR REPLACE INTO learned VALUES (?, ?, ?, ?)", (office, step, day, json.dumps(told))
        )
