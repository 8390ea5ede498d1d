"""How often people were called by the time that they were first told: those with an appointment apart. Pure.

Counts that can be added up, so that what is remembered of finished days is told with today's; then shares.
"""

from collections import Counter
from datetime import timedelta

import numpy

from reception.figures import measures
from reception.figures.facts import Facts, day_named

WHO = ("walk_ins", "appointments")
WHAT = ("late", "hits", "gone")
WEEK = 7
MONDAY = 4  # the number of the first Monday, from 1 January 1970


def counts(facts: Facts, *, parts: bool = True) -> Counter:
    """("told", grouping, key, who, what) -> how many; the groupings are "all" and, with `parts`, "service", "hour" of
    the arrival and "week", by the number of its Monday."""
    rows = numpy.flatnonzero(facts.flag("told") & ~facts.flag("excluded"))
    if not len(rows):
        return Counter()
    what = numpy.where(facts.flag("told_gone")[rows], 2, facts.flag("told_kept")[rows])
    code = facts.flag("came_booked")[rows] * len(WHAT) + what
    keys = {"all": numpy.zeros(len(rows), "i8")}
    if parts:
        days = facts["day"][rows].astype("i8")
        keys |= {"service": facts["service"][rows], "hour": facts["minute"][rows] // 60}
        keys["week"] = days - (days - MONDAY) % WEEK
    found, words = Counter(), facts.words["service"]
    for grouping, key in keys.items():
        first, width = int(key.min()), len(WHO) * len(WHAT)
        many = numpy.bincount((key.astype("i8") - first) * width + code)
        for place in numpy.flatnonzero(many).tolist():
            one, who, how = first + place // width, WHO[place % width // len(WHAT)], WHAT[place % len(WHAT)]
            name = words[one] if grouping == "service" else one
            found["told", grouping, name, who, how] = int(many[place])
    return found


def report(many: Counter, names: dict[str, str]) -> dict:
    """`{walk_ins, appointments, services, hours, weeks}`: the first two are shares with `gone`, who left before the
    time that they were told; the others rows of both. `names` are the services', in the settings' order."""
    groups: dict[str, dict] = {}
    for key, count in many.items():
        if isinstance(key, tuple) and key[0] == "told":
            _told, grouping, name, who, how = key
            groups.setdefault(grouping, {}).setdefault(name, Counter())[who, how] += count
    services, whole = groups.get("service", {}), groups.get("all", {})
    keys = [*(key for key in names if key in services), *sorted(key for key in services if key not in names)]
    return {
        **_shares(whole.get(0, Counter())),
        "services": [{"key": key, "name": names.get(key, key)} | _shares(services[key]) for key in keys],
        "hours": [{"hour": hour} | _shares(one) for hour, one in sorted(groups.get("hour", {}).items())],
        "weeks": [_week(day) | _shares(one) for day, one in sorted(groups.get("week", {}).items())],
    }


def _week(number: int) -> dict:
    monday = day_named(number)
    return {"first": monday.isoformat(), "last": (monday + timedelta(days=WEEK - 1)).isoformat()}


def _shares(of: Counter) -> dict[str, dict]:
    return {
        who: measures.share(of[who, "hits"], of[who, "hits"] + of[who, "late"]) | {"gone": of[who, "gone"]}
        for who in WHO
    }
