"""What the charts and further figures come to, in sentences. It measures nothing."""

from datetime import date

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from manage.words import clock, interval, number, percent, span

ENOUGH = 5  # people in an hour, before it is called the best or the hardest
CHANNELS = {
    "kiosk": _l("Kiosk"),
    "greeter": _l("Greeter"),
    "desk": _l("Desk"),
    "api": _l("Another program"),
}
DURATIONS = (
    ("acknowledgement", _l("Number in hand")),
    ("call_wait", _l("Until called")),
    ("walk", _l("From call to desk")),
    ("service_time", _l("At the desk")),
    ("visit_time", _l("The whole visit")),
    ("later_legs", _l("Wait once sent on")),
)


def quarter(minute: int) -> str:
    """ "09:15": a minute of the day by the office's clock, which no zone moves any more."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def weekday(number: int) -> str:
    """1 is Monday."""
    return format_date(date(2024, 1, number), "EEEE")  # the first of that January was a Monday


def short_weekday(number: int) -> str:
    return format_date(date(2024, 1, number), "EEE")


def point(first: str, last: str) -> str:
    """A point of the run chart: a day, a week by its first day, or a month."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return format_date(start, "d MMM" if (end - start).days < 7 else "MMM y")


def days(first: str, last: str) -> str:
    """A point of the run chart in full, for its table."""
    start, end = (format_date(date.fromisoformat(day), "d MMMM y") for day in (first, last))
    return start if start == end else _("%(first)s to %(last)s", first=start, last=end)


def run_title(points: list[dict]) -> str:
    longest = max(date.fromisoformat(one["last"]) - date.fromisoformat(one["first"]) for one in points).days
    return _("Day by day") if not longest else _("Week by week") if longest < 7 else _("Month by month")


def run(found: dict) -> str:
    """What a run chart shows: its median, and what is more than chance."""
    rules, points = found["rules"], found["points"]
    if rules["median"] is None:
        return _("There is nothing to draw: nobody was judged.")
    if sum(point["y"] is not None for point in points) < 2:
        return _("One point tells no run. Choose a longer period.")
    said = [_("Half of the points are at %(median)s or above.", median=percent(rules["median"]))]
    for first, last in rules["shifts"]:
        between = _between(points, first, last)
        if points[first]["share"] > rules["median"]:
            said.append(_("From %(first)s to %(last)s all lie above it: more than chance.", **between))
        else:
            said.append(_("From %(first)s to %(last)s all lie below it: more than chance.", **between))
    for first, last in rules["trends"]:
        between = _between(points, first, last)
        if points[last]["share"] > points[first]["share"]:
            said.append(_("From %(first)s to %(last)s it rises from point to point: more than chance.", **between))
        else:
            said.append(_("From %(first)s to %(last)s it falls from point to point: more than chance.", **between))
    if len(said) == 1:
        said.append(_("It goes up and down as chance does, and shows no change."))
    return " ".join(said)


def _between(points: list[dict], first: int, last: int) -> dict:
    return {
        name: point(points[place]["first"], points[place]["last"]) for name, place in (("first", first), ("last", last))
    }


def week(cells: list[dict]) -> str:
    """Which hours of the week keep the promise best and worst."""
    known = [cell for cell in cells if cell["n"] >= ENOUGH]
    if len(known) < 2:
        return _("Too few people came in any one hour of the week to tell one from another.")
    best, worst = max(known, key=lambda one: one["share"]), min(known, key=lambda one: one["share"])
    if best["share"] == worst["share"]:
        return alike(len(known) < sum(cell["n"] > 0 for cell in cells), percent(best["share"]))
    return _(
        "Hardest is %(worst)s, with %(worst_share)s in time; easiest %(best)s, with %(best_share)s.",
        worst=hour_of_week(worst),
        worst_share=percent(worst["share"]),
        best=hour_of_week(best),
        best_share=percent(best["share"]),
    )


def hour_of_week(cell: dict) -> str:
    return _("%(day)s at %(hour)s:00", day=weekday(cell["weekday"]), hour=f"{cell['hour']:02d}")


def alike(some_left_out: bool, share: str) -> str:
    """That all hours were alike; of those with too few people nothing is said."""
    if some_left_out:
        return _("Every hour with at least %(n)s people was alike: %(share)s in time.", n=ENOUGH, share=share)
    return _("Every hour was alike: %(share)s in time.", share=share)


def hours(found: list[dict]) -> str:
    """Which hours of the day are hardest."""
    known = [hour for hour in found if hour["n"] >= ENOUGH]
    if len(known) < 2:
        return _("Too few people came to compare the hours.")
    worst = min(hour["share"] for hour in known)
    named = [f"{hour['hour']:02d}:00" for hour in known if hour["share"] == worst]
    if len(named) == len(known):
        return alike(len(known) < sum(hour["n"] > 0 for hour in found), percent(worst))
    return _(
        "Hardest for those who come in the hour from %(hours)s: %(share)s are seen in time.",
        hours=format_list(named, locale=get_locale()),
        share=percent(worst),
    )


def waits(total: dict) -> str:
    if not total["seen"]:
        return _("Nobody was seen, so there is no wait to draw.")
    if total["seen"] == 1:
        return _("One person was seen, after %(wait)s.", wait=clock(total["median_ms"]))
    said = _(
        "Half of the %(seen)s people seen waited no longer than %(median)s, nine in ten no longer than %(p90)s.",
        seen=number(total["seen"]),
        median=clock(total["median_ms"]),
        p90=clock(total["p90_ms"]),
    )
    tail = total["tail"]["p90_ms"]
    if tail is not None and tail != total["p90_ms"]:
        said += " " + _("Counting those who left before, nine in ten no longer than %(tail)s.", tail=clock(tail))
    return said


