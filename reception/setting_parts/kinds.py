"""What the parts of the settings are made of: the kinds of values, and what every part is."""

import difflib
from datetime import time
from functools import cached_property
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from reception.languages import CATALOGUES


def _span(value):
    if isinstance(value, str):
        start, dash, end = value.partition("-")
        if dash:
            return time.fromisoformat(start.strip()), time.fromisoformat(end.strip())
    raise ValueError('write opening times like "09:00-17:00"')


def _in_order(span):
    if span[1] != time(0) and span[0] >= span[1]:
        raise ValueError("it closes before it opens")
    return span


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"no time zone is called {name!r}")
    return name


def _catalogue(tag: str) -> str:
    if tag in CATALOGUES:
        return tag
    meant = {name: one.tag for one in CATALOGUES.values() for name in (one.tag, one.name.casefold())}
    close = difflib.get_close_matches(tag.casefold(), meant, 1)
    likely = f"; did you mean {meant[close[0]]!r}?" if close else ""
    raise ValueError(f"there is no such catalogue among {', '.join(CATALOGUES)}{likely}")


Span = Annotated[tuple[time, time], BeforeValidator(_span), AfterValidator(_in_order)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Tag = Annotated[str, AfterValidator(_catalogue)]
Seconds = Annotated[float, Field(gt=0)]
Minutes = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(gt=0)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Named(Part):
    """A key that steps may hold, with the words that staff see."""

    key: Key
    name: Name
