"""Slips to print, as rows of the store: a job is made in the turn that made its ticket or promise."""

from reception.identifiers import uuid7


class PrintJobs:
    """The store's print jobs. States: waiting, printing, then one of the outcomes."""

    def add_print_job(
        self, office: str, visit: str, printer: str, kind: str, at: int, *, about: str | None = None
    ) -> str:
        """A slip to print, in the turn that made the ticket. States: waiting, printing, then one of the outcomes.

        `kind` is ticket, reprint, or promise: the slip of the promise whose id is `about` (its visit may be "")."""
        job = uuid7(at)
        self._writer.execute(
            "INSERT INTO print_jobs (id, office, visit, printer, kind, state, made_at, about)"
            " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)",
            (job, office, visit, printer, kind, at, about),
        )
        return job

    def set_print_job(self, job: str, state: str, at: int, cause: str | None = None) -> tuple[str, str]:
        """Records what became of a job; returns its visit ("": none) and kind."""
        column = "started_at" if state == "printing" else "ended_at"
        return self._writer.execute(
            f"UPDATE print_jobs SET state = ?, {column} = ?, cause = ? WHERE id = ? RETURNING visit, kind",
            (state, at, cause, job),
        ).fetchone()

    def next_print_job(self, office: str, printer: str) -> dict | None:
        """The printer's oldest job that has not ended, one left "printing" by a crash included."""
        row = self.reader.execute(
            "SELECT id, visit, printer, kind, state, made_at, about FROM print_jobs WHERE office = ? AND printer = ?"
            " AND state IN ('waiting', 'printing') ORDER BY made_at, id LIMIT 1",
            (office, printer),
        ).fetchone()
        names = ("id", "visit", "printer", "kind", "state", "made_at", "about")
        return dict(zip(names, row, strict=True)) if row else None

    def waiting_print_jobs(self, office: str, printer: str) -> int:
        return self.reader.execute(
            "SELECT count(*) FROM print_jobs WHERE office = ? AND printer = ? AND state IN ('waiting', 'printing')",
            (office, printer),
        ).fetchone()[0]
