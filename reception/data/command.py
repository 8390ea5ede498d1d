"""`reception export` and `reception archive`: the tables for analysts as files, beside a running server."""

from pathlib import Path

import click

from reception.console import Sentences, parts_of
from reception.console.typed import DAY, NEW_FILE


@click.group(cls=Sentences)
def export():
    """The tables for analysts (docs/data.md), written as files."""


def _days(command):
    command = click.option("--to", "last", type=DAY, help="The last day, included (default: today).")(command)
    return click.option("--from", "first", type=DAY, help="The first day (default: since the office began).")(command)


@export.command("database")
@click.argument("file", type=NEW_FILE)
@_days
@click.option("--metadata", type=NEW_FILE, help="What Datasette says of it (default: metadata.json beside FILE).")
@click.pass_context
def export_database(context, file, first, last, metadata):
    """Writes all tables into FILE, a fresh SQLite database, with what Datasette is to say of it.

    Then: datasette FILE -m metadata.json
    """
    from reception.data import database

    figures, now = _reading(context)
    since, until = _asked(figures, now, first, last)
    metadata = metadata or file.with_name(database.METADATA)
    counts = database.write(figures, file, now, since, until)
    database.write_metadata(figures.settings, metadata, file.stem)
    for name, count in counts.items():
        click.echo(f"{count:>10,}  {name}")
    click.echo(f"{file}: {file.stat().st_size:,} bytes. To look at it: datasette {file} -m {metadata}")


@export.command("table")
@click.argument("name")
@click.argument("file", type=NEW_FILE)
@_days
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.pass_context
def export_table(context, name, file, first, last, kind):
    """Writes the table called NAME into FILE."""
    from reception.data.files import head_of, write
    from reception.data.reading import Reading, Wanted, table_named

    table = table_named(name)
    figures, now = _reading(context)
    wanted = Wanted(figures.office, *_asked(figures, now, first, last))
    with figures.look():
        reading = Reading(figures, figures.office, now)
        pages = reading.pages(table, wanted)
        count = write(table, head_of(table, reading), pages, file, kind)
    click.echo(f"{file}: {count:,} rows, {file.stat().st_size:,} bytes.")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Writes nothing, and says what in FOLDER is not as it was written.")
@click.pass_context
def archive(context, folder, check):
    """Adds to FOLDER the tables of every finished day, and a database of every finished month, that are not there yet.

    A file that was lost is written again. What is there is never changed or deleted. Ends with status 1 where it could
    not be completed, or is not sound.
    """
    from reception.data.archive import Archive, wrong

    if check:
        mistakes = wrong(folder)
        for sentence in mistakes:
            click.echo(sentence)
        if mistakes:
            context.exit(1)
        click.echo(f"{folder} is as it was written.")
        return
    figures, now = _reading(context)
    made = list(Archive(figures, folder, now).catch_up())
    for place in made:
        click.echo(f"{place} was missing, and is put back." if place.is_file() else place)
    if not made:
        click.echo("There was nothing to add.")


def _reading(context):
    from reception.figures import Figures

    parts = parts_of(context)
    return Figures(parts.settings, parts.store), parts.frontdesk.now()


def _asked(figures, now, first, last):
    """The days as the other ways out take them; refused before anything is written."""
    from reception.data.asking import days

    return days(*(given and given.isoformat() for given in (first, last)), figures.today(now))
