"""The managers' figures: any period and any part of it, as pictures with their tables, compared, and what they mean.

Changes nothing and measures nothing. What is asked is read in asking.py, said in figure_words.py and placed in
reception/web/charts.py.
"""

from datetime import date
from itertools import zip_longest

from flask import Response, render_template, request
from flask_babel import gettext as _

from manage import asking, by_when, compared_words, figure_words, figures_table, footfall, outages, words
from manage.frame import blueprint
from manage.story import OUTCOMES
from reception.annotating import LONGEST_NOTE
from reception.figures import Asked, Figures
from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.web import charts
from reception.web.access import only
from reception.web.apart import apart
from reception.web.blocking import rendered
from reception.web.parts import here
from reception.web.words import sentence


@blueprint.get("/figures")
@only("manage")
@apart
def figures(asker):
    """The figures of what is asked for; where that cannot be asked, what is wrong with it, and no figures."""
    measured, at = asking.measuring(), here().frontdesk.now()
    today, asked, status = measured.today(at), None, 200
    choices = asking.choices(measured)
    shown = {"asker": asker, "today": today.isoformat(), "form": asking.form(today), "choices": choices}
    shown |= {"only": asking.only(choices), "comparisons": asking.comparisons(measured)}
    try:
        asked = asking.asked_for(today)
        report = measured.of(asked, at)
        shown |= said_of(report, asked, today) | _beside(measured, asked, report, today, at)
    except Refusal as refusal:
        shown["error"], status = sentence(refusal, here().settings), refusal.status
    return rendered("manage/figures.html", quick=asking.quick(measured, today, asked), **shown), status


@blueprint.get("/figures.csv")
@only("manage")
@apart
def figures_csv(asker):
    """The same figures as a table: a row for everybody, and one for each service, hour and so on."""
    measured, at = asking.measuring(), here().frontdesk.now()
    asked = asking.asked_for(measured.today(at))
    name = f"figures-{asked.first}-to-{asked.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    told = figures_table.text(measured.of(asked, at), outages.name_of)
    return Response(told, content_type="text/csv; charset=utf-8", headers=headers)


@blueprint.get("/figures/definitions")
@only("manage")
def definitions(asker):
    """What each figure means, in short, by the settings of today."""
    from reception.figures.measures import SHOW_INTERVAL_BELOW  # it brings in numpy, which a start need not wait for

    measured, at = asking.measuring(), here().frontdesk.now()
    rules = measured.history().between(measured.today(at), measured.today(at))[0][1]
    return render_template(
        "manage/figures/definitions.html",
        asker=asker,
        target=words.span(rules.target_ms),
        walk=words.span(rules.walk_ms),
        come_back=words.span(rules.come_back_ms),
        punctual=words.span(rules.punctual_ms),
        below=SHOW_INTERVAL_BELOW,
        return_days=rules.return_days,
        references=here().settings.figures.references,
    )


# -- what the page says ---------------------------------------------------------------------------------------------


def said_of(report: dict, asked: Asked, today: date) -> dict:
    """Everything that the page shows of a report."""
    named, total = words.when(asked.first, asked.last, today), report["total"]
    said = words.headline(
        report,
        period=named,
        services={service["key"]: service["name"] for service in report["services"]},
        zone=here().settings.zone,
        one_day=asked.first == asked.last,
    )
    return {
        "report": report,
        "total": total,
        "apart": bool(asked.need),  # of needs nothing is known but waits
        "linked": not asked.need and report["offices"] == [here().settings.office.key],
        "narrowed": asked.narrowed,
        "said": said,
        "when": named,
        "target": words.target_words(report),
        "charts": charts,
        "hours": charts.by_hour(report["hours"]),
        "waits": charts.by_wait(report["distribution"]),
        "scale": [words.span(_fifth(report) * 5 * times) for times in (1, 2, 3)],
        "fifths": _fifths(report),
        "week": charts.week(report["week"]),
        "service_rows": [
            _named(one, one["name"], "service")
            for one in report["services"]
            if one["arrivals"] or not asked.narrowed or one["key"] in asked.services
        ],
        "tables": _tables(report),
        "address": asking.address,
        "behind": asking.behind,
        "interval": words.interval,
        "say": figure_words,
        **_in_time(report, today),
        **_further(report),
        **by_when.shown(report),
        **footfall.shown(report),
    }


def _in_time(report: dict, today: date) -> dict:
    """The run chart, and what happened meanwhile, numbered alike in both."""
    happened = outages.events(report, today)
    told = happened[-outages.SHOWN :]
    return {
        "run": charts.run(report["points"], [one["day"] for one in told]),
        "events": told,
        "events_in_all": len(happened),
        "may_note": report["offices"] == [here().settings.office.key],
        "longest_note": LONGEST_NOTE,
        "note_days": here().settings.keeping.outage_note_days,
    }


def _fifth(report: dict) -> int:
    """A fifth of the target, in ms: what the distribution counts by; of several targets, of the one that holds now."""
    return (report["target_seconds"] or here().settings.promise.target_seconds) * 1000 // 5


