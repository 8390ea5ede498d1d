"""How figures, instants and people are said: shares, waits, periods and names in words. It measures nothing."""

from datetime import date, datetime, timedelta

from flask_babel import format_date, format_datetime, format_decimal, ngettext
from flask_babel import gettext as _

from reception.hours import local


def percent(share: float | None) -> str:
    """A share as whole percent. All is said of all alone, and nothing of nothing alone, however near they are."""
    if share is None:
        return "–"
    return f"{share:.0%}" if share in (0, 1) else f"{min(99, max(1, round(share * 100)))}%"


def interval(bounds: tuple[float, float] | None) -> str:
    """ "76 to 87": what the share may be, in percent; nothing where there is no interval."""
    return _("%(low)s to %(high)s", low=round(bounds[0] * 100), high=round(bounds[1] * 100)) if bounds else ""


def clock(ms: int | None) -> str:
    """A wait as m:ss, or h:mm:ss. Begun seconds count, so that what reads as the target is within it."""
    if ms is None:
        return "–"
    seconds = -(-ms // 1000)
    minutes, hours = seconds // 60 % 60, seconds // 3600
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def span(ms: int) -> str:
    """A wait or a target as one says it: "14 minutes", "90 seconds", "2 hours"."""
    seconds = round(ms / 1000)
    if seconds >= 7200:
        hours = round(seconds / 3600)
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    if (seconds and seconds % 60 == 0) or seconds >= 120:
        return ngettext("%(num)d minute", "%(num)d minutes", round(seconds / 60))
    return ngettext("%(num)d second", "%(num)d seconds", seconds)


def when(first: date, last: date, today: date) -> str:
    """The period within a sentence: "today", "on 2 March 2026", "from 2 March to 8 March 2026"."""
    if first == last:
        if first == today:
            return _("today")
        return (
            _("yesterday")
            if first == today - timedelta(days=1)
            else _("on %(day)s", day=format_date(first, "d MMMM y"))
        )
    shape = "d MMMM" if first.year == last.year else "d MMMM y"
    return _("from %(first)s to %(last)s", first=format_date(first, shape), last=format_date(last, "d MMMM y"))


def number(count: int) -> str:
    """ "1,296", as everywhere a count stands."""
    return format_decimal(count)


def day(iso: str) -> str:
    """An ISO day as one says it: "3 December 2026"."""
    return format_date(date.fromisoformat(iso), "d MMMM y")


def moment(at: datetime, today: date) -> str:
    """An instant by the office's clock: "11:20" today, else "2 March, 11:20"."""
    return format_datetime(at, "HH:mm" if at.date() == today else "d MMMM, HH:mm", rebase=False)


def by(by: str, name: str | None) -> str:
    """Whoever did something: a person or device by name, else what they are."""
    if by == "system":
        return _("by the clock")
    if by == "visitor":
        return _("the visitor")
    return name or (_("somebody who has left") if by.startswith("person:") else _("another program"))


def target_words(report: dict) -> str:
    """The target within a sentence; where it changed within the period, each visit has that of its day."""
    seconds = report["target_seconds"]
    return _("the target of their day") if seconds is None else span(seconds * 1000)


def headline(report: dict, *, period: str, services: dict[str, str], zone, one_day: bool) -> list[str]:
    """What the figures come to, in two or three sentences."""
    total, target = report["total"], target_words(report)
    if not total["n"]:
        return [_nobody(total, period)]
    values = {"share": percent(total["share"])[:-1], "target": target, "when": period, "many": number(total["n"])}
    if total["n"] == 1:
        one = _("One person was judged, and was seen within %(target)s %(when)s.", **values)
        judged = (
            one if total["hits"] else _("One person was judged, and was not seen within %(target)s %(when)s.", **values)
        )
    elif total["interval"]:
        judged = _(
            "%(share)s%% of %(many)s people were seen within %(target)s %(when)s (%(interval)s).",
            interval=interval(total["interval"]),
            **values,
        )
    else:
        judged = _("%(share)s%% of %(many)s people were seen within %(target)s %(when)s.", **values)
    return [judged, _longest(total, services, zone, one_day)]


def _nobody(total: dict, period: str) -> str:
    if total["arrivals"]:
        return ngettext(
            "%(many)s person came %(when)s, and nobody can be judged: see below who is counted apart.",
            "%(many)s people came %(when)s, and none of them can be judged: see below who is counted apart.",
            total["arrivals"],
            many=number(total["arrivals"]),
            when=period,
        )
    if total["recent"]:
        return ngettext(
            "%(many)s person has come %(when)s, too recently to be judged.",
            "%(many)s people have come %(when)s, all too recently to be judged.",
            total["recent"],
            many=number(total["recent"]),
            when=period,
        )
    if total["excluded"]:
        return ngettext(
            "%(many)s person came %(when)s, and the settings leave them out of all figures.",
            "%(many)s people came %(when)s, and the settings leave all of them out of all figures.",
            total["excluded"],
            many=number(total["excluded"]),
            when=period,
        )
    return _("Nobody came %(when)s.", when=period)


def _longest(total: dict, services: dict[str, str], zone, one_day: bool) -> str:
    longer = ngettext("%(many)s waited longer", "%(many)s waited longer", total["misses"], many=number(total["misses"]))
    longer = longer if total["misses"] else _("Nobody waited longer")
    if total["longest_ms"] is None:
        return _("%(longer)s.", longer=longer)
    if total["longest_at"] is None:  # of those who had a need, nobody knows who it was
        return _("%(longer)s; the longest wait was %(wait)s.", longer=longer, wait=span(total["longest_ms"]))
    came, key = local(total["longest_at"], zone), total["longest_service"]
    clock_time = format_datetime(came, "HH:mm", rebase=False)
    return _(
        "%(longer)s; the longest wait was %(wait)s, for %(service)s, of somebody who came %(came)s.",
        longer=longer,
        wait=span(total["longest_ms"]),
        service=services.get(key, key),
        came=_("at %(time)s", time=clock_time)
        if one_day
        else _("on %(day)s at %(time)s", day=day(came.date().isoformat()), time=clock_time),
    )


def quick_periods(today: date) -> list[tuple[str, str, str]]:
    """(words, first day, last day) of the periods asked for most."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    found = [
        (_("Today"), today, today),
        (_("Yesterday"), today - timedelta(days=1), today - timedelta(days=1)),
        (_("This week"), monday, today),
        (_("This month"), month, today),
        (_("Last month"), last_month, month - timedelta(days=1)),
        (_("A year"), today - timedelta(days=364), today),
    ]
    return [(said, first.isoformat(), last.isoformat()) for said, first, last in found]
