"""Staffing answered in sentences: the next hour, what a change would do, how right plans were, how far the next one is.

It works nothing out. A chance is said to the nearest twentieth, since it is no surer than that.
"""

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from manage import figure_words
from manage.frame import said_at
from manage.staffing_words import clock, day, share, weekday
from manage.words import percent, span
from reception.staffing import Ahead, BackTest, Changes, Plan, Progress, Today, WhatIf
from reception.web.saying import time_of_day

PARTS = {
    "hours": _l("the opening hours"),
    "desks": _l("the desks"),
    "services": _l("the services"),
    "promise": _l("the promise"),
    "line": _l("the rules of the line and of appointments"),
    "days": _l("the days that the figures leave out"),
}
SLACK = 5  # points that a plan may be off
UNLIKELY, EASED = 0.2, 0.1  # chances: below, nothing need be done; by so much less, it helps
EVEN, VERY_LIKELY = 50, 90  # of 100, as chances are said


# -- now -----------------------------------------------------------------------------------------------------------


def now(found: Today, name_of) -> str:
    """What can be said of the next hour."""
    if found.key == "closed":
        return _("The office is closed now.")
    if found.key == "no_history":
        return _("Too little has been recorded to say how the next hour goes.")
    if found.key == "no_desks" and not found.ahead:
        return _("The settings name no desk that serves anything.")
    if found.key == "no_desks":
        return _("No desk is open. If that stays so, this is how likely the promise is missed.")
    likely = [one for one in found.ahead if one.chance is not None]
    if not likely:
        return _("Nobody is expected within the next hour.")
    worst = max(likely, key=lambda one: one.chance)
    if worst.chance < UNLIKELY:
        return _("The promise is likely to hold for the next hour.")
    missed = _missed(worst.chance)
    eased = worst.one_more is not None and worst.one_more < worst.chance - EASED
    if not eased:
        return _("%(missed)s, and one more desk would change little.", missed=missed)
    if found.desk:
        return _("%(missed)s. Opening %(desk)s would help.", missed=missed, desk=name_of(found.desk))
    return _("%(missed)s. One more desk would help.", missed=missed)


def _missed(chance: float) -> str:
    """In words that fit the chance as it is said beside them."""
    points = _points(chance)
    if points >= VERY_LIKELY:
        return _("The promise will very likely be missed soon")
    return _("The promise will probably be missed soon") if points > EVEN else _("The promise may be missed soon")


def now_rests_on(found: Today) -> str:
    return ngettext(
        "At %(time)s, from those who wait and one day like today. Said to the nearest 5%%.",
        "At %(time)s, from those who wait and %(num)d days like today. Said to the nearest 5%%.",
        found.days,
        time=time_of_day(found.at),
    )


def ahead(found: Ahead) -> str:
    return ngettext("The next %(num)d minute", "The next %(num)d minutes", found.minutes)


def chance_of(found: Ahead) -> str:
    if found.chance is None:
        return _("Nobody is expected.")
    people = figure_words.people(max(1, round(found.people)))
    return _("Chance to miss the promise, for about %(people)s:", people=people)


# -- what if -------------------------------------------------------------------------------------------------------


def changes(found: Changes, name_of, service_of) -> str:
    """ "one more desk and 20% more people"; nothing where nothing is changed."""
    said = []
    if found.desks:
        said.append(
            ngettext("one more desk", "%(num)d more desks", found.desks)
            if found.desks > 0
            else ngettext("one desk fewer", "%(num)d desks fewer", -found.desks)
        )
    if found.people:
        more = found.people > 0
        said.append(
            _("%(part)d%% more people", part=found.people) if more else _("%(part)d%% fewer people", part=-found.people)
        )
    if found.earlier:
        said.append(_("doors open %(minutes)d minutes earlier", minutes=found.earlier))
    for desk, service in found.skills:
        said.append(_("%(desk)s serving %(service)s as well", desk=name_of(desk), service=service_of(service)))
    for desk, minute in found.lunches:
        said.append(_("%(desk)s's break at %(time)s", desk=name_of(desk), time=clock(minute)))
    return format_list(said, locale=get_locale()) if said else ""


def what_if(found: WhatIf, plan: Plan, days: str, changed: str) -> str:
    """The answer in a sentence."""
    if found.key == "failed":
        return _("This could not be worked out. The server's log says why.")
    values = {"day": weekday(found.day), "changed": changed, "days": days, "target": span(1000 * plan.target_seconds)}
    values |= {"before": share(found.before), "after": share(found.after)}
    if found.after.share is None:
        return _("On %(day)s, with %(changed)s, nobody is expected, or nobody would be there to help.", **values)
    return _(
        "On %(day)s, with %(changed)s, %(after)s are seen within %(target)s, instead of %(before)s. It rests on"
        " %(days)s.",
        **values,
    )


# -- how right it was ----------------------------------------------------------------------------------------------


def back_test(found: BackTest) -> str:
    if found.key == "too_early" or found.off is None:
        return _(
            "It has not been put to the test yet: that takes four weeks with people in them, and what was known before."
        )
    points = abs(round(found.off))
    off = ngettext("%(num)d point", "%(num)d points", points)
    if found.key in ("off", "chance"):
        said = (
            _("Over these four weeks it expected %(off)s more than came true.", off=off)
            if found.off > 0
            else _("Over these four weeks it expected %(off)s less than came true.", off=off)
        )
        return f"{said} {_by_chance(found)}" if found.low is not None else said  # of an earlier version
    return _("Over these four weeks it was off by %(off)s, within the %(slack)d that we allow.", off=off, slack=SLACK)


def _by_chance(found: BackTest) -> str:
    """Whether that is why it was off."""
    values = {"low": percent(found.low), "high": percent(found.high), "came": percent(found.happened)}
    if found.key == "chance":
        return _("That may be chance: such weeks come to anything from %(low)s to %(high)s, and %(came)s came true.",
                 **values)  # fmt: skip
    return _(
        "Chance hardly explains it: such weeks come to anything from %(low)s to %(high)s, and %(came)s came true.",
        **values,
    )


def out_of_date(parts) -> str:
    """What of the settings has changed since a plan was made."""
    names = format_list([str(PARTS[part]) for part in parts], locale=get_locale())
    return _("The settings have changed since it was worked out: %(parts)s.", parts=names)


def progress(found: Progress) -> str:
    if found.key == "failed":
        return _("The plan could not be worked out, and the one from before stays. The server's log says why.")
    if found.key == "cancelled":
        return _("It was stopped, and the plan from before stays.")
    if found.key == "interrupted":
        return _("The server stopped while a plan was being worked out (begun %(when)s). Nothing of it was kept.",
                 when=said_at(found.started_at))  # fmt: skip
    if found.key != "working":
        return ""
    if not found.day:
        return _("Working out: the weeks behind us")
    return _("Working out: %(day)s", day=day(found.day))


def twentieth(chance: float | None) -> str:
    """How likely, no finer than it is known."""
    if chance is None:
        return "–"
    rounded = _points(chance)
    if rounded <= 0 or rounded >= 100:
        return _("under 5%") if rounded <= 0 else _("over 95%")
    return _("about %(chance)s%%", chance=rounded)


def _points(chance: float) -> int:
    return 5 * round(20 * chance)
