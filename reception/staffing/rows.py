"""The last plan of an office, as a row of the store."""


class StaffingRows:
    """The store's half of staffing."""

    def staffing_plan(self, office: str) -> str | None:
        """The plan as JSON; None: none was made yet."""
        row = self.reader.execute("SELECT told FROM staffing_plans WHERE office = ?", (office,)).fetchone()
        return row[0] if row else None

    def save_staffing_plan(self, office: str, made_at: int, told: str) -> None:
        """In a turn: in the place of the last one."""
        self._writer.execute("INSERT OR REPLACE INTO staffing_plans VALUES (?, ?, ?)", (office, made_at, told))