def duration(found: dict) -> str:
    return _("half %(median)s · 9 in 10 %(p90)s", median=clock(found["median_ms"]), p90=clock(found["p90_ms"]))


def durations(total: dict) -> str:
    """What the chart of where the time goes shows."""
    said = []
    within = total["acknowledgement"].get("within")
    if within and within["n"]:
        said.append(_("%(share)s had their number in hand within the target.", share=share(within)))
    if total["service_time"]["n"]:
        half = clock(total["service_time"]["median_ms"])
        said.append(_("Half of the visits took %(half)s or less at the desk.", half=half))
    if not said and any(total[name]["n"] for name, _label in DURATIONS):
        return _("So far only the way to the desk is known: nobody has been helped to the end.")
    return " ".join(said) or _("No figures: nobody was seen.")


def share(found: dict) -> str:
    """ "82% of 214 (76 to 87)"; a dash where nobody was counted."""
    if not found["n"]:
        return "–"
    said = _("%(share)s of %(n)s", share=percent(found["share"]), n=number(found["n"]))
    return f"{said} ({interval(found['interval'])})" if found.get("interval") else said


def resolved(total: dict) -> str:
    found = total["resolved"]
    if not found["n"]:
        return _("No figures of first contact: nobody said of any visit how it ended.")
    return _("%(share)s were answered at first contact.", share=share(found))


def outcomes(total: dict) -> str:
    """Which end visits came to most often."""
    counts = total["outcomes"]
    if not any(counts.values()):
        return _("No figures: nobody said of any visit what came of it.")
    if not total["without_outcome"]:
        return _("What came of each visit was said.")
    return _(
        "Of %(visits)s finished visits nobody said what came of %(unsaid)s.",
        visits=number(sum(counts.values()) + total["without_outcome"]),
        unsaid=number(total["without_outcome"]),
    )


def validated(total: dict) -> str | None:
    """How many were truly answered at once: nobody came back about the same matter. None where nobody can know."""
    found = total["validated"]
    if not found:
        return None
    late = ngettext(
        "Of %(many)s visit with a council’s reference it is too early to know whether anybody comes back.",
        "Of %(many)s visits with a council’s reference it is too early to know whether anybody comes back.",
        found["undecided"],
        many=number(found["undecided"]),
    )
    if not found["n"]:
        return late
    said = _(
        "Of %(n)s visits with a council’s reference (%(part)s of those asked about), %(share)s were answered and nobody"
        " came back about the same matter.",
        n=number(found["n"]),
        part=percent(found["carrying"]["share"]),
        share=percent(found["share"]),
    )
    return f"{said} {late}" if found["undecided"] else said


def kept(total: dict, steps: dict) -> str:
    """How many were answered at once, and what was promised to those who were passed on."""
    dated, met = steps["with_date"], steps["kept"]
    said = [one for one in (resolved(total), validated(total)) if one]
    if not dated["n"] and not met["n"]:
        said.append(_("Nobody was passed on, and no date has come."))
    if dated["n"]:
        said.append(_("%(share)s of those passed on know by when something happens.", share=percent(dated["share"])))
    if met["n"]:
        said.append(_("%(share)s of the dates that are over were kept.", share=percent(met["share"])))
    return " ".join(said)


def appointments(found: dict) -> str:
    if not found["booked"]:
        return _("No figures: nothing was booked.")
    said = [
        ngettext(
            "%(many)s appointment was booked.",
            "%(many)s appointments were booked.",
            found["booked"],
            many=number(found["booked"]),
        )
    ]
    if found["share_not_attended"] is not None:
        said.append(
            _(
                "Of those whose time has come, %(share)s did not come (%(missed)s).",
                share=percent(found["share_not_attended"]),
                missed=number(found["not_attended"]),
            )
        )
    if found["punctual"]["n"]:
        said.append(_("%(share)s were begun in time.", share=share(found["punctual"])))
    return " ".join(said)


def use(found: dict) -> str:
    if found["share"] is None:
        return _("No figures: no desk was open.")
    said = _("Desks were open for %(open)s together.", open=span(found["open_ms"]))
    if found["breaks_ms"]:
        said += " " + _("Breaks took %(breaks)s of it.", breaks=span(found["breaks_ms"]))
    return said + " " + _("For %(share)s of the rest somebody was helped.", share=percent(found["share"]))


def kiosks_away(quality: dict) -> str:
    """How long kiosks were away in opening hours, and the share of those who did not come meanwhile."""
    said = [_("Kiosks were away for %(span)s.", span=span(quality["kiosk_away_ms"]))]
    if quality["kiosk_away_arrivals"]:
        said.append(
            ngettext(
                "%(many)s person who was judged came meanwhile, and may have waited for a number first.",
                "%(many)s people who were judged came meanwhile, and may have waited for a number first.",
                quality["kiosk_away_arrivals"],
                many=number(quality["kiosk_away_arrivals"]),
            )
        )
        if quality["share_without_kiosk_away"] is not None:
            share = percent(quality["share_without_kiosk_away"])
            said.append(_("Without them the share would be %(share)s.", share=share))
    return " ".join(said)


def people(count: int) -> str:
    return ngettext("%(many)s person", "%(many)s people", count, many=number(count))
