"""What happened beside the visits, for the figures' page: new rules, outages, and a manager's note on each of those."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage import event_words, words
from manage.frame import blueprint
from reception.annotating import LONGEST_NOTE
from reception.hours import local
from reception.refusals import Refusal
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import today as day_now
from reception.web.saying import typed
from reception.web.words import sentence

SHOWN = 40  # the newest; all of them stand in the spreadsheet
LONGEST_QUESTION = 2000


def events(report: dict, today: date) -> list[dict]:
    """`{day, words, id, note}` in the order of time; `id` is an outage's, on which a note may be written."""
    found = [
        {"day": day, "words": said, "id": None, "note": None} for day, said in event_words.changes(report["rules"])
    ]
    for one in report["outages"]:
        day = local(one["started_at"], here().settings.zone).date().isoformat()
        found.append({"day": day, "words": _said(one, today), "id": one["id"], "note": one["note"]})
    return sorted(found, key=lambda one: one["day"])


def _said(outage: dict, today: date) -> str:
    times = (outage["started_at"], outage["ended_at"])
    start, end = (at and words.moment(local(at, here().settings.zone), today) for at in times)
    return event_words.outage(outage, start, end, name_of(outage))


def name_of(outage: dict) -> str | None:
    """The name of the kiosk that was away."""
    return here().keys.name_of(f"screen:{outage['what']}") if outage["what"] else None


@blueprint.post("/figures/outages/<outage>")
@only("manage")
def note_outage(asker, outage):
    """Writes why it was beside an outage, and goes back to the figures that were asked for. What cannot be saved stays
    as it was typed, on a page of its own."""
    text, before = typed("text", LONGEST_NOTE + 1), request.form.get("before")
    try:
        noted = here().frontdesk.note_outage(outage=outage[:60], text=text, before=before, by=asker.by)
        flash(
            _("The note stands beside the outage.") if noted else _("No note stands beside the outage any more."),
            "done",
        )
    except Refusal as refusal:
        if stands := _outage(outage):
            return _not_saved(asker, stands, refusal, text), refusal.status
        flash(sentence(refusal, here().settings), "wrong")
    return redirect(_back())


def _back() -> str:
    """The address of the figures that were asked for."""
    question = typed("question", LONGEST_QUESTION, unseen="")
    return f"{url_for('manage.figures')}?{question}#happened"


def _outage(outage: str) -> dict | None:
    frontdesk = here().frontdesk
    found = here().store.outages_between(frontdesk.office, 0, frontdesk.now() + 1)
    return next((one for one in found if one["id"] == outage), None)


def _not_saved(asker, outage: dict, refusal: Refusal, text: str) -> str:
    """Why not, with the note as it stands by now and the form as it was typed."""
    last = here().frontdesk.outage_noted(outage["id"])
    return render_template(
        "manage/outage_note.html",
        asker=asker,
        outage=outage,
        says=_said(outage, day_now()),
        wrong=sentence(refusal, here().settings),
        who=last and words.by(last.by, here().keys.name_of(last.by)),
        when=last and words.moment(local(last.at, here().settings.zone), day_now()),
        text=text,
        back=_back(),
        question=typed("question", LONGEST_QUESTION, unseen=""),
        note_days=here().settings.keeping.outage_note_days,
        longest_note=LONGEST_NOTE,
    )
