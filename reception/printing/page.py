"""A strip of paper to draw on, filled from the top: text that wraps, a rule, a large number, a QR code.

One 1-bit image, so that any printer prints it alike and its sizes are true millimetres.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"

# In millimetres. A printer's own letters (Font A) are 24 dots, 3.0 to 3.4 mm: the body is at least twice that.
BODY = 6.0
BODY_DOTS = 48
SERVICE = 8.0  # less, down to the body, where a word would have to be divided
NUMBER = 32.0  # at most; a long number shrinks to the paper's width
REFERENCE = 12.0
QR = 26.0
SMALL_QR = 23.0
QUIET_MODULES = 4
SMALLEST_MODULE_DOTS = 3
EDGE = 1.0  # kept white at both sides: heads and paper guides are not exact
GAP = 2.4
RULE = 0.5
LINE = 1.16  # of the letters' size
MOST_LINES = 4  # of one text, where not all of it has to be read; the rest is cut with an ellipsis
BESIDE_QR = 34.0  # room for text beside the code; with less it stands below
SIGNS = "@./"  # an e-mail or web address that is longer than a line is divided before one of these


class SlipError(Exception):
    """The slip cannot be drawn on this machine."""


class Page:
    """The paper; `y` is the next free row."""

    def __init__(self, dots: int, dpi: int):
        self._dots_a_mm = dpi / 25.4
        self.body = max(self.mm(BODY), BODY_DOTS)
        self.left = self.mm(EDGE)
        self.width = dots - 2 * self.left
        self.y = 0
        self.image = Image.new("L", (dots, self.mm(120)), 255)
        self.pen = ImageDraw.Draw(self.image)

    def mm(self, length: float) -> int:
        return max(1, round(length * self._dots_a_mm))

    def space(self, length: float) -> None:
        self.y += self.mm(length)

    def rule(self) -> None:
        self._reach(self.mm(2 * GAP))
        self.space(GAP * 0.8)
        self.pen.rectangle((self.left, self.y, self.left + self.width - 1, self.y + self.mm(RULE) - 1), fill=0)
        self.space(RULE + GAP)

    def text(
        self,
        text: str,
        *,
        size: float = 0,
        bold: bool = False,
        width: int | None = None,
        most: int | None = MOST_LINES,
    ) -> None:
        letters = self._letters(text, max(self.mm(size), self.body), bold=bold)
        for line in wrapped(text, letters, width or self.width, most):
            self._reach(2 * letters.size)
            self.pen.text((self.left, self.y + letters.size), line, font=letters, fill=0, anchor="ls")
            self.y += round(letters.size * LINE)

    def _letters(self, text: str, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
        """As asked, or smaller where that saves a word from being divided, but never under the body's size."""
        widest = max((font(bold, size).getlength(word) for word in _words(text)), default=0)
        fitting = int(size * self.width / widest) if widest > self.width else size
        return font(bold, fitting if fitting >= self.body else size)

    def texts(self, texts: Sequence[str], *, width: int | None = None) -> None:
        for text in texts:
            self.text(text, width=width)
            self.space(GAP * 0.4)

    def band(self, text: str) -> None:
        letters = font(True, self.body)
        indent, step = self.mm(GAP * 0.7), round(self.body * LINE)
        lines = wrapped(text, letters, self.width - 2 * indent)
        height = step * len(lines) + round(self.body * 0.4)
        self.pen.rectangle((self.left, 0, self.left + self.width - 1, height - 1), fill=0)
        for place, line in enumerate(lines):
            baseline = round(self.body * 1.12) + place * step
            self.pen.text((self.left + indent, baseline), line, font=letters, fill=255, anchor="ls")
        self.y = height + self.mm(GAP)

    def number(self, number: str, *, size: float = NUMBER) -> None:
        """As large as the paper takes, never cut, its ink beginning where the text begins."""
        letters = font(True, self.mm(size))
        left, _, right, _ = letters.getbbox(number, anchor="ls")
        if right - left > self.width:
            letters = font(True, int(letters.size * self.width / (right - left)) - 1)
        left, top, _, bottom = letters.getbbox(number, anchor="ls")
        self._reach(bottom - top + self.mm(GAP))
        self.space(GAP * 0.3)
        self.pen.text((self.left - left, self.y - top), number, font=letters, fill=0, anchor="ls")
        self.y += bottom - top
        self.space(GAP)

    def code(self, url: str, beside: Sequence[str], *, size: float = QR) -> None:
        """The code at the right, the texts at its left, or under it on narrow paper; its quiet zone is the gap."""
        code = qr(url, self.mm(size))
        self._reach(code.height)
        top, room = self.y, self.image.width - self.left - code.width
        if room < self.mm(BESIDE_QR):
            self.image.paste(code, ((self.image.width - code.width) // 2, top))
            self.y = top + code.height
            self.texts(beside)
            return
        self.image.paste(code, (self.image.width - code.width, top))
        self.texts(beside, width=room)
        self.y = max(self.y, top + code.height)

    def cropped(self) -> Image.Image:
        page = self.image.crop((0, 0, self.image.width, self.y + self.mm(GAP)))
        return page.point(_BLACK_OR_WHITE, mode="1")

    def _reach(self, rows: int) -> None:
        """Lengthen the paper when the next part would not fit."""
        if self.y + rows + self.mm(2 * GAP) > self.image.height:
            longer = Image.new("L", (self.image.width, self.image.height * 2 + rows), 255)
            longer.paste(self.image)
            self.image, self.pen = longer, ImageDraw.Draw(longer)


_BLACK_OR_WHITE = [0] * 128 + [255] * 128


@lru_cache(maxsize=64)
def font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    path = FONTS / ("bold.ttf" if bold else "regular.ttf")
    try:
        return ImageFont.truetype(path, size)
    except OSError as error:
        raise SlipError(f"The slip's letters are missing: {path}. Run `python -m reception.build_assets`.") from error


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: int, most: int | None = MOST_LINES) -> list[str]:
    """The text in lines no wider than `width` dots; a word too long for a line is divided. `most` None: every line."""
    lines = [""]
    for word in _words(text):
        for piece in _pieces(word, letters, width):
            longer = f"{lines[-1]} {piece}".strip()
            if letters.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and letters.getlength(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines if lines[0] else lines[1:]


def _words(text: str) -> list[str]:
    """No-break spaces hold."""
    return [word for word in " ".join(text.splitlines()).split(" ") if word]


def _pieces(word: str, letters: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word in pieces that fit, divided before a sign where an address has one."""
    pieces = []
    while word and letters.getlength(word) > width:
        size = len(word) - 1
        while size > 1 and letters.getlength(word[:size]) > width:
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
