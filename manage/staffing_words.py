"""A plan of staffing in sentences: what the week comes to, where it falls short and what helps, and each day.

It works nothing out. A share never stands without what it may be, nor a day without the days it rests on.
"""

from datetime import date

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from manage import figure_words
from manage.staffing_chart import is_short
from manage.words import percent, span
from reception.staffing import DayPlan, HalfHour, Plan, Progress, Share, Shortfall, Today

ONE_MORE = (  # after so many desks
    *(_l("a first"), _l("a second"), _l("a third"), _l("a fourth"), _l("a fifth"), _l("a sixth"), _l("a seventh")),
    *(_l("an eighth"), _l("a ninth"), _l("a tenth")),
)
WEEKS = 3  # of visits, from which on a weekday has three days like it


# -- numbers -------------------------------------------------------------------------------------------------------


def share(found: Share) -> str:
    """ "71% (63–79)"; a dash where there is nothing to say it of."""
    if found.share is None:
        return "–"
    return f"{percent(found.share)} ({round(100 * found.low)}–{round(100 * found.high)})"


def desks(count: float) -> str:
    """ "4 desks", "3½ desks": half a desk is one that is at lunch for half of the time."""
    return ngettext("%(many)s desk", "%(many)s desks", 1 if count == 1 else 2, many=number(count))


def number(count: float) -> str:
    whole, half = divmod(round(2 * count), 2)
    return f"{whole or ''}½" if half else str(whole)


def signed(count: int, unit: str = "") -> str:
    """ "+2", "−10%"; nothing of 0."""
    return f"{count:+d}{unit}".replace("-", "−") if count else ""


def needed(one: HalfHour, goal: float) -> str:
    """How many desks a half hour takes; "++" is more than the office could open."""
    return "++" if one.is_beyond(goal) else "–" if one.needed is None else str(one.needed)


def hours(count: float) -> str:
    return ngettext("%(many)s desk-hour", "%(many)s desk-hours", 1 if count == 1 else 2, many=number(count))


# -- days ----------------------------------------------------------------------------------------------------------


def day(iso: str) -> str:
    """ "Tuesday 1 December"."""
    return format_date(date.fromisoformat(iso), "EEEE d MMMM")


def short_day(iso: str) -> str:
    return format_date(date.fromisoformat(iso), "EEE d")


def date_of(iso: str) -> str:
    """ "1 December"."""
    return format_date(date.fromisoformat(iso), "d MMMM")


def days(found) -> str:
    """Their names, one after another."""
    return format_list([day(one.day) for one in found], locale=get_locale())


def weekday(iso: str) -> str:
    return figure_words.weekday(date.fromisoformat(iso).isoweekday())


def clock(minute: int) -> str:
    """ "09:30": a minute of the office's day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def between(first: int, last: int) -> str:
    return f"{clock(first)}–{clock(last)}"


def rests_on(found: DayPlan) -> str:
    """The days of the record that a plan's day was made of."""
    name = weekday(found.day)
    if found.after_holiday:
        return ngettext("the last day after a holiday", "the last %(num)d days after a holiday", found.days)
    return ngettext("the last %(day)s", "the last %(num)d %(day)ss", found.days, day=name)


# -- the plan ------------------------------------------------------------------------------------------------------


def headline(plan: Plan) -> str:
    """What the coming week comes to."""
    known, short = [one for one in plan.days if one.half_hours], [one for one in plan.days if one.shortfalls]
    if not known:
        keys = {one.key for one in plan.days}
        if "no_desks" in keys:
            return _("The settings name no desk that serves anything, so there is nothing to plan.")
        return _("The office is closed for the next seven days.") if keys == {"closed"} else no_history()
    if not short:
        return ngettext(
            "The roster keeps the promise at all hours of the one day that is open.",
            "The roster keeps the promise at all hours of the next %(num)d open days.",
            len(known),
        )
    if len(short) == len(known):
        return ngettext(
            "The one day that is open has hours in which the roster falls short.",
            "Each of the next %(num)d open days has hours in which the roster falls short.",
            len(known),
        )
    return ngettext(
        "One of the next %(known)d open days has hours in which the roster falls short: %(days)s.",
        "%(num)d of the next %(known)d open days have hours in which the roster falls short: %(days)s.",
        len(short),
        days=format_list([weekday(one.day) for one in short], locale=get_locale()),
        known=len(known),
    )


def no_plan(progress: Progress, today: Today | None) -> str:
    """Before the first plan."""
    if progress.key == "working":
        return _("The first plan is being worked out.")
    return no_history() if today and today.key == "no_history" else _("No plan was made yet.")


