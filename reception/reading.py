"""What the store can be asked: visits, steps and the smaller tables, as values. It writes nothing.

Methods with `turn` look inside the writer's transaction when it is true; the others on any thread.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from reception.things import Desk, Ruling, columns
from reception.visit import FIELDS, Visit

_COLUMNS = ", ".join(FIELDS)
CALLS_LOOKED_AT = 8  # for each that is wanted: few calls are taken back
_OPEN = "'waiting', 'called', 'serving', 'held', 'no_show'"  # as the index spells it


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `steps`. `changes` maps each changed field of the visit (or of the thing whose id is `about`) to
    [before, after]; `note` holds keys of what else is to be remembered (a reason), never a text. Steps taken by one
    press of a button share its `press`, the number of the first of them."""

    office: str
    number: int
    visit: str | None
    step: str
    at: int
    by: str
    desk: str | None
    press: int
    changes: dict
    undoes: int | None = None
    about: str | None = None
    note: dict | None = None


@dataclass(slots=True)
class Kept:
    """Everyone open and what is known of them (visit -> kind -> text), the desks and the rulings, as they were at the
    office's step `newest`."""

    newest: int
    visits: dict[str, Visit]
    told: dict[str, dict[str, str]]
    desks: dict[str, Desk]
    rulings: dict[str, Ruling]

    def copy(self) -> "Kept":
        return Kept(self.newest, dict(self.visits), dict(self.told), dict(self.desks), dict(self.rulings))


