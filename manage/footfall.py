"""When people come, for managers: by weekday and quarter hour and by what they came for, as a picture, tables and a
spreadsheet. It measures nothing."""

import csv
import io

from flask import Response
from flask_babel import gettext as _

from manage import asking, figure_words, words
from manage.figure_words import quarter as clock
from manage.frame import blueprint, safe
from reception.web import charts
from reception.web.access import only
from reception.web.apart import apart
from reception.web.parts import here

QUARTER = 15  # minutes
HEAD = ("from", "to", "timezone", "service", "name", "weekday", "quarter", "arrivals", "days")


@blueprint.get("/footfall.csv")
@only("manage")
@apart
def footfall_csv(asker):
    """The arrivals of what is asked for: a row for each service, weekday and quarter hour that anybody came in."""
    measured, at = asking.measuring(), here().frontdesk.now()
    asked = asking.asked_for(measured.today(at))
    headers = {"Content-Disposition": f'attachment; filename="footfall-{asked.first}-to-{asked.last}.csv"'}
    return Response(text(measured.of(asked, at)), content_type="text/csv; charset=utf-8", headers=headers)


def text(report: dict) -> str:
    """`days` is on how many such weekdays anybody came, so that arrivals ÷ days is a usual day's."""
    on = {one["weekday"]: one["days"] for one in report["footfall"]["days"]}
    names = {one["key"]: one["name"] for one in report["services"]}
    always = [report[name] for name in HEAD[:3]]
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEAD)
    for one in report["footfall"]["cells"]:
        service, number = one["service"], one["weekday"]
        cells = [service, names.get(service, service), number, clock(one["minute"]), one["arrivals"], on[number]]
        rows.writerow([safe(cell) for cell in [*always, *cells]])
    return written.getvalue()


def shown(report: dict) -> dict:
    """What the page shows of when people come."""
    found = report["footfall"]
    arrivals = report["total"]["arrivals"]
    by_service = sorted(report["services"], key=lambda one: -one["arrivals"])
    services = [(one["name"], one["arrivals"]) for one in by_service if one["arrivals"]]
    said = [
        (name, _("%(n)s, %(share)s", n=words.number(count), share=words.percent(count / arrivals)), count)
        for name, count in services
    ]
    return {
        "footfall": charts.footfall(found["week"]),
        "footfall_says": _when(found),
        "footfall_heads": [
            _("Quarter hour"),
            *(figure_words.weekday(one["weekday"]) for one in found["days"]),
            _("In all"),
        ],
        "footfall_rows": _rows(found),
        "reasons": [(one["name"], one["arrivals"], {"service": one["key"]}) for one in by_service if one["arrivals"]],
        "reasons_says": _what_for(services),
        "reasons_chart": charts.counts(said),
    }


def _when(found: dict) -> str:
    """When most people come, of a usual week; of one day, when they came."""
    if not found["week"]:
        return _("Nobody came, so there is nothing to draw.")
    on = {one["weekday"]: one["days"] for one in found["days"]}
    peak = max(found["week"], key=lambda one: one["a_day"])
    people = figure_words.people(round(peak["a_day"]) or 1)
    values = {"first": clock(peak["minute"]), "last": clock(peak["minute"] + QUARTER), "people": people}
    if sum(on.values()) == 1:
        return _("Most people came between %(first)s and %(last)s: %(people)s.", **values)
    day = figure_words.weekday(peak["weekday"])
    said = _(
        "Most people come on %(day)s between %(first)s and %(last)s: %(people)s on a usual one.", day=day, **values
    )
    return f"{said} {_days(found, on)}".strip()


def _days(found: dict, on: dict[int, int]) -> str:
    """Which weekday is the busiest and which the quietest; nothing where they are alike."""
    a_day = {day: sum(one["arrivals"] for one in found["week"] if one["weekday"] == day) / on[day] for day in on}
    most, least = max(a_day, key=a_day.get), min(a_day, key=a_day.get)
    if round(a_day[most]) == round(a_day[least]):
        return ""
    return _(
        "The busiest day is %(most)s with %(many)s, the quietest %(least)s with %(few)s.",
        most=figure_words.weekday(most),
        many=figure_words.people(round(a_day[most])),
        least=figure_words.weekday(least),
        few=round(a_day[least]),
    )


def _what_for(services: list[tuple[str, int]]) -> str:
    """What most people come for; `services` begin with the largest."""
    if not services:
        return _("Nobody came, so there is nothing to draw.")
    of = sum(count for _name, count in services)
    name, most = services[0]
    if of == most:
        return _("Everybody came for %(service)s.", service=name)
    share, people = words.percent(most / of), figure_words.people(of)
    return _("%(share)s of %(people)s came for %(service)s.", share=share, people=people, service=name)


def _rows(found: dict) -> list[tuple[str, list[tuple[str, dict | None]]]]:
    """The table: a quarter hour each, with how many on a usual day of each weekday, and how many came in all; each with
    what narrows to the visits that it counts, or None where nobody came."""
    known = {(one["minute"], one["weekday"]): one["a_day"] for one in found["week"]}
    days = [one["weekday"] for one in found["days"]]
    rows = []
    for one in found["quarters"]:
        minute, cells = one["minute"], []
        for day in days:
            came = known.get((minute, day))
            narrow = came and {"weekday": str(day), "quarter": str(minute)}
            cells.append((f"{came:.1f}" if came else "0", narrow or None))
        cells.append((words.number(one["arrivals"]), {"quarter": str(minute)}))
        rows.append((clock(minute), cells))
    return rows
