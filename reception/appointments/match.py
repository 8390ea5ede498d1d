"""Recognising an appointment by what somebody types or shows at the kiosk. Pure; it looks nothing up.

Case, spaces, hyphens and accents make no difference: people copy references from letters and type on glass.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

TITLES = frozenset("mr mrs ms miss mx dr prof rev sir dame lord lady".split())
IN_AN_ADDRESS = ("reference", "ref", "booking", "id")
# Letters with a stroke or a tail, which Unicode does not take apart.
STROKES = str.maketrans("łøđħŧıæœþð", "lodhtiaotd")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: `reference` is plain (see `plain`), and "" where nothing usable was given."""

    reference: str


def wanted(text: str) -> Wanted:
    """From a QR code or typed. An address gives its ?reference= (or ref, booking, id), else its last part."""
    text = text.strip()
    if text.casefold().startswith(("http://", "https://")):
        text = _in_address(text)
    return Wanted(plain(text))


def plain(reference: str) -> str:
    """A reference as it is compared: its letters and digits alone, upper case."""
    folded = unicodedata.normalize("NFKC", reference).casefold().upper()
    return "".join(sign for sign in folded if sign.isalnum())


def postcode_key(postcode: str) -> str:
    """A postcode as it is compared: without spaces, upper case."""
    return plain(postcode)


def initials(name: str) -> frozenset[str]:
    """The first letters of first name and surname, whichever comes first in `name`. Empty without a letter."""
    words = [word for word in (_letters(word) for word in name.replace(",", " ").split()) if word]
    named = [word for word in words if word not in TITLES] or words
    return frozenset({named[0][0], named[-1][0]}) if named else frozenset()


def is_theirs(person: Mapping[str, str | None], postcode: str, initial: str) -> bool:
    """Whether the `postcode` and `initial` fit the `person`'s "postcode" and "name". Nothing given fits nobody."""
    given, letters = postcode_key(postcode or ""), _letters(initial or "")
    if not given or not letters or given != postcode_key(person.get("postcode") or ""):
        return False
    return letters[0] in initials(person.get("name") or "")


def _in_address(text: str) -> str:
    try:
        address = urlsplit(text)
        asked = {key.casefold(): values for key, values in parse_qs(address.query).items()}
    except ValueError:
        return ""
    named = next((asked[key][0] for key in IN_AN_ADDRESS if key in asked), None)
    return named if named is not None else unquote(address.path.rstrip("/").rpartition("/")[2])


def _letters(word: str) -> str:
    """The word's letters without accents, lower case."""
    apart = unicodedata.normalize("NFKD", word.casefold()).translate(STROKES)
    return "".join(sign for sign in apart if sign.isalpha())
