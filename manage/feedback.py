"""The log of feedback for managers: what waits and by when, and what was told in a period as a table, without what
anybody wrote. That stands on each one's own page (one_feedback.py), for those who may read it.
"""

import csv
import io
from datetime import date, timedelta

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage import feedback_words as said
from manage import words
from manage.frame import blueprint, safe
from reception.feedback.life import KINDS, OPEN
from reception.feedback.rows import Feedback, Stage, next_date, standing
from reception.figures import period
from reception.refusals import Refusal
from reception.web.access import only
from reception.web.apart import apart
from reception.web.parts import here
from reception.web.saying import service_name, today
from reception.web.words import sentence, visible

LOOKED_BACK = timedelta(days=90)
LISTED = 300
SIGNS = 5  # of a reference, behind its "F-"
MOST_READ = 500  # at once: each is noted as read
WORDS = ("text", "contact", "done", "answer 1", "answer 2")
PRESSING = ("late", "due", "open")  # the most pressing first
FILTERS = ("kind", "theme", "service", "stage", "owner")
COLUMNS = (
    *("reference", "kind", "theme", "service", "source", "told_on", "stage", "state", "next_date", "answered_on"),
    *("promised_on", "finding", "extended"),
)


@blueprint.get("/feedback")
@only("manage")
@apart
def feedback(asker):
    """What is open, the most pressing first, and what was told in a period; with a reference, that one. Where the
    period cannot be asked for: what is wrong with it, and what is open."""
    wanted, chosen, ended = request.args.get("reference", "")[:20], _chosen(), {}
    if found := _referred(wanted):
        return redirect(url_for("manage.one_feedback", feedback=found.id))
    error = wanted and _("Nothing was told with the reference %(reference)s.", reference=visible(wanted))
    status, asked = 404 if wanted else 200, _typed_days()
    try:
        first, last = asked_days()
        asked = {"from": first.isoformat(), "to": last.isoformat()}
        ended = _ended(first, last, chosen)
    except Refusal as refusal:
        error, status = sentence(refusal, here().settings), refusal.status
    still = log_rows(*_found("AND state = 'open'", (), chosen))
    many = {name: sum(row["standing"] == name for row in still) for name in PRESSING}
    return render_template(
        "manage/feedback.html",
        asker=asker,
        says=said.headline(many["late"], many["due"], len(still), narrowed=any(chosen.values())),
        still=still,
        **ended,
        asked=asked | chosen,
        address={name: value for name, value in (asked | chosen).items() if value},
        choices=_choices(),
        narrowed=any(chosen.values()),
        wanted=wanted,
        error=error,
        reads=may_read(asker),
        today=today().isoformat(),
        said=said,
    ), status


