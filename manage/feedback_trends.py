"""How often people complain and praise, month by month and by theme, beside how many came; and whether complaints were
answered in time. It repeats nothing that anybody wrote.
"""

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from manage import asking, figure_words, words
from manage.frame import blueprint
from reception.feedback import counts
from reception.feedback.counting import by_month, by_theme
from reception.feedback.life import KINDS
from reception.feedback.rates import rate, top_of_scale
from reception.feedback.rows import Feedback
from reception.figures import Asked
from reception.scorecard.months import first_day, last_day, month_of, up_to
from reception.web import charts, times
from reception.web.access import only
from reception.web.apart import apart
from reception.web.parts import here
from reception.web.saying import today

MONTHS = 13  # with the present one, which the picture leaves out: it is not over


@blueprint.get("/feedback/trends")
@only("manage")
@apart
def feedback_trends(asker):
    months = up_to(month_of(today()), MONTHS)
    first, last = first_day(months[0]), today()
    rows = here().frontdesk.feedbacks(first=first.isoformat(), last=last.isoformat())
    table = _by_month(months, rows, _visits(first, last))
    points, top = _points(table[:-1])
    run, themes = charts.run(points), _themes(rows)
    return render_template(
        "manage/feedback_trends.html",
        asker=asker,
        says=_says(rows, table),
        charts=charts,
        run=run,
        run_says=_run_says(run, top),
        axis=[(1, _number(top)), (0.5, _number(top / 2)), (0, "0")],
        point=figure_words.point,
        table=table,
        rate_words=_rate,
        themes=themes,
        themes_chart=charts.counts([(name, _complaints(row["complaint"]), row["complaint"]) for name, row in themes]),
        in_time=_in_time(first, last),
    )


def _by_month(months: list[str], rows: list[Feedback], visits: dict[str, int]) -> list[dict]:
    """Each month with its `name`, from the first of which anything is known; the present one last."""
    found = by_month(rows, {month: visits.get(month, 0) for month in months})
    known = [place for place, row in enumerate(found) if row["visits"] or any(row[kind] for kind in KINDS)]
    return [row | {"name": times.month(first_day(row["month"]))} for row in found[min(known, default=len(found) - 1) :]]


def _visits(first, last) -> dict[str, int]:
    """How many came in each month, as the figures count them."""
    measured, at = asking.measuring(), here().frontdesk.now()
    return measured.arrivals(Asked(first, last), at)


# -- in words --------------------------------------------------------------------------------------------------------


def _says(rows: list[Feedback], table: list[dict]) -> list[str]:
    """What the year comes to, in a sentence or two."""
    if not rows:
        return [_("Nobody has told anything in a year.")]
    many = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
    told = [
        ngettext("%(num)d complaint", "%(num)d complaints", many["complaint"]),
        ngettext("%(num)d comment", "%(num)d comments", many["comment"]),
        ngettext("%(num)d compliment", "%(num)d compliments", many["compliment"]),
    ]
    since = table[0]["name"]
    first = _("%(complaints)s, %(comments)s and %(compliments)s since %(month)s.", month=since, **_named(told))
    whole = _rate(rate(many["complaint"], sum(row["visits"] for row in table)))
    return [first, _("That is %(rate)s complaints for each 1,000 visits.", rate=whole)] if whole else [first]


def _named(told: list[str]) -> dict[str, str]:
    return dict(zip(("complaints", "comments", "compliments"), told, strict=True))


def _rate(found: dict) -> str:
    """ "1.2 (0.7 to 1.9)"; nothing where there is no rate."""
    if found["per_1000"] is None:
        return ""
    low, high = _number(found["low"]), _number(found["high"])
    return _("%(rate)s (%(low)s to %(high)s)", rate=_number(found["per_1000"]), low=low, high=high)


def _number(value: float) -> str:
    """One place behind the point, below ten; whole numbers as such."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _complaints(count: int) -> str:
    return ngettext("%(num)d complaint", "%(num)d complaints", count)


def _points(table: list[dict]) -> tuple[list[dict], float]:
    """The months as points between 0 and 1 of the scale, and where that ends."""
    top = top_of_scale(max([row["rate"]["per_1000"] or 0 for row in table], default=0))
    points = [
        {
            "first": first_day(row["month"]).isoformat(),
            "last": last_day(row["month"]).isoformat(),
            "n": row["visits"] if row["rate"]["per_1000"] is not None else 0,
            "share": None if row["rate"]["per_1000"] is None else row["rate"]["per_1000"] / top,
            "arrivals": row["visits"],
        }
        for row in table
    ]
    return points, top


def _run_says(run: dict, top: float) -> str:
    """What the picture shows: its middle, and what is more than chance."""
    rules, points = run["rules"], run["points"]
    if sum(point["y"] is not None for point in points) < 2:
        return _("Too few months have enough visits to show how it goes.")
    said = [_("Half of the months are at %(rate)s or above.", rate=_number(rules["median"] * top))]
    for first, last in (*rules["shifts"], *rules["trends"]):
        since, until = (figure_words.point(points[place]["first"], points[place]["last"]) for place in (first, last))
        said.append(_("From %(first)s to %(last)s it is more than chance.", first=since, last=until))
    return " ".join(said) if said[1:] else f"{said[0]} " + _("It goes up and down as chance does, and shows no change.")


def _themes(rows: list[Feedback]) -> list[tuple[str, dict]]:
    """(name, row) of each theme that anything was told about."""
    known = here().settings.feedback.theme
    found = [row for row in by_theme(rows, known) if any(row[kind] for kind in KINDS)]
    return [
        (known[row["theme"]].name if row["theme"] in known else row["theme"] or _("No theme"), row) for row in found
    ]


def _in_time(first, last) -> list[tuple[str, str, str]]:
    """(promise, how many of how many, share) of what was due in the year. What is due today and open is not judged."""
    from reception.figures.measures import share

    found = counts(here().store, here().frontdesk.office, first, last, today())
    named = (
        ("stage1", _("Stage 1 answered in time")),
        ("stage2_acknowledged", _("Stage 2 acknowledged in time")),
        ("stage2", _("Stage 2 answered in time")),
    )
    told = [(name, share(found[key]["met"], found[key]["n"])) for key, name in named]
    return [(name, _("%(met)s of %(count)s", met=one["hits"], count=one["n"]), _share(one)) for name, one in told]


def _share(one: dict) -> str:
    said = words.percent(one["share"])
    return f"{said} ({words.interval(one['interval'])})" if one["n"] and one["interval"] else said if one["n"] else "–"
