"""`reception backup`, `restore` and `forget`: the database as a whole."""

import datetime
from pathlib import Path

import click

from reception import keeping
from reception.console import parts_of, settings_of
from reception.console.typed import NEW_FILE
from reception.settings import Settings


@click.command()
@click.argument("file", required=False, type=NEW_FILE)
@click.option("--nightly", type=click.Path(path_type=Path), help="A folder that keeps the newest backups.")
@click.pass_context
def backup(context, file, nightly):
    """Copies the database to FILE while the server goes on working."""
    if bool(file) == bool(nightly):
        raise click.UsageError("Name a FILE, or a folder with --nightly.")
    settings = settings_of(context)
    if nightly:
        today = datetime.datetime.now(settings.zone).strftime("%Y-%m-%d")
        file = keeping.nightly(_database(settings), nightly, keep=settings.keeping.backups, name=today)
    else:
        keeping.backup(_database(settings), file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def restore(context, file):
    """Puts a backup in the database's place. The server must be stopped; what was there is kept beside it."""
    aside = keeping.restore(file, _database(settings_of(context)))
    click.echo(f"{file} is in place." + (f" What was there is now {aside}." if aside else ""))


@click.command()
@click.pass_context
def forget(context):
    """Deletes what is past its date, and says what."""
    done = keeping.forget(parts_of(context).frontdesk)
    click.echo(
        f"Deleted: {done.links} visitors' links, {done.particulars} needs, names and notes,"
        f" {done.answers} remembered answers, {done.print_jobs} print jobs, {done.keys} used keys."
    )


def _database(settings: Settings) -> Path:
    return settings.server.data / "reception.db"