@blueprint.get("/feedback.csv", defaults={"written": "csv"})
@blueprint.get("/feedback.json", defaults={"written": "json"})
@only("manage")
def feedback_table(written, asker):
    """All that was told in the period, and nothing else; with ?words=yes also what was written, for those who may read
    it, which is recorded."""
    first, last = asked_days()
    found, stages = _told_in(first, last, _chosen())
    rows, columns = [_told(row) for row in log_rows(found, stages)], COLUMNS
    if request.args.get("words") == "yes":
        rows, columns = _with_words(rows, found, asker), (*COLUMNS, *WORDS)
    if written == "json":
        return jsonify(feedback=rows)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([safe("" if row[name] is None else row[name]) for name in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="feedback-{first}-to-{last}.csv"'}
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _referred(text: str) -> Feedback | None:
    """Whose reference it is, however it was typed: "F-7K3Q9", "f7k3q9", "7K3 Q9"."""
    signs = "".join(text.upper().split()).replace("-", "")
    signs = signs[1:] if len(signs) > SIGNS and signs.startswith("F") else signs
    where = "AND reference = ?"
    found = here().store.things(Feedback, here().frontdesk.office, where, (f"F-{signs}",)) if signs else []
    return found[0] if found else None


# -- the list ------------------------------------------------------------------------------------------------------


def asked_days() -> tuple[date, date]:
    """The period, until today and three months long where nothing else is asked for; a Refusal where it cannot be."""
    typed, now = _typed_days(), today()
    last = typed["to"] or now.isoformat()
    start, end = period(typed["from"] or last, last, now)
    return (start if typed["from"] else end - LOOKED_BACK), end


def _typed_days() -> dict[str, str]:
    """As they stand in the address; the older spelling is understood, too."""
    names = {"from": "since", "to": "until"}
    return {name: (request.args.get(name) or request.args.get(old, "")).strip()[:20] for name, old in names.items()}


def _chosen() -> dict[str, str]:
    return {name: request.args.get(name, "")[:60] for name in FILTERS}


def _ended(first: date, last: date, chosen: dict[str, str]) -> dict:
    """What was told in the period and is not open, as the page shows it: as much as it lists, and how much more."""
    found, stages = _told_in(first, last, chosen)
    ended = [one for one in found if one.state != OPEN]
    return {
        "when": words.when(first, last, today()),
        "ended": log_rows(ended[:LISTED], stages),
        "more": max(0, len(ended) - LISTED),
    }


def _told_in(first: date, last: date, chosen: dict[str, str]) -> tuple[list[Feedback], dict[str, Stage]]:
    return _found("AND made_on BETWEEN ? AND ?", (first.isoformat(), last.isoformat()), chosen)


def _found(which: str, values: tuple, chosen: dict[str, str]) -> tuple[list[Feedback], dict[str, Stage]]:
    """Those that an SQL condition names and that fit, the newest first; and each one's last stage."""
    store, office = here().store, here().frontdesk.office
    found = store.things(Feedback, office, f"{which} ORDER BY made_at DESC, id DESC", values)
    where = f"AND feedback IN (SELECT id FROM feedback WHERE office = ? {which}) ORDER BY feedback, stage"
    stages = {stage.feedback: stage for stage in store.things(Stage, office, where, (office, *values))}
    return [one for one in found if _fits(one, chosen)], stages


def log_rows(found: list[Feedback], stages: dict[str, Stage]) -> list[dict]:
    """A line for each: what is open first, the most pressing of it before the rest."""
    now, soon = today().isoformat(), here().frontdesk.by_when(days=here().settings.feedback.remind_days_before)
    rows = [log_row(one, stages.get(one.id), now, soon) for one in found]
    order = {name: place for place, name in enumerate(PRESSING)}
    return sorted(rows, key=lambda row: (order.get(row["standing"], len(order)), row["by"] or "9999"))


def log_row(one: Feedback, stage: Stage | None, now: str, soon: str) -> dict:
    """One line of the log: `one`, its last `stage`, how it stands, and by when something is due (`by`, `left`)."""
    settings, by = here().settings, next_date(one, stage)
    theme = settings.feedback.theme.get(one.theme)
    return {
        "one": one,
        "stage": stage,
        "standing": standing(one, stage, now, soon),
        "by": by,
        "left": None if by is None else here().frontdesk.working_days_left(by),
        "theme": theme.name if theme else one.theme or "",
        "service": service_name(one.service, settings) if one.service else "",
        "owner": _owner(one.owner) if one.owner else "",
    }


def _owner(owner: str) -> str:
    keys = here().keys
    if any(owner == f"person:{person.id}" for person in keys.people()):
        return keys.name_of(owner)
    return _("%(name)s, who has left", name=keys.name_of(owner) or _("somebody"))


def _fits(one: Feedback, chosen: dict[str, str]) -> bool:
    return all(not value or str(getattr(one, name)) == value for name, value in chosen.items())


def _choices() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, label, what can be chosen) of each filter."""
    settings = here().settings
    stages = [(str(number), _("Stage %(stage)s", stage=number)) for number in range(1, len(settings.feedback.days) + 1)]
    return [
        ("kind", _("What it is"), [(kind, str(said.KINDS[kind])) for kind in KINDS]),
        ("stage", _("Stage"), stages),
        ("theme", _("About"), [(theme.key, theme.name) for theme in settings.feedback.themes]),
        ("service", _("Service"), [(service.key, service.name) for service in settings.services]),
        ("owner", _("Whose it is"), [(f"person:{one.id}", one.name) for one in those_who_read()]),
    ]


def _with_words(rows: list[dict], found: list[Feedback], asker) -> list[dict]:
    """The rows with their texts; refused to who may not read them, and for more than can be noted as read at once."""
    if not may_read(asker):
        raise Refusal("not_allowed", status=403)
    if len(found) > MOST_READ:
        raise Refusal("feedback_too_many", status=422, most=MOST_READ)
    texts = {one.reference: here().frontdesk.read_feedback(feedback=one.id, by=asker.by) for one in found}
    return [row | {name: texts[row["reference"]].get(name) for name in WORDS} for row in rows]


def may_read(asker) -> bool:
    """Whether somebody may see what was written, by the office's settings."""
    sign_ins = {person.id: person.sign_in for person in here().keys.people()}
    return here().settings.feedback.is_read_by(asker.role, sign_ins.get(asker.person))


def those_who_read() -> list:
    """The people who may read what was written: whose a complaint can be."""
    rules = here().settings.feedback
    return [person for person in here().keys.people() if rules.is_read_by(person.role, person.sign_in)]


def _told(row: dict) -> dict:
    one, stage = row["one"], row["stage"]
    return {
        **{name: getattr(one, name) for name in ("reference", "kind", "theme", "service", "source", "stage", "state")},
        "told_on": one.made_on,
        "next_date": row["by"],
        **{name: stage and getattr(stage, name) for name in ("answered_on", "promised_on", "finding", "extended")},
    }
