"""Boards: how each screen hangs and looks, and the slides they show."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.setting_parts.kinds import Count, Key, Named, Part, Seconds

Theme = Literal["dark", "light", "contrast"]
Inches = Annotated[float, Field(ge=5, le=500)]
Pixels = tuple[Annotated[int, Field(ge=320)], Annotated[int, Field(ge=320)]]
Metres = Annotated[float, Field(gt=0, le=50)]
Device = Annotated[str, Field(min_length=1, max_length=60)]  # as a manager named it when letting it in


class Board(Part):
    keep_seconds: Seconds
    recent: Count
    notice: str
    theme: Theme
    screen_inches: Inches
    screen_pixels: Pixels
    farthest_metres: Metres
    turn_seconds: Annotated[float, Field(ge=10)]
    slides_after_seconds: Seconds
    waits: bool
    pictures: str


class OneBoard(Named):
    """One of several boards: the screen that a manager lets in under its name. What it leaves out is [board]'s."""

    desks: tuple[Key, ...] = ()
    kiosks: tuple[Device, ...] = ()
    theme: Theme | None = None
    screen_inches: Inches | None = None
    screen_pixels: Pixels | None = None
    farthest_metres: Metres | None = None


class Slide(Part):
    """What the board shows while nobody is being called. A picture says nothing to whoever cannot see it, so it has
    all its words beside it."""

    key: Key
    title: Annotated[str, Field(max_length=60)] = ""
    text: Annotated[str, Field(max_length=200)] = ""
    picture: Annotated[str, Field(pattern=r"^([\w-]+\.(png|jpg|jpeg|webp))?$")] = ""
    words: Annotated[str, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def in_words(self):
        if self.picture and not self.words:
            raise ValueError("a picture needs 'words': all that it says, for whoever cannot see it")
        if not (self.title or self.text or self.picture):
            raise ValueError("a slide needs a 'title', a 'text' or a 'picture'")
        return self
