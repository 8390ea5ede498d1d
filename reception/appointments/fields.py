"""What one cell of an appointment means. Each gives the value or raises `Wrong`, which does not repeat the cell."""

import re
import unicodedata
from collections.abc import Mapping

from reception.appointments.booked import Known, Wrong

LONGEST = {"reference": 60, "name": 120, "postcode": 12, "needs": 500}
LONGEST_OTHER = 80
LONGEST_MINUTES = 24 * 60
UK_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
MINUTES = re.compile(r"([0-9]{1,4})(?:\.0+)?(?: ?m(?:in(?:ute)?s?)?\.?)?", re.IGNORECASE)
HOURS = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::00)?")
CANCELLED = re.compile(r"cancell?ed\b|cancel$", re.IGNORECASE)


def clean(text: str, column: str) -> str:
    """One line, composed letters, single spaces, nothing unseen; NUL and overlong text are wrong."""
    if not text:
        return ""
    if "\0" in text:
        raise Wrong("nul", column=column)
    longest = LONGEST.get(column, LONGEST_OTHER)
    if len(text) > 20 * longest:  # before any work is done on it
        raise Wrong("overlong", column=column, longest=longest)
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(sign for sign in text if sign.isprintable() or sign.isspace()))
    text = " ".join(text.split())
    if len(text) > longest:
        raise Wrong("overlong", column=column, longest=longest)
    return text


def by_name(things: Mapping[str, str]) -> dict[str, str]:
    """Key by key and by name, folded; where a name is another's key, the key wins."""
    return {_folded(name): key for key, name in things.items()} | {_folded(key): key for key in things}


def reference(text: str) -> str:
    if not text:
        raise Wrong("empty_reference")
    return text


def service(text: str, known: Known) -> str:
    key = service_or_none(text, known)
    if key is None:
        raise Wrong("unknown_service", services=listed(known.services))
    return key


def service_or_none(text: str, known: Known) -> str | None:
    return known.services.get(_folded(text))


def needs(text: str, known: Known) -> tuple[str, ...]:
    found = [known.needs.get(_folded(need)) for need in re.split("[;|]", text) if need.strip()]
    if None in found:
        raise Wrong("unknown_need", needs=listed(known.needs))
    return tuple(dict.fromkeys(found))


def minutes(text: str) -> int | None:
    """From "30", "30 min" or "0:30"; None for nothing."""
    if not text:
        return None
    if hours := HOURS.fullmatch(text):
        return whole_minutes(int(hours[1]) * 60 + int(hours[2]))
    if plain := MINUTES.fullmatch(text):
        return whole_minutes(int(plain[1]))
    raise Wrong("poor_minutes", longest=LONGEST_MINUTES)


def whole_minutes(count: int) -> int:
    if not 0 < count <= LONGEST_MINUTES:
        raise Wrong("poor_minutes", longest=LONGEST_MINUTES)
    return count


def postcode(text: str) -> str:
    """Upper case with one space where it belongs; a postcode from elsewhere keeps its own spaces."""
    upper = text.upper()
    british = UK_POSTCODE.fullmatch(upper.replace(" ", ""))
    return f"{british[1]} {british[2]}" if british else upper


def is_cancelled(text: str) -> bool:
    return bool(CANCELLED.match(text))


def listed(things: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of what is known, each once."""
    return tuple(dict.fromkeys(things.values()))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
