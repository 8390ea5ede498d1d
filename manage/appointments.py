"""Appointments for managers: a day's list with who came and how punctually, and taking in a file of them.

What became of a file is told by line, and kept for a while in memory for looking at and downloading: it says where a
line is wrong, never what it holds.
"""

import csv
import io
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, current_app, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from manage import words
from manage.frame import blueprint, safe
from reception import hours
from reception.appointments import csv_file
from reception.appointments.booked import Mistake
from reception.appointments.taking_in import Report, take_file
from reception.appointments.words import COLUMNS
from reception.appointments.words import sentence as said_of
from reception.refusals import Refusal, StoreFault
from reception.things import Appointment
from reception.web.access import only, visitor_of
from reception.web.blocking import blocking
from reception.web.parts import here
from reception.web.saying import day_asked, today
from reception.web.words import sentence, visible

LISTED = 500  # appointments of one day on the page
SHOWN = 50  # mistakes on the report's page; the download has them all
REPORTS = 4  # of the last files, kept for looking at
MEGABYTE = 1024 * 1024
LONGEST_NAME = 80
STATES = {
    "booked": _l("To come"),
    "missing": _l("Not here yet"),
    "arrived": _l("Came"),
    "not_attended": _l("Did not attend"),
    "cancelled": _l("Cancelled"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and who may look at it again: whoever gave the file."""

    by: str
    at: int
    report: Report


@blueprint.url_value_preprocessor
def room_for_a_file(endpoint, _values):
    """The one request that may be large, and a manager's alone. It must be said before the form's token is looked
    for, which reads the form."""
    if endpoint == "manage.take_in" and visitor_of("manage"):
        request.max_content_length = here().settings.appointments.largest_megabytes * MEGABYTE


@blueprint.get("/appointments")
@only("manage")
def appointments(asker):
    return _page(asker)


@blueprint.post("/appointments")
@only("manage")
def take_in(asker):
    """Takes in the file: what is right of it is kept, and the report says what is not."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(asker, error=_("Choose a file first: CSV, or iCalendar (.ics).")), 422
    data, name = sent.read(), visible(sent.filename)[-LONGEST_NAME:]
    try:
        report = take_file(here().frontdesk, data, name, by=asker.by, source="manage", run=blocking)
    except (Refusal, StoreFault) as refusal:
        again = _("Give the file again later: nothing is taken in twice.")
        return _page(asker, error=f"{sentence(refusal, here().settings)} {again}"), refusal.status
    return redirect(url_for("manage.report", key=_keep(report, asker)))


@blueprint.get("/appointments/reports/<int:key>")
@only("manage")
def report(key, asker):
    kept = _kept(key, asker)
    if kept is None:
        return _page(asker, error=_gone()), 404
    found = kept.report
    return render_template(
        "manage/report.html",
        asker=asker,
        key=key,
        report=found,
        at=kept.at,
        says=_says(found),
        mistakes=[said_of(one) for one in found.mistakes[:SHOWN]],
        more=max(0, len(found.mistakes) - SHOWN),
        notes=[said_of(one) for one in found.notes[:SHOWN]],
        more_notes=max(0, len(found.notes) - SHOWN),
    )


@blueprint.get("/appointments/reports/<int:key>.csv")
@only("manage")
def report_csv(key, asker):
    """Every mistake and note of a file by its line, however many."""
    kept = _kept(key, asker)
    if kept is None:
        return _page(asker, error=_gone()), 404
    return _csv(_lines(kept.report), f"appointments-report-{key}.csv")


@blueprint.get("/appointments/columns")
@only("manage")
def columns(asker):
    """What a file may look like."""
    settings = here().settings
    return render_template(
        "manage/columns.html",
        asker=asker,
        columns=[(COLUMNS[key], names, _holds(key)) for key, names in csv_file.COLUMNS.items()],
        services=settings.services,
        needs=settings.needs,
        settings=settings.appointments,
    )


@blueprint.get("/appointments/example.csv")
@only("manage")
def example(asker):
    """A small file that is taken in as it stands."""
    return _csv(_example(), "appointments-example.csv")


# -- the day's list ----------------------------------------------------------------------------------------------


def _page(asker, error: str | None = None) -> str:
    parts, day = here(), day_asked().isoformat()
    now = parts.frontdesk.now()
    office = parts.settings.office.key
    found = parts.store.things(Appointment, office, "AND day = ? ORDER BY booked_at, id LIMIT ?", (day, LISTED))
    attendance = parts.frontdesk.attendance(day, now)
    start, end = hours.day_bounds(day, parts.settings.zone)
    came = [one.visit for one in found if one.visit]
    numbers = {v.id: v.number for v in parts.store.visits_between(office, start, end)} if came else {}
    return render_template(
        "manage/appointments.html",
        asker=asker,
        error=error,
        day=day,
        when=words.when(date.fromisoformat(day), date.fromisoformat(day), today()),
        rows=[_row(one, numbers, now) for one in found],
        more=sum(attendance.values()) - len(found),
        total=sum(attendance.values()) - attendance["cancelled"],
        attendance=attendance,
        settings=parts.settings.appointments,
    )


def _row(one: Appointment, numbers: dict[str, str], now: int) -> dict:
    """An appointment as the list shows it; nothing of the person, who is at the desk's own list."""
    state = "missing" if one.state == "booked" and one.booked_at <= now else one.state
    return {
        "one": one,
        "state": state,
        "words": STATES[state],
        "number": numbers.get(one.visit),
        "punctual": _punctual(one) if one.arrived_at else "",
    }


def _punctual(one: Appointment) -> str:
    minutes = round((one.arrived_at - one.booked_at) / 60_000)
    if minutes < 0:
        return ngettext("%(num)d minute early", "%(num)d minutes early", -minutes)
    return ngettext("%(num)d minute late", "%(num)d minutes late", minutes) if minutes else _("to the minute")


# -- the report --------------------------------------------------------------------------------------------------


def _reports() -> OrderedDict[int, Kept]:
    return current_app.extensions.setdefault("appointment reports", OrderedDict())


def _keep(report: Report, asker) -> int:
    reports, at = _reports(), here().frontdesk.now()
    key = max([at, *(key + 1 for key in reports)])
    reports[key] = Kept(asker.by, at, report)
    while len(reports) > REPORTS:
        reports.popitem(last=False)
    return key


def _kept(key: int, asker) -> Kept | None:
    kept = _reports().get(key)
    return kept if kept and kept.by == asker.by else None


def _gone() -> str:
    return _("That report is not kept any more. Give the file again to see it: nothing is taken in twice.")


def _says(report: Report) -> str:
    """What became of the file, in a sentence."""
    taken, wrong = report.taken, sum(mistake.line > 0 for mistake in report.mistakes)
    changed = [
        ngettext("%(num)d appointment is new", "%(num)d appointments are new", taken.new) if taken.new else "",
        ngettext("%(num)d has changed", "%(num)d have changed", taken.changed) if taken.changed else "",
        ngettext("%(num)d is cancelled", "%(num)d are cancelled", taken.cancelled) if taken.cancelled else "",
    ]
    said = ", ".join(filter(None, changed))
    if not said:
        said = _("Nothing is changed: all of this was here already") if taken.same else _("Nothing was taken in")
    if wrong:
        left_out = ngettext("%(num)d line could not be read", "%(num)d lines could not be read", wrong)
        said = f"{said}; {left_out}"
    return f"{said}."


def _lines(report: Report):
    yield [_("line"), _("kind"), _("what is the matter")]
    for kind, found in ((_("left out"), report.mistakes), (_("note"), report.notes)):
        for one in found:
            yield [one.line or "", kind, said_of(Mistake(0, one.key, one.values))]


def _csv(rows, name: str) -> Response:
    """A table to download. A long one is written little by little, so that desks go on meanwhile."""

    def written():
        for count, row in enumerate(rows):
            text = io.StringIO()
            csv.writer(text).writerow([safe(str(cell)) for cell in row])
            yield text.getvalue()
            if count % 100 == 0:
                time.sleep(0)

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(written()), content_type="text/csv; charset=utf-8", headers=headers)


# -- what a file may look like -----------------------------------------------------------------------------------


def _holds(column: str) -> str:
    return {
        "reference": _(
            "The booking’s own reference, at most 60 characters. Needed; the same one again is the same booking."
        ),
        "service": _("A service of this office, by key or name. Needed."),
        "date": _("2026-03-02 or 02/03/2026. Needed, unless start holds date and time."),
        "time": _("09:30, 9.30 or 9:30am. Needed, unless start holds date and time."),
        "start": _("Date and time together: 2026-03-02 09:30."),
        "minutes": _("How long it takes, such as 30."),
        "name": _("Shown to the desk that calls; deleted soon after the day."),
        "postcode": _("With the initial of the name it lets somebody check in who has no reference to hand."),
        "needs": _("Needs of this office, with ; between them."),
        "status": _("“Cancelled” takes the booking back; anything else is a booking."),
    }[column]


def _example():
    """Two bookings of tomorrow, for services of this office."""
    settings, tomorrow = here().settings, (today() + timedelta(days=1)).isoformat()
    services, needs = [one.key for one in settings.services], [one.key for one in settings.needs]
    yield ["reference", "service", "start", "minutes", "name", "postcode", "needs", "status"]
    yield ["EX-1001", services[0], f"{tomorrow} 09:30", 30, "Sam Sample", "ZZ1 1ZZ", ";".join(needs[:1]), ""]
    yield ["EX-1002", services[-1], f"{tomorrow} 10:15", 20, "Alex Example", "ZZ1 2ZZ", "", ""]
