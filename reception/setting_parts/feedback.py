"""How people tell the office what they think, and by when a complaint is answered."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.feedback.life import PRESETS, Days
from reception.setting_parts.kinds import Count, Key, Named, Part

READERS = ("manager", "admin")  # of whom some may read what was written; others have no page that shows it
WorkingDays = Annotated[int, Field(ge=1, le=120)]


class Theme(Named):
    """What feedback can be about: a button at the kiosk. Its team is who hears of it."""

    team: Key | None = None


class OwnStage(Part):
    """A stage of complaints by an office's own rules, in working days."""

    answer_days: WorkingDays
    acknowledge_days: WorkingDays | None = None
    extend_days: WorkingDays | None = None


class Ombudsman(Part):
    """Who looks at a complaint when the office has said its last word."""

    name: Annotated[str, Field(max_length=80)] = ""
    web: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class FeedbackPart(Part):
    preset: Literal["charter", "lgsco", "scottish"]
    stages: tuple[OwnStage, ...] = ()
    themes: tuple[Theme, ...] = ()
    ombudsman: Ombudsman = Ombudsman()
    public: bool
    longest: Annotated[int, Field(ge=200, le=20_000)]
    remind_days_before: Annotated[int, Field(ge=0, le=30)]
    keep_days: Count
    readers: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...]  # roles, or names to sign in with

    @model_validator(mode="after")
    def fits(self):
        keys = [theme.key for theme in self.themes]
        if len(set(keys)) < len(keys):
            raise ValueError("a theme's key stands twice")
        if len(self.themes) > 6:
            raise ValueError("at most six themes fit one kiosk screen")
        return self

    @cached_property
    def days(self) -> tuple[Days, ...]:
        """The stages' working days, the first stage first."""
        own = tuple(Days(one.answer_days, one.acknowledge_days, one.extend_days) for one in self.stages)
        return own or PRESETS[self.preset]

    def days_of(self, stage: int) -> Days:
        """Those of a stage; of the last, where an office has fewer stages than it once had."""
        return self.days[min(stage, len(self.days)) - 1]

    def is_read_by(self, role: str, sign_in: str | None) -> bool:
        """Whether who signs in so may read what was written: managers and admins alone, all of them or those named."""
        named = {name.casefold() for name in self.readers}
        return role in READERS and not named.isdisjoint({role, (sign_in or "").casefold()})

    @cached_property
    def theme(self) -> dict[str, Theme]:
        return {theme.key: theme for theme in self.themes}

    def team_email(self, theme: str | None, teams: dict) -> str:
        """The address of the team that hears of a theme, by the office's teams; "" where there is none."""
        found = self.theme.get(theme)
        team = teams.get(found.team) if found and found.team else None
        return team.email if team else ""
