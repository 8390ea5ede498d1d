"""What the office's charter promises, and how its figures are published."""

import re
from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from reception.setting_parts.kinds import Key, Part

MEASURES = (
    "acknowledged_in_time",
    "seen_in_time",
    "first_contact",
    "first_contact_validated",
    "next_step_dated",
    "next_step_kept",
    "left_without_being_seen",
    "appointment_punctual",
    "complaint_stage1",
    "complaint_stage2_acknowledged",
    "complaint_stage2_answered",
    "estimate_kept",
)
IMPORTED = re.compile(r"imported:([a-z0-9][a-z0-9-]{0,39})")


def _measure(text: str) -> str:
    if text in MEASURES or IMPORTED.fullmatch(text):
        return text
    raise ValueError(
        f"nothing called {text!r} is measured here; there are {', '.join(MEASURES)}, and imported:KEY for a figure"
        " from elsewhere"
    )


Percent = Annotated[float, Field(ge=0, le=100)]
Measure = Annotated[str, AfterValidator(_measure)]


class Standard(Part):
    """One promise: the charter's sentence, what it is measured by, and the share that keeps it."""

    key: Key
    promise: Annotated[str, Field(min_length=1, max_length=160)]
    measure: Measure
    at_least: Percent | None = None
    at_most: Percent | None = None
    unit: Annotated[str, Field(max_length=30)] = ""
    source: Annotated[str, Field(max_length=60)] = ""
    owner: Annotated[str, Field(max_length=60)] = ""

    @model_validator(mode="after")
    def one_target(self):
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a standard needs either 'at_least' or 'at_most', in percent")
        if self.at_least == 0 or self.at_most == 100:
            raise ValueError("a standard that is always met promises nothing: ask for more than 0, or less than 100")
        if self.imported and not self.source:
            raise ValueError("a figure from elsewhere needs its 'source', which stands beside it")
        return self

    @property
    def imported(self) -> str | None:
        """The key under which its figure is imported; None for what is measured here."""
        found = IMPORTED.fullmatch(self.measure)
        return found[1] if found else None


class Performance(Part):
    """How the figures of a month reach the public."""

    public: bool
    publish: Literal["by-itself", "by-hand"]
    at: time
    slide: bool
