"""A strip of paper to draw on, filled from the top: text that wraps, a rule, a large number, a QR code.

One 1-bit image, so that any printer prints it alike and its sizes are true millimetres. Where the reader's language
runs from right to left, so does the page.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from reception.languages import CATALOGUES
from reception.printing.letters import Letters, Line, font

Text = str | Sequence[tuple[str, str]]  # in the page's language; or in several, each (tag, text), one below the other

NUMBER = 32.0  # millimetres at most; a long number shrinks to the paper's width
NUMBER_STEP = 4  # dots: fewer sizes, since opening a face takes longer than drawing with it
REFERENCE = 12.0
QR = 26.0
SMALL_QR = 23.0
QUIET_MODULES = 4
SMALLEST_MODULE_DOTS = 3
EDGE = 1.0  # kept white at both sides: heads and paper guides are not exact
GAP = 2.4
RULE = 0.5
MOST_LINES = 4  # of one text, where not all of it has to be read; the rest is cut with an ellipsis
BESIDE_QR = 5.6  # times the body: room for text beside the code; with less it stands below
SIGNS = "@./"  # an e-mail or web address that is longer than a line is divided before one of these


@dataclass(frozen=True)
class Print:
    """Sizes of letters in millimetres; less, down to the ordinary body, where a word would have to be divided."""

    body: float
    service: float


# A printer's own letters (Font A) are 24 dots, 3.0 to 3.4 mm: the body is at least twice that, large print's three
# times. 16 point is 5.6 mm.
ORDINARY = Print(body=6.0, service=8.0)
LARGE = Print(body=9.6, service=11.0)
FONT_A_DOTS = 24


class Page:
    """The paper; `y` is the next free row."""

    def __init__(self, dots: int, dpi: int, *, language: str = "en", large: bool = False):
        self._dots_a_mm = dpi / 25.4
        self.print = LARGE if large else ORDINARY
        self.least = max(self.mm(ORDINARY.body), 2 * FONT_A_DOTS)
        self.body = max(self.mm(LARGE.body), 3 * FONT_A_DOTS) if large else self.least
        self.language, self.rtl = language, CATALOGUES[language].direction == "rtl"
        self.left = self.mm(EDGE)
        self.width = dots - 2 * self.left
        self.y = 0
        self.words: list[str] = []  # what stands on it, for whoever cannot see the picture
        self.image = Image.new("L", (dots, self.mm(120)), 255)
        self.pen = ImageDraw.Draw(self.image)

    def mm(self, length: float) -> int:
        return max(1, round(length * self._dots_a_mm))

    def space(self, length: float) -> None:
        """So many millimetres beside ordinary letters; more beside larger ones."""
        self.y += round(self.mm(length) * self.body / self.least)

    def rule(self) -> None:
        self._reach(self.mm(2 * GAP))
        self.space(GAP * 0.8)
        self.pen.rectangle((self.left, self.y, self.left + self.width - 1, self.y + self.mm(RULE) - 1), fill=0)
        self.space(RULE + GAP * 0.4)  # a line of letters begins with white of its own

    def text(
        self,
        text: Text,
        *,
        size: float = 0,
        bold: bool = False,
        width: int | None = None,
        most: int | None = MOST_LINES,
    ) -> None:
        for place, (language, words) in enumerate(self._languages(text)):
            self.words.append(words)
            if place:
                self.space(GAP * 0.4)
            letters = self._letters(words, max(self.mm(size), self.body), bold=bold, language=language)
            for line in lines(words, letters, width or self.width, most):
                self._reach(line.above + line.below + letters.size)
                self._set(line)

    def _set(self, line: Line, *, indent: int = 0, fill: int = 0) -> None:
        start = self.left + (self.width - line.width - indent if self.rtl else indent)
        line.draw(self.pen, start, self.y + line.above, fill=fill)
        self.y += line.above + line.below

    def _languages(self, text: Text) -> Sequence[tuple[str, str]]:
        return [(self.language, text)] if isinstance(text, str) else text

    def _letters(self, words: str, size: int, *, bold: bool, language: str) -> Letters:
        """As asked, or smaller where that saves a word from being divided, but never under the ordinary body."""
        letters = Letters(size, bold, language)
        if letters.fits(words, self.width):
            return letters
        widest = max((letters.width(word) for word in _words(words)), default=0)
        fitting = int(size * self.width / widest) if widest > self.width else size
        return Letters(fitting, bold, language) if fitting >= self.least else letters

    def texts(self, texts: Sequence[Text], *, width: int | None = None) -> None:
        """Whole, however long."""
        for text in texts:
            self.text(text, width=width, most=None)
            self.space(GAP * 0.6)

    def band(self, text: Text) -> None:
        """White on black, at the top."""
        indent, pad = self.mm(GAP * 0.7), round(self.body * 0.12)
        room, found = self.width - 2 * indent, []
        for language, words in self._languages(text):
            self.words.append(words)
            found += lines(words, Letters(self.body, True, language), room)
        height = sum(line.above + line.below for line in found) + 3 * pad
        self.pen.rectangle((self.left, 0, self.left + self.width - 1, height - 1), fill=0)
        self.y = pad
        for line in found:
            self._set(line, indent=indent, fill=255)
        self.y = height + self.mm(GAP)

    def number(self, number: str, *, size: float = NUMBER) -> None:
        """As large as the paper takes, never cut, its ink beginning where the text begins."""
        face = font("latin", True, self.mm(size))
        left, top, right, bottom = face.getbbox(number, anchor="ls")
        if right - left > self.width:
            fitting = int(face.size * self.width / (right - left))
            face = font("latin", True, fitting // NUMBER_STEP * NUMBER_STEP)
            left, top, right, bottom = face.getbbox(number, anchor="ls")
        self._reach(bottom - top + self.mm(GAP))
        self.space(GAP * 0.5)
        self.words.append(number)
        start = self.left + (self.width - (right - left) if self.rtl else 0)
        self.pen.text((start - left, self.y - top), number, font=face, fill=0, anchor="ls")
        self.y += bottom - top
        self.space(GAP)

    def code(self, url: str, beside: Sequence[Text], *, size: float = QR) -> None:
        """The code at the line's end, the texts before it, or under it on narrow paper; its quiet zone is the gap."""
        code = qr(url, self.mm(size))
        self._reach(code.height)
        top, room = self.y, self.image.width - self.left - code.width
        if room < BESIDE_QR * self.body:
            self.image.paste(code, ((self.image.width - code.width) // 2, top))
            self.y = top + code.height
            self.texts(beside)
            return
        self.image.paste(code, (0 if self.rtl else self.image.width - code.width, top))
        self.texts(beside, width=room)
        self.y = max(self.y, top + code.height)

    def cropped(self) -> Image.Image:
        """The page as a picture, with its `words` and its `language` in the picture's `info`."""
        page = self.image.crop((0, 0, self.image.width, self.y + self.mm(GAP))).point(_BLACK_OR_WHITE, mode="1")
        page.info = {"words": "\n".join(filter(None, self.words)), "language": self.language}
        return page

    def _reach(self, rows: int) -> None:
        """Lengthen the paper when the next part would not fit."""
        if self.y + rows + self.mm(2 * GAP) > self.image.height:
            longer = Image.new("L", (self.image.width, self.image.height * 2 + rows), 255)
            longer.paste(self.image)
            self.image, self.pen = longer, ImageDraw.Draw(longer)


_BLACK_OR_WHITE = [0] * 128 + [255] * 128


def lines(text: str, letters: Letters, width: int, most: int | None = MOST_LINES) -> list[Line]:
    """The text as lines to be drawn."""
    rtl = letters.runs_rtl(text)
    return [letters.line(line, rtl=rtl) for line in wrapped(text, letters, width, most)]


def wrapped(text: str, letters: Letters, width: int, most: int | None = MOST_LINES) -> list[str]:
    """The text in lines no wider than `width` dots; a word too long for a line is divided. `most` None: every line."""
    words = _words(text)
    if words and letters.fits(" ".join(words), width):
        return [" ".join(words)]
    lines = [""]
    for word in words:
        for piece in _pieces(word, letters, width):
            longer = f"{lines[-1]} {piece}".strip()
            if letters.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and letters.width(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines if lines[0] else lines[1:]


def _words(text: str) -> list[str]:
    """No-break spaces hold."""
    return [word for word in " ".join(text.splitlines()).split(" ") if word]


def _pieces(word: str, letters: Letters, width: int) -> list[str]:
    """A word in pieces that fit, divided before a sign where an address has one."""
    pieces = []
    while word and letters.width(word) > width:
        size = len(word) - 1
        while size > 1 and letters.width(word[:size]) > width:
            size -= 1
        while size > 1 and unicodedata.category(word[size])[0] == "M":  # a mark stays with its letter
            size -= 1
        sign = max(word.rfind(sign, 1, size + 1) for sign in SIGNS)
        size = sign if sign > 0 else size
        pieces.append(word[:size])
        word = word[size:]
    return [*pieces, word] if word else pieces


@lru_cache(maxsize=4)
def qr(text: str, side: int) -> Image.Image:
    """The code with its quiet zone, about `side` dots square, every module the same whole number of dots."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    module = max(SMALLEST_MODULE_DOTS, side // len(rows))
    small = Image.frombytes("L", (len(rows), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row))
    return small.resize((len(rows) * module,) * 2, Image.Resampling.NEAREST)
