"""What a kiosk's machine keeps on its disk besides its small front desk: settings, lent numbers, and what is still to
be told to the server. Nothing is forgotten before the server has said that it has it.
"""

import json
from dataclasses import asdict

from kiosk.keeping.clock import Moment
from reception.blocks import Alone
from reception.identifiers import digest, uuid7
from reception.store import Store
from reception.visit import Visit

TABLES = """
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moments (
    visit TEXT PRIMARY KEY, at INTEGER NOT NULL, steady INTEGER NOT NULL, boot TEXT NOT NULL, about INTEGER NOT NULL,
    told TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outcomes (number INTEGER PRIMARY KEY, visit TEXT, body TEXT NOT NULL)
"""
DAYS = 3  # how long what the server has is kept here: for a slip printed again, or a question asked again


class Cupboard:
    """`store` is the front desk's of this machine; a change is durable when its method returns."""

    def __init__(self, store: Store):
        self.store = store
        for statement in TABLES.split(";\n"):
            store.execute(statement)

    # -- by name ----------------------------------------------------------------------------------------------------

    def get(self, name: str):
        row = self.store.reader.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, writer, **values) -> None:
        rows = [(name, json.dumps(value)) for name, value in values.items()]

        def turn(store):
            for row in rows:
                store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", row)
            return None, None

        writer.do(turn)

    def keeper(self, writer, at: int) -> str:
        """The id of this store, minted when it is new: numbers are lent to it alone."""
        if (found := self.get("keeper")) is None:
            found = uuid7(at)
            self.put(writer, keeper=found)
        return found

    def keep_kiosk(self, office: str, kiosk: str, name: str, secret: str) -> None:
        """The one kiosk here, under the id that the server knows it by; its browser holds the secret."""
        wanted = (kiosk, office, name, digest(secret))
        found = self.store.reader.execute("SELECT id, office, name, hash FROM keys WHERE kind = 'browser'").fetchall()
        if found == [wanted]:  # a full disk takes no change, and needs none
            return
        self.store.execute("DELETE FROM keys")
        self.store.execute(
            "INSERT INTO keys (id, office, name, role, kind, hash, made_at, made_by)"
            " VALUES (?, ?, ?, 'kiosk', 'browser', ?, 0, 'server')",
            wanted,
        )

    # -- tickets ----------------------------------------------------------------------------------------------------

    def add_moment(self, visit: str, moment: Moment) -> None:
        """In the turn that gives the ticket."""
        values = asdict(moment)
        self.store.execute(
            "INSERT INTO moments (visit, at, steady, boot, about) VALUES (?, ?, ?, ?, ?)",
            (visit, values["at"], values["steady"], values["boot"], int(values["about"])),
        )

    def untold(self, office: str, *, but=(), limit: int = 50) -> list[tuple[Alone, Moment]]:
        """The tickets that the server has not taken in yet, in the order in which they were given, `but` these."""
        rows = self.store.reader.execute(
            "SELECT visit, at, steady, boot, about FROM moments WHERE told = '' ORDER BY visit LIMIT ?",
            (limit + len(but),),
        ).fetchall()
        rows = [row for row in rows if row[0] not in but][:limit]
        found = [(self.store.visit(office, row[0]), Moment(*row[1:4], bool(row[4]))) for row in rows]
        showings = self._showings(office, found[0][0].arrived_at) if found else {}
        return [(self._alone(office, visit, showings.get(visit.id, "")), moment) for visit, moment in found]

    def count_untold(self) -> int:
        return self.store.reader.execute("SELECT count(*) FROM moments WHERE told = ''").fetchone()[0]

    def tell(self, writer, told: dict[str, str]) -> None:
        """The server has these: visit here -> the visit's id there, or "refused: …" and why."""

        def turn(store):
            for visit, what in told.items():
                store.execute("UPDATE moments SET told = ? WHERE visit = ?", (what, visit))
            return None, None

        writer.do(turn)

    def told(self, visit: str) -> str | None:
        """What the server calls a visit of ours; "" while it does not have it, None for one that is not ours."""
        row = self.store.reader.execute("SELECT told FROM moments WHERE visit = ?", (visit,)).fetchone()
        return row and row[0]

    def has_given(self, office: str, showing: str) -> bool:
        """Whether a ticket was given here for a showing of the kiosk's list."""
        found = "SELECT 1 FROM answers WHERE office = ? AND key = ?"
        return self.store.reader.execute(found, (office, f"showing {showing}")).fetchone() is not None

    def _alone(self, office: str, visit: Visit, showing: str) -> Alone:
        known = self.store.particulars(office, [visit.id]).get(visit.id, {})
        return Alone(
            id=visit.id,
            token=visit.token,
            day=visit.day,
            number=visit.number,
            service=visit.service,
            arrived_at=visit.arrived_at,
            showing=showing,
            shown_at=visit.acknowledged_at,
            needs=tuple(known.get("needs", "").split()),
            language=known.get("language", ""),
            reads=visit.reads,
            party=visit.party,
        )

    def _showings(self, office: str, since: int) -> dict[str, str]:
        """visit -> the kiosk's showing that it was given for."""
        rows = self.store.reader.execute(
            "SELECT key, body FROM answers WHERE office = ? AND key LIKE 'showing %' AND at >= ?",
            (office, since - 1000),
        ).fetchall()
        given = {key.removeprefix("showing "): json.loads(body).get("ticket") or {} for key, body in rows}
        return {ticket["id"]: showing for showing, ticket in given.items() if "id" in ticket}

    # -- what became of slips -----------------------------------------------------------------------------------------

    def add_outcome(self, writer, body: dict, visit: str | None = None) -> None:
        """To be told to the server; with a `visit` of ours, once it has that."""
        row = (visit, json.dumps(body))
        writer.do(lambda store: (store.execute("INSERT INTO outcomes (visit, body) VALUES (?, ?)", row) and None, None))

    def outcomes(self) -> list[tuple[int, dict]]:
        """Those that can be told now: number and body, the oldest first."""
        rows = self.store.reader.execute(
            "SELECT number, body, told FROM outcomes LEFT JOIN moments ON moments.visit = outcomes.visit"
            " WHERE outcomes.visit IS NULL OR told <> '' ORDER BY number LIMIT 100"
        ).fetchall()
        return [(number, json.loads(body) | ({"visit": told} if told else {})) for number, body, told in rows]

    def drop_outcome(self, writer, number: int) -> None:
        writer.do(lambda store: (store.execute("DELETE FROM outcomes WHERE number = ?", (number,)) and None, None))

    # -- forgetting ---------------------------------------------------------------------------------------------------

    def forget(self, writer, office: str, now: int) -> None:
        """What the server has and nobody here will ask for any more."""
        before = now - DAYS * 86_400_000

        def turn(store):
            gone = "SELECT visit FROM moments WHERE told <> '' AND at < ?"
            tables = {"particulars": "about", "print_jobs": "visit", "visits": "id", "steps": "visit"}
            for table, column in tables.items():
                store.execute(f"DELETE FROM {table} WHERE office = ? AND {column} IN ({gone})", (office, before))
            store.execute("DELETE FROM moments WHERE told <> '' AND at < ?", (before,))
            store.execute("DELETE FROM steps WHERE office = ? AND visit IS NULL AND at < ?", (office, before))
            store.execute("DELETE FROM answers WHERE office = ? AND at < ?", (office, before))
            store.kept.clear()
            return None, None

        writer.do(turn)
