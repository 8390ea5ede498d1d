"""Text of any script as ink: each run of letters in its own typeface, shaped, and in the order in which it is read.

Latin letters and all figures are Atkinson Hyperlegible's, other scripts Noto's. Where FriBiDi is missing, only Latin
letters come out right (`shaping.can_draw`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from reception.languages import CATALOGUES
from reception.printing import shaping

FONTS = Path(__file__).parent / "fonts"
VENDOR = Path(__file__).parents[1] / "web" / "static" / "vendor"


class SlipError(Exception):
    """The slip cannot be drawn on this machine."""


@dataclass(frozen=True)
class Script:
    """`scale` makes its letters look as large as Latin ones; a line has at least `above` over its baseline and `below`
    under it, in parts of the letters' size."""

    regular: Path
    bold: Path
    scale: float = 1.0
    above: float = 1.0
    below: float = 0.16


def _noto(name: str, *sizes: float) -> Script:
    return Script(VENDOR / f"noto-{name}-400.woff2", VENDOR / f"noto-{name}-700.woff2", *sizes)


SCRIPTS = {
    "latin": Script(FONTS / "regular.ttf", FONTS / "bold.ttf"),
    "arabic": _noto("arabic", 1.1, 1.05, 0.5),
    "nastaliq": _noto("nastaliq", 1.15, 1.2, 0.6),
    "gurmukhi": _noto("gurmukhi", 1.05, 1.05, 0.4),
    "bengali": _noto("bengali", 1.05, 1.05, 0.4),
    "gujarati": _noto("gujarati", 1.05, 1.05, 0.4),
}
LETTERS = (
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0870, 0x08FF, "arabic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"),
)
SPACES = " \N{NO-BREAK SPACE}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
DANDAS = "\N{DEVANAGARI DANDA}\N{DEVANAGARI DOUBLE DANDA}"  # a full stop of several scripts, in none of Latin's faces


