"""The charter for managers: a month's scorecard whole, what the public sees of it, publishing it, and taking in figures
from other systems. It measures nothing itself.
"""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage.frame import blueprint
from reception.refusals import Refusal, StoreFault
from reception.scorecard import paper, words
from reception.scorecard.import_words import sentence as said_of
from reception.scorecard.import_words import taken_words
from reception.scorecard.imports import LARGEST
from reception.scorecard.making import Making
from reception.scorecard.months import after, asked, before, month_of
from reception.scorecard.publishing import as_read_again, first_working_day, is_unknown, publish
from reception.scorecard.taking_in import take_file
from reception.web import times
from reception.web.access import only, visitor_of
from reception.web.apart import apart
from reception.web.parts import here
from reception.web.performance import published_words
from reception.web.saying import today
from reception.web.words import sentence

SHOWN = 50  # mistakes of a file on the page; the command tells all


@blueprint.url_value_preprocessor
def room_for_figures(endpoint, _values):
    """A file is larger than other forms; said before the form's token is looked for, which reads the form."""
    if endpoint == "manage.take_in_figures" and visitor_of("manage"):
        request.max_content_length = 2 * LARGEST


@blueprint.get("/charter")
@only("manage")
@apart
def scorecard(asker):
    try:
        month = asked(request.args.get("month"), today())
    except Refusal as refusal:
        return _page(asker, _last_month(), error=sentence(refusal, here().settings)), refusal.status
    return _page(asker, month)


@blueprint.post("/charter")
@only("manage")
def publish_month(asker):
    """Puts the month before the public as it stands now."""
    month, settings = _last_month(), here().settings
    try:
        month = asked(request.form.get("month"), today())
        papers = paper.papers(current_app._get_current_object(), settings)
        found, new = publish(here().frontdesk, _making(), month, by=asker.by, paper=papers)
    except (Refusal, StoreFault) as refusal:
        if isinstance(refusal, paper.NoPaper):
            current_app.logger.error("The sheet of %s could not be set: %s", month, refusal.why)
        return _page(asker, month, error=sentence(refusal, settings)), refusal.status
    if not new:
        flash(_("Nothing has changed since %(month)s was published.", month=words.month(month)), "done")
    elif found.version == 1:
        flash(_("%(month)s is published.", month=words.month(month)), "done")
    else:
        flash(_("%(month)s is published again, and says that it was corrected.", month=words.month(month)), "done")
    return redirect(url_for("manage.scorecard", month=month))


@blueprint.post("/charter/figures")
@only("manage")
def take_in_figures(asker):
    """Takes in a file of figures from elsewhere: what is right of it is kept, and the page says what is not."""
    sent, month = request.files.get("file"), _last_month()
    if sent is None or not sent.filename:
        return _page(asker, month, file_error=_("Choose a CSV file first.")), 422
    try:
        taken = take_file(here().frontdesk, sent.read(), by=asker.by)
    except (Refusal, StoreFault) as refusal:
        return _page(asker, month, file_error=sentence(refusal, here().settings)), refusal.status
    report = {
        "says": taken_words(taken),
        "mistakes": [said_of(one) for one in taken.mistakes[:SHOWN]],
        "more": max(0, len(taken.mistakes) - SHOWN),
    }
    kept = taken.new + taken.changed + taken.same
    return _page(asker, month, report=report), 200 if kept or not taken.mistakes else 422


def _making() -> Making:
    return Making(here().figures())


def _last_month() -> str:
    return before(month_of(today()))


def _page(asker, month: str, *, error=None, file_error=None, report=None) -> str:
    parts = here()
    office = parts.settings.office.key
    whole, public = _making().both(month, parts.frontdesk.now())
    versions, newest = parts.store.versions(office, month), parts.store.published(office, month)
    return render_template(
        "manage/scorecard.html",
        asker=asker,
        month=month,
        last=_last_month(),
        words=words,
        card=whole,
        rows=_rows(whole, public, newest and newest.card),
        differs=newest is not None and newest.card != as_read_again(public),
        said_when=published_words([at for _version, at in versions]) if versions else [],
        comes=_comes_by_itself(month) if not versions else None,
        unknown=not versions and is_unknown(parts.frontdesk, month, whole),
        public=parts.settings.performance.public,
        imported=parts.store.imported_figures(office, month, month),
        elsewhere=[one for one in parts.settings.standards if one.imported],
        error=error,
        file_error=file_error,
        report=report,
    )


def _rows(whole: dict, public: dict, published: dict | None) -> list[dict]:
    """A row for each promise: beside what was measured what everybody sees (`shown`; None where the published month has
    no such promise), or would see of a month not yet published; and as `next` what publishing again would change."""
    would, measured = _worded(public), _worded(whole)
    seen = _worded(published) if published else would
    return [
        one
        | {"owner": raw["owner"], "unit": raw["unit"], "shown": seen.get(key), "next": _else(would[key], seen.get(key))}
        for (key, one), raw in zip(measured.items(), whole["standards"], strict=True)
    ]


def _worded(card: dict) -> dict[str, dict]:
    worded = zip(words.promises(card), card["standards"], strict=True)
    return {one["key"]: one | {"hidden": raw["hidden"]} for one, raw in worded}


def _else(would: dict, seen: dict | None) -> dict | None:
    alike = seen and all(would[name] == seen[name] for name in ("promise", "target", "result", "of", "state"))
    return None if alike else would


def _comes_by_itself(month: str) -> str | None:
    """The day on which the month will be published without anybody, where that is still to come."""
    settings = here().settings
    day = first_working_day(settings, after(month))
    if settings.performance.publish != "by-itself" or month != _last_month() or day < today():
        return None
    return times.day(day)