class Reading:
    """The store's reading half; `Store` gives it `reader`, `_writer` and `_shown`."""

    def now(self, office: str) -> Kept:
        """One consistent look. For looking only: it is shared.

        It is as this process last stored it while that is the newest step; loading 500 visits takes 4 ms.
        """
        reader = self.reader
        reader.execute("BEGIN")
        try:
            newest = reader.execute(
                "SELECT coalesce(max(number), 0) FROM steps WHERE office = ?", (office,)
            ).fetchone()[0]
            kept = self._shown.get(office)
            if kept is None or kept.newest != newest:
                kept = self._keep(office, newest)
            return kept
        finally:
            reader.execute("COMMIT")

    def newest_step(self, office: str) -> int:
        return self.reader.execute("SELECT coalesce(max(number), 0) FROM steps WHERE office = ?", (office,)).fetchone()[
            0
        ]

    def desks(self, office: str, *, turn: bool = False) -> dict[str, Desk]:
        return {desk.key: desk for desk in self.things(Desk, office, turn=turn)}

    def rulings(self, office: str, *, turn: bool = False) -> dict[str, Ruling]:
        return {ruling.id: ruling for ruling in self.things(Ruling, office, turn=turn)}

    def things(self, kind: type, office: str, where: str = "", parameters: tuple = (), *, turn: bool = False) -> list:
        """Rows of one of the smaller tables (things.py); `where` is SQL after the office, such as "AND day = ?"."""
        connection = self._writer if turn else self.reader
        sql = f"SELECT {', '.join(columns(kind))} FROM {kind.table} WHERE office = ? {where}"
        return [kind(*row) for row in connection.execute(sql, (office, *parameters)).fetchall()]

    def thing(self, kind: type, office: str, key: str, *, turn: bool = False):
        """One of them by its id; None if there is none."""
        found = self.things(kind, office, f"AND {kind.keys[0]} = ?", (key,), turn=turn)
        return found[0] if found else None

    def particulars(self, office: str, about: Iterable[str], *, turn: bool = False) -> dict[str, dict[str, str]]:
        """What is known under these ids: id -> kind -> the newest text. Ids without any are left out."""
        found: dict[str, dict[str, str]] = {}
        for key in about:
            rows = (self._writer if turn else self.reader).execute(
                "SELECT kind, text FROM particulars WHERE office = ? AND about = ? ORDER BY press", (office, key)
            )
            if told := dict(rows.fetchall()):
                found[key] = told
        return found

    def preferences(self, office: str, who: str) -> dict[str, object]:
        rows = self.reader.execute("SELECT name, value FROM preferences WHERE office = ? AND who = ?", (office, who))
        return {name: json.loads(value) for name, value in rows.fetchall()}

    def visit(self, office: str, visit: str, *, turn: bool = False) -> Visit | None:
        return self._one("office = ? AND id = ?", (office, visit), turn)

    def visit_by_token(self, token: str, *, turn: bool = False) -> Visit | None:
        return self._one("token = ?", (token,), turn)

    def visit_by_number(self, office: str, day: str, number: str, *, turn: bool = False) -> Visit | None:
        return self._one("office = ? AND day = ? AND number = ?", (office, day, number), turn)

    def numbers_given(self, office: str, day: str, *, turn: bool = False) -> set[str]:
        connection = self._writer if turn else self.reader
        given = connection.execute("SELECT number FROM visits WHERE office = ? AND day = ?", (office, day))
        return {number for (number,) in given.fetchall()}

    def lent_to(self, office: str, day: str) -> set[str]:
        """To whom numbers of a day or a later one are lent."""
        lent = "SELECT DISTINCT kiosk FROM blocks WHERE office = ? AND day >= ?"
        return {kiosk for (kiosk,) in self.reader.execute(lent, (office, day)).fetchall()}

    def recent_calls(self, office: str, since_at: int, count: int, desks: frozenset[str] | None = None) -> list[tuple]:
        """The last calls (to these desks, or to any) that still stand, newest first: (visit, number, desk, called_at,
        recalls).

        A call stands while its visitor is, or was to the end, at the desk, or was not there. Somebody helped at once
        without a ticket was never called; a discreet call is nobody else's. Only the latest calls are looked at, lest a
        day of calls taken back is read whole.
        """
        to = sorted(desks or ())
        where = f" AND desk IN ({', '.join('?' * len(to))})" if to else ""
        rows = self.reader.execute(
            "WITH lately AS (SELECT * FROM steps WHERE office = ? AND step IN ('called', 'recalled') AND at >= ?"
            f"               {where} ORDER BY at DESC, number DESC LIMIT ?)"
            " SELECT visits.id, visits.number, steps.desk, steps.at, visits.recalls FROM lately steps"
            " JOIN visits ON visits.id = steps.visit AND visits.last_called_at = steps.at"
            " WHERE (visits.desk IS NOT NULL AND visits.state <> 'cancelled' OR visits.state = 'no_show')"
            " AND visits.discreet = 0"
            " AND NOT EXISTS (SELECT 1 FROM steps issued WHERE issued.visit = steps.visit"
            "                 AND issued.number BETWEEN steps.press AND steps.number AND issued.step = 'issued')"
            " ORDER BY steps.at DESC, steps.number DESC",
            (office, since_at, *to, count * CALLS_LOOKED_AT),
        ).fetchall()
        newest = {}
        for row in rows:  # called and called again in one instant is one call
            newest.setdefault(row[0], row)
        return list(newest.values())[:count]

    def steps(self, office: str, *, visit: str | None = None, after: int = 0, limit: int = -1) -> list[Step]:
        """The office's steps in order, at most `limit`, or one visit's."""
        if visit:
            return self._steps(self.reader, "visit = ? AND number > ? ORDER BY number", (visit, after))
        return self._steps(self.reader, "office = ? AND number > ? ORDER BY number LIMIT ?", (office, after, limit))

    def visits_between(self, office: str, start_at: int, end_at: int) -> list[Visit]:
        """Everyone who arrived in the half-open interval."""
        rows = self.reader.execute(
            f"SELECT {_COLUMNS} FROM visits WHERE office = ? AND arrived_at >= ? AND arrived_at < ?"
            " ORDER BY arrived_at",
            (office, start_at, end_at),
        )
        return [Visit(*row) for row in rows.fetchall()]

    def notes(self, office: str, start_at: int, end_at: int) -> list[tuple[str, dict]]:
        """What the steps of those who arrived in the half-open interval remember besides (reasons, offers, signposts):
        (step, note), in order. What was taken back is left out."""
        rows = self.reader.execute(
            "SELECT steps.step, steps.note FROM visits JOIN steps ON steps.visit = visits.id"
            " WHERE visits.office = ? AND visits.arrived_at >= ? AND visits.arrived_at < ? AND steps.note IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM steps later WHERE later.visit = steps.visit AND later.undoes = steps.press)"
            " ORDER BY steps.number",
            (office, start_at, end_at),
        )
        return [(step, json.loads(note)) for step, note in rows.fetchall()]

    def visits_flagged(self, office: str) -> list[Visit]:
        """Those whose times somebody has said are wrong, the latest first."""
        rows = self.reader.execute(
            f"SELECT {_COLUMNS} FROM visits WHERE office = ? AND times_wrong = 1 ORDER BY arrived_at DESC", (office,)
        )
        return [Visit(*row) for row in rows.fetchall()]

    def count(self, office: str, day: str, letter: str, *, turn: bool = False) -> int:
        """How far the day's count for a letter, or of a service's tickets, has come."""
        row = (
            (self._writer if turn else self.reader)
            .execute("SELECT last FROM counters WHERE office = ? AND day = ? AND letter = ?", (office, day, letter))
            .fetchone()
        )
        return row[0] if row else 0

    def steps_at(self, office: str, desk: str, *, turn: bool = False) -> list[Step]:
        """The last steps told at a desk, newest first."""
        connection = self._writer if turn else self.reader
        return self._steps(connection, "office = ? AND desk = ? ORDER BY number DESC LIMIT 60", (office, desk))

    def steps_of(self, visit: str, *, turn: bool = False) -> list[Step]:
        """The last steps of a visit, newest first."""
        connection = self._writer if turn else self.reader
        return self._steps(connection, "visit = ? ORDER BY number DESC LIMIT 60", (visit,))

    def steps_about(self, office: str, about: str, *, turn: bool = False) -> list[Step]:
        """Every step of a promise, an appointment or a ruling, in order."""
        connection = self._writer if turn else self.reader
        return self._steps(connection, "office = ? AND about = ? ORDER BY number", (office, about))

    def steps_named(self, office: str, names: tuple[str, ...], limit: int = 200) -> list[Step]:
        """The last steps of these names that are no visit's (rulings, calls for help), newest first."""
        marks = ", ".join("?" * len(names))
        where = f"visit IS NULL AND office = ? AND step IN ({marks}) ORDER BY number DESC LIMIT {limit:d}"
        return self._steps(self.reader, where, (office, *names), "INDEXED BY steps_of_nobody")

    def press(self, office: str, press: int, *, turn: bool = False) -> list[Step]:
        """All steps of one press, in order."""
        connection = self._writer if turn else self.reader
        where = "office = ? AND number BETWEEN ? AND ? + 20 AND press = ? ORDER BY number"
        return self._steps(connection, where, (office, press, press, press))

    # -- helpers ------------------------------------------------------------------------------------------------

    def _keep(self, office: str, newest: int, *, turn: bool = False) -> Kept:
        connection = self._writer if turn else self.reader
        is_open = f"office = ? AND state IN ({_OPEN})"
        rows = connection.execute(f"SELECT {_COLUMNS} FROM visits INDEXED BY open_visits WHERE {is_open}", (office,))
        visits = {row[0]: Visit(*row) for row in rows.fetchall()}
        known = connection.execute(
            f"SELECT about, kind, text FROM particulars JOIN visits ON visits.id = about"
            f" WHERE particulars.office = ? AND visits.{is_open.replace('state', 'visits.state')} ORDER BY press",
            (office, office),
        )
        told: dict[str, dict[str, str]] = {}
        for about, kind, text in known.fetchall():
            told.setdefault(about, {})[kind] = text
        return Kept(newest, visits, told, self.desks(office, turn=turn), self.rulings(office, turn=turn))

    def _one(self, where: str, parameters: tuple, turn: bool = False) -> Visit | None:
        connection = self._writer if turn else self.reader
        try:
            row = connection.execute(f"SELECT {_COLUMNS} FROM visits WHERE {where}", parameters).fetchone()
        except UnicodeEncodeError:  # half a surrogate pair names nobody
            return None
        return Visit(*row) if row else None

    def _steps(self, connection, where: str, parameters: tuple, how: str = "") -> list[Step]:
        rows = connection.execute(
            f"SELECT office, number, visit, step, at, by, desk, press, changes, undoes, about, note"
            f" FROM steps {how} WHERE {where}",
            parameters,
        )
        return [
            Step(*row[:8], json.loads(row[8]), row[9], row[10], json.loads(row[11]) if row[11] else None)
            for row in rows.fetchall()
        ]
