"""What the figures read and keep, as rows of the store: rules, kept facts, and visits with what judges them."""

import json
from collections.abc import Iterable, Sequence

from reception.outage_rows import OutageRows

_MARKED = "'held', 'returned', 'transferred', 'no_show', 'reinstated'"  # judging.STEPS_THAT_MATTER

_WORDS = {  # of visits, as facts.py says them
    "service": "coalesce(nullif(came_for, ''), service)",
    "desk": "coalesce(desk, '')",
    "channel": "channel",
    "language": "reads",
}

# A visit's digest is the newest told of it; of those who came about the same, one that came first counts from its day.
_CAME_BACK = """
SELECT id, (
    SELECT CAST(julianday(min(later.day)) - julianday(carrying.day) AS INTEGER)
    FROM particulars told JOIN visits later ON later.id = told.about
    WHERE told.office = :office AND told.kind = 'matter' AND told.text = carrying.digest AND told.text <> ''
      AND later.arrived_at > carrying.arrived_at AND later.state <> 'cancelled'
      AND NOT EXISTS (SELECT 1 FROM particulars newer WHERE newer.office = told.office AND newer.about = told.about
                      AND newer.kind = 'matter' AND newer.press > told.press)
) AS returned_after
FROM (
    SELECT id, day, arrived_at, (SELECT text FROM particulars WHERE office = :office AND about = visits.id
                                 AND kind = 'matter' ORDER BY press DESC LIMIT 1) AS digest
    FROM visits WHERE office = :office AND {which}
) carrying WHERE digest <> ''"""


