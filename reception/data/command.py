"""`reception export` and `reception archive`: the tables for analysts as files, beside a running server."""

from pathlib import Path

import click

from reception.console import Sentences, parts_of

FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=Sentences)
def export():
    """The tables for analysts (docs/data.md), written as files."""


def _days(command):
    command = click.option("--to", "last", type=DAY, help="The last day, included (default: today).")(command)
    return click.option("--from", "first", type=DAY, help="The first day (default: since the office began).")(command)


@export.command("database")
@click.argument("file", type=FILE)
@_days
@click.option("--metadata", type=FILE, help="What Datasette says of it (default: metadata.json beside FILE).")
@click.pass_context
def export_database(context, file, first, last, metadata):
    """Writes all tables into FILE, a fresh SQLite database, with what Datasette is to say of it.

    Then: datasette FILE -m metadata.json
    """
    from reception.data import database

    figures, now = _reading(context)
    metadata = metadata or file.with_name(database.METADATA)
    counts = database.write(figures, file, now, _date(first), _date(last))
    database.write_metadata(figures.settings, metadata, file.stem)
    for name, count in counts.items():
        click.echo(f"{count:>10,}  {name}")
    click.echo(f"{file}: {file.stat().st_size:,} bytes. To look at it: datasette {file} -m {metadata}")


@export.command("table")
@click.argument("name")
@click.argument("file", type=FILE)
@_days
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.pass_context
def export_table(context, name, file, first, last, kind):
    """Writes the table called NAME into FILE."""
    from reception.data.files import write
    from reception.data.reading import Reading, Wanted, table_named

    table = table_named(name)
    figures, now = _reading(context)
    with figures.look():
        reading = Reading(figures, figures.office, now)
        count, _hash = write(reading, table, Wanted(figures.office, _date(first), _date(last)), file, kind)
    click.echo(f"{file}: {count:,} rows, {file.stat().st_size:,} bytes.")


def _reading(context):
    from reception.figures import Figures

    parts = parts_of(context)
    return Figures(parts.settings, parts.store), parts.frontdesk.now()


def _date(given):
    return given and given.date()
