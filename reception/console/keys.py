"""`reception key` and `reception person`: what opens a door, and who signs in."""

import datetime

import click

from reception.console import BY, Sentences, parts_of
from reception.keys import ROLES, STAFF
from reception.settings import Settings


@click.group(cls=Sentences)
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
    keys = parts_of(context).keys
    owner = _signing_in_as(keys, person) if person else None
    role = owner.role if owner else role
    click.echo(keys.add(name=_short(name), role=role, kind="bearer", by=BY, person=owner and owner.id))


@key.command("list")
@click.pass_context
def list_keys(context):
    """Every key and paired screen, newest first."""
    parts = parts_of(context)
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
    parts_of(context).keys.revoke(key, by=BY)
    click.echo(f"{key} opens nothing any more.")


@click.group(cls=Sentences)
def person():
    """People who sign in."""


@person.command("add")
@click.argument("name")
@click.option("--sign-in", help="The name to sign in with (default: the name).")
@click.option("--role", default="receptionist", type=click.Choice(STAFF))
@click.pass_context
def add_person(context, name, sign_in, role):
    """Adds somebody, and prints a one-time link with which they choose a password."""
    parts = parts_of(context)
    made = parts.keys.add_person(name=_short(name), sign_in=_short(sign_in or name), role=role, by=BY)
    click.echo(_password_link(parts, made))


@person.command("link")
@click.argument("sign_in")
@click.pass_context
def link_person(context, sign_in):
    """Prints a new one-time link, for somebody who has forgotten their password."""
    parts = parts_of(context)
    click.echo(_password_link(parts, _signing_in_as(parts.keys, sign_in).id))


@person.command("list")
@click.pass_context
def list_people(context):
    """Everybody who can sign in."""
    for row in parts_of(context).keys.people():
        click.echo(f"{row.role:<13} {row.sign_in:<20} {row.name}{'' if row.has_password else '  (no password yet)'}")


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
