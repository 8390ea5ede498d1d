"""A made-up year behind the demo office before its lobby opens, and when it closes, last
month's scorecard on paper, as a committee gets it.
"""

import datetime
from pathlib import Path

import click

from demo.past import plant
from reception.cli import main
from reception.keeping import in_use
from reception.scorecard.months import asked, before, first_day, month_of
from reception.settings import Settings

MONTHS = 13  # a year and the month that is told of, so that it has something to stand beside
A_DAY = 60  # visits on an ordinary day
DAY = datetime.timedelta(days=1)


def year_behind(settings: Settings, say=print, months: int = MONTHS) -> None:
    """Makes up the months before today, where the office has no past yet. Before its server starts."""
    database, today = settings.server.data / "reception.db", _today(settings)
    if in_use(database):
        return  # somebody else's server: the demo's own will say so
    first = month_of(today)
    for _month in range(months):
        first = before(first)
    try:
        truth = plant(database, settings, first_day(first), today - DAY, a_day=A_DAY, feedback=True)
    except ValueError:
        return  # it has one of its own
    say(f"The office has {months} months behind it, made up: {len(truth):,} visits.")


def month_on_paper(office: Path, settings: Settings, folder: Path, say=print) -> Path | None:
    """Last month's sheet in the folder, made as `reception scorecard` makes it; says what is on it and where it is."""
    file = folder / f"scorecard-{asked(None, _today(settings))}.pdf"
    say(f"\nThe lobby is closed. {file.stem[-7:]} on paper:\n")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        main(["--office", str(office), "scorecard", "--pdf", str(file)], standalone_mode=False)
    except (click.ClickException, OSError) as error:
        say(f"The month's scorecard was not made: {error}")
        return None
    say(f"\nThe month's scorecard: {file}")
    return file


def _today(settings: Settings) -> datetime.date:
    return datetime.datetime.now(settings.zone).date()
