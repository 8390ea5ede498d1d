"""A council's own recordings, by file name: `<folder>/<language>/<name>.wav`, where the name is the phrase itself.

"Desg tri" is `desg-tri.wav`, "0" is `0.wav`. A number ("A, 0, 1, 4") may be recorded whole or one character at a time.
"""

import logging
import unicodedata
from hashlib import sha256
from pathlib import Path

from reception.voice.wav import joined

log = logging.getLogger(__name__)
LONGEST = 60  # characters of a name; a longer phrase is cut there and told apart by six of its SHA-256
PAUSE = 0.12  # seconds between the characters of a number


def file_name(text: str) -> str:
    """The file name of a phrase, without `.wav`: its letters and digits, small, with a dash between words. Letters of
    every script stay as they are, with their vowel signs."""
    plain = unicodedata.normalize("NFC", text).casefold()
    words = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in plain).split()
    name = "-".join(words)
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rstrip('-')}-{sha256(name.encode()).hexdigest()[:6]}"


def worth_recording(settings, language: str) -> list[str]:
    """The phrases of which every call is made: letters and digits one by one, and the desks by their names there."""
    letters = sorted({service.letter for service in settings.services})
    words = settings.texts.get(language, {})
    return [*letters, *"0123456789", *(f"{words.get(desk.name, desk.name)}." for desk in settings.desks)]


class Recordings:
    def __init__(self, folder: Path | None):
        self.folder = folder

    def find(self, language: str, text: str) -> bytes | None:
        """The recording of a phrase, else of each of its characters; None where there is none."""
        if self.folder is None:
            return None
        return self._read(language, text) or self._in_characters(language, text)

    def _in_characters(self, language: str, text: str) -> bytes | None:
        characters = [part.strip(" .") for part in text.split(",")]
        if len(characters) < 2 or any(len(one) != 1 for one in characters):
            return None
        found = [self._read(language, one) for one in characters]
        if not all(found):
            return None
        try:
            whole = joined(found, PAUSE)
        except ValueError as error:
            log.warning("A recording for %s in %s cannot be used: %s.", text, self.folder / language, error)
            return None
        if whole is None:
            log.warning("The recordings for %s in %s are of several formats.", text, self.folder / language)
        return whole

    def _read(self, language: str, text: str) -> bytes | None:
        name = file_name(text)
        try:
            return (self.folder / language / f"{name}.wav").read_bytes() if name else None
        except OSError:
            return None
