"""`reception staffing`: how many desks keep the promise, half hour by half hour, from the office's own record."""

from datetime import datetime

import click

from reception.console import parts_of, settings_of
from reception.console.typed import DAY


@click.command()
@click.option("--day", type=DAY, help="That day alone, of the coming week.")
@click.option("--anew", is_flag=True, help="Makes a new plan, which takes a minute or two, and keeps it.")
@click.pass_context
def staffing(context, day, anew):
    """Prints how many desks each half hour of the coming week needs, beside the roster of the settings.

    It is the plan that the server made last night; where there is none, one is made.
    """
    from reception.staffing.made_of import changed_since

    found = parts_of(context).staffing
    if anew or found.kept() is None:
        click.echo("Working it out, which takes a minute or two.", err=True)
        found.start()
    plan = found.kept()
    if plan is None:
        raise click.ClickException("The plan could not be made. What went wrong stands above.")
    days = plan.days if day is None else [one for one in plan.days if one.day == day.isoformat()]
    if not days:
        raise click.ClickException(_not_planned(plan, day, datetime.now(settings_of(context).zone).date()))
    for part in changed_since(plan.made_of, settings_of(context)):
        click.echo(f"Out of date: the settings have changed since ({part}). Make a new one: --anew")
    for line in told(plan, days):
        click.echo(line)


def _not_planned(plan, day, today) -> str:
    from reception.staffing.working import DAYS

    said = f"{day} is not in the plan, which is of {plan.days[0].day} to {plan.days[-1].day}."
    if 0 <= (day - today).days < DAYS:
        return f"{said} Make a new one: --anew"
    return f"{said} A plan covers the day on which it is made and the {DAYS - 1} days after."


def told(plan, days) -> list[str]:
    """The plan, a line each."""
    lines = [f"The goal: {plan.goal:.0%} are seen within {plan.target_seconds / 60:g} minutes.", *_back(plan.back_test)]
    for day in days:
        lines += ["", *_day(day)]
    return lines


NOTHING = {
    "closed": "closed",
    "no_history": "nobody has come on a day like it yet, so there is nothing to say",
    "no_desks": "there is no desk that takes anything",
}


def _day(day) -> list[str]:
    if day.key in NOTHING:
        return [f"{day.day}  {NOTHING[day.key]}"]
    few = ", which is few" if day.key == "few_days" else ""
    after = ", after a holiday" if day.after_holiday else ""
    about = f"{day.day}  from {day.days} days like it{few}{after}: {_share(day.whole)} with the roster;"
    needed = f"{'at least ' if day.at_least else ''}{day.needed_hours:g} desk hours needed"
    lines = [f"{about} {needed}, {day.roster_hours:g} on the roster"]
    if day.unserved:
        services = " or ".join(service for service, _people in day.unserved)
        lines.append(f"  No desk serves {services}, whose people more desks alone do not help.")
    lines.append(f"{'':7}{'people':>8}{'needed':>8}{'roster':>8}   seen in time")
    for one in day.half_hours:
        needed = "more" if one.needed is None else one.needed
        short = "  short" if one.needed is None or one.is_short else ""
        lines.append(f"{_clock(one.minute):7}{one.people:8.1f}{needed:>8}{one.roster:8g}   {_share(one.share)}{short}")
    for one in day.shortfalls:
        like = f"one more like desk {one.like}" if one.like else "one more"
        period = f"{_clock(one.from_minute)} to {_clock(one.until_minute)}"
        lines.append(f"  {period}: {one.roster:g} desks give {_share(one.now)}; {like} gives {_share(one.one_more)}.")
    return lines


def _back(test) -> list[str]:
    weeks = [week for week in test.weeks if week.expected is not None and week.happened is not None]
    lines = [
        f"  week of {week.first}: {week.expected:.0%} foreseen, {week.happened:.0%} happened ({week.people} people)"
        for week in weeks
    ]
    says = {
        "trusted": "So good it would have been, with the desks that were really open:",
        "chance": f"It was off by {abs(test.off or 0):.0f} points over four weeks, which such weeks are by chance:",
        "off": f"Do not rely on it: it was off by {abs(test.off or 0):.0f} points over four weeks.",
        "too_early": "How good it is cannot be said yet: that needs four weeks behind it.",
    }
    return [says[test.key], *lines]


def _share(share) -> str:
    if share.share is None:
        return "nobody"
    return f"{share.share:.0%} ({share.low * 100:.0f} to {share.high * 100:.0f})"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
