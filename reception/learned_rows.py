"""What an office has taught, as a row of the store: one an office, as of the end of a day that is over."""

import json


class LearnedRows:
    """The store's half of learning from waits."""

    def learned(self, office: str) -> tuple[int, str, dict] | None:
        """The newest step it was learned from, the day, and what `History.of` makes a history of; None: nothing yet."""
        row = self.reader.execute("SELECT step, day, told FROM learned WHERE office = ?", (office,)).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def save_learned(self, office: str, step: int, day: str, told: dict) -> None:
        """In a turn: in the place of what was learned before."""
        self._writer.execute(
            "INSERT OR REPLACE INTO learned VALUES (?, ?, ?, ?)", (office, step, day, json.dumps(told))
        )
