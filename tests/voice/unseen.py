"""Somebody at the kiosk who does not see it: they press keys, and know only what was said since, and in which language.

What is said is what the page fetches from /voice; nothing here looks at the page.
"""

import contextlib
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error as PageError

from tests.builders import eventually

HEADING = "What have you come about?"
EASIER = "Is there anything we can do to make this easier?"
NOTHING = "Nothing, thank you"
PUMP = "new Promise(requestAnimationFrame)"  # Playwright hears of requests only while it is asked something
FARTHEST = 80  # controls of one screen and the strip
PATIENCE = 40  # seconds: a busy machine, a printer that does not answer, a kiosk that asks whether anybody is there


class Unseen:
    """`said` is what was said since the last key, as (language, text)."""

    def __init__(self, page):
        self._page = page
        self.said: list[tuple[str, str]] = []
        self.ever: list[tuple[str, str]] = []
        page.on("request", self._listen)

    def _listen(self, request) -> None:
        address = urlsplit(request.url)
        if address.path == "/voice":
            asked = dict(parse_qsl(address.query, keep_blank_values=True))
            self.said.append((asked["language"], asked["text"]))
            self.ever.append(self.said[-1])

    @property
    def words(self) -> str:
        return " / ".join(text for _language, text in self.said)

    def press(self, key: str) -> None:
        with contextlib.suppress(PageError):
            self._page.evaluate(PUMP)  # what was said before this key is none of its answers
        self.said.clear()
        self._page.keyboard.press(key)

    def begins(self, *heard: str) -> None:
        """Presses the key that a headset or keypad sends, and hears the first screen."""
        self.press("F9")
        self.hears("You are listening to this screen.", *heard)

    def hears(self, *texts: str, language: str | None = None) -> None:
        """All of it is said, in any order, of the last key; in that language where one is named."""

        def there(text: str) -> bool:
            return any(text in said and language in (None, spoken) for spoken, said in self.said)

        self.until(lambda: all(map(there, texts)), f"{texts} in {language or 'any language'}")

    def until(self, true: Callable[[], object], what: str) -> None:
        def pumped():
            with contextlib.suppress(PageError):  # in another language it is another page
                self._page.evaluate(PUMP)
            return true()

        try:
            eventually(pumped, seconds=PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"not said: {what}. Said: {self.words}") from error

    def finds(self, name: str, key: str = "ArrowDown") -> None:
        """Goes on to the control whose name begins so; turns over the choices that do not fit on one screen."""
        met = [""]
        for _ in range(FARTHEST):
            self.press("Enter" if met[-1].startswith("More choices") else key)
            self.until(lambda: self.said, "a control")
            said = self.said[0][1]
            if said == name or (len(name) > 1 and said.startswith(name)):
                return
            met.append(said)
        raise AssertionError(f"no control is called {name!r}, only {met}")

    def chooses(self, name: str, *then: str, key: str = "ArrowDown") -> None:
        """Finds a control by what is said of it, presses it, and hears what comes."""
        self.finds(name, key)
        self.press("Enter")
        if then:
            self.hears(*then)

    def types(self, text: str) -> None:
        """On a keyboard; hears each character."""
        for character in text:
            self.press(character)
            self.hears(character)

    def number(self) -> str:
        """The ticket's number, from what was said."""
        self.until(lambda: any(is_number(text) for _language, text in self.said), "a number")
        return next(text for _language, text in self.said if is_number(text)).replace(", ", "")


def is_number(text: str) -> bool:
    return len(text) > 6 and all(len(part) == 1 for part in text.split(", "))
