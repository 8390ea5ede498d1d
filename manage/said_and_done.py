"""You said, we did: what people told, and what came of it, as managers write it for everybody to read."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from manage.frame import blueprint
from reception.door import Answered
from reception.feedback.rows import SaidAndDone
from reception.refusals import Refusal
from reception.web.access import only
from reception.web.parts import here
from reception.web.saying import typed
from reception.web.showing import once, showing
from reception.web.words import sentence

LISTED = 100  # pairs
LONGEST = 2_001  # of a text that is looked at: the front desk says how much is kept


@blueprint.get("/feedback/said")
@only("manage")
def said_and_done(asker):
    return _page(asker)


@blueprint.post("/feedback/said")
@only("manage")
def say_what_was_done(asker):
    """Puts a pair before the public, or keeps it for later."""
    told = {name: typed(name, LONGEST) for name in ("said", "did")}
    shown = "keep" not in request.form
    told |= {"theme": typed("theme") or None, "once": once(asker, "said and done")}
    try:
        here().frontdesk.say_what_was_done(**told, by=asker.by, show=shown)
    except Answered:
        pass  # it is there
    except Refusal as refusal:
        return _page(asker, wrong=sentence(refusal, here().settings), form=request.form), refusal.status
    flash(_("Everybody can read it now.") if shown else _("It is kept, and nobody else sees it yet."), "done")
    return redirect(url_for("manage.said_and_done"))


@blueprint.post("/feedback/said/<key>")
@only("manage")
def show_what_was_done(key, asker):
    """Puts it before the public again, or takes it from there."""
    show = request.form.get("show") == "yes"
    here().frontdesk.show_what_was_done(said_and_done=key[:60], show=show, by=asker.by)
    flash(_("Everybody can read it now.") if show else _("Nobody else sees it any more."), "done")
    return redirect(url_for("manage.said_and_done"))


def _page(asker, wrong: str | None = None, form=None) -> str:
    parts = here()
    newest = f"ORDER BY made_at DESC, id DESC LIMIT {LISTED:d}"
    rows = parts.store.things(SaidAndDone, parts.frontdesk.office, newest)
    texts, themes = parts.store.particulars(parts.frontdesk.office, [row.id for row in rows]), parts.settings.feedback
    pairs = [
        {
            "row": row,
            "said": texts.get(row.id, {}).get("said", ""),
            "did": texts.get(row.id, {}).get("did", ""),
            "theme": themes.theme[row.theme].name if row.theme in themes.theme else row.theme or "",
            "shown": row.is_shown,
        }
        for row in rows
    ]
    return render_template(
        "manage/said_and_done.html",
        asker=asker,
        showing=showing(),
        shown=[one for one in pairs if one["shown"]],
        kept=[one for one in pairs if not one["shown"]],
        themes=themes.themes,
        public=parts.settings.performance.public,
        wrong=wrong,
        form=form or {},
    )
