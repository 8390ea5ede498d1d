"""The office's own texts that visitors read and hear, and what is missing or astray among their translations. Pure.

Its file says them once, in the office's language; `[texts.cy]` says them in another. Addresses of other bodies may be
translated, too, but seldom need it, so that nobody is asked to.
"""

from collections.abc import Iterator

from reception.settings import Settings
from reception.translations import SOURCE, catalogue
from reception.translations.extracting import default_texts

FIELDS = {  # a list of the settings -> what visitors see of each
    "groups": ("name", "about"),
    "services": ("name", "about", "bring", "online_name"),
    "desks": ("name",),
    "rooms": ("name",),
    "needs": ("asked",),
    "teams": ("sentences",),
    "signposts": ("name", "about", "opening"),
    "slides": ("title", "text", "words"),
    "standards": ("promise", "source"),
}


def office_texts(settings: Settings) -> list[str]:
    """Each once, in the order of the settings."""
    return [text for text in dict.fromkeys(_texts(settings)) if text]


def untranslated(settings: Settings, tag: str) -> list[str]:
    """Those that stay as they are on a page in this language: no word of the office's, and none of a catalogue's."""
    if tag == settings.office.language:
        return []
    own = settings.texts.get(tag, {})
    known = set(default_texts()) if tag == SOURCE else catalogue(tag)
    return [text for text in office_texts(settings) if not own.get(text) and text not in known]


def astray(settings: Settings, tag: str) -> list[str]:
    """What has words in this language and is no text of the office's: most likely misspelt, or changed since."""
    known = {*office_texts(settings), *(signpost.address for signpost in settings.signposts)}
    return [text for text in settings.texts.get(tag, {}) if text not in known]


def _texts(settings: Settings) -> Iterator[str]:
    yield settings.office.name
    yield settings.office.help
    for name, fields in FIELDS.items():
        for one in getattr(settings, name):
            for field in fields:
                found = getattr(one, field)
                yield from (found,) if isinstance(found, str) else found
    if len(settings.printers) > 1:  # a slip may come out at another than one's own
        yield from (printer.name for printer in settings.printers)
    yield from (team.role or team.name for team in settings.teams)
    yield from (language.name for language in settings.kiosk.interpreters)
    yield from (reason.name for reason in settings.reasons.change)
    yield from (theme.name for theme in settings.feedback.themes)
    yield settings.feedback.ombudsman.name
    yield settings.waits.book
    yield settings.board.notice
