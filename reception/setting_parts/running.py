"""How the server runs: where, who is let in, what is kept, whom it tells, and how long screens wait."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from reception.setting_parts.kinds import Count, Key, Minutes, Part, Seconds


class DeskScreen(Part):
    calls_before_not_here: Count
    head_of_line: Count
    undo_seconds: Seconds
    listed: Count
    notice_minutes: Minutes


class Screens(Part):
    """When a screen that is away needs somebody, and when nobody any more."""

    missing_seconds: Seconds
    gone_hours: Seconds


class Server(Part):
    host: str
    port: Annotated[int, Field(ge=0, le=65535)]
    data: Path
    secure_cookies: bool
    trusted_proxies: tuple[str, ...]
    origins: tuple[str, ...]
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Access(Part):
    sign_in_hours: Seconds
    link_hours: Seconds
    pairing_minutes: Seconds
    pairings: Count
    guesses: Count
    guess_minutes: Seconds
    password_length: Annotated[int, Field(ge=8)]


class Keeping(Part):
    link_hours_after: Seconds
    idempotency_hours: Seconds
    print_job_days: Seconds
    particulars_days: Annotated[int, Field(ge=0)]
    promise_days: Annotated[int, Field(ge=0)]
    open_promise_days: Annotated[int, Field(ge=0)]
    appointment_days: Annotated[int, Field(ge=0)]
    outage_note_days: Annotated[int, Field(ge=0)]
    backups: Count
    busy_seconds: Seconds
    max_pages: Annotated[int, Field(ge=0)]


class Webhook(Part):
    key: Key
    url: Annotated[str, Field(pattern=r"^https?://", max_length=300)]
    secret: Annotated[str, Field(pattern=r"^whsec_[A-Za-z0-9+/=]{24,}$")]
    steps: tuple[str, ...] = ()


class Sending(Part):
    timeout_seconds: Seconds
    retry_seconds: Seconds
    longest_retry_seconds: Seconds
    give_up_hours: Seconds
    batch: Count
