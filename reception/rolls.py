"""The store's rolls of paper: one row a printer, how much of its roll is used."""

from reception.printing.rolls import Roll

_NAMES = ("changed_at", "used_mm", "near_end_mm", "out")


class Rolls:
    """For `Store`, which gives it `reader` and `_writer`."""

    def roll(self, office: str, printer: str) -> Roll:
        row = self.reader.execute(
            f"SELECT {', '.join(_NAMES)} FROM rolls WHERE office = ? AND printer = ?", (office, printer)
        ).fetchone()
        return Roll(*row) if row else Roll()

    def use_paper(self, office: str, printer: str, mm: int) -> None:
        self._writer.execute(
            "INSERT INTO rolls (office, printer, used_mm) VALUES (?, ?, ?)"
            " ON CONFLICT (office, printer) DO UPDATE SET used_mm = used_mm + excluded.used_mm",
            (office, printer, mm),
        )

    def put_in_roll(self, office: str, printer: str, at: int) -> None:
        self._writer.execute(
            "INSERT OR REPLACE INTO rolls (office, printer, changed_at) VALUES (?, ?, ?)", (office, printer, at)
        )

    def roll_is(self, office: str, printer: str, state: str) -> None:
        """The printer says that its roll is "near_end", which counts from the first time, or "out"."""
        self.use_paper(office, printer, 0)
        change = "out = 1" if state == "out" else "near_end_mm = coalesce(near_end_mm, used_mm)"
        self._writer.execute(f"UPDATE rolls SET {change} WHERE office = ? AND printer = ?", (office, printer))
