"""Reception's sentences for visitors in other languages: one catalogue (`cy.po`) for each, read as it stands.

Nothing is compiled, so whoever changes a word only starts Reception anew. `python -m reception.translations` puts the
sentences that are in the source now into every catalogue (`extracting.py`). How to review one: docs/languages.md.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale

from reception.languages import CATALOGUES

FOLDER = Path(__file__).resolve().parent
SOURCE = "en"  # what the source is written in: it needs no catalogue


class Catalogues(Domain):
    """Flask-Babel's way to the sentences of the language now worded in."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return translations(locale.language) if locale else translations(SOURCE)


@cache
def translations(tag: str) -> NullTranslations:
    """What gettext asks. A sentence that its catalogue has not, or only as a guess (fuzzy), stays English."""
    if tag == SOURCE or tag not in CATALOGUES:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(tag))
    compiled.seek(0)
    return Translations(compiled)


def catalogue(tag: str) -> Catalog:
    """The file itself, with comments and headers."""
    with path(tag).open("rb") as file:
        return read_po(file, locale=CATALOGUES[tag].locale)


def path(tag: str) -> Path:
    return FOLDER / f"{tag}.po"
