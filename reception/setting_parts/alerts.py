"""What desks and managers are told of while there is still time: thresholds, and visitors who are likely to miss the
target; who hears of it, how, and how often."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.setting_parts.kinds import Key, Minutes, Part
from reception.setting_parts.mail import Address

OF_SERVICES = ("waiting", "longest_wait", "at_risk", "late")
BELOW = ("desks_open", "share")  # fewer are worse; of all others, more


class AlertPart(Part):
    """One threshold: more than the limit, of desks_open and share less. It is people, minutes (longest_wait, paused),
    desks, or percent (share); a device in trouble needs none."""

    key: Key
    what: Literal["waiting", "longest_wait", "at_risk", "late", "paused", "desks_open", "share", "device"]
    limit: Annotated[float, Field(ge=0)] | None = None
    service: Key | None = None
    for_minutes: Minutes = 0
    who: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(min_length=1)] = (
        "manager",
        "admin",
    )
    sound: bool = False
    mail: tuple[Address, ...] = ()
    again_minutes: Annotated[float, Field(gt=0)] = 30

    @model_validator(mode="after")
    def one_threshold(self):
        if (self.limit is None) != (self.what == "device"):
            raise ValueError(f"{self.what} needs a limit" if self.limit is None else "device takes no limit")
        if self.service and self.what not in OF_SERVICES:
            raise ValueError(f"{self.what} is not of a service")
        return self


class WarningsPart(Part):
    """Warnings of visitors who are likely to miss the target: whether they are told, and from which chance on."""

    tell: bool
    chance: Annotated[float, Field(ge=0.5, le=0.99)]
    sound: bool