def _fifths(report: dict) -> list[tuple[str, str]]:
    """The distribution as a table: (up to which wait, how many)."""
    fifth, counts = _fifth(report), report["distribution"]
    last = len(counts) - 1
    named = [
        _("longer than %(wait)s", wait=words.clock(fifth * place))
        if place == last
        else _("up to %(wait)s", wait=words.clock(fifth * (place + 1)))
        for place in range(len(counts))
    ]
    return list(zip(named, map(words.number, counts), strict=True))


def _further(report: dict) -> dict:
    """The further pictures: where the time goes, what came of it, appointments, promises of a next step."""
    total, booked, steps = report["total"], report["appointments"], report["next_steps"]
    spans = [(str(name), total[key]) for key, name in figure_words.DURATIONS]
    outcomes = [(key, str(OUTCOMES[key]).capitalize(), count) for key, count in total["outcomes"].items() if count]
    kept = [
        (_("Answered at first contact"), total["resolved"]),
        (_("Nobody came back"), total["validated"] or {"n": 0}),
        (_("Passed on with a date"), steps["with_date"]),
        (_("Dates that were kept"), steps["kept"]),
        (_("Appointments in time"), booked["punctual"]),
    ]
    early = [(_("Begun after the booked time"), booked["delay"]), (_("Came early, and waited"), booked["early"])]
    return {
        "spans": spans,
        "spans_chart": charts.times([(name, figure_words.duration(found), found) for name, found in spans]),
        "outcomes": outcomes,
        "outcomes_chart": charts.counts([(name, words.number(count), count) for _key, name, count in outcomes]),
        "kept": kept,
        "kept_rows": [
            (name, figure_words.share(found), counts)
            for (name, found), counts in zip_longest(kept, _first_contacts(total), fillvalue=())
        ],
        "kept_chart": charts.shares([(name, figure_words.share(found), found) for name, found in kept]),
        "early": early,
    }


def _first_contacts(total: dict) -> list[list[tuple[str, int]]]:
    """The first rows' counts by the names of the lists behind them: how many of how many."""
    said, truly = total["resolved"], total["validated"]
    return [
        [("outcome-resolved", said["hits"])],
        [("validated", truly["hits"]), ("carrying", truly["n"])] if truly else [],
    ]


def _tables(report: dict) -> list[dict]:
    """The further tables: `{id, heading, first, rows}`; each row has a figure, its `name`, and what narrows to it."""
    of = (
        ("hours", _("By hour of arrival"), _("Hour"), "hour", lambda one: f"{one['hour']:02d}:00"),
        ("weekdays", _("By weekday"), _("Weekday"), "weekday", lambda one: figure_words.weekday(one["weekday"])),
        ("desks", _("By desk"), _("Desk"), "desk", lambda one: one["name"] or _("Never called")),
        ("channels", _("By where the number came from"), _("From"), "channel", _channel),
        ("languages", _("By language chosen"), _("Language"), "language", _language),
        ("needs", _("By need"), _("Need"), None, lambda one: one["name"]),
    )
    found = []
    for name, heading, first, part, called in of:
        rows = [_named(one, called(one), part) for one in report[name] if one["arrivals"]]
        if rows:
            found.append({"id": name, "heading": heading, "first": first, "rows": rows})
    return found


def _named(one: dict, name: str, part: str | None) -> dict:
    key = one.get("key", one.get(part))
    return {**one, "name": name, "narrow": {part: str(key) or asking.OWN} if part else None}


def _channel(one: dict) -> str:
    return str(figure_words.CHANNELS.get(one["key"], one["key"]))


def _language(one: dict) -> str:
    known = CATALOGUES.get(one["key"])
    return known.name if known else one["key"] or _("None chosen")


def _beside(measured: Figures, asked: Asked, report: dict, today: date, at: int) -> dict:
    """The comparison, where one is asked for: both sides, in words and row by row."""
    found = asking.compared_with(asked, today)
    if found is None:
        return {"compared": None}
    other, mine, theirs = found
    against = measured.of(other, at)
    known = {one["key"]: one for one in against["services"]}
    same = request.args.get("with", "").startswith("service:") or asked.need
    rows = [] if same else [(one["name"], one, known.get(one["key"])) for one in report["services"] if one["n"]]
    rows = [(_("Everybody"), report["total"], against["total"]), *rows]
    compared = {
        "mine": mine,
        "theirs": theirs,
        "words": compared_words.compared(report["total"], against["total"], mine, theirs),
        "medians": compared_words.medians(report["total"], against["total"]),
        "targets": report["target_seconds"] == against["target_seconds"],
        "rows": [
            (name, one, two, compared_words.compared(one, two, mine, theirs) if one["n"] and two["n"] else "–")
            for name, one, two in rows
            if two and report["total"]["n"] and against["total"]["n"]
        ],
    }
    return {"compared": compared}
