"""A printer without paper: it keeps the last slips as pictures in a folder, for a page to show.

It always prints and is always well, so that an office with nothing configured has slips to look at.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .outcome import Outcome
from .status import Condition

KEPT = 20
LONGEST = 12  # digits of a slip's name


@dataclass(frozen=True)
class VirtualSlip:
    """`name` is what `VirtualPrinter.png` wants; `printed_at` is in UTC milliseconds; `words` are what stands on it, a
    text a line, first of all in `language`."""

    name: str
    printed_at: int
    words: str
    language: str


class VirtualPrinter:
    """Slips stand in `folder` as NUMBER.png, the number rising, each written whole or not at all."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)

    def warm_up(self) -> None:
        from PIL import PngImagePlugin  # noqa: F401

    def ask(self) -> Condition:
        return Condition("ok")

    def print(self, image: Image.Image, *, sending: Callable[[], None] = lambda: None) -> Outcome:
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self._numbers()
        target = self._path(kept[0] + 1 if kept else 1)
        sending()
        unfinished = target.with_suffix(".part")
        image.save(unfinished, format="PNG", pnginfo=_described(image))
        os.replace(unfinished, target)
        for old in kept[KEPT - 1 :]:
            self._path(old).unlink(missing_ok=True)
        return Outcome("printed", condition=Condition("ok"))

    def slips(self) -> list[VirtualSlip]:
        """The kept slips, newest first."""
        found = []
        for number in self._numbers():
            path = self._path(number)
            if path.exists():
                with Image.open(path) as picture:
                    said = picture.text
                words, language = said.get("Description", ""), said.get("Language", "en")
                found.append(VirtualSlip(path.stem, path.stat().st_mtime_ns // 1_000_000, words, language))
        return found

    def png(self, name: str) -> bytes | None:
        """One kept slip's picture, or None when there is none of that name."""
        if not name.isascii() or not name.isdigit() or len(name) > LONGEST:
            return None
        try:
            return self._path(int(name)).read_bytes()
        except FileNotFoundError:
            return None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:09d}.png"

    def _numbers(self) -> list[int]:
        """Newest first."""
        stems = (path.stem for path in self.folder.glob("*.png"))
        return sorted((int(stem) for stem in stems if stem.isdigit()), reverse=True)


def _described(image: Image.Image):
    """The slip's words, kept in its picture."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Description", image.info.get("words", ""))
    info.add_text("Language", image.info.get("language", "en"))
    return info
