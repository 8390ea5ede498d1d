"""The `reception` command: keys, people, appointments, checking settings, backup, restore and forgetting. It works
beside a running server, through the same door.
"""

import datetime
import json
import sys
import time
from pathlib import Path

import click

from reception import __version__, keeping
from reception.keys import ROLES, STAFF
from reception.languages import CATALOGUES
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings, SettingsError, load
from reception.writer import Writer

BY = "console"
LET_OTHERS_IN = 0.05  # seconds between two turns of a long import, for a server that waits for the database


class Sentences(click.Group):
    """Ends with a sentence and status 1 where something is refused, never with a traceback."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except (SettingsError, keeping.KeepingError) as error:
            raise click.ClickException(str(error)) from error
        except (Refusal, StoreFault) as error:
            raise click.ClickException(_sentence(error)) from error


@click.group(cls=Sentences)
@click.version_option(__version__, prog_name="reception")
@click.option("--office", type=click.Path(path_type=Path), help="The office's settings (default: config/office.toml).")
@click.pass_context
def main(context, office):
    """Looks after one office's Reception."""
    context.obj = office


def _settings(context) -> Settings:
    return load(context.obj)


def _parts(context):
    from reception.running import parts_for

    return parts_for(_settings(context), writer=Writer)


def _database(settings: Settings) -> Path:
    return settings.server.data / "reception.db"


@main.command()
@click.pass_context
def check(context):
    """Explains mistakes in the settings, and what is likely to go wrong with them."""
    from reception.checking import warnings

    settings = _settings(context)
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

    missing = untranslated(_settings(context), language)
    if not missing:
        raise click.ClickException(f"Nothing waits: all of the office's texts have words in {language}.")
    click.echo(f"[texts.{language}]")
    for text in missing:
        click.echo(f'{json.dumps(text, ensure_ascii=False)} = ""')


@main.command()
@click.argument("language", type=click.Choice([*CATALOGUES]))
@click.pass_context
def recordings(context, language):
    """Lists what may be recorded in a LANGUAGE for the calls, each with its file's name, and which are there."""
    from reception.voice.recordings import file_name, worth_recording

    settings = _settings(context)
    folder = Path(settings.voice.recordings or "recordings") / language
    for phrase in worth_recording(settings, language):
        path = folder / f"{file_name(phrase)}.wav"
        click.echo(f"{'there  ' if path.exists() else 'missing'}  {path}  {phrase}")


@main.group(cls=Sentences)
def key():
    """Bearer keys of devices and of other systems."""


@key.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([*ROLES]), help="What it may do.")
@click.option("--person", help="Whose it is, by the name they sign in with: it acts as them, in their role.")
@click.pass_context
def add_key(context, name, role, person):
    """Makes a key and prints it once: only its hash is stored."""
    if bool(role) == bool(person):
        raise click.UsageError("Say either --role or --person.")
    keys = _parts(context.find_root()).keys
    owner = _signing_in_as(keys, person) if person else None
    role = owner.role if owner else role
    click.echo(keys.add(name=_short(name), role=role, kind="bearer", by=BY, person=owner and owner.id))


@key.command("list")
@click.pass_context
def list_keys(context):
    """Every key and paired screen, newest first."""
    parts = _parts(context.find_root())
    for row in parts.keys.all():
        if row.kind == "bearer" or row.person is None:
            expired = row.expires_at and row.expires_at <= parts.frontdesk.now()
            state = "revoked" if row.revoked_at else "expired" if expired else "in use"
            heard = f"heard {_when(row.heard_at, parts.settings)}" if row.heard_at else "never heard"
            click.echo(f"{row.id}  {row.role:<8} {state:<8} {heard:<24} {row.name}")


@key.command("revoke")
@click.argument("key")
@click.pass_context
def revoke_key(context, key):
    """Ends a key (its id or its name) at once, on a running server and its open sockets too."""
    _parts(context.find_root()).keys.revoke(key, by=BY)
    click.echo(f"{key} opens nothing any more.")


@main.group(cls=Sentences)
def person():
    """People who sign in."""


@person.command("add")
@click.argument("name")
@click.option("--sign-in", help="The name to sign in with (default: the name).")
@click.option("--role", default="receptionist", type=click.Choice(STAFF))
@click.pass_context
def add_person(context, name, sign_in, role):
    """Adds somebody, and prints a one-time link with which they choose a password."""
    parts = _parts(context.find_root())
    made = parts.keys.add_person(name=_short(name), sign_in=_short(sign_in or name), role=role, by=BY)
    click.echo(_password_link(parts, made))


