"""The visits behind a figure, page by page: each leads to its story. It is the search of visits, too."""

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from manage import asking, words
from manage.story import OUTCOMES
from reception.hours import local
from reception.refusals import Refusal
from reception.web.parts import here
from reception.web.words import sentence

PAGE = 50  # visits
LAST_PAGE = 100_000
EVERYBODY = "arrivals"
WHAT = {  # what a list is of; the names are the figures'
    "arrivals": _l("Everybody"),
    "n": _l("Judged"),
    "hits": _l("Seen in time"),
    "misses": _l("Not in time"),
    "seen": _l("Seen"),
    "left_without_being_seen": _l("Left without being seen"),
    "left": _l("Gone from the line"),
    "no_shows": _l("Called and not there"),
    "closed_unserved": _l("Still waiting when the day ended"),
    "left_in_time": _l("Left before the target"),
    "not_there_in_time": _l("Called in time and not there"),
    "late_returns": _l("Came back late, and seen"),
    "recent": _l("Too recent to be judged"),
    "cancelled": _l("Cancelled as a mistake"),
    "outage": _l("An outage fell into the wait"),
    "excluded": _l("Left out by the settings"),
    "inferred": _l("When they were seen is a guess"),
    "auto_closed": _l("Ended by the clock"),
    "without_outcome": _l("Without an outcome"),
    "carrying": _l("Asked about, with a council’s reference"),
    "validated": _l("Answered, and nobody came back"),
    "undecided": _l("Too early to know whether they come back"),
}
FATES = {
    "hit": _l("in time"),
    "late": _l("seen late"),
    "left_late": _l("left after the target"),
    "not_there_late": _l("called late, not there"),
    "closed_late": _l("still waiting when the day ended"),
    "waits_late": _l("waits past the target"),
    "left_in_time": _l("left before the target"),
    "not_there_in_time": _l("called in time, not there"),
    "closed_in_time": _l("still waiting when the day ended"),
    "cancelled": _l("a mistake"),
    "recent": _l("not judged yet"),
}


def is_asked() -> bool:
    """Whether the address asks for more than one day's visits."""
    return any(request.args.get(name) for name in ("what", "from", "to"))


def listed(asker):
    """The visits asked for; where that cannot be asked, what is wrong with it, and the form as it was filled in."""
    from reception.figures.behind import behind  # it brings in numpy, which a start need not wait for

    measured, at = asking.measuring(), here().frontdesk.now()
    today, page = measured.today(at), _page()
    what, longest = request.args.get("what") or EVERYBODY, request.args.get("order") == "longest"
    choices = [one for one in asking.choices(measured) if one[0] not in ("office", "need")]
    shown = {"asker": asker, "today": today.isoformat(), "form": asking.form(today), "choices": choices}
    shown |= {"what": what, "whats": _whats(), "only": asking.only(choices), "longest_first": longest}
    try:
        asked = asking.asked_for(today)
        count, found = behind(measured, asked, what, at, longest_first=longest, start=page * PAGE, count=PAGE)
    except Refusal as refusal:
        why = sentence(refusal, here().settings)
        return render_template("manage/visits_found.html", error=why, **shown), refusal.status
    when = words.when(asked.first, asked.last, today)
    return render_template(
        "manage/visits_found.html",
        says=_says(what, count, when),
        rows=[_row(one, today) for one in found],
        figures=asking.address("manage.figures"),
        count=count,
        first=page * PAGE + 1,
        before=_turned(page - 1) if page else None,
        after=_turned(page + 1) if (page + 1) * PAGE < count else None,
        orders=[
            (_("As they came"), _turned(0, order=None), not longest),
            (_("The longest first"), _turned(0, order="longest"), longest),
        ],
        **shown,
    )


def _whats() -> list[tuple[str, str]]:
    said = [(key, str(name)) for key, name in WHAT.items()]
    return said + [(f"outcome-{key}", _("Outcome: %(outcome)s", outcome=str(name))) for key, name in OUTCOMES.items()]


def _says(what: str, count: int, when: str) -> str:
    values = {"what": dict(_whats())[what], "when": when, "many": words.number(count)}
    if not count:
        return _("%(what)s: no visits %(when)s.", **values)
    return ngettext("%(what)s: %(many)s visit %(when)s.", "%(what)s: %(many)s visits %(when)s.", count, **values)


def _row(found, today) -> dict:
    visit = found.visit
    came = local(visit.arrived_at, here().settings.zone)
    return {
        "visit": visit,
        "came": words.moment(came, today),
        "wait": found.wait,
        "fate": FATES[found.fate],
        "outcome": OUTCOMES.get(visit.outcome, ""),
    }


def _page() -> int:
    given = request.args.get("page", "")
    return min(int(given), LAST_PAGE) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def _turned(page: int, **changed) -> str:
    """The same list, at another page or in another order."""
    given = {name: request.args.getlist(name) for name in request.args if name != "page"}
    given |= {name: [value] if value else [] for name, value in changed.items()}
    given |= {"page": [str(page)] if page else []}
    return url_for("manage.visits", **{name: value for name, value in given.items() if value})
