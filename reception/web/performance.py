"""What the public sees of the office's figures, without signing in: months as they were published, and what words mean.

Nothing is computed for a request and nobody is in it: a page words a published card, a download hands it out. Browsers
and proxies may keep what they were given for a while.
"""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, render_template, request
from flask_babel import gettext as _

from reception.hours import local
from reception.languages import CATALOGUES
from reception.scorecard import meanings, pictures, tables, words
from reception.scorecard.paper import languages as written
from reception.scorecard.rows import Published
from reception.web import times
from reception.web.parts import here
from reception.web.speaking import in_language, offered, spoken

blueprint = Blueprint("performance", __name__, url_prefix="/performance")
KEPT = 300  # seconds that what was published may be kept by whoever asked for it
LISTED = 36  # months


@blueprint.before_request
def for_everybody():
    if not here().settings.performance.public:
        abort(404)
    g.may_be_compressed = True  # nothing secret is in it


@blueprint.after_request
def may_be_kept(answer: Response) -> Response:
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = f"public, max-age={KEPT}" if g.get("may_be_kept", True) else "no-cache"
        answer.set_etag(sha256(answer.get_data()).hexdigest()[:32])
        answer.make_conditional(request)
    return answer


@blueprint.context_processor
def ways() -> dict:
    """The languages to choose from, and this page in each."""

    def own(**changed) -> str:
        return f"?{urlencode(changed)}"

    chosen = request.args.get("language")
    kept = {"language": chosen} if chosen in here().settings.languages else {}
    return {"languages": [CATALOGUES[tag] for tag in here().settings.languages], "own": own, "kept": kept}


@blueprint.get("/", strict_slashes=False)
def newest():
    found = here().store.published(_office())
    if found:
        return _page(found)
    g.may_be_kept = False  # the first month is there as soon as it is published
    return render_template("performance/nothing.html", words=words)


@blueprint.get("/<month>")
def month(month: str):
    return _page(_found(month))


@blueprint.get("/definitions")
def definitions():
    said = meanings.definitions(here().settings.figures.punctual_minutes)
    return render_template("performance/definitions.html", definitions=said, dash=words.dash())


@blueprint.get("/<month>.pdf")
def month_pdf(month: str):
    found, settings = _found(month), here().settings
    own = [tag for tag in written(settings) if tag == offered(settings, request.args.get("language"))]
    for tag in (*own, *written(settings)):
        if pdf := here().store.published_paper(_office(), found.month, found.version, tag):
            return Response(pdf, content_type="application/pdf", headers=_named(found, "pdf"))
    abort(404)


@blueprint.get("/<month>.csv")
def month_csv(month: str):
    found = _found(month)
    table = tables.as_csv(_in_full(found), found.version)
    return Response(table, content_type="text/csv; charset=utf-8", headers=_named(found, "csv"))


@blueprint.get("/<month>.json")
def month_json(month: str):
    found = _found(month)
    moments = [iso(at) for _version, at in here().store.versions(_office(), found.month)]
    document = tables.as_json(_in_full(found), found.version, moments)
    return Response(document, content_type="application/json; charset=utf-8")


def _in_full(found: Published) -> dict:
    """In the office's own language, whoever asks: a program finds the same sentences every time."""
    with in_language(here().settings.office.language):
        return words.in_full(found.card)


def _office() -> str:
    return here().settings.office.key


def _found(month: str) -> Published:
    found = here().store.published(_office(), month) if len(month) == 7 else None
    return found or abort(404)


def _page(found: Published) -> str:
    store, office = here().store, _office()
    return render_template(
        "performance/month.html",
        card=found.card,
        words=words,
        pictures=pictures.of(found.card),
        said_when=published_words([at for _version, at in store.versions(office, found.month)]),
        month=found.month,
        others=[name for name, *_rest in store.months_published(office) if name != found.month][:LISTED],
        pdf=spoken() if spoken() in written(here().settings) else written(here().settings)[0],
    )


def published_words(moments: list[int]) -> list[str]:
    """When a month was published first, and on which days it was corrected since."""
    zone = here().settings.zone
    days = [times.day(local(at, zone).date()) for at in moments]
    corrected = dict.fromkeys(days[1:])
    return [_("Published on %(day)s", day=days[0]), *(_("Corrected on %(day)s", day=day) for day in corrected)]


def _named(found: Published, kind: str) -> dict:
    name = f"{_office()}-{found.month}.{kind}"
    return {"Content-Disposition": f'{"inline" if kind == "pdf" else "attachment"}; filename="{name}"'}


def iso(at: int) -> str:
    """An instant for programs, in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
