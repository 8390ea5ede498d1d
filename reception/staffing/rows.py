"""The last plan of an office, and the one that is being made, as rows of the store."""


class StaffingRows:
    """The store's half of staffing."""

    def staffing_plan(self, office: str) -> str | None:
        """The plan as JSON; None: none was made yet."""
        row = self.reader.execute("SELECT told FROM staffing_plans WHERE office = ?", (office,)).fetchone()
        return row[0] if row else None

    def save_staffing_plan(self, office: str, made_at: int, told: str) -> None:
        """In a turn: in the place of the last one."""
        self._writer.execute("INSERT OR REPLACE INTO staffing_plans VALUES (?, ?, ?)", (office, made_at, told))

    def staffing_begun(self, office: str) -> tuple[int, int] | None:
        """When the plan that is being made was begun, and the how manieth try it is; None: none is being made."""
        asked = "SELECT begun_at, tries FROM staffing_begun WHERE office = ?"
        return self.reader.execute(asked, (office,)).fetchone()

    def note_staffing_begun(self, office: str, at: int) -> None:
        """In a turn: a plan is begun, again where the last one did not come to its end."""
        self._writer.execute(
            "INSERT INTO staffing_begun VALUES (?, ?, 1)"
            " ON CONFLICT (office) DO UPDATE SET begun_at = excluded.begun_at, tries = tries + 1",
            (office, at),
        )

    def forget_staffing_begun(self, office: str) -> None:
        """In a turn: it came to its end, whichever."""
        self._writer.execute("DELETE FROM staffing_begun WHERE office = ?", (office,))
