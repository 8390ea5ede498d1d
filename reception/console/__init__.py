"""What the commands share: whose settings, the way to the store, and that a refusal ends in a sentence.

They work beside a running server, through the same door.
"""

import click

from reception.keeping import KeepingError
from reception.refusals import Refusal, StoreFault
from reception.settings import Settings, SettingsError, load

BY = "console"


class Sentences(click.Group):
    """Ends with a sentence and status 1 where something is refused, never with a traceback."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except (SettingsError, KeepingError) as error:
            raise click.ClickException(str(error)) from error
        except (Refusal, StoreFault) as error:
            raise click.ClickException(_sentence(error)) from error


def settings_of(context) -> Settings:
    """Those of the office that the whole command was asked about."""
    return load(context.find_root().obj)


def parts_of(context):
    """The office's parts, as `parts_for` makes them, with a writer of their own."""
    from reception.running import parts_for
    from reception.writer import Writer

    return parts_for(settings_of(context), writer=Writer)


def _sentence(error) -> str:
    from reception.web.words import SENTENCES

    return str(SENTENCES[error.key]) % error.values