def no_history() -> str:
    return _("How many desks it takes cannot be said yet: too little has been recorded.")


def promise(plan: Plan) -> str:
    return _(
        "The promise: %(goal)s of people are seen within %(target)s.",
        goal=percent(plan.goal),
        target=span(1000 * plan.target_seconds),
    )


def in_all(plan: Plan) -> str:
    """What the week needs beside what it has."""
    needed, there = (sum(getattr(one, f"{what}_hours") for one in plan.days) for what in ("needed", "roster"))
    values = {"needed": hours(needed), "there": hours(there)}
    if any(one.at_least for one in plan.days):
        return _("Over the seven days it takes at least %(needed)s; the roster has %(there)s.", **values)
    return _("Over the seven days it takes about %(needed)s; the roster has %(there)s.", **values)


def needed_hours(found: DayPlan) -> str:
    said = number(found.needed_hours)
    return _("at least %(hours)s", hours=said) if found.at_least else said


def unserved(service: str, part: float) -> str:
    """Why no number of desks is enough; `part` of 1 come for the service."""
    return _("No desk serves %(service)s, which %(part)s come for.", service=service, part=percent(part))


def short(found: Shortfall, goal: float, target_ms: int, name_of) -> str:
    """ "11:00–13:00: 4 desks give 71% (63–79) within 5 minutes; a fifth gives 86% (80–91)." """
    values = {"when": between(found.from_minute, found.until_minute), "desks": desks(found.roster)}
    if found.now.share is None:
        return _("%(when)s: nobody is there to help.", **values)
    values |= {"now": _beside(found.now, goal), "target": span(target_ms)}
    values["give"] = _("gives") if found.roster == 1 else _("give")
    said = _("%(when)s: %(desks)s %(give)s %(now)s within %(target)s", **values)
    if found.one_more.share is None:
        return f"{said}."
    one = _one_more(found.roster)
    if found.like:
        one = _("%(one)s like %(desk)s", one=one, desk=name_of(found.like))
    said = _("%(said)s; %(one)s gives %(more)s", said=said, one=one, more=_beside(found.one_more, goal))
    if found.one_more.share < goal and not _is_just_under(found.one_more, goal):
        return _("%(said)s, still under %(goal)s.", said=said, goal=percent(goal))
    return f"{said}."


def _beside(found: Share, goal: float) -> str:
    """A share that misses the goal and would be said by the same number says that it does."""
    return _("just under %(share)s", share=share(found)) if _is_just_under(found, goal) else share(found)


def _is_just_under(found: Share, goal: float) -> bool:
    return found.share < goal and percent(found.share) == percent(goal)


def _one_more(roster: float) -> str:
    return str(ONE_MORE[int(roster)]) if roster == int(roster) < len(ONE_MORE) else _("one more")


def of_day(found: DayPlan, plan: Plan) -> str:
    """What the picture of a day shows."""
    if found.whole.share is None:
        return _("Nobody is expected on this day.")
    said = _(
        "With the roster, %(share)s of about %(people)s people are seen within %(target)s.",
        share=share(found.whole),
        people=round(found.whole.people),
        target=span(1000 * plan.target_seconds),
    )
    over = [one for one in found.half_hours if is_short(one, plan.goal)]
    if not over:
        return _("%(said)s No half hour takes more desks than the roster has.", said=said)
    spans = format_list([between(*one) for one in _together([half.minute for half in over])], locale=get_locale())
    return _("%(said)s It takes more desks than the roster has at %(spans)s.", said=said, spans=spans)


def _together(minutes: list[int]) -> list[tuple[int, int]]:
    """Neighbouring half hours as one span."""
    found: list[tuple[int, int]] = []
    for minute in minutes:
        if found and found[-1][1] == minute:
            found[-1] = (found[-1][0], minute + 30)
        else:
            found.append((minute, minute + 30))
    return found


def basis(found: DayPlan) -> str:
    """What a day's numbers rest on, and how sure that makes them."""
    how = (
        _("by Erlang's formula, since every desk serves everything")
        if found.method == "erlang"
        else _("from simulated days, with each desk's services, breaks and the booked visitors")
    )
    said = [_("It rests on %(days)s, %(how)s.", days=rests_on(found), how=how)]
    if found.key == "few_days":
        said.append(_("Those are few: believe it less."))
    if found.differs >= 0.05:
        said.append(
            _(
                "Days like it differ by about %(part)s beside chance, and the ranges hold that.",
                part=percent(found.differs),
            )
        )
    return " ".join(said)
