"""One day's visits for managers: each with its story in words, the correction of its times, cancelling and undo."""

import re
from datetime import date, datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from manage import behind, words
from manage.besides import besides
from manage.frame import blueprint, service_name, typed
from manage.story import FIELDS, KINDS, OUTCOMES, moment, story
from reception import hours
from reception.refusals import Refusal
from reception.stepping import TIMES
from reception.store import Step
from reception.undoing import press_to_undo
from reception.visit import OPEN, Visit
from reception.web.access import only
from reception.web.apart import apart
from reception.web.parts import here
from reception.web.saying import day_asked, today
from reception.web.words import STATES, sentence, visible

LONGEST_ID = 60
WAITS = ("waiting", "called", "held")
WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")  # as browsers send one


@blueprint.get("/visits")
@only("manage")
@apart
def visits(asker):
    """A day's visits; with a number, that visit; with a period or a figure, the visits behind it."""
    if behind.is_asked():
        return behind.listed(asker)
    parts, day = here(), day_asked().isoformat()
    number = "".join(request.args.get("number", "")[:20].split()).upper()
    error = None
    if number:
        found = parts.store.visit_by_number(parts.settings.office.key, day, number)
        if found:
            return redirect(url_for("manage.visit", visit=found.id))
        error = _("Nobody had the number %(number)s %(when)s.", number=visible(number), when=_when(day))
    start, end = hours.day_bounds(day, parts.settings.zone)
    found = parts.store.visits_between(parts.settings.office.key, start, end)
    return render_template(
        "manage/visits.html",
        asker=asker,
        day=day,
        today=today().isoformat(),
        when=_when(day),
        number=number,
        error=error,
        rows=[_row(visit) for visit in found],
        flagged=[_row(visit) for visit in parts.store.visits_flagged(parts.settings.office.key)],
        besides=besides(parts, parts.store.notes(parts.settings.office.key, start, end)),
    ), 404 if error else 200


@blueprint.get("/visits/<visit>")
@only("manage")
def visit(visit, asker):
    return _page(asker, _found(visit))


@blueprint.post("/visits/<visit>/correct")
@only("manage")
def correct(visit, asker):
    """Puts times right; a time that still reads as the page showed it stays as exact as it was."""
    found = _found(visit)
    form = typed(*TIMES, *(f"was-{name}" for name in TIMES), longest=LONGEST_ID)
    try:
        times = {name: _instant(found, form[name]) for name in TIMES if form[name] and not _as_shown(form, name)}
        before = {name: was for name in times if (was := _was(form, name)) is not None}
        here().frontdesk.correct(visit=found.id, by=asker.by, before=before, **times)
    except Refusal as refusal:
        return _page(asker, found, form=form, error=sentence(refusal, here().settings)), refusal.status
    said = _("The times are corrected. The figures %(when)s follow.", when=_when(found.day))
    flash(said if times else _("The times stay as they are."), "done")
    return redirect(url_for("manage.visit", visit=found.id))


@blueprint.post("/visits/<visit>/cancel")
@only("manage")
def cancel(visit, asker):
    found, why = _found(visit), request.form.get("reason", "")[:LONGEST_ID]
    return _taken(asker, found, lambda: here().frontdesk.step("cancel", visit=found.id, by=asker.by, reason=why))


@blueprint.post("/visits/<visit>/reprint")
@only("manage")
def reprint(visit, asker):
    """The slip once more, with the same number."""
    found, where = _found(visit), request.form.get("printer", "")[:LONGEST_ID]
    return _taken(asker, found, lambda: here().frontdesk.reprint(visit=found.id, by=asker.by, printer=where))


@blueprint.post("/visits/<visit>/undo")
@only("manage")
def undo(visit, asker):
    """Takes back the last press that changed this visit, if it is the one that the page showed."""
    found, shown = _found(visit), _number(request.form.get("press", ""))
    return _taken(asker, found, lambda: here().frontdesk.undo(visit=found.id, by=asker.by, press=shown))


# -- the page ----------------------------------------------------------------------------------------------------


def _taken(asker, found: Visit, ask):
    try:
        ask()
    except Refusal as refusal:
        return _page(asker, found, error=sentence(refusal, here().settings)), refusal.status
    flash(_("Done. The visit says so below."), "done")
    return redirect(url_for("manage.visit", visit=found.id))


