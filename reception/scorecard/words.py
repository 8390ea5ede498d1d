"""A published month in words, in the language now worded in: for the public page, the paper and the board's slide.

It takes a card as it was published and looks nothing up; what is hidden there cannot be said here.
"""

from datetime import date, time

from babel.dates import get_day_names
from babel.numbers import format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from reception.scorecard.months import first_day
from reception.web import times
from reception.web.speaking import said

NONE = "–"
KEPT, JUDGED = ("met",), ("met", "not_met")


def month(name: str) -> str:
    """ "October 2026"."""
    return times.month(first_day(name))


def short_month(first: str, _last: str = "") -> str:
    """ "Oct", below a point of a chart."""
    return times.short_month(date.fromisoformat(first))


def number(count: int) -> str:
    return format_decimal(count, locale=get_locale() or "en_GB")


def percent(share: float) -> str:
    """A whole percent. All is said of all alone, and nothing of nothing alone, however near they are."""
    return f"{round(share * 100) if share in (0, 1) else min(99, max(1, round(share * 100)))}%"


def span(seconds: int) -> str:
    if seconds % 60 == 0:
        return ngettext("%(num)s minute", "%(num)s minutes", seconds // 60)
    return ngettext("%(count)s second", "%(count)s seconds", seconds, count=seconds)


def title(card: dict) -> str:
    return _("How we did in %(month)s", month=month(card["month"]))


# -- the month in a few sentences -------------------------------------------------------------------------------------


def lead(card: dict) -> str:
    """How many were seen in time, in one sentence."""
    seen = next((one for one in card["standards"] if one["measure"] == "seen_in_time"), None)
    if seen is None or seen["n"] == 0 or card["target_seconds"] is None:
        return _("There is no figure for how long people waited.")
    target = span(card["target_seconds"])
    if seen["share"] is not None and seen["n"]:
        values = {"share": percent(seen["share"]), "count": number(seen["n"]), "target": target}
        return _("%(share)s of %(count)s people were seen within %(target)s.", **values)
    if said_share := share_words(seen):
        return _("Seen within %(target)s: %(share)s of those who came.", target=target, share=said_share)
    return _("Too few people came to say how many were seen in time.")


def further(card: dict) -> list[str]:
    """How many came, how long they usually waited, how many promises were kept."""
    found = []
    if card["arrivals"]:
        many = number(card["arrivals"])
        found.append(ngettext("%(many)s person came.", "%(many)s people came.", card["arrivals"], many=many))
    if card["waits"]["p90_ms"] is not None:
        half, most = (waited(card["waits"][name]) for name in ("median_ms", "p90_ms"))
        found.append(
            _("Half waited no longer than %(half)s, nine in ten no longer than %(most)s.", half=half, most=most)
        )
    judged = [one for one in card["standards"] if one["state"] in JUDGED]
    if judged:
        kept = sum(one["state"] in KEPT for one in judged)
        found.append(_("Promises kept: %(kept)s of %(count)s that can be judged.", count=len(judged), kept=kept))
    return found


def waited(ms: int) -> str:
    """A wait in whole minutes, the begun one too: a usual wait is never said to be shorter than it was."""
    return span(60 * max(1, -(-ms // 60_000)))


# -- the promises -----------------------------------------------------------------------------------------------------


def promises(card: dict) -> list[dict]:
    """A row each: `{key, promise, target, result, of, between, state, state_words, year, note}`."""
    return [_promise(one, card) for one in card["standards"]]


def in_full(card: dict) -> dict:
    """The card with each promise as a whole sentence, for whoever takes it away."""
    return card | {"standards": [one | {"promise": _sentence(one, card)} for one in card["standards"]]}


def _sentence(one: dict, card: dict) -> str:
    promise = said(one["promise"])
    if "{target}" in promise:
        target = span(card["target_seconds"]) if card["target_seconds"] else _("the time we promise")
        promise = promise.replace("{target}", target)
    return promise


def _promise(one: dict, card: dict) -> dict:
    aim = _("at least %(share)s") if one["aim"] == "at_least" else _("at most %(share)s")
    return {
        "key": one["key"],
        "promise": _sentence(one, card),
        "target": aim % {"share": percent(one["target"])},
        "result": share_words(one),
        "of": number(one["n"]) if one["n"] else "",
        "between": between_words(one),
        "state": one["state"],
        "state_words": state_words(one["state"]),
        "year": change_words(one),
        "note": note_words(one, card),
    }


def share_words(one: dict) -> str:
    """ "82%", "98% or more", or nothing."""
    share = one["share"] if one["value"] is None else one["value"]
    if share is not None:
        return percent(share)
    if not one["between"]:
        return ""
    low, high = one["between"]
    if high == 1:
        return _("%(share)s or more", share=f"{round(low * 100)}%")
    return _("%(share)s or less", share=f"{round(high * 100)}%")


def between_words(one: dict) -> str:
    if not one["interval"]:
        return ""
    low, high = one["interval"]
    return _("%(low)s to %(high)s", low=f"{round(low * 100)}%", high=f"{round(high * 100)}%")


def state_words(state: str) -> str:
    return {
        "met": _("Kept"),
        "not_met": _("Not kept"),
        "few": _("Too few to judge"),
        "missing": _("No figures"),
        "hidden": _("Not shown"),
        "uncounted": _("Not judged"),
    }[state]


def note_words(one: dict, card: dict) -> str:
    """Where a figure came from, or that there is none."""
    if one["state"] == "missing" and one["source"]:
        return _("No figures from %(source)s for %(month)s.", source=said(one["source"]), month=month(card["month"]))
    if one["state"] == "missing":
        return _("No figures for %(month)s.", month=month(card["month"]))
    if one["state"] == "hidden":
        return _("Few people were on one side, so the number is not shown.")
    if one["state"] == "uncounted":
        return _("From %(source)s, without a count.", source=said(one["source"]))
    return _("From %(source)s.", source=said(one["source"])) if one["source"] else ""


def change_words(one: dict) -> str:
    """What the year before says of the newest month."""
    if one["change"] == "few":
        return _("Too few months to tell")
    if one["change"] == "steady":
        return _("No change beyond chance")
    since = month(one["trend"][one["since"]]["month"])
    return {
        "above": _("Above its usual level since %(month)s", month=since),
        "below": _("Below its usual level since %(month)s", month=since),
        "rising": _("Rising since %(month)s", month=since),
        "falling": _("Falling since %(month)s", month=since),
    }[one["change"]]


# -- who came ---------------------------------------------------------------------------------------------------------


def footfall(card: dict) -> dict[str, list[tuple[str, str]]]:
    """table -> rows of (name, how many)."""
    days = get_day_names("wide", context="stand-alone", locale=get_locale() or "en_GB")
    tables = card["footfall"]
    return {
        "services": [(said(one["name"]), _many(one)) for one in tables["services"]],
        "weekdays": [(days[one["weekday"] - 1], _many(one)) for one in tables["weekdays"]],
        "quarters": [(clock(one["minute"]), _many(one)) for one in tables["quarters"]],
    }


def clock(minute: int) -> str:
    return f"{time(minute // 60, minute % 60):%H:%M}"


def _many(one: dict) -> str:
    return NONE if one["count"] is None else number(one["count"])


def dash() -> str:
    """What a dash in a table of people means."""
    return _(
        "A dash stands for fewer than five people."
        " Another number may be hidden with it, so that nobody can work it out."
    )


# -- what the pictures say --------------------------------------------------------------------------------------------


def seen_trend(card: dict) -> list[dict]:
    """The months of the share seen in time: `{month, share, n}`; of none where nothing measures it."""
    return next((one["trend"] for one in card["standards"] if one["measure"] == "seen_in_time"), [])


def trend_says(card: dict) -> str:
    known = [point for point in seen_trend(card) if point["share"] is not None]
    if len(known) < 2:
        return _("There are figures for too few months to draw a line.")
    least, most = (pick(point["share"] for point in known) for pick in (min, max))
    values = {"first": month(known[0]["month"]), "last": month(known[-1]["month"])}
    return _(
        "From %(first)s to %(last)s, between %(least)s and %(most)s were seen in time.",
        **values,
        least=percent(least),
        most=percent(most),
    )


def quarters_says(card: dict) -> str:
    known = [one for one in card["footfall"]["quarters"] if one["count"] is not None]
    if not known:
        return _("Too few people came to say when most of them did.")
    busiest = max(known, key=lambda one: one["count"])
    values = {"many": number(busiest["count"]), "time": clock(busiest["minute"])}
    return _("Most people came in the quarter hour from %(time)s: %(many)s in the whole month.", **values)


# -- what the figures do not know -------------------------------------------------------------------------------------


def unknown(card: dict) -> list[str]:
    quality, found = card["quality"], []
    if quality["inferred"]:
        share = percent(quality["inferred"])
        found.append(_("For %(share)s of those seen, the time was worked out from the call.", share=share))
    if quality["without_outcome"]:
        found.append(
            _("For %(share)s of visits, nobody noted what came of it.", share=percent(quality["without_outcome"]))
        )
    if quality["auto_closed"]:
        found.append(_("The system itself ended %(share)s of visits.", share=percent(quality["auto_closed"])))
    if quality["excluded"]:
        many = number(quality["excluded"])
        found.append(
            ngettext("%(many)s visit is left out.", "%(many)s visits are left out.", quality["excluded"], many=many)
        )
    if outages := quality["outages"]:
        found.append(ngettext("The system was away %(num)s time.", "The system was away %(num)s times.", outages))
    if steps := quality["clock_steps"]:
        found.append(ngettext("Its clock was set %(num)s time.", "Its clock was set %(num)s times.", steps))
    missing = sum(one["state"] == "missing" for one in card["standards"])
    if missing:
        found.append(ngettext("%(num)s promise has no figures.", "%(num)s promises have no figures.", missing))
    return found or [_("Nothing that we know of.")]
