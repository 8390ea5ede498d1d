"""Who holds which key. Every secret that opens a door is a row of `keys`, stored as its hash, and can be revoked:
a bearer key, a signed-in or paired browser, a one-time link, a pairing code. People are rows of `people`.

It knows nothing of HTTP. What it changes goes through the front desk's door, so that it stands in the steps.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass

from reception.frontdesk import FrontDesk
from reception.identifiers import digest, secret, uuid7
from reception.refusals import Refusal

STAFF = ("receptionist", "manager", "admin")
SCREENS = ("kiosk", "display", "wall")
ROLES = (*SCREENS, "desk", "figures", *STAFF)
CODE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that a person reads as another


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever asks. `by` is how the steps name them; `person` is set for people."""

    id: str
    office: str
    name: str
    role: str
    kind: str
    person: str | None = None

    @property
    def by(self) -> str:
        return f"person:{self.person}" if self.person else f"{'screen' if self.role in SCREENS else 'key'}:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    sign_in: str
    role: str
    has_password: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A row of `keys` as managers see it. Instants in UTC milliseconds; `heard_at` is when it last asked."""

    id: str
    name: str
    role: str
    kind: str
    person: str | None
    made_at: int
    expires_at: int | None
    revoked_at: int | None
    heard_at: int | None


class Keys:
    def __init__(self, frontdesk: FrontDesk):
        self.frontdesk, self.store, self.office = frontdesk, frontdesk.store, frontdesk.office

    # -- who asks -----------------------------------------------------------------------------------------------

    def holder(self, given: str, *kinds: str) -> Holder | None:
        """Whoever holds this secret, if it is one of `kinds`, in date and not revoked, and they still work here."""
        return self._holder("keys.hash = ?", digest(given), kinds)

    def still(self, holder: Holder) -> bool:
        """Whether a holder met earlier (an open socket) may still ask."""
        return self._holder("keys.id = ?", holder.id, (holder.kind,)) == holder

    def _holder(self, where: str, value: str, kinds) -> Holder | None:
        row = self.store.reader.execute(
            "SELECT keys.id, keys.office, coalesce(people.name, keys.name), coalesce(people.role, keys.role), kind,"
            " person FROM keys LEFT JOIN people ON people.id = keys.person"
            f" WHERE {where} AND revoked_at IS NULL AND left_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
            (value, self.frontdesk.now()),
        ).fetchone()
        return Holder(*row) if row and row[4] in kinds and row[1] == self.office else None

    def heard(self, ids: list[str]) -> None:
        """Notes that these keys' holders are there."""
        at = self.frontdesk.now()
        rows = [(at, key) for key in ids]

        def turn(store):
            for row in rows:
                store.execute("UPDATE keys SET heard_at = ? WHERE id = ?", row)
            return None, None

        self.frontdesk.writer.do(turn)

    # -- keys ---------------------------------------------------------------------------------------------------

    def add(
        self, *, name: str, role: str, kind: str, by: str, person: str | None = None, lasts_ms: int | None = None
    ) -> str:
        """Makes a key and returns its secret, which is nowhere else: only its hash is stored."""
        given = secret()
        key = self._row(name=name, role=role, kind=kind, by=by, person=person, lasts_ms=lasts_ms, given=given)
        self.frontdesk.record("key_added", by=by, note={"key": key[0], "role": role, "kind": kind}, write=_insert(key))
        return given

    def revoke(self, key: str, *, by: str) -> None:
        """Ends a key at once, on open sockets too. `key` is its id or its whole name."""
        found = [row for row in self.all() if key in (row.id, row.name) and not row.revoked_at]
        if not found:
            raise Refusal("unknown_key", status=404, key=key)
        at = self.frontdesk.now()

        def write(store):
            for row in found:
                store.execute("UPDATE keys SET revoked_at = ? WHERE id = ?", (at, row.id))

        self.frontdesk.record("key_revoked", by=by, note={"keys": [row.id for row in found]}, write=write)
        self._leave_desks([f"key:{row.id}" for row in found], by)

    def all(self) -> list[Key]:
        """Every bearer key and paired or signed-in browser, newest first."""
        rows = self.store.reader.execute(
            "SELECT id, name, role, kind, person, made_at, expires_at, revoked_at, heard_at FROM keys"
            " WHERE office = ? AND kind IN ('bearer', 'browser') ORDER BY made_at DESC",
            (self.office,),
        )
        return [Key(*row) for row in rows.fetchall()]

    def exchange(
        self, given: str, *, kind: str, name: str | None = None, lasts_ms: int | None = None
    ) -> tuple[str, Holder] | None:
        """Uses up a one-time secret and makes this browser's own; None if it is no good (any more)."""
        if not self.holder(given, kind):
            return None
        fresh, at = secret(), self.frontdesk.now()

        def write(store):
            row = store.execute(
                "UPDATE keys SET revoked_at = ? WHERE hash = ? AND kind = ? AND revoked_at IS NULL"
                " RETURNING role, name, person",
                (at, digest(given), kind),
            ).fetchone()
            if row is None:  # somebody else used it in the same instant
                raise Refusal("link_used", status=410)
            made = self._row(
                name=name or row[1],
                role=row[0],
                kind="browser",
                by="link",
                person=row[2],
                lasts_ms=lasts_ms,
                given=fresh,
            )
            _insert(made)(store)

        try:
            self.frontdesk.record("signed_in", by="link", note={}, write=write)
        except Refusal:
            return None
        return fresh, self.holder(fresh, "browser")

    def _leave_desks(self, gone: list[str], by: str) -> None:
        """Closes the desks of those who may not ask any more, unless a visitor is there for a colleague to help."""
        for desk in self.frontdesk.look()[1].desks.values():
            if desk.person in gone:
                with suppress(Refusal):
                    self.frontdesk.set_desk(desk=desk.key, state="closed", by=by, take_over=True)

    # -- pairing ------------------------------------------------------------------------------------------------

    def ask_to_pair(self, *, lasts_ms: int, most: int) -> tuple[str, str]:
        """A code for a screen to show, and the secret with which its browser claims what a manager makes of it.

        At most `most` codes are shown at a time: anybody may ask for one.
        """
        shown = self.store.reader.execute(
            "SELECT count(*) FROM keys WHERE office = ? AND kind = 'pairing' AND role = 'nobody' AND expires_at > ?",
            (self.office, self.frontdesk.now()),
        ).fetchone()[0]
        if shown >= most:
            raise Refusal("too_many_codes", status=429, minutes=max(1, round(lasts_ms / 60_000)))
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
        claim = secret()
        row = self._row(
            name=code, role="nobody", kind="pairing", by="screen", person=None, lasts_ms=lasts_ms, given=claim
        )
        self.frontdesk.record("pairing_asked", by="screen", note={}, write=_insert(row))
        return code, claim

    def approve_pairing(self, *, code: str, role: str, name: str, by: str) -> str:
        """Lets the screen that shows `code` in as a kiosk or board called `name`; returns the pairing's id."""
        if role not in SCREENS:
            raise Refusal("unknown_role", status=422, role=role, roles=", ".join(SCREENS))
        at = self.frontdesk.now()

        def write(store):
            row = store.execute(
                "UPDATE keys SET role = ?, name = ?, made_by = ? WHERE office = ? AND kind = 'pairing' AND name = ?"
                " AND role = 'nobody' AND expires_at > ? RETURNING id",
                (role, name, by, self.office, "".join(code.upper().split()), at),
            ).fetchone()
            if row is None:
                raise Refusal("unknown_code", status=404)
            return row[0]

        return self.frontdesk.record("screen_paired", by=by, note={"role": role}, write=write)

    # -- people -------------------------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        rows = self.store.reader.execute(
            "SELECT id, name, sign_in, role, password IS NOT NULL FROM people"
            " WHERE office = ? AND left_at IS NULL ORDER BY name",
            (self.office,),
        )
        return [Person(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows.fetchall()]

    def add_person(self, *, name: str, sign_in: str, role: str, by: str) -> str:
        """A new account without a password; returns its id. Give them a link to choose one (`password_link`)."""
        if role not in STAFF:
            raise Refusal("unknown_role", status=422, role=role, roles=", ".join(STAFF))
        at = self.frontdesk.now()
        person, sign_in = uuid7(at), sign_in.strip().casefold()
        if any(other.sign_in == sign_in for other in self.people()):
            raise Refusal("sign_in_taken", status=409, sign_in=sign_in)

        def write(store):
            store.execute(
                "INSERT INTO people (id, office, name, sign_in, role, made_at) VALUES (?, ?, ?, ?, ?, ?)",
                (person, self.office, name, sign_in, role, at),
            )

        self.frontdesk.record("person_added", by=by, note={"person": person, "role": role}, write=write)
        return person

    def end_person(self, person: str, *, by: str) -> None:
        """Nobody signs in as them any more, and whatever they have open is closed."""
        at = self.frontdesk.now()

        def write(store):
            store.execute("UPDATE people SET left_at = ? WHERE id = ? AND office = ?", (at, person, self.office))
            store.execute("UPDATE keys SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL", (at, person))

        self.frontdesk.record("person_ended", by=by, note={"person": person}, write=write)
        self._leave_desks([f"person:{person}"], by)

    def password_link(self, person: str, *, by: str, lasts_ms: int) -> str:
        """A one-time secret for /password/…, with which this person chooses a password."""
        return self.add(name="password", role="nobody", kind="password", by=by, person=person, lasts_ms=lasts_ms)

    def set_password(self, person: str, hashed: str) -> None:
        """Stores an argon2 hash (made off the event loop) and ends what was open under the old one."""
        at = self.frontdesk.now()

        def write(store):
            store.execute("UPDATE people SET password = ? WHERE id = ?", (hashed, person))
            store.execute("UPDATE keys SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL", (at, person))

        self.frontdesk.record("password_set", by=f"person:{person}", note={}, write=write)

    def password_of(self, sign_in: str) -> tuple[str, str, str] | None:
        """(person, role, argon2 hash) of an account that can sign in."""
        return self.store.reader.execute(
            "SELECT id, role, password FROM people"
            " WHERE office = ? AND sign_in = ? AND left_at IS NULL AND password IS NOT NULL",
            (self.office, sign_in.strip().casefold()),
        ).fetchone()

    def name_of(self, by: str | None) -> str | None:
        """The name behind a step's or desk's `by`, for staff only."""
        kind, _, key = (by or "").partition(":")
        table = {"person": "people", "screen": "keys", "key": "keys"}.get(kind)
        row = table and self.store.reader.execute(f"SELECT name FROM {table} WHERE id = ?", (key,)).fetchone()
        return row[0] if row else None

    def _row(self, *, name, role, kind, by, person, lasts_ms, given) -> tuple:
        at = self.frontdesk.now()
        expires = at + round(lasts_ms) if lasts_ms else None
        return uuid7(at), self.office, name, role, kind, digest(given), person, at, by, expires


def _insert(row: tuple):
    def write(store):
        store.execute(
            "INSERT INTO keys (id, office, name, role, kind, hash, person, made_at, made_by, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    return write
