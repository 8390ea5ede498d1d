"""What the address of the figures asks for: a period, a part of it, and what to compare it with. It measures nothing.

The same words stand in the address of every page, table and list behind a figure, so that each can be kept and sent.
"""

from dataclasses import replace
from datetime import date, timedelta

from flask import request, url_for
from flask_babel import gettext as _

from manage import figure_words, words
from reception.figures import Asked, Figures, period
from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.web.parts import here

# Each may be asked for several times. A quarter hour is the minute of the day that it begins with: 555 is 09:15.
PARTS = ("service", "desk", "channel", "language", "hour", "quarter", "weekday", "office")
LONGEST_KEY, LONGEST_DAY = 40, 20
OWN = "own"  # the language of somebody who chose none
YEAR = timedelta(days=364)  # so that a Monday stands beside a Monday
ALL_AT_MOST = 7_000  # days of "all"


def measuring() -> Figures:
    return here().figures()


def asked_for(today: date) -> Asked:
    """What the address asks for; a Refusal where that cannot be asked."""
    first, last = period(_day("from"), _day("to"), today)
    chosen = {part: _chosen(part) for part in PARTS}
    try:
        times = {f"{part}s": tuple(int(one) for one in chosen[part]) for part in ("hour", "quarter", "weekday")}
    except ValueError as error:
        raise Refusal("figures_no_such_time", status=422) from error
    return Asked(
        first,
        last,
        services=chosen["service"],
        desks=tuple("" if one == OWN else one for one in chosen["desk"]),
        channels=chosen["channel"],
        languages=tuple("" if one == OWN else one for one in chosen["language"]),
        offices=chosen["office"],
        need=request.args.get("need", "")[:LONGEST_KEY] or None,
        **times,
    )


def _chosen(part: str) -> tuple[str, ...]:
    return tuple(one[:LONGEST_KEY] for one in request.args.getlist(part) if one)


def _day(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_DAY]


def form(today: date) -> dict:
    """What was asked, as the form shows it again, however wrong it was."""
    given = {name: request.args.get(name, "")[:LONGEST_KEY] for name in (*PARTS, "need", "with")}
    days = {name: _day(name) for name in ("from", "to", "with-from", "with-to")}
    if ".." in given["with"]:
        days["with-from"], days["with-to"] = given["with"].split("..", 1)
    if not (days["from"] or days["to"]):
        days |= {"from": today.isoformat(), "to": today.isoformat()}
    return given | days


def choices(measured: Figures) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, label, choices) of each part that can be chosen, where there is more than one choice."""
    settings = here().settings
    languages = [(tag, CATALOGUES[tag].name) for tag in settings.languages if tag in CATALOGUES]
    found = [
        ("office", _("Office"), measured.offices()),
        ("service", _("Service"), [(one.key, one.name) for one in settings.services]),
        ("desk", _("Desk"), [(one.key, one.name) for one in settings.desks]),
        ("weekday", _("Weekday"), [(str(number), figure_words.weekday(number)) for number in range(1, 8)]),
        ("hour", _("Hour of arrival"), [(str(hour), f"{hour:02d}:00") for hour in range(24)]),
        ("quarter", _("Quarter hour of arrival"), _quarters() if _chosen("quarter") else []),
        ("channel", _("Number from"), [(key, str(name)) for key, name in figure_words.CHANNELS.items()]),
        ("language", _("Language"), [(OWN, _("None chosen")), *languages]),
        ("need", _("Need, alone"), [(need.key, need.name) for need in settings.needs]),
    ]
    return [one for one in found if len(one[2]) > 1]


def _quarters() -> list[tuple[str, str]]:
    return [(str(minute), figure_words.quarter(minute)) for minute in range(0, 24 * 60, 15)]


def only(found: list[tuple[str, str, list[tuple[str, str]]]]) -> list[tuple[str, str]]:
    """(label, what was chosen) of each part that is narrowed, in words; what nobody knows stands as it was written."""
    said = []
    for name, label, known in found:
        chosen = [dict(known).get(one, one) for one in _chosen(name)]
        if chosen:
            said.append((label, ", ".join(chosen)))
    return said


def quick(measured: Figures, today: date, shown: Asked | None) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is what is shown) of the periods asked for most, the rest of the question kept."""
    found = words.quick_periods(today)
    at = here().store.first_arrival(measured.office)
    if at is not None:
        since = max(measured.today(at), today - timedelta(days=ALL_AT_MOST))
        found.append((_("All time"), since.isoformat(), today.isoformat()))
    days = [shown.first.isoformat(), shown.last.isoformat()] if shown else []
    beside = {name: request.args.get(name) or None for name in ("with", "with-from", "with-to")}
    return [
        (said, address("manage.figures", **{"from": first, "to": last}, **beside), [first, last] == days)
        for said, first, last in found
    ]


