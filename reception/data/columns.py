"""What a table for analysts is made of: columns, each with its kind and what it says. Pure.

An instant is two columns, so that no program needs to know a time zone: `…_at` in UTC milliseconds, as everywhere in
the API, and `…_local` by the office's clock, with its distance from UTC.
"""

from dataclasses import dataclass

SQL = {"text": "TEXT", "whole": "INTEGER", "yes": "INTEGER", "seconds": "REAL", "share": "REAL"}
JSON = {"text": "string", "whole": "integer", "yes": "integer", "seconds": "number", "share": "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is text, whole (a whole number), yes (1 or 0), seconds or share (0 to 1). `always`: never empty."""

    name: str
    kind: str
    says: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`key` are the columns that no two rows share; `chosen_by` says which day puts a row into a period; `changes`:
    whether a program may ask for what has changed since it last asked; `to` names what columns point to:
    column -> table."""

    name: str
    title: str
    says: str
    key: tuple[str, ...]
    chosen_by: str
    columns: tuple[Column, ...]
    changes: bool = False
    to: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def text(name: str, says: str, *, always: bool = False) -> list[Column]:
    return [Column(name, "text", says, always)]


def whole(name: str, says: str, *, always: bool = False) -> list[Column]:
    return [Column(name, "whole", says, always)]


def yes(name: str, says: str, *, always: bool = True) -> list[Column]:
    return [Column(name, "yes", f"1 if so, else 0: {says}", always)]


def seconds(name: str, says: str) -> list[Column]:
    return [Column(f"{name}_seconds", "seconds", says)]


def share(name: str, says: str) -> list[Column]:
    return [Column(name, "share", says)]


def instant(name: str, says: str, *, always: bool = False) -> list[Column]:
    return [
        Column(f"{name}_at", "whole", f"{says}, in UTC milliseconds since 1970", always),
        Column(f"{name}_local", "text", f"{says}, by the office's clock with its distance from UTC", always),
    ]


def named(name: str, says: str, *, always: bool = False) -> list[Column]:
    """A key of the settings, and what the settings call it now; of another office only the key is known."""
    return [
        Column(name, "text", f"{says}: its key in the settings", always),
        Column(f"{name}_name", "text", f"{says}, by name", always),
    ]


def columns(*parts: list[Column]) -> tuple[Column, ...]:
    return tuple(column for part in parts for column in part)


OFFICE = text("office", "The office's key", always=True)
VISIT = text("visit", "The visit's id", always=True)
DAY = text("day", "The day by the office's clock, such as 2026-03-02", always=True)
