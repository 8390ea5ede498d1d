"""What is said aloud: the voice, and what boards announce."""

from datetime import time
from typing import Annotated

from pydantic import ConfigDict, Field

from reception.setting_parts.kinds import Count, Part, Seconds, Tag


class Loudness(Part):
    """From this time of day on, so loud."""

    model_config = ConfigDict(populate_by_name=True)

    since: time = Field(alias="from")
    level: Annotated[float, Field(ge=0, le=1)]


class Announcer(Part):
    on: bool
    languages: tuple[Tag, ...]
    times: Annotated[int, Field(ge=1, le=5)]
    volume: tuple[Loudness, ...]
    hush_seconds: Seconds


class VoicePart(Part):
    on: bool
    words_per_minute: Annotated[int, Field(ge=80, le=300)]
    pitch: Annotated[int, Field(ge=0, le=99)]
    voices: dict[Tag, Annotated[str, Field(pattern=r"^[a-z0-9-]{2,40}(\+[a-z0-9]+)?$")]]
    recordings: str
    kept_megabytes: Seconds
    longest: Annotated[int, Field(ge=100, le=2_000)]
    made_per_minute: Count
    volume: Annotated[int, Field(ge=1, le=5)]
    headset_starts: bool
