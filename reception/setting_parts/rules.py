"""How visits go: the line, appointments, holds, promises, closing, what visitors may do on their phones."""

from typing import Annotated

from pydantic import Field

from reception.setting_parts.kinds import Count, Minutes, Part, Seconds


class Promise(Part):
    target_seconds: Count
    near_seconds: Count
    walking_allowance_seconds: Annotated[int, Field(ge=0)]


class WaitsPart(Part):
    """Whether those who wait are told what to expect, and how they can book where the wait is long."""

    tell: bool
    book: Annotated[str, Field(max_length=120)]


class LinePart(Part):
    appointment_minutes: Minutes
    adjustment_minutes: Minutes
    came_back_minutes: Minutes
    transferred_minutes: Minutes
    helping_minutes: Minutes
    cool_down_seconds: Annotated[float, Field(ge=0)]
    come_back_minutes: Minutes


class AppointmentsPart(Part):
    due_minutes: Minutes
    early_minutes: Minutes
    late_minutes: Minutes
    not_attended_minutes: Minutes
    folder: str
    look_seconds: Seconds
    largest_rows: Count
    largest_megabytes: Count
    report_lines: Count
    kept_days: Count


class Holds(Part):
    minutes: Count
    longest_minutes: Count
    offered: tuple[Count, ...]


class Promises(Part):
    """What is owed to people: how long by default, and when it counts as due."""

    days: Annotated[int, Field(ge=0)]
    documents_days: Annotated[int, Field(ge=0)]
    call_back_minutes: Count
    call_back_offered: tuple[Count, ...]
    due_soon_days: Annotated[int, Field(ge=0)]
    listed_days: Annotated[int, Field(ge=0)]
    signpost_months: Count


class Closing(Part):
    after_minutes: Annotated[int, Field(ge=0)]


class PhonePart(Part):
    late_minutes: Annotated[tuple[Count, ...], Field(max_length=4)]
    late_times: Annotated[int, Field(ge=0)]
