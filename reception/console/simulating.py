"""`reception simulate`: days of this office, made up, into a database of their own."""

import datetime
from pathlib import Path

import click

from reception.console import settings_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--days", default=20, show_default=True, type=click.IntRange(1, 2000), help="Opening days.")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first (default: so that the last is over)."
)
@click.option("--busy", default=0.8, show_default=True, type=click.FloatRange(0.01, 1.5), help="Share of desks' time.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed makes the same days.")
@click.pass_context
def simulate(context, file, days, first, busy, seed):
    """Makes up days of this office, into the database FILE, with the truth beside it as FILE.truth.jsonl.

    Desks, services, skills, breaks and hours are the settings'. The truth tells what the record does not: who went away
    silently, which pauses nobody pressed, when help really began and ended. With their number people are told by when
    they will be called, as Reception would have told them.
    """
    from reception.simulating import Habits
    from reception.simulating import simulate as made_up
    from reception.simulating.telling import Telling
    from reception.simulating.written import write
    from reception.store import Store

    settings = settings_of(context)
    today = datetime.datetime.now(settings.zone).date()
    start = first.date() if first else today - datetime.timedelta(days=days * 7 // 5 + 7)
    store = Store(file)
    try:
        telling = Telling(settings) if settings.waits.tell else None
        truth = file.with_name(f"{file.name}.truth.jsonl")
        found = made_up(settings, start, days, habits=Habits(busy=busy), seed=seed, telling=telling)
        count, visits = write(store, settings, found, truth)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    finally:
        store.close()
    click.echo(f"{file}: {count} days, {visits} visits. What truly happened: {truth}")
