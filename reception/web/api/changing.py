"""The API's POSTs: each is one method of the front desk. What they ask and answer is declared in shapes.py."""

from reception.frontdesk import ANYONE, STEPS
from reception.keys import STAFF
from reception.web.api import pictures
from reception.web.api.asking import post
from reception.web.api.shapes import (
    Call,
    CallTo,
    Desk,
    Leaving,
    NewTicket,
    Nothing,
    OpenDesk,
    Step,
    Ticket,
    Visit,
    WalkIn,
)
from reception.web.parts import here

CALLERS = ("desk", *STAFF)
GIVERS = ("kiosk", *CALLERS)


def _visit(parts, visit, _path):
    return (200, pictures.shown(parts.settings, visit)) if visit else (204, None)


def _ticket(parts, issued, _path):
    return 201, pictures.ticket(parts.settings, issued)


def _desk(parts, desk, _path):
    return 200, pictures.desk(parts.settings, desk)


def _undone(parts, visits, path):
    """Of what the press touched, the visit asked about; at a desk, the one it was pressed for."""
    asked = next((visit for visit in visits if visit.id == path.get("visit")), visits[0])
    return 200, pictures.shown(parts.settings, asked)


def _leaving(asked: Leaving):
    return asked.leaving if "leaving" in asked.model_fields_set else ANYONE


# -- the visitor -------------------------------------------------------------------------------------------------


@post("/api/tickets", roles=GIVERS, question=NewTicket, answers={201: Ticket}, word=_ticket)
def issue(asker, asked, once):
    """Gives a ticket for a service."""
    kiosk, printers = asker.role == "kiosk", here().settings.printers
    wanted = kiosk if asked.print is None else asked.print
    return here().frontdesk.issue(
        service=asked.service,
        by=asker.by,
        channel="kiosk" if kiosk else "api",
        printer=printers[0].key if wanted and printers else None,
        once=once,
    )


# -- the desk ----------------------------------------------------------------------------------------------------


@post("/api/desks/<desk>/next", roles=CALLERS, question=Leaving, answers={200: Visit, 204: None}, word=_visit)
def call_next(asker, asked, once, desk):
    """Finishes whoever is at the desk and calls who is next for it; 204 when nobody it can help waits."""
    return here().frontdesk.call_next(desk=desk, by=asker.by, leaving=_leaving(asked), once=once)


@post("/api/desks/<desk>/walk-in", roles=CALLERS, question=WalkIn, answers={201: Ticket}, word=_ticket)
def walk_in(asker, asked, once, desk):
    """Helps somebody without a ticket at once, or gives them a place in the line."""
    return here().frontdesk.walk_in(
        desk=desk,
        service=asked.service,
        wait=asked.wait,
        by=asker.by,
        leaving=_leaving(asked),
        once=once,
    )


@post("/api/desks/<desk>/call", roles=CALLERS, question=Call, answers={200: Visit}, word=_visit)
def call_at(asker, asked, once, desk):
    """Calls this visitor to the desk, out of turn, by id or by number."""
    return here().frontdesk.call(
        desk=desk,
        visit=asked.visit,
        number=asked.number,
        reason=asked.reason,
        by=asker.by,
        leaving=_leaving(asked),
        once=once,
    )


@post("/api/desks/<desk>/undo", roles=CALLERS, answers={200: Visit}, word=_undone)
def undo_at(asker, asked, once, desk):
    """Takes back the last press at the desk, waits untouched."""
    return here().frontdesk.undo(desk=desk, by=asker.by, once=once)


@post("/api/desks/<desk>/open", roles=CALLERS, question=OpenDesk, answers={200: Desk}, word=_desk)
def open_desk(asker, asked, once, desk):
    """Opens the desk."""
    return _set(asker, once, desk, "open", take_over=asked.take_over)


@post("/api/desks/<desk>/pause", roles=CALLERS, answers={200: Desk}, word=_desk)
def pause_desk(asker, asked, once, desk):
    """Pauses the desk."""
    return _set(asker, once, desk, "paused")


@post("/api/desks/<desk>/close", roles=CALLERS, answers={200: Desk}, word=_desk)
def close_desk(asker, asked, once, desk):
    """Closes the desk; not while somebody is at it."""
    return _set(asker, once, desk, "closed")


def _set(asker, once, desk, state, take_over=False):
    return here().frontdesk.set_desk(desk=desk, state=state, by=asker.by, take_over=take_over, once=once)


# -- one visit ---------------------------------------------------------------------------------------------------


@post("/api/visits/<visit>/call", roles=CALLERS, question=CallTo, answers={200: Visit}, word=_visit)
def call_visit(asker, asked, once, visit):
    """Calls this visitor to a desk, out of turn."""
    return here().frontdesk.call(
        desk=asked.desk, visit=visit, reason=asked.reason, by=asker.by, leaving=_leaving(asked), once=once
    )


@post("/api/visits/<visit>/undo", roles=CALLERS, question=Nothing, answers={200: Visit}, word=_undone)
def undo_visit(asker, asked, once, visit):
    """Takes back the last press that changed this visit, waits untouched."""
    return here().frontdesk.undo(visit=visit, by=asker.by, once=once)


@post("/api/visits/<visit>/finish", roles=CALLERS, question=Step, answers={200: Visit}, word=_visit)
def finish(asker, asked, once, visit):
    """Ends the visit, or its leg."""
    return here().frontdesk.finish(visit=visit, desk=asked.desk, by=asker.by, once=once)


@post("/api/visits/<visit>/<step>", roles=CALLERS, question=Step, answers={200: Visit}, word=_visit)
def step(asker, asked, once, visit, step):
    """Takes any other step of an open visit."""
    return here().frontdesk.step(step.replace("-", "_"), visit=visit, desk=asked.desk, by=asker.by, once=once)


STEP_NAMES = tuple(STEPS)  # what <step> may be; hyphens do as well as underscores
