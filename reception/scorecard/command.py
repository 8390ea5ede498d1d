"""`reception scorecard` and `reception figures import`: a month into files, before the public, or by a timer.

They work beside a running server, through the same door.
"""

from datetime import date
from pathlib import Path

import click

from reception.console import BY, parts_of
from reception.console.typed import NEW_FILE
from reception.languages import CATALOGUES


@click.command()
@click.option("--month", help="Such as 2026-10 (default: last month).")
@click.option("--pdf", type=NEW_FILE, help="Writes the sheet.")
@click.option("--html", type=NEW_FILE, help="Writes one page that needs no other file.")
@click.option("--csv", "table", type=NEW_FILE, help="Writes the open data as a table.")
@click.option("--json", "document", type=NEW_FILE, help="Writes the open data for programs.")
@click.option("--language", type=click.Choice([*CATALOGUES]), help="Of the sheet and the page (default: the office's).")
@click.option("--publish", "put", is_flag=True, help="Puts the month before the public.")
@click.option("--if-due", is_flag=True, help="Puts last month before the public if it is time, for a timer.")
@click.pass_context
def scorecard(context, month, pdf, html, table, document, language, put, if_due):
    """A month's promises as the public may see them: said, written into files, or published.

    A month that was published is told as it was; another as it would be published now.
    """
    from reception.figures import Figures
    from reception.hours import day_of
    from reception.scorecard import paper
    from reception.scorecard.apart import app_for
    from reception.scorecard.making import Making
    from reception.scorecard.months import asked
    from reception.scorecard.publishing import publish, publish_if_due

    if if_due and (month or put or pdf or html or table or document):
        raise click.UsageError("--if-due chooses the month itself and publishes it. Give it alone.")
    parts = parts_of(context)
    app, settings, frontdesk = app_for(parts), parts.settings, parts.frontdesk
    making = Making(Figures(settings, parts.store, frontdesk.writer))
    if if_due:
        found = publish_if_due(frontdesk, making, paper.papers(app, settings))
        click.echo(f"{found.month} is published." if found else "No month is due to be published.")
        return
    month = asked(month, date.fromisoformat(day_of(frontdesk.now(), settings.zone)))
    if put:
        found, new = publish(frontdesk, making, month, by=BY, paper=paper.papers(app, settings))
        click.echo(f"{month} is published, version {found.version}." if new else f"Nothing has changed: {month} stays.")
    found = parts.store.published(frontdesk.office, month)
    card, version = (found.card, found.version) if found else (making.public(month, frontdesk.now()), 0)
    moments = [at for _version, at in parts.store.versions(frontdesk.office, month)]
    with app.app_context():
        _write(settings, card, version, moments, language, pdf=pdf, html=html, table=table, document=document)


def _write(settings, card: dict, version: int, moments: list[int], language: str | None, **files: Path | None) -> None:
    from reception.data.placing import write_whole
    from reception.scorecard import paper, tables, words
    from reception.scorecard.apart import page
    from reception.web.performance import iso
    from reception.web.speaking import in_language

    instants = [iso(at) for at in moments]
    with in_language(settings.office.language):  # as at /performance
        full = words.in_full(card)
    makers = {
        "html": lambda: page(card, moments).encode(),
        "table": lambda: tables.as_csv(full, version).encode(),
        "document": lambda: tables.as_json(full, version, instants).encode(),
        "pdf": lambda: paper.typeset(paper.page_of(card, moments, settings)),
    }
    with in_language(language or settings.languages[0]):
        for name, make in makers.items():
            if path := files[name]:
                write_whole(path, make())
                click.echo(f"{path}: {path.stat().st_size:,} bytes.")
        for line in (words.title(card), words.lead(card), *words.further(card)):
            click.echo(line)
        for one in words.promises(card):
            click.echo(f"  {one['state_words']:<18} {one['result'] or words.NONE:>12}  {one['promise']} {one['note']}")


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_context
def import_figures(context, file):
    """Takes in a FILE of figures that other systems counted (CSV; - is the standard input), and says what is wrong.

    Good lines are kept whatever the others are like, and the same file again changes nothing. Ends with status 1 where
    something was not taken in.
    """
    from reception.scorecard.import_words import sentence, taken_words
    from reception.scorecard.imports import LARGEST
    from reception.scorecard.taking_in import take_file

    taken = take_file(parts_of(context).frontdesk, file.read(LARGEST + 1), by=BY)
    click.echo(taken_words(taken))
    for mistake in taken.mistakes:
        click.echo(sentence(mistake))
    if taken.mistakes:
        context.exit(1)
