"""The parts that an office's settings are made of: what each may hold. `config/default.toml` explains every key."""

import difflib
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

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
Count = Annotated[int, Field(gt=0)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class OfficePart(Part):
    key: Key
    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    language: Tag
    nation: Literal["england", "wales", "scotland", "northern-ireland"]
    public_url: str
    help: str
    accent_hue: Annotated[float, Field(ge=0, le=360)]


class Catalogues(Part):
    offered: tuple[Tag, ...]
    reviewed: tuple[Tag, ...]


class Promise(Part):
    target_seconds: Count
    near_seconds: Count
    walking_allowance_seconds: Annotated[int, Field(ge=0)]


class Hours(Part):
    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()
    closed_on: tuple[date, ...] = ()

    @cached_property
    def weekly(self) -> dict[str, tuple[Span, ...]]:
        return {day: getattr(self, day) for day in type(self).model_fields if day != "closed_on"}


class Group(Part):
    key: Key
    name: Name
    about: str = ""


class Service(Part):
    key: Key
    name: Name
    about: str = ""
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    group: Key | None = None
    open: bool = True
    quota: Annotated[int, Field(ge=0)] | None = None
    also: tuple[Key, ...] = ()
    bring: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=6)] = ()
    online: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=200)] = ""
    online_name: Annotated[str, Field(max_length=60)] = ""
    hours: Hours | None = None


class DeskPart(Part):
    key: Key
    name: Name
    services: tuple[Key, ...] = ()
    helps: tuple[Key, ...] = ()
    has: tuple[Key, ...] = ()
    printer: Key | None = None


class Named(Part):
    """A key that steps may hold, with the words that staff see."""

    key: Key
    name: Name


class Need(Named):
    about: Annotated[str, Field(max_length=120)] = ""
    asked: Annotated[str, Field(max_length=40)] = ""
    adjustment: bool = False
    desk: bool = False
    language: bool = False
    discreet: bool = False


class Team(Named):
    role: Annotated[str, Field(max_length=80)] = ""
    email: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    days: Annotated[int, Field(ge=0, le=400)] = 5
    sentences: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()


class Signpost(Named):
    about: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    url: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    opening: Annotated[str, Field(max_length=120)] = ""
    checked: date
    kiosk: bool = False


class Reasons(Part):
    pause: tuple[Named, ...]
    hold: tuple[Named, ...]
    transfer: tuple[Named, ...]
    out_of_turn: tuple[Named, ...]
    cancel: tuple[Named, ...]
    change: tuple[Named, ...]


Minutes = Annotated[float, Field(ge=0)]


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


class Printer(Part):
    key: Key
    name: Name = "Printer"
    place: Annotated[str, Field(max_length=80)] = ""
    kiosks: tuple[Name, ...] = ()
    at: Annotated[str, Field(max_length=60)] = ""
    backup: Key | Literal[""] = ""
    kind: Literal["virtual", "network", "usb", "serial", "file"]
    host: str = ""
    port: int = 9100
    device: str = ""
    baud: int = 19200
    vendor_id: int = 0
    product_id: int = 0
    dots: Literal[384, 512, 576, 640] = 576
    dpi: Literal[180, 203, 300] = 203
    confirm: Literal["job_id", "status", "none"] = "status"
    roll_metres: Seconds = 80
    near_end_metres: Annotated[float, Field(ge=0)] = 3

    @model_validator(mode="after")
    def reachable(self):
        needs = {"network": "host", "serial": "device", "file": "device", "usb": "vendor_id"}.get(self.kind)
        if needs and not getattr(self, needs):
            raise ValueError(f"a {self.kind} printer needs {needs!r}")
        return self


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


Theme = Literal["dark", "light", "contrast"]
Inches = Annotated[float, Field(ge=5, le=500)]
Pixels = tuple[Annotated[int, Field(ge=320)], Annotated[int, Field(ge=320)]]
Metres = Annotated[float, Field(gt=0, le=50)]
Device = Annotated[str, Field(min_length=1, max_length=60)]  # as a manager named it when letting it in


class Keeper(Part):
    numbers: Annotated[int, Field(ge=2, le=200)]
    most: Count
    answer_seconds: Seconds
    contact_seconds: Seconds


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


class PhonePart(Part):
    late_minutes: Annotated[tuple[Count, ...], Field(max_length=4)]
    late_times: Annotated[int, Field(ge=0)]


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


class Printing(Part):
    stale_seconds: Seconds
    timeout_seconds: Seconds
    ask_seconds: Seconds
    backup_seconds: Seconds
    slip_mm: Seconds
    low_shown_minutes: Minutes


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
    backups: Count
    busy_seconds: Seconds
    max_pages: Annotated[int, Field(ge=0)]
