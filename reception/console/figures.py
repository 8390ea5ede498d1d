"""`reception figures`: what they are computed by, and what is kept of finished days."""

import datetime

import click

from reception.console import BY, Sentences, parts_of
from reception.console.typed import DAY
from reception.scorecard.command import import_figures


@click.group(cls=Sentences)
def figures():
    """The figures: what they are computed by, and what is kept of finished days."""


@figures.command("rebuild")
@click.pass_context
def rebuild_figures(context):
    """Measures every finished day anew from its visits."""
    from reception.figures import rebuild

    parts = parts_of(context)
    click.echo(f"{rebuild(parts.frontdesk)} days were summed up.")


@figures.command("rules")
@click.option("--from", "since", type=DAY, help="Since when the settings of now hold.")
@click.pass_context
def figure_rules(context, since):
    """Lists what figures were computed by and since when; with --from, says since when the present settings hold."""
    from reception.figures import note_rules
    from reception.figures.rules import FIRST, unpacked

    parts = parts_of(context)
    if since:
        if since > datetime.datetime.now(parts.settings.zone).date():
            raise click.ClickException(f"{since} has not come yet: settings hold from the day they are noted.")
        note_rules(parts.frontdesk, since=since, by=BY)
    for day, text, _at, by in parts.store.figure_rules(parts.frontdesk.office):
        rules = unpacked(text)
        from_day = "from the beginning" if day == FIRST else f"from {day}"
        left_out = ", ".join([*rules.exclude_services, *rules.exclude_channels, *rules.exclude_days]) or "nothing"
        click.echo(
            f"{from_day:<18}  target {rules.target_ms // 1000} s, walking {rules.walk_ms // 1000} s,"
            f" left out: {left_out}  (noted by {by})"
        )


figures.add_command(import_figures)
