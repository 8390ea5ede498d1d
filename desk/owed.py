"""What the office owes people: one list of promises, papers and call-backs, each with its own page, kept by one press.

Papers that are handed in and call-backs begin here, too. What is typed stays in the form until it is stored.
"""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from desk import promised
from desk.staff import blueprint, day_said, lasting, printer_named, said_to_staff
from reception.door import Answered
from reception.owing import Promised
from reception.refusals import Refusal
from reception.things import Promise
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import typed
from reception.web.showing import once, showing

DAY_MS = 86_400_000
NEW = ("documents", "call_back")


# -- the list ----------------------------------------------------------------------------------------------------


@blueprint.get("/owed", strict_slashes=False)
@only("desk")
def owed(asker):
    return _list(asker)


@blueprint.post("/owed/keep")
@only("desk")
def keep(asker):
    """From the list, and from a promise's own page."""
    try:
        kept = here().frontdesk.keep(promise=typed("promise"), by=asker.by)
    except Refusal as refusal:
        return _list(asker, wrong=refusal)
    flash(_("%(reference)s is kept.", reference=kept.reference), "done")
    return redirect(url_for("staff.owed", whose=request.form.get("whose") or None))


@blueprint.post("/owed/still-owed")
@only("desk")
def still_owed(asker):
    """The wrong row was pressed."""
    try:
        here().frontdesk.still_owed(promise=typed("promise"), by=asker.by)
    except Refusal as refusal:
        return _list(asker, wrong=refusal)
    return redirect(url_for("staff.owed", whose=request.form.get("whose") or None))


@blueprint.post("/owed/team")
@only("desk")
def my_team(asker):
    team = typed("team")
    if team and team not in here().settings.team:
        raise Refusal("unknown_team", status=422, team=team, teams=", ".join(here().settings.team))
    here().frontdesk.prefer(who=asker.by, name="team", value=team)
    return redirect(url_for("staff.owed", whose="team" if team else None))


def _list(asker, wrong: Refusal | None = None):
    parts = here()
    now, team = parts.frontdesk.now(), _team_of(asker)
    ended_since = now - parts.settings.promises.listed_days * DAY_MS
    whose = request.values.get("whose")
    whose = whose if whose in ("mine", "team") else "all"
    found = [
        promise
        for promise in parts.frontdesk.promises(ended_since=ended_since)
        if whose == "all" or (promise.owner == asker.by if whose == "mine" else team and promise.team == team)
    ]
    shown = promised.rows(found, now)
    page = render_template(
        "desk/owed.html",
        asker=asker,
        whose=whose,
        team=parts.settings.team.get(team),
        teams=parts.settings.teams,
        standings={key: [row for row in shown if row["standing"] == key] for key in ("late", "due", "open")},
        ended=[row for row in shown if row["ended"]],
        wrong=wrong and said_to_staff(wrong),
    )
    return page, wrong.status if wrong else 200


def _team_of(asker) -> str | None:
    return here().store.preferences(here().frontdesk.office, asker.by).get("team")


# -- one promise -------------------------------------------------------------------------------------------------


@blueprint.get("/owed/<promise>")
@only("desk")
def one(promise: str, asker):
    return _page(asker, _promise(promise))


@blueprint.post("/owed/<promise>/change")
@only("desk")
def change(promise: str, asker):
    found, owner = _promise(promise), typed("owner")
    due_on = typed("due_on")
    whose, _, key = owner.partition(":")
    asked = {
        "owner": asker.by if owner == "me" else owner if whose == "person" else None,
        "team": key if whose == "team" else None,
        "due_on": due_on if due_on != found.due_on else None,
    }
    return _changed(asker, found, **asked)


@blueprint.post("/owed/<promise>/withdraw")
@only("desk")
def withdraw(promise: str, asker):
    return _changed(asker, _promise(promise), withdraw=True)


def _changed(asker, found: Promise, **asked):
    try:
        here().frontdesk.change_promise(promise=found.id, by=asker.by, reason=typed("reason") or None, **asked)
    except Refusal as refusal:
        return _page(asker, _promise(found.id), refusal)
    return redirect(url_for("staff.one", promise=found.id))


def _promise(promise: str) -> Promise:
    found = here().store.thing(Promise, here().frontdesk.office, promise)
    if not found:
        raise Refusal("unknown_promise", status=404)
    return found


def _page(asker, found: Promise, wrong: Refusal | None = None):
    (row,) = promised.rows([found], here().frontdesk.now())
    page = render_template(
        "desk/promise.html",
        asker=asker,
        promise=row,
        due_on=found.due_on,
        first=promised.first_due(found),
        trail=promised.trail(found),
        owners=promised.owners(asker),
        reasons=here().settings.reasons.change,
        form=request.form if wrong else {},
        wrong=wrong and said_to_staff(wrong),
    )
    return page, wrong.status if wrong else 200


# -- something new -----------------------------------------------------------------------------------------------


@blueprint.get("/owed/new/<any(documents, call_back):kind>")
@only("desk")
def new_promise(kind: str, asker):
    return _form(kind, asker, {"number": request.args.get("number", "")[:8], "showing": showing()})


@blueprint.post("/owed/new/<any(documents, call_back):kind>")
@only("desk")
def add_promise(kind: str, asker):
    frontdesk = here().frontdesk
    try:
        visit = frontdesk.numbered(typed("number")).id if typed("number") else None
        printer = printer_named(typed("printer"))
        asked = _asked(kind, asker)
        made = frontdesk.promise(asked, by=asker.by, visit=visit, printer=printer, once=once(asker, "promise")).id
    except Answered as before:
        made, printer = before.body, None
    except Refusal as refusal:
        return _form(kind, asker, request.form, refusal)
    if printer:
        flash(_("A receipt is printing: %(printer)s.", printer=here().settings.printer[printer].name), "done")
    return redirect(url_for("staff.one", promise=made, new=1))


def _asked(kind: str, asker) -> Promised:
    whose, _colon, key = typed("whose").partition(":")
    return Promised(
        what=typed("what"),
        kind=kind,
        contact=typed("contact"),
        service=typed("service") or None,
        team=key if whose == "team" else None,
        owner=f"person:{key}" if whose == "person" else None if whose == "team" else asker.by,
        days=_number("days") if kind == "documents" else None,
        minutes=_number("minutes") if kind == "call_back" else None,
    )


def _number(name: str) -> int | None:
    given = typed(name)
    if given and not (given.isascii() and given.isdigit() and len(given) < 6):
        raise Refusal("due_implausible", status=422)
    return int(given) if given else None


def _form(kind: str, asker, form, wrong: Refusal | None = None):
    parts = here()
    rules, desk = parts.settings.promises, _desk_of(asker)
    page = render_template(
        "desk/new_promise.html",
        asker=asker,
        kind=kind,
        form=form,
        wrong=wrong and said_to_staff(wrong),
        services=parts.settings.services,
        owners=promised.owners(asker),
        printers=parts.settings.printers,
        nearest=parts.frontdesk.nearest_printer(desk),
        days=rules.documents_days,
        due=day_said(date.fromisoformat(parts.frontdesk.by_when(days=rules.documents_days))),
        minutes=[(n, lasting(n * 60_000)) for n in sorted({*rules.call_back_offered, rules.call_back_minutes})],
        usual=rules.call_back_minutes,
    )
    return page, wrong.status if wrong else 200


def _desk_of(asker) -> str | None:
    """Where they sit, for the printer nearest to it."""
    desks = here().frontdesk.look()[1].desks.values()
    return next((desk.key for desk in desks if desk.person == asker.by and desk.state != "closed"), None)
