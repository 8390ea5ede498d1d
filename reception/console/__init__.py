"""What the commands share: whose settings, the way to the store, and that a refusal ends in a sentence.

They work beside a running server, through the same door.
"""

import errno
import sqlite3

import click

from reception.keeping import KeepingError
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings, SettingsError, load

BY = "console"


class Sentences(click.Group):
    """Ends with a sentence and status 1 where something is refused, never with a traceback; lists its commands with
    whole sentences."""

    def format_commands(self, context, formatter):
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=400)) for name, one in sorted(self.commands.items())]
            )

    def invoke(self, context):
        try:
            return super().invoke(context)
        except (SettingsError, KeepingError) as error:
            raise click.ClickException(str(error)) from error
        except (Refusal, StoreFault, sqlite3.Error) as error:
            raise click.ClickException(_sentence(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read has read enough
                raise
            raise click.ClickException(_cause(error)) from error


def settings_of(context) -> Settings:
    """Those of the office that the whole command was asked about."""
    return load(context.find_root().obj)


def parts_of(context):
    """The office's parts, as `parts_for` makes them, with a writer of their own. Only where the server has been: a
    database made here, in whatever folder one stands, would take what no server ever finds."""
    from reception.running import parts_for
    from reception.writer import Writer

    settings = settings_of(context)
    database = (settings.server.data / "reception.db").absolute()
    if not database.is_file():
        raise KeepingError(
            f"There is no database at {database}. The server makes it when it first starts; RECEPTION_DATA names the"
            " folder of one that is elsewhere."
        )
    parts = parts_for(settings, writer=Writer)
    _same_office(parts.store, settings.office.key, database)
    return parts


def _same_office(store, key: str, database) -> None:
    if store.newest_step(key):
        return
    if other := store.reader.execute("SELECT office FROM steps LIMIT 1").fetchone():
        raise KeepingError(
            f"{database} is of the office '{other[0]}', and these settings are of '{key}'. --office FILE or"
            " RECEPTION_OFFICE names the settings that belong to it."
        )


def _sentence(error) -> str:
    from reception.web.words import SENTENCES
    from reception.writer import fault_key

    if isinstance(error, sqlite3.Error):
        return str(SENTENCES[fault_key(error)])
    if error.key == "database_damaged" and "path" in error.values:
        return f"{error.values['path']} is damaged or no database. Put a backup back: reception restore FILE"
    return str(SENTENCES[error.key]) % error.values


def _cause(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror or error}."
