"""How far each hook has come: rows of `webhook_cursors`, and the steps behind them. Decides nothing."""

import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """`step` is the newest step that was delivered or skipped. `last_error` holds keys and numbers, never words of a
    receiver: cause, status, skipped and skipped_at."""

    step: int
    failing_since: int | None = None
    attempts: int = 0
    next_at: int | None = None
    last_error: dict | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is read of a step in the outbox."""

    number: int
    visit: str | None
    step: str
    at: int
    desk: str | None
    press: int
    undoes: int | None


def load(store, office: str) -> dict[str, Cursor]:
    """hook -> where it was."""
    rows = store.reader.execute(
        "SELECT hook, step, failing_since, attempts, next_at, last_error FROM webhook_cursors WHERE office = ?",
        (office,),
    ).fetchall()
    return {hook: Cursor(*row, json.loads(error) if error else None) for hook, *row, error in rows}


def save(store, office: str, hook: str, cursor: Cursor) -> None:
    """In a writer's turn."""
    *row, error = astuple(cursor)
    store.execute(
        "INSERT OR REPLACE INTO webhook_cursors (office, hook, step, failing_since, attempts, next_at, last_error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (office, hook, *row, json.dumps(error) if error else None),
    )


def forget(store, office: str, *, keep: list[str]) -> None:
    """In a writer's turn: a hook that was taken out of the settings is a new one when it comes back."""
    unknown = f"AND hook NOT IN ({', '.join('?' * len(keep))})" if keep else ""
    store.execute(f"DELETE FROM webhook_cursors WHERE office = ? {unknown}", (office, *keep))


def outbox(store, office: str, after: int, most: int) -> list[Told]:
    """The next steps of an office after a number, in order. Never all of them: a long failure leaves many."""
    rows = store.reader.execute(
        "SELECT number, visit, step, at, desk, press, undoes FROM steps WHERE office = ? AND number > ?"
        " ORDER BY number LIMIT ?",
        (office, after, most),
    ).fetchall()
    return [Told(*row) for row in rows]
