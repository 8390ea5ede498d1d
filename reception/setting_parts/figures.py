"""The figures: what they leave out, and what counts as on time."""

from datetime import date
from typing import Annotated

from pydantic import Field

from reception.matters import LONGEST_RETURN
from reception.setting_parts.kinds import Count, Key, Minutes, Part


class Exclude(Part):
    services: tuple[Key, ...] = ()
    channels: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


class FiguresPart(Part):
    punctual_minutes: Minutes
    references: bool
    return_days: Annotated[Count, Field(le=LONGEST_RETURN)]
    exclude: Exclude
