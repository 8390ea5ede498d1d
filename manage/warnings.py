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

FEW = 20  # people, of whom counts say enough


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
        return _("Nobody has been warned of yet.")
    said = []
    if found.missed:
        said.append(
            _(
                "Of %(people)s who waited longer than promised, %(foreseen)s warned of in time, and %(early)s with two"
                " minutes left to call them.",
                people=figure_words.people(found.missed),
                foreseen=_part(found.foreseen, found.missed),
                early=_share(found.early, found.missed),
            )
        )
    if found.precision is not None:
        said.append(_came_true(found))
    if standing:
        said.append(
            ngettext(
                "%(num)d warning stands now: what becomes of it is still to be seen.",
                "%(num)d warnings stand now: what becomes of them is still to be seen.",
                standing,
            )
        )
    return " ".join(said)


def _came_true(found: Quality) -> str:
    right, of = found.foreseen, found.foreseen + found.kept
    if of == 1:
        return _("The one warning came true.") if right else _("The one warning did not come true.")
    return _("Of %(of)s warnings, %(right)s came true.", of=words.number(of), right=_share(right, of))


def _part(part: int, whole: int) -> str:
    return ngettext("%(share)s was", "%(share)s were", part or 1, share=_share(part, whole))


def _share(part: int, whole: int) -> str:
    """How many, and beside many what share that is: of a few, percent would say too much."""
    if whole < FEW or not part:
        return words.number(part) if part else _("none")
    return _("%(count)s (%(share)s)", count=words.number(part), share=words.percent(part / whole))


def saved(found: Quality) -> str:
    """What those warnings that did not come true may mean."""
    if not found.kept:
        return ""
    return ngettext(
        "%(people)s who was warned of was seen in time after all: the warning was wrong, or somebody heeded it.",
        "%(people)s who were warned of were seen in time after all: the warning was wrong, or somebody heeded it.",
        found.kept,
        people=figure_words.people(found.kept),
    )