@person.command("link")
@click.argument("sign_in")
@click.pass_context
def link_person(context, sign_in):
    """Prints a new one-time link, for somebody who has forgotten their password."""
    parts = _parts(context.find_root())
    click.echo(_password_link(parts, _signing_in_as(parts.keys, sign_in).id))


@person.command("list")
@click.pass_context
def list_people(context):
    """Everybody who can sign in."""
    for row in _parts(context.find_root()).keys.people():
        click.echo(f"{row.role:<13} {row.sign_in:<20} {row.name}{'' if row.has_password else '  (no password yet)'}")


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--nightly", type=click.Path(path_type=Path), help="A folder that keeps the newest backups.")
@click.pass_context
def backup(context, file, nightly):
    """Copies the database to FILE while the server goes on working."""
    settings = _settings(context)
    if nightly:
        today = datetime.datetime.now(settings.zone).strftime("%Y-%m-%d")
        file = keeping.nightly(_database(settings), nightly, keep=settings.keeping.backups, name=today)
    elif file:
        keeping.backup(_database(settings), file)
    else:
        raise click.UsageError("Name a FILE, or a folder with --nightly.")
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def restore(context, file):
    """Puts a backup in the database's place. The server must be stopped; what was there is kept beside it."""
    aside = keeping.restore(file, _database(_settings(context)))
    click.echo(f"{file} is in place." + (f" What was there is now {aside}." if aside else ""))


@main.command()
@click.pass_context
def forget(context):
    """Deletes what is past its date, and says what."""
    done = keeping.forget(_parts(context).frontdesk)
    click.echo(
        f"Deleted: {done.links} visitors' links, {done.particulars} needs, names and notes,"
        f" {done.answers} remembered answers, {done.print_jobs} print jobs, {done.keys} used keys."
    )


@main.group(cls=Sentences)
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

    parts = _parts(context.find_root())
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


@main.group(cls=Sentences)
def figures():
    """The figures: what they are computed by, and what is kept of finished days."""


@figures.command("rebuild")
@click.pass_context
def rebuild_figures(context):
    """Measures every finished day anew from its visits."""
    from reception.figures import rebuild

    parts = _parts(context.find_root())
    click.echo(f"{rebuild(parts.frontdesk)} days were summed up.")


@figures.command("rules")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Since when the settings of now hold.")
@click.pass_context
def figure_rules(context, since):
    """Lists what figures were computed by and since when; with --from, says since when the present settings hold."""
    from reception.figures import note_rules
    from reception.figures.rules import FIRST, unpacked

    parts = _parts(context.find_root())
    if since:
        if since.date() > datetime.datetime.now(parts.settings.zone).date():
            raise click.ClickException(f"{since:%Y-%m-%d} has not come yet: settings hold from the day they are noted.")
        note_rules(parts.frontdesk, since=since.date(), by=BY)
    for day, text, _at, by in parts.store.figure_rules(parts.frontdesk.office):
        rules = unpacked(text)
        from_day = "from the beginning" if day == FIRST else f"from {day}"
        left_out = ", ".join([*rules.exclude_services, *rules.exclude_channels, *rules.exclude_days]) or "nothing"
        click.echo(
            f"{from_day:<18}  target {rules.target_ms // 1000} s, walking {rules.walk_ms // 1000} s,"
            f" left out: {left_out}  (noted by {by})"
        )


def _scorecard() -> None:
    from reception.scorecard.command import import_figures, scorecard

    main.add_command(scorecard)
    figures.add_command(import_figures)


_scorecard()


def _signing_in_as(keys, sign_in: str):
    found = [row for row in keys.people() if row.sign_in == sign_in.strip().casefold()]
    if not found:
        raise click.ClickException(f"Nobody signs in as {sign_in}. `reception person list` shows everybody.")
    return found[0]


def _password_link(parts, person: str) -> str:
    settings = parts.settings
    given = parts.keys.password_link(person, by=BY, lasts_ms=round(settings.access.link_hours * 3_600_000))
    return f"{settings.address}/password/{given}"


def _when(at: int, settings: Settings) -> str:
    return datetime.datetime.fromtimestamp(at / 1000, settings.zone).strftime("%Y-%m-%d %H:%M")


def _short(name: str) -> str:
    cleaned = "".join(letter for letter in name if letter.isprintable()).strip()[:60]
    if not cleaned:
        raise click.ClickException("The name is empty. Give it one that people will know it by.")
    return cleaned


def _sentence(error) -> str:
    from reception.web.words import SENTENCES

    return str(SENTENCES[error.key]) % error.values


if __name__ == "__main__":
    sys.exit(main())
