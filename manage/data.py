"""Everything recorded, for managers to take away as tables, and where programs that analyse find the same. It changes
nothing; what each table and column is stands in reception/data/tables.py.
"""

from datetime import date

from flask import Response, render_template, request
from flask_babel import gettext as _

from manage import words
from manage.frame import blueprint
from reception.data.asking import wanted
from reception.data.columns import Table
from reception.data.reading import MOST, Page, Reading, table_named
from reception.data.tables import LEFT_OUT, TABLES
from reception.data.writing import KINDS, as_csv, as_json
from reception.figures import Figures
from reception.figures.rules import DEFINITIONS
from reception.refusals import Refusal
from reception.scorecard.months import before, first_day, last_day, month_of
from reception.web import times
from reception.web.access import only
from reception.web.blocking import blocking
from reception.web.parts import here
from reception.web.saying import today
from reception.web.words import sentence

LONGEST = 40  # characters of what the address says
USUAL = "visits"


@blueprint.get("/data")
@only("manage")
def data(asker):
    return _page(asker)


@blueprint.get("/data.csv")
@only("manage")
def data_csv(asker):
    return _file(asker, "csv")


@blueprint.get("/data.json")
@only("manage")
def data_json(asker):
    return _file(asker, "json")


def _file(asker, kind: str):
    """A table of the days asked for, whole: sent page by page as it is read, so that years never stand in memory."""
    parts, asked = here(), _asked()
    now, figures = parts.frontdesk.now(), Figures(parts.settings, parts.store)
    try:
        table = table_named(asked["table"])
        of_whom = wanted(table, figures.office, asked["from"], asked["to"], None, figures.today(now))
    except Refusal as refusal:
        return _page(asker, error=sentence(refusal, parts.settings)), refusal.status

    def one(after: str | None) -> tuple[Page, dict]:
        with figures.look():
            reading = Reading(figures, figures.office, now)
            head = {"table": table.name, "office": figures.office, "definitions": DEFINITIONS, "basis": reading.basis}
            return reading.page(table, of_whom, after, MOST), head

    first, head = blocking(one, None)

    def pages():
        page = first
        yield page.rows
        while page.next:
            page, _head = blocking(one, page.next)
            yield page.rows

    pieces = as_csv(table, pages()) if kind == "csv" else as_json(table, head, pages())
    headers = {"Content-Disposition": f'attachment; filename="{_called(table, of_whom.first, of_whom.last)}.{kind}"'}
    return Response(pieces, content_type=KINDS[kind], headers=headers)


def _called(table: Table, first: date | None, last: date | None) -> str:
    days = "-to-".join(day.isoformat() for day in (first, last or today()) if day)
    return f"{table.name}-{days}"


def _asked() -> dict[str, str]:
    found = {name: request.args.get(name, "").strip()[:LONGEST] for name in ("table", "from", "to")}
    if days := request.args.get("days", "")[:LONGEST]:  # one of the periods asked for most was pressed
        found["from"], _to, found["to"] = days.partition("..")
    return found


def _page(asker, error: str | None = None) -> str:
    parts, asked = here(), _asked()
    began = parts.store.first_arrival(parts.settings.office.key)
    since = Figures(parts.settings, parts.store).today(began) if began is not None else None
    if not any(name in request.args for name in ("from", "to", "days")):
        month = before(month_of(today()))
        asked["from"], asked["to"] = first_day(month).isoformat(), last_day(month).isoformat()
    return render_template(
        "manage/data.html",
        asker=asker,
        tables=TABLES.values(),
        chosen=asked["table"] if asked["table"] in TABLES else USUAL,
        form=asked,
        today=today().isoformat(),
        since=since and times.day(since),
        quick=_quick(since, asked),
        left_out=LEFT_OUT,
        address=parts.settings.address,
        licence=parts.settings.data.licence,
        error=error,
    )


def _quick(since: date | None, asked: dict) -> list[tuple[str, str, str, bool]]:
    """(words, first day, last day, whether it is chosen) of the periods asked for most."""
    found = [one for one in words.quick_periods(today()) if one[1] != one[2]]
    if since:
        found.append((_("All time"), since.isoformat(), today().isoformat()))
    return [(*one, [*one[1:]] == [asked["from"], asked["to"]]) for one in found]
