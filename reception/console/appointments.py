"""`reception appointments`: what a booking system keeps, taken in from files."""

import time

import click

from reception.console import BY, Sentences, parts_of

LET_OTHERS_IN = 0.05  # seconds between two turns of a long import, for a server that waits for the database


@click.group(cls=Sentences)
def appointments():
    """Appointments that a booking system keeps."""


@appointments.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_context
def import_appointments(context, file):
    """Takes in a FILE of appointments (CSV or iCalendar; - is the standard input) and says what is wrong with it.

    Good lines are kept whatever the others are like, and the same file again changes nothing. Ends with status 1 where
    something was not taken in.
    """
    from reception.appointments.taking_in import take_file
    from reception.appointments.words import told

    parts = parts_of(context)
    rules = parts.settings.appointments
    data = file.read(rules.largest_megabytes * 1024 * 1024 + 1)
    if len(data) > rules.largest_megabytes * 1024 * 1024:
        raise click.ClickException(f"{file.name} is larger than {rules.largest_megabytes} MB. Give it in parts.")
    report = take_file(
        parts.frontdesk, data, file.name, by=BY, source="command", pause=lambda: time.sleep(LET_OTHERS_IN)
    )
    for line in told(report, rules.report_lines):
        click.echo(line)
    if report.mistakes:
        context.exit(1)
