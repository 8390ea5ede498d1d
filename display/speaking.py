"""What a board says aloud of a call, and when it must not: while a kiosk beside it speaks to somebody."""

import time

from reception.boards import Screen
from reception.voice.wording import call_phrases


def phrases(settings, screen: Screen, number: str, desk_name: str, reads: str) -> list[dict]:
    """[{language, text}, …]: number, then desk, in each language in turn; the language that its visitor reads is always
    among them."""
    rules = settings.announcer
    if not rules.on:
        return []
    languages = rules.languages or screen.languages
    if reads in settings.languages and reads not in languages:
        languages = (*languages, reads)
    return call_phrases(number, desk_name, languages)


class Speaking:
    """Which kiosks speak now. One that never says that it has ended is believed for `seconds`."""

    def __init__(self, seconds: float):
        self._seconds, self._since = seconds, {}  # key's id -> (the kiosk's name, when it began)

    def tell(self, key: str, name: str, on: bool) -> None:
        self._since.pop(key, None)
        if on:
            self._since[key] = (name, time.monotonic())

    def beside(self, screen: Screen) -> bool:
        """Whether a kiosk that stands beside this screen speaks."""
        now = time.monotonic()
        return any(screen.beside(name) and now - at < self._seconds for name, at in list(self._since.values()))
