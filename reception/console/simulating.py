"""`reception simulate`: days of this office, made up, into a database of their own."""

import datetime
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import click

from reception.console import settings_of
from reception.console.typed import DAY, NEW_FILE
from reception.data.placing import why


@click.command()
@click.argument("file", type=NEW_FILE)
@click.option("--days", default=20, show_default=True, type=click.IntRange(1, 2000), help="Opening days.")
@click.option("--from", "first", type=DAY, help="The first (default: so that the last is over).")
@click.option("--busy", default=0.8, show_default=True, type=click.FloatRange(0.01, 1.5), help="Share of desks' time.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed makes the same days.")
@click.pass_context
def simulate(context, file, days, first, busy, seed):
    """Makes up days of this office, into the database FILE, with the truth beside it as FILE.truth.jsonl.

    Desks, services, skills, breaks and hours are the settings'. The truth tells what the record does not: who went away
    silently, which pauses nobody pressed, when help really began and ended. With their number people are told by when
    they will be called, as Reception would have told them.
    """
    if file.exists():
        raise click.ClickException(
            f"{file} is there already, and nothing is added to it. Name a file that is not there yet."
        )
    settings = settings_of(context)
    today = datetime.datetime.now(settings.zone).date()
    start = first or today - datetime.timedelta(days=days * 7 // 5 + 7)
    if not 1970 <= start.year < 3000:
        raise click.ClickException(f"No days are made up around {start}. Choose one from 1970 to 2999.")
    truth = file.with_name(f"{file.name}.truth.jsonl")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
            unfinished, told = Path(folder, "made.db"), Path(folder, "truth.jsonl")
            count, visits = _make(settings, unfinished, told, start, days, busy, seed)
            if not count:
                raise click.ClickException(
                    f"{settings.office.name} never opens by its settings. Write its [hours] first."
                )
            os.replace(told, truth)
            os.replace(unfinished, file)
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"{file} was not made: {why(error, file)}.") from error
    click.echo(f"{file}: {count} days, {visits} visits. What truly happened: {truth}")


def _make(settings, file: Path, truth: Path, start: datetime.date, days: int, busy: float, seed: int):
    from reception.simulating import Habits
    from reception.simulating import simulate as made_up
    from reception.simulating.telling import Telling
    from reception.simulating.written import write
    from reception.store import Store

    telling = Telling(settings) if settings.waits.tell else None
    with closing(Store(file)) as store:
        found = made_up(settings, start, days, habits=Habits(busy=busy), seed=seed, telling=telling)
        return write(store, settings, found, truth)
