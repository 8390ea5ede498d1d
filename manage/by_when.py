"""Whether people were called by the time that they were told, as the managers' figures show it. It measures nothing."""

from flask_babel import gettext as _
from flask_babel import ngettext

from manage import figure_words, words
from manage.words import interval, percent
from reception.web import charts

AIM = 0.9  # the time that is told is the one by which nine in ten are called


def shown(report: dict) -> dict:
    """`told`: the sentence, the weeks of walk-ins in a run chart, and the tables by week, service and hour; None where
    nobody was told a time."""
    told = report["told"]
    if not any(told[who]["n"] or told[who]["gone"] for who in ("walk_ins", "appointments")):
        return {"told": None}
    of = (
        ("weeks", _("By week"), _("Week"), lambda one: figure_words.days(one["first"], one["last"])),
        ("services", _("By service"), _("Service"), lambda one: one["name"]),
        ("hours", _("By hour of arrival"), _("Hour"), lambda one: f"{one['hour']:02d}:00"),
    )
    weeks = [one | one["walk_ins"] | {"arrivals": one["walk_ins"]["n"]} for one in told["weeks"]]
    return {
        "told": {
            "said": said(told),
            "run": charts.run(weeks) if sum(one["n"] > 0 for one in weeks) > 1 else None,
            "tables": [
                (heading, first, [_row(name(one), one) for one in told[rows]]) for rows, heading, first, name in of
            ],
            "total": _row(_("Everybody"), told),
        }
    }


def said(told: dict) -> str:
    """What it comes to, in sentences."""
    walk_ins, booked = told["walk_ins"], told["appointments"]
    found = []
    if walk_ins["n"]:
        share, aim = figure_words.share(walk_ins), percent(AIM)
        found.append(_("%(share)s without an appointment were called by the time that they were told.", share=share))
        found.append(
            _("The aim is %(aim)s: more means that people are told to wait longer than they need to.", aim=aim)
        )
    if booked["n"]:
        found.append(_("With an appointment it was %(share)s.", share=figure_words.share(booked)))
    if gone := walk_ins["gone"] + booked["gone"]:
        left = ngettext(
            "%(many)s person left before the time that they were told, and is counted apart.",
            "%(many)s people left before the time that they were told, and are counted apart.",
            gone,
            many=words.number(gone),
        )
        found.append(left)
    return " ".join(found)


def _row(name: str, one: dict) -> list[str]:
    walk_ins, booked = one["walk_ins"], one["appointments"]
    return [
        name,
        words.number(walk_ins["n"]),
        percent(walk_ins["share"]),
        interval(walk_ins["interval"]) if walk_ins["interval"] else "",
        words.number(booked["n"]),
        percent(booked["share"]),
        words.number(walk_ins["gone"] + booked["gone"]),
    ]
