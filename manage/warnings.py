"""How right warnings were, for managers: week by week, in a sentence and a table. It measures nothing."""

from flask_babel import gettext as _

from manage import figure_words, words
from manage.frame import blueprint
from reception.warning.quality import Quality
from reception.web.access import only
from reception.web.blocking import rendered
from reception.web.parts import here


@blueprint.get("/warnings")
@only("manage")
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
        says=says(whole),
        saved=saved(whole),
        target=words.span(promise.target_seconds * 1000),
        chance=words.percent(told.chance),
        tells=told.tell,
    )


def says(found: Quality) -> str:
    """How many misses were told of in time, and how many warnings were right."""
    if not found.missed and not found.warned:
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
    return " ".join(said)


def saved(found: Quality) -> str:
    """What those warnings that did not come true may mean."""
    if not found.kept:
        return ""
    return _(
        "%(people)s of whom it was warned were seen in time after all: the warning was wrong, or somebody heeded it.",
        people=figure_words.people(found.kept),
    )
