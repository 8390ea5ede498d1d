"""The boards of an office: which desks each shows, how its screen hangs, and from how far it can be read. Pure.

A board is legible where the capitals of a call, number and desk, are seen under 0.7 degrees, and those of everything
else are at least a 150th of the distance high. Sizes follow the distance as far as the screen has room for them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reception.settings import Settings

CAPITAL = 0.668  # height of a capital of Atkinson Hyperlegible Next, in ems
CALL = 1000 * math.tan(math.radians(0.7))  # mm that the capitals of a call need for each metre of distance
REST = 1000 / 150
# The largest letters display/static/calls.css has room for, in ems to the screen's shorter side, as it calls them.
UNIT = 0.014815
MOST_CALL = 20 * UNIT
MOST_REST = (6.4 * UNIT, 4.8 * UNIT)  # in one language, in two
INCH = 25.4
LONG_NAME = 12  # characters of a desk's name, beyond which it has no room at the size that is needed


@dataclass(frozen=True, slots=True)
class Screen:
    """One board's screen. `desks` None: all of them; `kiosks` None: whichever speaks."""

    key: str
    name: str
    desks: frozenset[str] | None
    kiosks: frozenset[str] | None
    theme: str
    inches: float
    pixels: tuple[int, int]
    metres: float
    languages: tuple[str, ...]

    def shows(self, desk: str | None) -> bool:
        return self.desks is None or desk in self.desks

    def beside(self, kiosk: str) -> bool:
        return self.kiosks is None or kiosk.casefold() in self.kiosks

    @property
    def call_reach(self) -> float:
        """From how many metres a call can be read when the screen gives it all its room."""
        return self._shorter_mm * MOST_CALL * CAPITAL / CALL

    @property
    def reach(self) -> float:
        """From how many metres everything on it can be read."""
        rest = MOST_REST[len(self.languages) > 1]
        return min(self.call_reach, self._shorter_mm * rest * CAPITAL / REST)

    @property
    def is_too_small(self) -> bool:
        return self.metres > self.reach

    @property
    def inches_needed(self) -> int:
        """The diagonal of a screen of this shape that its farthest seat could read."""
        return math.ceil(self.inches * self.metres / self.reach)

    @property
    def _shorter_mm(self) -> float:
        return self.inches * INCH * min(self.pixels) / math.hypot(*self.pixels)


def screens(settings: Settings) -> tuple[Screen, ...]:
    """Every board the settings tell of; last, what any other screen is: it shows all desks."""
    return (*(_one(settings, board) for board in settings.boards), _one(settings))


def screen_named(settings: Settings, name: str) -> Screen:
    """What a screen let in under this name shows."""
    meant = " ".join(name.split()).casefold()
    return next((one for one in screens(settings) if one.key and one.name.casefold() == meant), _one(settings))


def doubts(settings: Settings) -> Iterator[str]:
    """What is well formed and still likely to go wrong: each a sentence that helps."""
    for screen in screens(settings) if not settings.boards else screens(settings)[:-1]:
        if screen.is_too_small:
            yield (
                f"{_which(screen)}: a {screen.inches:g}-inch screen can be read from {_down(screen.reach)} m, and the"
                f" farthest seat is at {screen.metres:g} m (its calls alone: {_down(screen.call_reach)} m). Hang one of"
                f" {screen.inches_needed} inches, or move the seats nearer."
            )
    shown = [desk for board in settings.boards for desk in board.desks]
    if settings.boards and all(board.desks for board in settings.boards):
        for desk in settings.desks:
            if desk.key not in shown:
                yield f"no board shows desk {desk.key!r}: only a screen under another name shows its calls."
    for desk in settings.desks:
        if len(desk.name) > LONG_NAME:
            yield f"desk {desk.key!r} has a long name: the board writes it smaller than its farthest seat can read."
    folder = Path(settings.board.pictures or ".")
    for slide in settings.slides:
        if slide.picture and not (settings.board.pictures and (folder / slide.picture).is_file()):
            yield f"slide {slide.key!r} shows {slide.picture!r}, and that is not in board.pictures."


def _which(screen: Screen) -> str:
    return f"board {screen.key!r}" if screen.key else "board"


def _down(metres: float) -> str:
    return f"{math.floor(metres * 10) / 10:g}"


def _one(settings: Settings, board=None) -> Screen:
    common = settings.board

    def own(name: str):
        found = board and getattr(board, name)
        return found or getattr(common, name)

    return Screen(
        key=board.key if board else "",
        name=board.name if board else "",
        desks=frozenset(board.desks) if board and board.desks else None,
        kiosks=frozenset(name.casefold() for name in board.kiosks) if board and board.kiosks else None,
        theme=own("theme"),
        inches=own("screen_inches"),
        pixels=own("screen_pixels"),
        metres=own("farthest_metres"),
        languages=settings.languages[:2],
    )