def _page(asker, visit: Visit, form: dict | None = None, error: str | None = None) -> str:
    parts = here()
    steps = parts.store.steps(parts.settings.office.key, visit=visit.id)
    told = story(parts, steps)
    return render_template(
        "manage/visit.html",
        asker=asker,
        visit=visit,
        row=_row(visit),
        day=format_date(date.fromisoformat(visit.day), "EEEE d MMMM y"),
        story=told,
        known=_known(visit),
        times=[_time(visit, name, form) for name in TIMES if getattr(visit, name) is not None],
        reasons=parts.settings.reasons.cancel if visit.state in OPEN else (),
        undoable=_undoable(steps, told),
        outcome=OUTCOMES.get(visit.outcome),
        delivered=[service_name(key) for key in visit.delivered.split()],
        error=error,
        kept_days=parts.settings.keeping.particulars_days,
    )


def _row(visit: Visit) -> dict:
    """A visit as the lists show it: `{visit, state, waited_ms, still}`; `still`: the wait goes on."""
    until = visit.seen_at or visit.ended_at
    still = until is None and visit.state in WAITS
    waited = max(0, (until or here().frontdesk.now()) - visit.waits_from) if until or still else None
    return {"visit": visit, "state": STATES[visit.state], "waited_ms": waited, "still": still}


def _time(visit: Visit, name: str, form: dict | None) -> dict:
    at, settings = getattr(visit, name), here().settings
    shown = moment(at, settings, seconds=True)
    guessed = bool(getattr(visit, f"{name.removesuffix('_at')}_inferred", 0))
    if form and form[name] and not _as_shown(form, name):  # what was left alone is as it stands by now
        shown = form[name]
    return {"name": name, "label": FIELDS[name], "at": at, "shown": shown, "guessed": guessed}


def _known(visit: Visit) -> list[tuple[str, str]]:
    """What is still kept about the person: (what it is, the text)."""
    parts = here()
    told = parts.store.particulars(parts.settings.office.key, [visit.id]).get(visit.id, {})
    needs = parts.settings.need
    if "needs" in told:
        told["needs"] = ", ".join(needs[key].name if key in needs else key for key in told["needs"].split())
    return [(str(KINDS.get(kind, kind)).capitalize(), text) for kind, text in told.items() if text]


def _undoable(steps: list[Step], told: list) -> tuple[int, str] | None:
    """The press that Undo would take back, and its words; None where there is nothing, or it is too long ago."""
    try:
        last = press_to_undo(reversed(steps))
    except Refusal:
        return None
    settings = here().settings
    if last.at < here().frontdesk.now() - settings.desk.undo_seconds * 1000:
        return None
    return last.press, next(one.words for one, step in zip(told, steps, strict=True) if step is last)


# -- helpers -----------------------------------------------------------------------------------------------------


def _found(visit: str) -> Visit:
    found = here().store.visit(here().settings.office.key, visit[:LONGEST_ID])
    if found is None:
        raise Refusal("unknown_visit", status=404, visit=visit[:LONGEST_ID])
    return found


def _as_shown(form: dict, name: str) -> bool:
    """Whether the time still reads as it did: then its milliseconds, which no form shows, stay, too."""
    was = _was(form, name)
    if was is None:
        return False
    shown = moment(was, here().settings, seconds=True)
    return form[name] in (shown, shown.removesuffix(":00"))  # browsers leave out seconds that are none


def _was(form: dict, name: str) -> int | None:
    """The instant that the page showed."""
    return _number(form[f"was-{name}"])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 14 else None


def _instant(visit: Visit, text: str) -> int:
    """The instant of a wall time such as "10:02:30" on the visit's own day."""
    if not WALL_TIME.fullmatch(text):
        raise Refusal("times_implausible", status=422, number=visit.number)
    wall = datetime.combine(date.fromisoformat(visit.day), time.fromisoformat(text), here().settings.zone)
    return round(wall.timestamp() * 1000)


def _when(day: str) -> str:
    return words.when(date.fromisoformat(day), date.fromisoformat(day), today())
