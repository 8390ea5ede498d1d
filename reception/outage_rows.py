"""What was away and when the server last lived, as rows of the store. It decides nothing."""

CLOCK_STEP = "clock-"  # begins the id of a time that the clock was set: its step's number follows


class OutageRows:
    """The store's half of outages; times that the machine's clock was set are read from the steps."""

    def server_outages(self, office: str, start_at: int, end_at: int, now: int) -> list[tuple[int, int]]:
        """(start, end) of each time the server was away that touches the interval."""
        rows = self.reader.execute(
            "SELECT started_at, coalesce(ended_at, ?) FROM outages WHERE office = ? AND kind = 'server_away'"
            " AND started_at < ? AND coalesce(ended_at, ?) > ? ORDER BY started_at",
            (now, office, end_at, now, start_at),
        )
        return rows.fetchall()

    def outages_between(self, office: str, start_at: int, end_at: int) -> list[dict]:
        """`{id, kind, what, started_at, ended_at, note}` of whatever was away in the interval, and of each time the
        machine's clock was set (`clock_step`); `note` is a manager's."""
        rows = self.reader.execute(
            "WITH found AS (SELECT id, kind, what, started_at, ended_at"
            "  FROM outages WHERE office = ?1 AND started_at < ?3 AND (started_at >= ?2 OR coalesce(ended_at, ?3) > ?2)"
            f" UNION ALL SELECT '{CLOCK_STEP}' || number, 'clock_step', '', at, at"
            "  FROM steps INDEXED BY steps_of_nobody WHERE office = ?1 AND visit IS NULL AND step = 'clock_stepped'"
            "  AND at >= ?2 AND at < ?3)"
            " SELECT *, (SELECT nullif(text, '') FROM particulars WHERE office = ?1 AND about = found.id"
            "  AND kind = 'outage' ORDER BY press DESC LIMIT 1) FROM found ORDER BY started_at",
            (office, start_at, end_at),
        )
        names = ("id", "kind", "what", "started_at", "ended_at", "note")
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]

    def has_outage(self, office: str, key: str) -> bool:
        """In a turn: whether an outage, or a time that the clock was set, has this id."""
        if key.startswith(CLOCK_STEP):
            step = "SELECT 1 FROM steps WHERE office = ? AND number = ? AND step = 'clock_stepped'"
            number = key.removeprefix(CLOCK_STEP)
            known = number.isascii() and number.isdigit() and len(number) < 18
            return bool(known and self._writer.execute(step, (office, int(number))).fetchone())
        return bool(self._writer.execute("SELECT 1 FROM outages WHERE office = ? AND id = ?", (office, key)).fetchone())

    def alive_at(self, office: str) -> int | None:
        """In a turn: when the office's server last noted that it lives."""
        row = self._writer.execute("SELECT at FROM alive WHERE office = ?", (office,)).fetchone()
        return row and row[0]

    def note_alive(self, office: str, at: int) -> None:
        self._writer.execute("INSERT OR REPLACE INTO alive VALUES (?, ?)", (office, at))

    def add_outage(
        self, office: str, key: str, kind: str, started_at: int, ended_at: int | None, what: str = ""
    ) -> None:
        """In a turn: `what` was away (a kiosk's key); without `ended_at` it is still."""
        row = (office, key, kind, what, started_at, ended_at)
        self._writer.execute("INSERT INTO outages VALUES (?, ?, ?, ?, ?, ?)", row)

    def outages_going_on(self, office: str) -> list[tuple[str, str, int]]:
        """(id, kiosk, since when) of the kiosks that are away."""
        going_on = (
            "SELECT id, what, started_at FROM outages WHERE office = ? AND kind = 'kiosk_away' AND ended_at IS NULL"
        )
        return self.reader.execute(going_on, (office,)).fetchall()

    def end_outage(self, office: str, key: str, at: int) -> None:
        """In a turn: what was away is back."""
        self._writer.execute("UPDATE outages SET ended_at = ? WHERE office = ? AND id = ?", (at, office, key))
