"""Appointments over the API: a day's list, taking them in (JSON, CSV or iCalendar), and cancelling one."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from reception.appointments.listed import Item
from reception.appointments.taking_in import Report, take_file, take_items
from reception.appointments.words import sentence
from reception.hours import day_of
from reception.refusals import Refusal
from reception.web.api.asking import CALLERS, MANAGERS, File, get, post
from reception.web.api.shapes import Answer, Instant, Question
from reception.web.blocking import blocking
from reception.web.parts import here

CSV, CALENDAR = "text/csv", "text/calendar"


class NewAppointments(Question):
    """Each is checked by itself; good ones are kept whatever the others are like."""

    appointments: list[Annotated[dict[str, Any], WithJsonSchema(Item.model_json_schema())]]


class OfDay(Question):
    day: Annotated[str | None, Field(description="Such as 2026-03-02; today")] = None


class PlainAppointment(Answer):
    id: str
    reference: str
    day: str
    service: str
    booked_at: Instant
    minutes: int | None
    state: Literal["booked", "arrived", "not_attended", "cancelled"]
    source: Annotated[str, Field(description="Where it came from: file, folder, command or api")]
    visit: Annotated[str | None, Field(description="The visit, once they have checked in")]
    arrived_at: Instant | None


class Appointment(PlainAppointment):
    name: str | None
    needs: list[str]


class Appointments(Answer):
    """The earliest first."""

    day: str
    appointments: list[Appointment]


class Mistake(Answer):
    line: Annotated[int, Field(description="Of a table; else which event or item, from 1. 0: the whole file")]
    code: str
    sentence: str


class Told(Answer):
    """What became of each: `wrong` were not taken in. `mistakes` and `notes` are the first of them, by line."""

    read: int
    new: int
    changed: int
    same: Annotated[int, Field(description="Known already, and as before")]
    cancelled: int
    kept: Annotated[int, Field(description="Left as they are, since they have arrived")]
    wrong: int
    mistakes: list[Mistake]
    notes: Annotated[list[Mistake], Field(description="Worth knowing; they were taken in")]


def _report(parts, report: Report, _path):
    counts = {name: getattr(report.taken, name) for name in report.taken.__slots__}
    most = parts.settings.appointments.report_lines
    return 200, {
        "read": report.read,
        **counts,
        "wrong": len(report.mistakes),
        "mistakes": [_mistake(one) for one in report.mistakes[:most]],
        "notes": [_mistake(one) for one in report.notes[:most]],
    }


def _appointment(_parts, appointment, _path):
    return 200, _shown(appointment)


@get("/api/appointments", roles=CALLERS, question=OfDay, answers={200: Appointments})
def appointments(asker, asked):
    """A day's appointments."""
    parts = here()
    day = _day(asked.day) if asked.day else day_of(parts.frontdesk.now(), parts.settings.zone)
    found = parts.frontdesk.appointments(day)
    told = parts.store.particulars(parts.settings.office.key, [one.id for one in found])
    return {"day": day, "appointments": [_with_known(one, told.get(one.id, {})) for one in found]}


@post(
    "/api/appointments",
    roles=MANAGERS,
    question=NewAppointments,
    files=(CSV, CALENDAR),
    answers={200: Told},
    word=_report,
)
def take_in(asker, asked, once):
    """Takes in appointments, known by their reference: nothing happens twice. Says what was not taken in, and why."""
    frontdesk = here().frontdesk
    if once:
        frontdesk.unless_answered(once)
    if isinstance(asked, File):
        name = "appointments.ics" if asked.kind == CALENDAR else "appointments.csv"
        report = take_file(frontdesk, asked.data, name, by=asker.by, source="api", run=blocking)
    else:
        report = take_items(frontdesk, asked.appointments, by=asker.by, source="api", run=blocking)
    if report.unreadable:
        raise Refusal("nothing_taken_in", status=422, why=sentence(report.unreadable))
    return frontdesk.answer(report, once=once, by=asker.by)


@post("/api/appointments/<appointment>/cancel", roles=CALLERS, answers={200: PlainAppointment}, word=_appointment)
def cancel_appointment(asker, asked, once, appointment):
    """It will not take place."""
    return here().frontdesk.cancel_appointment(appointment=appointment, by=asker.by, once=once)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Refusal("period_unreadable", status=422, given=text[:20]) from error


def _shown(appointment) -> dict:
    return {name: getattr(appointment, name) for name in PlainAppointment.model_fields}


def _with_known(appointment, told: dict) -> dict:
    return {**_shown(appointment), "name": told.get("name") or None, "needs": told.get("needs", "").split()}


def _mistake(mistake) -> dict:
    return {"line": mistake.line, "code": mistake.key, "sentence": sentence(mistake)}