class FigureRows(OutageRows):
    """The store's half of the figures. Reading is done on the asking thread, inside the transaction it opened."""

    def figure_rules(self, office: str) -> list[tuple[str, str, int, str]]:
        """(from which day, the rules as text, noted when, by whom), the oldest first."""
        rows = self.reader.execute(
            "SELECT from_day, rules, at, by FROM figure_rules WHERE office = ? ORDER BY from_day", (office,)
        )
        return rows.fetchall()

    def offices_measured(self) -> list[str]:
        return [office for (office,) in self.reader.execute("SELECT DISTINCT office FROM figure_rules ORDER BY office")]

    def note_figure_rules(self, office: str, from_day: str, rules: str, at: int, by: str) -> None:
        """In a turn: these rules hold from that day; what was noted for later days is gone with it."""
        self._writer.execute("DELETE FROM figure_rules WHERE office = ? AND from_day >= ?", (office, from_day))
        self._writer.execute("INSERT INTO figure_rules VALUES (?, ?, ?, ?, ?)", (office, from_day, rules, at, by))

    def kept_spans(self, office: str, first: str, last: str) -> list[tuple[str, str, str]]:
        """(first day, last day, basis) of what is kept of these days, in order."""
        rows = self.reader.execute(
            "SELECT first, last, basis FROM kept_facts WHERE office = ? AND last >= ? AND first <= ? AND name = 'day'"
            " ORDER BY last",
            (office, first, last),
        )
        return rows.fetchall()

    def kept_stamps(self, office: str, first: str, last: str) -> dict[tuple[str, str], bytes]:
        """(first day, last day) -> what tells a kept span from any that was kept of the same days before."""
        rows = self.reader.execute(
            "SELECT first, last, data FROM kept_facts WHERE office = ? AND last >= ? AND first <= ? AND name = 'stamp'",
            (office, first, last),
        )
        return {(start, end): stamp for start, end, stamp in rows.fetchall()}

    def kept_column(self, office: str, name: str, first: str, last: str) -> Iterable[tuple]:
        """(first day, last day, words, data) of a column, from the span that begins with `first` to the one that ends
        with `last`."""
        return self.reader.execute(
            "SELECT first, last, words, data FROM kept_facts WHERE office = ? AND last BETWEEN ? AND ? AND name = ?"
            " ORDER BY last",
            (office, first, last, name),
        ).fetchall()

    def kept_words(self, office: str, name: str) -> list[str]:
        """The words of a column as JSON, of whatever is kept."""
        rows = self.reader.execute("SELECT words FROM kept_facts WHERE office = ? AND name = ?", (office, name))
        return [words for (words,) in rows.fetchall()]

    def words_between(self, office: str, name: str, start_at: int, end_at: int) -> list[str]:
        """The words that a column has of those who arrived in the half-open interval."""
        rows = self.reader.execute(
            f"SELECT DISTINCT {_WORDS[name]} FROM visits WHERE office = ? AND arrived_at >= ? AND arrived_at < ?",
            (office, start_at, end_at),
        )
        return [word for (word,) in rows.fetchall()]

    def keep_facts(self, rows: Iterable[tuple]) -> None:
        self._writer.executemany("INSERT OR REPLACE INTO kept_facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_kept(self, office: str, first: str = "", last: str = "9999") -> int:
        """In a turn: whatever is kept of spans within these days."""
        gone = "DELETE FROM kept_facts WHERE office = ? AND last <= ? AND first >= ?"
        return self._writer.execute(gone, (office, last, first)).rowcount

    def kept_within(self, office: str, first: str, last: str) -> list[tuple[str, str]]:
        """In a turn: the kept days (first = last) within these, and what each was measured by."""
        rows = self._writer.execute(
            "SELECT first, basis FROM kept_facts WHERE office = ? AND last BETWEEN ? AND ? AND first = last"
            " AND name = 'day' ORDER BY last",
            (office, first, last),
        )
        return rows.fetchall()

    def days_touched(self, office: str, after: int) -> set[str]:
        """In a turn: the days of the visits that steps after this number were about."""
        rows = self._writer.execute(
            "SELECT DISTINCT visits.day FROM steps JOIN visits ON visits.id = steps.visit"
            " WHERE steps.office = ? AND steps.number > ?",
            (office, after),
        )
        return {day for (day,) in rows.fetchall()}

    def first_arrival(self, office: str) -> int | None:
        return self.reader.execute("SELECT min(arrived_at) FROM visits WHERE office = ?", (office,)).fetchone()[0]

    def open_arrivals(self, office: str) -> list[int]:
        """When those arrived who are still here: their days are not finished."""
        rows = self.reader.execute(
            "SELECT arrived_at FROM visits INDEXED BY open_visits WHERE office = ?"
            " AND state IN ('waiting', 'called', 'serving', 'held', 'no_show')",
            (office,),
        )
        return [at for (at,) in rows.fetchall()]

    def steps_that_matter(self, office: str, start_at: int, end_at: int) -> dict[str, list]:
        """visit -> its steps in order, of those who arrived in the half-open interval and whose row does not say
        all."""
        columns = "steps.visit, steps.step, steps.at, steps.press, steps.undoes, steps.changes"
        rows = self.reader.execute(
            f"SELECT {columns} FROM visits CROSS JOIN steps ON steps.visit = visits.id"
            " WHERE visits.office = ? AND visits.arrived_at >= ? AND visits.arrived_at < ?"
            " AND (visits.leg > 1 OR visits.state = 'left' AND visits.first_called_at IS NOT NULL OR EXISTS"
            f"  (SELECT 1 FROM steps marked WHERE marked.visit = visits.id AND marked.step IN ({_MARKED})))"
            " ORDER BY steps.visit, steps.number",
            (office, start_at, end_at),
        )
        found: dict[str, list] = {}
        for visit, *step, changes in rows.fetchall():
            found.setdefault(visit, []).append(Taken(*step, json.loads(changes)))
        return found

    def appointments_counted(self, office: str, first: str, last: str, services: Sequence[str]) -> dict[str, int]:
        """State -> how many of the appointments of these days; without `services`, of all."""
        states = ("booked", "arrived", "not_attended", "cancelled")
        counts = ", ".join(f"count(*) FILTER (WHERE state = '{state}')" for state in states)  # no sorting, unlike GROUP
        row = self.reader.execute(
            f"SELECT {counts} FROM appointments WHERE office = ? AND day BETWEEN ? AND ?{_of(services)}",
            (office, first, last, *services),
        ).fetchone()
        return dict(zip(states, row, strict=True))

    def dates_due(self, office: str, start_at: int, end_at: int, services: Sequence[str]) -> tuple[int, int]:
        """(how many, how many kept by then) of promises whose first date fell in the interval; not of those that were
        withdrawn. Without `services`, of all."""
        due = "coalesce(first_due_at, due_at)"
        return self.reader.execute(
            f"SELECT count(*), coalesce(sum(kept_at <= {due}), 0) FROM promises INDEXED BY promises_by_date"
            f" WHERE office = ? AND {due} >= ? AND {due} < ? AND state <> 'withdrawn'{_of(services)}",
            (office, start_at, end_at, *services),
        ).fetchone()

    def dated(self, office: str, start_at: int, end_at: int) -> set[str]:
        """Those who arrived in the half-open interval, were passed on and were promised something by a date. A promise
        that was taken back is withdrawn without a step that says so."""
        rows = self.reader.execute(
            "SELECT DISTINCT promises.visit FROM visits CROSS JOIN promises ON promises.visit = visits.id"
            " WHERE visits.office = ? AND visits.arrived_at >= ? AND visits.arrived_at < ?"
            " AND visits.outcome = 'passed_on' AND (promises.state <> 'withdrawn' OR EXISTS (SELECT 1 FROM steps"
            "  WHERE steps.office = promises.office AND about = promises.id AND step = 'promise_withdrawn'))",
            (office, start_at, end_at),
        )
        return {visit for (visit,) in rows.fetchall()}

    def matters(self, office: str, first: str, last: str | None = None, *, turn: bool = False) -> dict[str, int | None]:
        """Visits of these days that carry a council's reference: visit -> after how many days somebody came back about
        the same matter; None: nobody did."""
        days = {"office": office, "first": first, "last": last or first}
        connection = self._writer if turn else self.reader
        settled = connection.execute(
            "SELECT visit, returned_after FROM matters WHERE office = :office AND day BETWEEN :first AND :last", days
        )
        known = dict(settled.fetchall())
        if not connection.execute(
            "SELECT 1 FROM particulars WHERE office = ? AND kind = 'matter' AND text <> '' LIMIT 1", (office,)
        ).fetchone():
            return known
        return dict(connection.execute(_CAME_BACK.format(which="day BETWEEN :first AND :last"), days)) | known

    def settle_matters(self, office: str, now: int) -> None:
        """In a turn: of those whose digests are about to be forgotten, whether somebody came back is kept."""
        due = "id IN (SELECT about FROM particulars WHERE office = :office AND kind = 'matter' AND delete_at < :now)"
        self._writer.execute(
            "INSERT OR IGNORE INTO matters (office, visit, returned_after, day)"
            f" SELECT :office, found.*, (SELECT day FROM visits WHERE id = found.id)"
            f" FROM ({_CAME_BACK.format(which=due)}) found",
            {"office": office, "now": now},
        )

    def needs_on(self, office: str, start_at: int, end_at: int) -> dict[str, str]:
        """visit -> the needs noted with it, of those who arrived in the half-open interval, while they are known."""
        rows = self.reader.execute(
            "SELECT visits.id, particulars.text FROM visits JOIN particulars ON particulars.office = visits.office"
            " AND particulars.about = visits.id AND particulars.kind = 'needs'"
            " WHERE visits.office = ? AND visits.arrived_at >= ? AND visits.arrived_at < ? ORDER BY particulars.press",
            (office, start_at, end_at),
        )
        return dict(rows.fetchall())

    def need_waits(self, office: str, first: str, last: str, need: str | None = None) -> list[tuple]:
        """(day, need, fates, waits) kept apart from any visit."""
        sql = "SELECT day, need, fates, waits FROM need_waits WHERE office = ? AND day BETWEEN ? AND ?"
        asked = (office, first, last) if need is None else (office, first, last, need)
        return self.reader.execute(sql + (" AND need = ?" if need else "") + " ORDER BY day", asked).fetchall()

    def needs_kept(self, office: str) -> list[str]:
        rows = self.reader.execute("SELECT DISTINCT need FROM need_waits WHERE office = ?", (office,))
        return [need for (need,) in rows.fetchall()]

    def keep_need_waits(self, rows: Iterable[tuple]) -> None:
        """In a turn: what is there stays where fewer are known, since the needs themselves are forgotten one by one."""
        self._writer.executemany(
            "INSERT INTO need_waits VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET fates = excluded.fates,"
            " waits = excluded.waits WHERE length(excluded.fates) >= length(fates)",
            rows,
        )

    def desk_steps(self, office: str, start_at: int, end_at: int) -> list[tuple[str, str, int]]:
        """(desk, opened, paused or closed, at) in the half-open interval, in order; handed over, a desk is open."""
        first, last = self.number_at(office, start_at), self.number_at(office, end_at)
        rows = self.reader.execute(
            "SELECT desk, CASE step WHEN 'handed_over' THEN 'opened' ELSE step END, at"
            " FROM steps INDEXED BY steps_of_nobody WHERE office = ? AND visit IS NULL"
            " AND step IN ('opened', 'paused', 'closed', 'handed_over') AND desk IS NOT NULL"
            " AND number >= ? AND number < ? ORDER BY number",
            (office, first, last),
        )
        return rows.fetchall()

    def number_at(self, office: str, at: int) -> int:
        """The number of the office's first step at or after an instant: steps are numbered as they are told, so half of
        those left are ruled out at each look."""
        low, high = 0, self.newest_step(office) + 1
        while low < high:
            middle = (low + high) // 2
            found = self.reader.execute(
                "SELECT number, at FROM steps WHERE office = ? AND number >= ? ORDER BY number LIMIT 1",
                (office, middle),
            ).fetchone()
            if found and found[1] < at:
                low = found[0] + 1
            else:
                high = middle
        return low


def _of(services: Sequence[str]) -> str:
    return f" AND service IN ({', '.join('?' * len(services))})" if services else ""


class Taken:
    """A step as judging needs it."""

    __slots__ = ("at", "changes", "press", "step", "undoes")

    def __init__(self, step: str, at: int, press: int, undoes: int | None, changes: dict):
        self.step, self.at, self.press, self.undoes, self.changes = step, at, press, undoes, changes
