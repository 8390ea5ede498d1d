"""The `reception` command. What it can do stands in `reception/console/`, a file a subject; here is what concerns the
settings alone.
"""

import datetime
import json
import sys
from pathlib import Path

import click

from reception import __version__
from reception.console import Sentences, settings_of
from reception.console.appointments import appointments
from reception.console.figures import figures
from reception.console.keeping import backup, forget, restore
from reception.console.keys import key, person
from reception.console.simulating import simulate
from reception.console.staffing import staffing
from reception.console.waits import evaluate, learn
from reception.data.command import archive, export
from reception.languages import CATALOGUES
from reception.scorecard.command import scorecard


@click.group(cls=Sentences)
@click.version_option(__version__, prog_name="reception")
@click.option(
    "--office",
    type=click.Path(path_type=Path),
    help="Its settings (default: $RECEPTION_OFFICE, else config/office.toml, else the demo's).",
)
@click.pass_context
def main(context, office):
    """Looks after one office's Reception, beside its server.

    Its data is in the folder that RECEPTION_DATA names, else the settings: by default `data`, where the command is
    typed.
    """
    context.obj = office


@main.command()
@click.pass_context
def check(context):
    """Explains mistakes in the settings, and what is likely to go wrong with them."""
    from reception.checking import warnings

    settings = settings_of(context)
    found = list(warnings(settings, datetime.datetime.now(settings.zone).date()))
    for sentence in found:
        click.echo(f"Warning: {sentence}")
    click.echo(
        f"The settings of {settings.office.name} are well formed: {len(settings.services)} services,"
        f" {len(settings.desks)} desks, {len(settings.printers)} printer(s)."
    )


@main.command()
@click.argument("language", type=click.Choice([*CATALOGUES]))
@click.pass_context
def texts(context, language):
    """Prints the office's own texts that have no words in a LANGUAGE yet, for its file."""
    from reception.office_texts import untranslated

    missing = untranslated(settings_of(context), language)
    if not missing:
        click.echo(f"Nothing waits: all of the office's texts have words in {language}.", err=True)
        return
    click.echo(f"[texts.{language}]")
    for text in missing:
        click.echo(f'{json.dumps(text, ensure_ascii=False)} = ""')


@main.command()
@click.argument("language", type=click.Choice([*CATALOGUES]))
@click.pass_context
def recordings(context, language):
    """Lists what may be recorded in a LANGUAGE for the calls, each with its file's name, and which are there."""
    from reception.voice.recordings import file_name, worth_recording

    settings = settings_of(context)
    folder = Path(settings.voice.recordings or "recordings") / language
    for phrase in worth_recording(settings, language):
        path = folder / f"{file_name(phrase)}.wav"
        click.echo(f"{'there  ' if path.exists() else 'missing'}  {path}  {phrase}")


for command in (
    key,
    person,
    backup,
    restore,
    forget,
    appointments,
    figures,
    scorecard,
    export,
    archive,
    simulate,
    evaluate,
    learn,
    staffing,
):
    main.add_command(command)


if __name__ == "__main__":
    sys.exit(main())