@dataclass(frozen=True)
class Letters:
    """How a text is set: `size` in dots of Latin letters, and the language it is in."""

    size: int
    bold: bool = False
    language: str = "en"

    def runs_rtl(self, text: str) -> bool:
        """A text of Latin letters alone runs left to right in any language."""
        return CATALOGUES[self.language].direction == "rtl" and any(_script(c, "ur") == "nastaliq" for c in text)

    def width(self, text: str) -> float:
        """In dots; of a word's letters and the spaces between, as a line is filled."""
        words = text.split(" ")
        return sum(_width(self, word) for word in words) + (len(words) - 1) * _width(self, " ")

    def fits(self, text: str, width: int) -> bool:
        """Whether it stands on one line, asked before its words are measured, which takes longer in other scripts than
        Latin. What is much too long is not even tried."""
        tried = self.language in shaping.HOME and len(text) * self.size <= 3 * width
        return tried and self.line(text, rtl=self.runs_rtl(text)).width <= width

    def line(self, text: str, *, rtl: bool = False) -> "Line":
        """The text in one line of a paragraph that runs `rtl` or not."""
        found = runs(text, self.language, rtl=rtl)
        scripts = [SCRIPTS[run.script] for run in found] or [SCRIPTS["latin"]]
        inks = [ink(*self.key(run)) for run in found]
        # Words in Nastaliq climb as they are long. What hangs below may reach a little into the space above a line.
        heights = [round(script.above * self.size) for script in scripts]
        depths = [round(script.below * self.size) for script in scripts]
        heights += [ink.height + self.size // 16 for ink in inks]
        depths += [ink.depth - self.size // 10 for ink in inks]
        return Line(inks, max(heights), max(depths))

    def key(self, run: "Run") -> tuple:
        """All that a run's ink depends on."""
        return run.text, run.script, self.size, self.bold, run.level % 2 == 1, self.language


@dataclass(frozen=True)
class Run:
    """Letters of one script that run one way."""

    script: str
    level: int
    text: str


@dataclass(frozen=True)
class Ink:
    """A run as drawn: `mask` to be put `left` and `top` of a point on the baseline."""

    mask: Image.Image
    left: int
    top: int
    key: tuple

    @cached_property
    def advance(self) -> float:
        """How many dots farther the next run begins. Asked for only where there is one: shaping Nastaliq takes long."""
        return _advance(*self.key)

    @property
    def height(self) -> int:
        return -self.top

    @property
    def depth(self) -> int:
        return self.top + self.mask.height


@dataclass(frozen=True)
class Line:
    """Runs from left to right, and the dots that the line takes above and below its baseline."""

    inks: list[Ink]
    above: int
    below: int

    @property
    def width(self) -> int:
        """To the end of the ink: in Nastaliq a stroke may reach beyond its letter."""
        return max((at + ink.left + ink.mask.width for at, ink in self._places()), default=0)

    def draw(self, pen: ImageDraw.ImageDraw, left: int, baseline: int, *, fill: int = 0) -> None:
        for at, ink in self._places():
            pen.bitmap((left + at + ink.left, baseline + ink.top), ink.mask, fill=fill)

    def _places(self) -> Iterator[tuple[int, Ink]]:
        at, before = 0.0, None
        for ink in self.inks:
            at += before.advance if before else 0
            yield round(at), ink
            before = ink


def runs(text: str, language: str, *, rtl: bool) -> list[Run]:
    """The text in runs as they stand from left to right."""
    scripts = _scripts(text, language)
    plain = not rtl and set(scripts) <= {"latin", "gurmukhi", "bengali", "gujarati"}
    levels = [0] * len(text) if plain else shaping.levels(text, rtl=rtl)
    parts = groupby(zip(scripts, levels, text, strict=True), key=lambda part: part[:2])
    found = [Run(script, level, "".join(letter for *_, letter in group)) for (script, level), group in parts]
    return _in_order(found)


def _in_order(found: list[Run]) -> list[Run]:
    """From the highest level down to the lowest odd one, whatever is at it or above is turned round (UAX 9, L2)."""
    for level in range(max((run.level for run in found), default=0), 0, -1):
        found = [
            run
            for turned, group in groupby(found, key=lambda run: run.level >= level)
            for run in (reversed(list(group)) if turned else group)
        ]
    return found


def _scripts(text: str, language: str) -> list[str]:
    """The script of each character. A space within one script is its own; between two it is Latin's, whose width is the
    same everywhere (Nastaliq draws what follows a space towards it)."""
    found = []
    for place, letter in enumerate(text):
        before = found[-1] if found else "latin"
        if letter in SPACES:
            after = _script(text[place + 1], language) if place + 1 < len(text) else before
            found.append(before if before == after else "latin")
        elif letter in JOINERS:
            found.append(before)
        elif letter in DANDAS:
            found.append(before if before != "latin" else shaping.HOME.get(language, "gurmukhi"))
        else:
            found.append(_script(letter, language))
    return found


@lru_cache(maxsize=4096)
def _script(letter: str, language: str) -> str:
    found = next((script for first, last, script in LETTERS if first <= ord(letter) <= last), "latin")
    return "nastaliq" if found == "arabic" and language == "ur" else found


@lru_cache(maxsize=4096)
def _width(letters: Letters, word: str) -> float:
    found = runs(word, letters.language, rtl=letters.runs_rtl(word))
    return sum(_advance(*letters.key(run)) for run in found)


def _advance(text: str, script: str, size: int, bold: bool, rtl: bool, language: str) -> float:
    return _scaled(script, bold, size).getlength(text, **_how(rtl, language))


@lru_cache(maxsize=256)
def ink(text: str, script: str, size: int, bold: bool, rtl: bool, language: str) -> Ink:
    """One run, drawn once: a slip's sentences and an office's name come again and again."""
    letters = _scaled(script, bold, size)
    mask, (left, top) = letters.getmask2(text, mode="L", anchor="ls", **_how(rtl, language))
    picture = Image.frombytes("L", mask.size, bytes(mask))
    box = picture.getbbox() or (0, 0, 1, 1)
    return Ink(picture.crop(box), left + box[0], top + box[1], (text, script, size, bold, rtl, language))


def _scaled(script: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return font(script, bold, round(size * SCRIPTS[script].scale))


def _how(rtl: bool, language: str) -> dict[str, str]:
    """What Pillow is told of a run; it takes none of this where it cannot shape."""
    return {"direction": "rtl" if rtl else "ltr", "language": language} if shaping.fribidi() else {}


@lru_cache(maxsize=64)
def font(script: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    path = SCRIPTS[script].bold if bold else SCRIPTS[script].regular
    try:
        return ImageFont.truetype(path, size)
    except OSError as error:
        raise SlipError(f"The slip's letters are missing: {path}. Run `python -m reception.build_assets`.") from error
