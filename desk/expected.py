"""Appointments of a day: who is expected, who has come and how punctually all went; checked in by one press."""

from statistics import median

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from desk.staff import blueprint, day_said, lasting, needs_said, said_to_staff
from reception.refusals import Refusal
from reception.things import Appointment
from reception.visit import Visit
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import day_asked, service_name, time_of_day, today, typed

MINUTE_MS = 60_000


@blueprint.get("/appointments", strict_slashes=False)
@only("desk")
def appointments(asker):
    return _list(asker)


@blueprint.post("/appointments/check-in")
@only("desk")
def check_in(asker):
    """One press. Too early, it is asked once more."""
    appointment = typed("appointment")
    try:
        issued = here().frontdesk.check_in(
            appointment=appointment,
            by=asker.by,
            channel="desk",
            greeted=True,
            anyway=bool(request.form.get("anyway")),
        )
    except Refusal as refusal:
        return _list(asker, refusal, appointment)
    sentence = ngettext(
        "%(number)s is their number. %(num)d person is ahead of them.",
        "%(number)s is their number. %(num)d people are ahead of them.",
        issued.ahead,
        number=issued.visit.number,
    )
    flash(sentence if issued.ahead else _("%(number)s is their number.", number=issued.visit.number), "done")
    return redirect(url_for("staff.appointments"))


@blueprint.get("/appointments/<appointment>/cancel")
@only("desk")
def ask_to_cancel(appointment: str, asker):
    return _page(appointment, asker)


@blueprint.post("/appointments/<appointment>/cancel")
@only("desk")
def cancel(appointment: str, asker):
    try:
        gone = here().frontdesk.cancel_appointment(appointment=appointment, by=asker.by)
    except Refusal as refusal:
        return _page(appointment, asker, refusal)
    flash(_("The appointment %(reference)s is cancelled.", reference=gone.reference), "done")
    return redirect(url_for("staff.appointments", day=gone.day))


def _list(asker, wrong: Refusal | None = None, asked: str | None = None):
    day = day_asked()
    found = _rows(here().frontdesk.appointments(day.isoformat()))
    page = render_template(
        "desk/expected.html",
        asker=asker,
        day=day,
        is_today=day == today(),
        day_said=day_said(day),
        rows=found,
        summary=_summary(found),
        wrong=wrong and said_to_staff(wrong),
        early=asked if wrong and wrong.key == "appointment_early" else None,
    )
    return page, wrong.status if wrong else 200


def _page(appointment: str, asker, wrong: Refusal | None = None):
    found = here().store.thing(Appointment, here().frontdesk.office, appointment)
    if not found:
        raise Refusal("appointment_not_found_for_staff", status=404)
    (row,) = _rows([found])
    page = render_template(
        "desk/cancel_appointment.html", asker=asker, row=row, day=found.day, wrong=wrong and said_to_staff(wrong)
    )
    return page, wrong.status if wrong else 200


def _rows(found: list[Appointment]) -> list[dict]:
    parts, now = here(), here().frontdesk.now()
    store, office = parts.store, parts.frontdesk.office
    known = store.particulars(office, [one.id for one in found])
    visits = {one.id: store.visit(office, one.visit) for one in found if one.visit}
    return [_row(one, known.get(one.id, {}), visits.get(one.id), now) for one in found]


def _row(one: Appointment, known: dict[str, str], visit: Visit | None, now: int) -> dict:
    state = "late" if one.state == "booked" and now > one.booked_at else one.state
    arrived = one.arrived_at - one.booked_at if one.arrived_at else None
    seen = visit.seen_at - one.booked_at if visit and visit.seen_at else None
    return {
        "id": one.id,
        "time": time_of_day(one.booked_at),
        "reference": one.reference,
        "name": known.get("name"),
        "service": service_name(one.service, here().settings),
        "needs": ", ".join(needs_said(here().settings, known.get("needs", ""))),
        "state": state,
        "number": visit.number if visit else None,
        "arrived_ms": arrived,
        "seen_ms": seen,
        "punctual": [said for said in (_arrived(arrived), _seen(seen)) if said],
        "may_come": one.state in ("booked", "not_attended"),
    }


def _arrived(ms: int | None) -> str | None:
    if ms is None:
        return None
    if abs(ms) < MINUTE_MS:
        return _("came on time")
    said = lasting(abs(ms))
    return _("came %(time)s early", time=said) if ms < 0 else _("came %(time)s late", time=said)


def _seen(ms: int | None) -> str | None:
    if ms is None:
        return None
    if abs(ms) < MINUTE_MS:
        return _("seen on time")
    said = lasting(abs(ms))
    return _("seen %(time)s early", time=said) if ms < 0 else _("seen %(time)s after", time=said)


def _summary(rows: list[dict]) -> list[str]:
    """The day in two or three sentences: how many of each, who came late, how long after the time they were seen."""
    rows = [row for row in rows if row["state"] != "cancelled"]
    if not rows:
        return [_("No appointments.")]
    came = [row["arrived_ms"] for row in rows if row["arrived_ms"] is not None]
    missed = sum(row["state"] == "not_attended" for row in rows)
    to_come = len(rows) - len(came) - missed
    found = [
        ngettext("%(num)d appointment: ", "%(num)d appointments: ", len(rows))
        + _(
            "%(came)s came, %(to_come)s still expected, %(missed)s did not attend.",
            came=len(came),
            to_come=to_come,
            missed=missed,
        )
    ]
    if came:
        late = sum(ms >= MINUTE_MS for ms in came)
        sentence = ngettext("%(num)d of those who came was late.", "%(num)d of those who came were late.", late)
        found.append(sentence if late else _("Nobody who came was late."))
    if seen := [max(0, row["seen_ms"]) for row in rows if row["seen_ms"] is not None]:
        middle, longest = lasting(round(median(seen))), lasting(max(seen))
        said = _("They were seen %(middle)s after their time, in the middle; %(longest)s at the longest.")
        found.append(said % {"middle": middle, "longest": longest})
    return found
