"""Whether the server serves, and the API's own document."""

import shutil
import sqlite3
from pathlib import Path
from typing import Annotated

from flask import request
from pydantic import Field

from reception import __version__
from reception.refusals import Refusal, StoreFault
from reception.web.access import bearer
from reception.web.api.asking import get
from reception.web.api.shapes import Answer, Instant
from reception.web.parts import here


class Database(Answer):
    size: Annotated[int, Field(description="Bytes, with its journal")]
    writable: bool
    newest_step: int | None


class Disk(Answer):
    free: int
    total: int


class Printer(Answer):
    key: str
    name: str
    place: Annotated[str, Field(description="Where it stands")]
    state: str
    state_words: str
    cause: str | None
    sentence: str | None
    remedy: str | None
    since: Annotated[Instant | None, Field(description="When this state began")]
    told_at: Annotated[Instant | None, Field(description="When staff were last told of it")]
    heard_at: Instant | None
    jobs: Annotated[int, Field(description="Slips that wait")]
    tickets_left: Annotated[int | None, Field(description="About how many the roll still gives; null: nobody knows")]
    roll_changed_at: Instant | None


class Health(Answer):
    """Without a key `ok` stands alone."""

    ok: bool
    version: str | None = None
    database: Database | None = None
    disk: Disk | None = None
    printers: list[Printer] | None = None


@get("/health", roles=None, answers={200: Health, 503: Health})
def health(asker, asked):
    """Whether the server serves. With any key: version, database, disk and printers too."""
    if "Authorization" not in request.headers:
        well = _newest_step() is not None
        return (200 if well else 503), {"ok": well}
    if bearer() is None:
        raise Refusal("key_needed", status=401)
    parts, newest, writable = here(), _newest_step(), _writable()
    path = Path(parts.store.path)
    disk = shutil.disk_usage(path.parent)
    well = newest is not None and writable
    return (200 if well else 503), {
        "ok": well,
        "version": __version__,
        "database": {
            "size": sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*")),
            "writable": writable,
            "newest_step": newest,
        },
        "disk": {"free": disk.free, "total": disk.total},
        "printers": parts.printers.conditions() if parts.printers and newest is not None else [],
    }


@get("/api/openapi.json", roles=None, answers={200: None})
def openapi(asker, asked):
    """This document."""
    from reception.web.api.document import document

    return document()


def _newest_step() -> int | None:
    """The database's newest step, or nothing when it cannot answer."""
    try:
        return here().store.newest_step(here().settings.office.key)
    except sqlite3.Error:
        return None


def _writable() -> bool:
    """Whether a transaction for writing can begin and end, and the last change there was could be stored."""
    try:
        here().frontdesk.writer.do(lambda store: (None, None))
    except StoreFault:
        return False
    return here().store.fault is None
