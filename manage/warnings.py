"""How right warnings were, for managers: week by week, in a sentence and a table. It measures nothing."""

from flask_babel import gettext as _
from flask_babel import ngettext

from manage import figure_words, words
from manage.frame import blueprint
from reception.warning.quality import Quality
from reception.web.access import only
from reception.web.apart import apart
from reception.web.blocking import rendered
from reception.web.parts import here


@blueprint.get("/warnings")
@only("manage")
@apart
def warnings(asker):
    """The last weeks' warnings, the newest week first."""
    from reception.warning.weeks import weeks  # it brings in numpy, which a start need not wait for

    parts = here()
    found = weeks(parts.figures(), parts.frontdesk.now())
    whole = sum((week.quality for week in found), Quality())
    promise, told = parts.settings.promise, parts.settings.warnings
    return rendered(
        "manage/warnings.html",
        asker=asker,
        weeks=found,
        say=figure_words,
        says=says(whole, len(parts.frontdesk.warnings()) if told.tell else 0),
        saved=saved(whole),
        target=words.span(promise.target_seconds * 1000),
        chance=words.percent(told.chance),
        tells=told.tell,
    )


def says(found: Quality, standing: int = 0) -> str:
    """How many misses were told of in time, how many warnings were right, and how many stand now."""
    if not (found.missed or found.warned or standing):
        return _("It was warned of nobody yet.")
    said = []
    if found.missed:
        said.append(
            _(
                "Of %(people)s who waited longer than promised, it was warned in time of %(share)s, and of %(early)s"
                " with two minutes left to call them.",
                people=figure_words.people(found.missed),
                share=words.percent(found.recall),
                early=words.percent(found.recall_early),
            )
        )
    if found.precision is not None:
        said.append(_("%(share)s of the warnings came true.", share=words.percent(found.precision)))
    if standing:
        said.append(
            ngettext(
                "%(num)d warning stands now: what becomes of it is still to be seen.",
                "%(num)d warnings stand now: what becomes of them is still to be seen.",
                standing,
            )
        )
    return " ".join(said)


def saved(found: Quality) -> str:
    """What those warnings that did not come true may mean."""
    if not found.kept:
        return ""
    return _(
        "%(people)s of whom it was warned were seen in time after all: the warning was wrong, or somebody heeded it.",
        people=figure_words.people(found.kept),
    )