def address(endpoint: str, **changed) -> str:
    """A page's address with the same question; `changed` puts other values in, None takes one out."""
    given = {name: request.args.getlist(name) for name in ("from", "to", *PARTS, "need")}
    given |= {name: [value] if value is not None else [] for name, value in changed.items()}
    return url_for(endpoint, **{name: value for name, value in given.items() if any(one != "" for one in value)})


def behind(what: str, *, narrow: dict | None = None) -> str:
    """Where the visits that the figure `what` counts are listed."""
    return address("manage.visits", what=what, **(narrow or {}))


# -- what to compare with -------------------------------------------------------------------------------------------


def comparisons(measured: Figures) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, choices) of what a period can be compared with."""
    found = [(_("Another time"), [("before", _("The days before")), ("year", _("A year before"))])]
    services = [(f"service:{one.key}", one.name) for one in here().settings.services]
    offices = [(f"office:{key}", name) for key, name in measured.offices()]
    found += [(_("Another service"), services)] if len(services) > 1 else []
    return found + ([(_("Another office"), offices)] if len(offices) > 1 else [])


def compared_with(asked: Asked, today: date) -> tuple[Asked, str, str] | None:
    """What to compare with, and both sides in words: (other, "Today", "yesterday"); None where nothing was asked."""
    kind, _colon, key = request.args.get("with", "")[: LONGEST_KEY + 8].partition(":")
    between = kind.split("..") if ".." in kind else [_day("with-from"), _day("with-to")]
    if any(between):
        first, last = period(between[0], between[-1], today)
        return _other_days(asked, first, last, today)
    if kind in ("before", "year"):
        back = YEAR if kind == "year" else asked.last - asked.first + timedelta(days=1)
        while kind == "year" and back <= asked.last - asked.first:
            back += YEAR
        first, last = (date.fromordinal(max(1, day.toordinal() - back.days)) for day in (asked.first, asked.last))
        period(first.isoformat(), last.isoformat(), today)
        return _other_days(asked, first, last, today)
    if kind == "service" and key:
        names = {one.key: one.name for one in here().settings.services}
        mine = ", ".join(names.get(one, one) for one in asked.services) or _("Everybody")
        return replace(asked, services=(key,)), mine, names.get(key, key)
    if kind == "office" and key:
        names = dict(measuring().offices())
        mine = ", ".join(names.get(one, one) for one in asked.offices) or here().settings.office.name
        return replace(asked, offices=(key,)), mine, names.get(key, key)
    if asked_with := request.args.get("with"):
        raise Refusal("figures_no_such_side", status=422, side=asked_with[: LONGEST_KEY + 8])
    return None


def _other_days(asked: Asked, first: date, last: date, today: date) -> tuple[Asked, str, str]:
    mine, theirs = words.when(asked.first, asked.last, today), words.when(first, last, today)
    return replace(asked, first=first, last=last), mine[:1].upper() + mine[1:], theirs
