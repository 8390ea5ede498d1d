"""What happened beside the visits, for the figures' page: new rules, outages, and a manager's note on each of those."""

from datetime import date

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from manage import event_words, words
from manage.frame import blueprint
from reception.annotating import LONGEST_NOTE
from reception.hours import local
from reception.refusals import Refusal
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import typed
from reception.web.words import sentence

SHOWN = 40  # the newest; all of them stand in the spreadsheet
LONGEST_QUESTION = 2000


def events(report: dict, today: date) -> list[dict]:
    """`{day, words, id, note}` in the order of time; `id` is an outage's, on which a note may be written."""
    zone = here().settings.zone
    found = [
        {"day": day, "words": said, "id": None, "note": None} for day, said in event_words.changes(report["rules"])
    ]
    for one in report["outages"]:
        start, end = local(one["started_at"], zone), one["ended_at"] and local(one["ended_at"], zone)
        said = event_words.outage(
            one, words.moment(start, today), words.moment(end, today) if end else None, name_of(one)
        )
        found.append({"day": start.date().isoformat(), "words": said, "id": one["id"], "note": one["note"]})
    return sorted(found, key=lambda one: one["day"])


def name_of(outage: dict) -> str | None:
    """The name of the kiosk that was away."""
    return here().keys.name_of(f"screen:{outage['what']}") if outage["what"] else None


@blueprint.post("/figures/outages/<outage>")
@only("manage")
def note_outage(asker, outage):
    """Writes why it was beside an outage, and goes back to the figures that were asked for."""
    text = typed("text", LONGEST_NOTE + 1)
    try:
        noted = here().frontdesk.note_outage(outage=outage[:60], text=text, by=asker.by)
        flash(
            _("The note stands beside the outage.") if noted else _("No note stands beside the outage any more."),
            "done",
        )
    except Refusal as refusal:
        flash(sentence(refusal, here().settings), "wrong")
    question = typed("question", LONGEST_QUESTION, unseen="")
    return redirect(f"{url_for('manage.figures')}?{question}#happened")
