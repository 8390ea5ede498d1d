"""The slips a visitor takes: a ticket, and what was promised: what happens next and by when.

Every sentence arrives worded, in one language or in several, one below the other. No slip bears a person's name.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image

from reception.languages import CATALOGUES
from reception.printing.page import GAP, REFERENCE, SMALL_QR, Page, Text
from reception.printing.shaping import can_draw

log = logging.getLogger(__name__)

SAMPLES = {"ar": "ع", "ur": "ع", "pa": "ਕ", "bn": "ক", "gu": "ક"}  # a letter of each other script


@dataclass(frozen=True)
class Slip:
    """What stands on a ticket's slip, in the order it is read. Lines may be as long as they like: they wrap.

    A `Text` is a string in the slip's `language` (a tag), or a (tag, string) for each language it is said in. `url`
    None leaves the code out; `mark` ("Reprint") stands white on black at the top; `large` is large print. `wait_line`
    and `besides_line`, before and after who is ahead, say what there is to expect and how sure that is.
    """

    office: Text
    number: str
    service: Text
    ahead_line: Text
    issued_line: Text
    footer: Sequence[Text] = ()
    url: str | None = None
    mark: Text | None = None
    language: str = "en"
    large: bool = False
    wait_line: Text = ""
    besides_line: Text = ""

    @classmethod
    def sample(cls, language: str = "en") -> "Slip":
        """One that touches every part of the drawing, in the language's own letters."""
        letter = SAMPLES.get(language, "Ŵ")
        url = "https://localhost/t/0123456789abcdefghijkl"
        return cls(letter, "A000", letter, letter, letter, (letter,), url, letter, language)

    def fill(self, page: Page) -> None:
        if self.mark:
            page.band(self.mark)
        page.text(self.office, bold=True)
        page.rule()
        page.number(self.number)
        page.text(self.service, size=page.print.service, bold=True)
        page.space(GAP * 0.3)
        if self.wait_line:
            page.text(self.wait_line, bold=True, most=None)
            page.space(GAP * 0.5)
        page.text(self.ahead_line, most=None)
        if self.besides_line:
            page.text(self.besides_line, most=None)
        page.rule()
        if self.url:
            page.code(self.url, self.footer)
        else:
            page.texts(self.footer)
        page.text(self.issued_line, most=None)


@dataclass(frozen=True)
class PromiseSlip:
    """What happens next, in the order it is read. Nothing of it is ever cut: it is as long as its text.

    `what` "" and what is empty are left out. `contact` is a job and how to reach it; `others` are bodies who can help,
    each its lines under `others_heading`. Texts, `language` and `large` are as a ticket's.
    """

    office: Text
    heading: Text
    what: Text
    by_when: Text
    reference_heading: Text
    reference: str
    issued_line: Text
    contact: Sequence[Text] = ()
    others_heading: Text = ""
    others: Sequence[Sequence[Text]] = ()
    footer: Sequence[Text] = ()
    url: str | None = None
    language: str = "en"
    large: bool = False

    def fill(self, page: Page) -> None:
        page.text(self.office, bold=True)
        page.rule()
        page.text(self.heading, bold=True, most=None)
        page.text(self.what, most=None)
        page.space(GAP * 0.6)
        page.text(self.by_when, bold=True, most=None)
        page.rule()
        page.text(self.reference_heading)
        page.number(self.reference, size=REFERENCE)
        for line in self.contact:
            page.text(line, most=None)
        if self.others:
            page.rule()
            page.text(self.others_heading, bold=True)
        for other in self.others:
            page.space(GAP * 0.6)
            for line in other:
                page.text(line, most=None)
        page.rule()
        if self.url:
            page.code(self.url, (*self.footer, self.issued_line), size=SMALL_QR)
        else:
            page.text(self.issued_line)


@dataclass(frozen=True)
class SignpostSlip:
    """Somebody other than the council who can help: `name`, `lines` (what they do, how to reach them, when) and the
    code of their `url`. Texts and `language` are as a ticket's."""

    office: Text
    heading: Text
    name: Text
    lines: Sequence[Text]
    url: str | None = None
    language: str = "en"
    large: bool = False

    def fill(self, page: Page) -> None:
        page.text(self.office, bold=True)
        page.rule()
        page.text(self.heading, most=None)
        page.space(GAP * 0.6)
        page.text(self.name, size=page.print.service, bold=True, most=None)
        for line in self.lines:
            page.text(line, most=None)
        if self.url:
            page.rule()
            page.code(self.url, (), size=SMALL_QR)


AnySlip = Slip | PromiseSlip | SignpostSlip


def warm_up(languages: Iterable[str], *, dots: int, dpi: int) -> None:
    """Open the faces of these languages at the sizes of a slip, which takes longer than drawing with them."""
    for language in languages:
        if can_draw(language):
            draw(Slip.sample(language), dots=dots, dpi=dpi)
        else:
            log.warning("No slip can be drawn in %s: libfribidi0 is not here.", CATALOGUES[language].name)


def draw(slip: AnySlip, *, dots: int = 576, dpi: int = 203) -> Image.Image:
    """The slip as a mode "1" image, black on white, `dots` wide and as high as it needs (a ticket's about 90 mm)."""
    page = Page(dots, dpi, language=slip.language, large=slip.large)
    slip.fill(page)
    return page.cropped()
