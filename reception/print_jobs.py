"""Slips to print, as rows of the store: a job is made in the turn that made its ticket or promise.

States: waiting, printing, then one of the outcomes. Whoever takes a waiting job takes it from everybody else: its
printer by beginning it, another printer by having it handed over, a reprint by making it needless. So no slip is sent
twice.
"""

from reception.identifiers import uuid7

TICKETS = ("ticket", "reprint")  # kinds of slips that bear a visit's number
OF_A_TICKET = f"kind IN {TICKETS}"
_JOB = ("id", "visit", "printer", "kind", "state", "made_at", "about", "meant_for")
_SLIP = ("id", "printer", "kind", "state", "cause", "visitors_word")


class PrintJobs:
    """The store's print jobs."""

    def add_print_job(
        self, office: str, visit: str, printer: str, kind: str, at: int, *, about: str | None = None
    ) -> str:
        """A slip to print, in the turn that made the ticket.

        `kind` is ticket, reprint, or promise: the slip of the promise whose id is `about` (its visit may be ""), or
        signpost: `about` is its key and the reader's language, and there is no visit."""
        job = uuid7(at)
        self._writer.execute(
            "INSERT INTO print_jobs (id, office, visit, printer, kind, state, made_at, about)"
            " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)",
            (job, office, visit, printer, kind, at, about),
        )
        return job

    def keep_print_job(self, job: str, office: str, visit: str, printer: str, made_at: int, **ended) -> None:
        """The slip of a ticket that a kiosk gave and printed by itself: told twice, it is one."""
        self._writer.execute(
            "INSERT OR IGNORE INTO print_jobs (id, office, visit, printer, kind, state, made_at, ended_at, cause)"
            " VALUES (?, ?, ?, ?, 'ticket', ?, ?, ?, ?)",
            (job, office, visit, printer, ended["state"], made_at, ended["at"], ended["cause"]),
        )

    def begin_print_job(self, job: str, printer: str, at: int) -> bool:
        """The printer takes the waiting job to send it; False if it is not this printer's any more."""
        done = self._writer.execute(
            "UPDATE print_jobs SET state = 'printing', started_at = ?"
            " WHERE id = ? AND printer = ? AND state = 'waiting'",
            (at, job, printer),
        )
        return done.rowcount == 1

    def end_print_job(self, job: str, printer: str, state: str, at: int, cause: str | None = None) -> tuple | None:
        """Records what became of a printer's job; returns its visit ("": none) and kind, None if it was not its any
        more."""
        return self._writer.execute(
            "UPDATE print_jobs SET state = ?, ended_at = ?, cause = ?"
            " WHERE id = ? AND printer = ? AND state IN ('waiting', 'printing') RETURNING visit, kind",
            (state, at, cause, job, printer),
        ).fetchone()

    def hand_over_print_job(self, job: str, printer: str, to: str) -> bool:
        """Another printer gets a job that still waits, once; False if that cannot be (any more)."""
        done = self._writer.execute(
            "UPDATE print_jobs SET meant_for = printer, printer = ?"
            " WHERE id = ? AND printer = ? AND state = 'waiting' AND meant_for IS NULL",
            (to, job, printer),
        )
        return done.rowcount == 1

    def drop_waiting_slips(self, visit: str, at: int) -> None:
        """Another slip of this ticket is made: those not begun would be one too many."""
        self._writer.execute(
            "UPDATE print_jobs SET state = 'dropped', ended_at = ?, cause = 'printed_elsewhere'"
            f" WHERE visit = ? AND state = 'waiting' AND {OF_A_TICKET}",
            (at, visit),
        )

    def last_slip(self, visit: str, *, turn: bool = False) -> dict | None:
        """The newest slip of a visit's ticket: id, printer, kind, state, cause and the visitor's word; None: none."""
        row = (
            (self._writer if turn else self.reader)
            .execute(
                f"SELECT {', '.join(_SLIP)} FROM print_jobs WHERE visit = ? AND {OF_A_TICKET}"
                " ORDER BY made_at DESC, kind, id DESC LIMIT 1",
                (visit,),
            )
            .fetchone()
        )
        return dict(zip(_SLIP, row, strict=True)) if row else None

    def keep_visitors_word(self, job: str, word: str) -> None:
        """What the visitor said became of the slip: "came" or "missing". What the printer said stays as it is."""
        self._writer.execute("UPDATE print_jobs SET visitors_word = ? WHERE id = ?", (word, job))

    def print_job(self, job: str) -> dict:
        """One that is there, whatever became of it."""
        row = self.reader.execute(f"SELECT {', '.join(_JOB)} FROM print_jobs WHERE id = ?", (job,)).fetchone()
        return dict(zip(_JOB, row, strict=True))

    def next_print_job(self, office: str, printer: str) -> dict | None:
        """The printer's oldest job that has not ended, one left "printing" by a crash included."""
        row = self.reader.execute(
            f"SELECT {', '.join(_JOB)} FROM print_jobs WHERE office = ? AND printer = ?"
            " AND state IN ('waiting', 'printing') ORDER BY made_at, id LIMIT 1",
            (office, printer),
        ).fetchone()
        return dict(zip(_JOB, row, strict=True)) if row else None

    def waiting_print_jobs(self, office: str, printer: str) -> int:
        return self.reader.execute(
            "SELECT count(*) FROM print_jobs WHERE office = ? AND printer = ? AND state IN ('waiting', 'printing')",
            (office, printer),
        ).fetchone()[0]
