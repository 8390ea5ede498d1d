"""The API's GETs: office, line, visits, board and figures, the server's health, and the API's own document."""

import shutil
import sqlite3
from pathlib import Path

from flask import request

from reception import __version__, hours
from reception.figures import Figures, period
from reception.keys import ROLES
from reception.refusals import Refusal, StoreFault
from reception.things import Desk
from reception.web.access import bearer
from reception.web.api import pictures, shapes
from reception.web.api.asking import get
from reception.web.api.changing import CALLERS
from reception.web.blocking import blocking
from reception.web.parts import here

MANAGERS = ("manager", "admin")


@get("/api/office", roles=ROLES, answers={200: shapes.Office})
def office(asker, asked):
    """The office's services, desks and hours, and whether it is open now."""
    parts = here()
    settings, frontdesk = parts.settings, parts.frontdesk
    _newest, room = frontdesk.look()
    timetable = settings.hours
    return {
        "key": settings.office.key,
        "name": settings.office.name,
        "timezone": settings.office.timezone,
        "language": settings.office.language,
        "now": room.at,
        "open": hours.is_open(room.at, settings.zone, timetable.weekly, timetable.closed_on),
        "target_seconds": settings.promise.target_seconds,
        "hours": pictures.timetable(timetable),
        "services": [
            {
                **service.model_dump(include={"key", "name", "about", "letter", "group"}),
                "open": frontdesk.why_closed(service.key, room) is None,
                "hours": service.hours and pictures.timetable(service.hours),
            }
            for service in settings.services
        ],
        "desks": [pictures.desk(settings, room.desks.get(desk.key, Desk(desk.key))) for desk in settings.desks],
    }


@get("/api/line", roles=CALLERS, answers={200: shapes.Line})
def line(asker, asked):
    """Everyone open: at desks, then waiting in calling order, then called and not there."""
    newest, room = here().frontdesk.look()
    return {
        "step": newest,
        "now": room.at,
        "visits": pictures.everyone(here().settings, room, here().frontdesk.line(room)),
    }


@get("/api/visits/<visit>", roles=CALLERS, answers={200: shapes.Visit})
def visit(asker, asked, visit):
    """One visit, open or ended."""
    parts = here()
    found = parts.store.visit(parts.settings.office.key, visit)
    if found is None:
        raise Refusal("unknown_visit", status=404, visit=visit)
    return pictures.shown(parts.settings, found)


@get("/api/board", roles=ROLES, answers={200: shapes.Board})
def board(asker, asked):
    """What the lobby's board shows: the last calls, how many wait. Never a name, never a service."""
    return here().faces["/display"].picture(None)


@get("/api/figures", roles=MANAGERS, question=shapes.Period, answers={200: shapes.Figures})
def figures(asker, asked):
    """The figures of the days from `from` to `to`, both included; without them, of today."""
    parts = here()
    now = parts.frontdesk.now()
    measured = Figures(parts.settings, parts.store, parts.frontdesk.writer, blocking)
    return measured.between(*period(asked.first, asked.last, measured.today(now)), now)


@get("/health", roles=None, answers={200: shapes.Health, 503: shapes.Health})
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
