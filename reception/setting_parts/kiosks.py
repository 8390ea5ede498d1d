"""A kiosk: its screen, its keypad, what it asks, and its own machine's numbers."""

from typing import Annotated, Literal

from pydantic import Field

from reception.setting_parts.kinds import Count, Name, Named, Part, Seconds


class Interpreter(Named):
    """A language, by its tag: its name for staff, and its own."""

    own: Annotated[str, Field(max_length=60)] = ""


class Keypad(Part):
    """Keys by the names that browsers give them (`KeyboardEvent.key`)."""

    up: Name
    down: Name
    select: Name
    back: Name
    help: Name
    listen: Name
    again: Name
    louder: Name
    softer: Name


class Kiosk(Part):
    idle_seconds: Seconds
    warning_seconds: Annotated[float, Field(ge=20)]
    ticket_seconds: Seconds
    mm_per_px: Annotated[float, Field(ge=0.05, le=1)]
    screen_bottom_mm: Annotated[int, Field(ge=0, le=1100)]
    asks_language: bool
    keypad: Keypad
    asks_appointment: Literal["today", "always", "never"]
    scanner: bool
    guesses: Count
    asks_needs: bool
    asks_party: bool
    interpreters: Annotated[tuple[Interpreter, ...], Field(max_length=11)]


class Keeper(Part):
    numbers: Annotated[int, Field(ge=2, le=200)]
    most: Count
    answer_seconds: Seconds
    contact_seconds: Seconds
