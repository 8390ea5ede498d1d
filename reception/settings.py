"""What an office has decided: `config/default.toml` under the office's own file, read once, checked, frozen.

It decides nothing itself. A mistake is told with the file, the key and the likely intention.
"""

import difflib
import os
import tomllib
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

CONFIG = Path(__file__).resolve().parent.parent / "config"


class SettingsError(Exception):
    """One sentence a mistake, each naming file and key."""


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


Span = Annotated[tuple[time, time], BeforeValidator(_span), AfterValidator(_in_order)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Seconds = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(gt=0)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class OfficePart(Part):
    key: Key
    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    language: str
    public_url: str
    help: str


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
    hours: Hours | None = None


class DeskPart(Part):
    key: Key
    name: Name
    services: tuple[Key, ...] = ()


class Printer(Part):
    key: Key
    name: Name = "Printer"
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

    @model_validator(mode="after")
    def reachable(self):
        needs = {"network": "host", "serial": "device", "file": "device", "usb": "vendor_id"}.get(self.kind)
        if needs and not getattr(self, needs):
            raise ValueError(f"a {self.kind} printer needs {needs!r}")
        return self


class Kiosk(Part):
    idle_seconds: Seconds
    warning_seconds: Annotated[float, Field(ge=20)]
    ticket_seconds: Seconds
    mm_per_px: Seconds


class Board(Part):
    keep_seconds: Seconds
    recent: Count
    notice: str


class DeskScreen(Part):
    calls_before_not_here: Count
    head_of_line: Count
    undo_seconds: Seconds


class Printing(Part):
    stale_seconds: Seconds
    timeout_seconds: Seconds
    ask_seconds: Seconds
    ask_in_trouble_seconds: Seconds


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
    backups: Count
    busy_seconds: Seconds
    max_pages: Annotated[int, Field(ge=0)]


class Settings(Part):
    """Every setting. `serves`, `zone` and the look-ups by key are what the rules read."""

    demo: bool = False
    office: OfficePart
    promise: Promise
    hours: Hours
    groups: tuple[Group, ...] = ()
    services: tuple[Service, ...] = ()
    desks: tuple[DeskPart, ...] = ()
    printers: tuple[Printer, ...] = (Printer(key="virtual", name="Virtual printer", kind="virtual"),)
    kiosk: Kiosk
    board: Board
    desk: DeskScreen
    printing: Printing
    server: Server
    access: Access
    keeping: Keeping

    @model_validator(mode="after")
    def known_keys(self):
        for what in ("services", "desks"):
            if not getattr(self, what):
                raise ValueError(f"{what}: an office needs at least one; write it under [[{what}]]")
        for what in ("groups", "services", "desks", "printers"):
            keys = [part.key for part in getattr(self, what)]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"{what}: the key {sorted(twice)[0]!r} stands twice")
        for desk in self.desks:
            for key in desk.services:
                _known(key, self.service, f"desks: {desk.key!r} takes a service")
        groups = {group.key: group for group in self.groups}
        for service in self.services:
            if service.group:
                _known(service.group, groups, f"services: {service.key!r} is in a group")
        buttons = len(groups) + sum(1 for service in self.services if not service.group)
        if buttons > 6 or any(sum(s.group == key for s in self.services) > 6 for key in groups):
            raise ValueError("services: at most six buttons fit one kiosk screen; put some under [[groups]]")
        return self

    @cached_property
    def address(self) -> str:
        """Where people and phones reach Reception, without a slash at its end."""
        return (self.office.public_url or f"http://localhost:{self.server.port}").rstrip("/")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)

    @cached_property
    def service(self) -> dict[str, Service]:
        return {service.key: service for service in self.services}

    @cached_property
    def desk_named(self) -> dict[str, DeskPart]:
        return {desk.key: desk for desk in self.desks}

    @cached_property
    def serves(self) -> dict[str, frozenset[str]]:
        """desk -> the services it takes; a desk that names none takes all."""
        return {desk.key: frozenset(desk.services or self.service) for desk in self.desks}

    def hours_of(self, service: Service) -> Hours:
        return service.hours or self.hours


def load(path: Path | None = None, *, env=os.environ, config: Path = CONFIG) -> Settings:
    """The settings of the office whose file is `path`; without one, of config/office.toml, else of the demo office.

    RECEPTION_OFFICE, RECEPTION_PORT, RECEPTION_HOST and RECEPTION_DATA in `env` outrank the files (the demo office
    listens on 127.0.0.1 whatever they say). Raises SettingsError with every mistake found.
    """
    path = Path(path or env.get("RECEPTION_OFFICE") or config / "office.toml")
    asked = env.get("RECEPTION_OFFICE") or path != config / "office.toml"
    if not path.exists() and not asked:
        path = config / "demo.toml"
    demo = path.resolve() == (config / "demo.toml").resolve()
    default = _read(config / "default.toml")
    values = _over(default, _read(path))
    names = ("port", "data") if demo else ("port", "data", "host")
    said = {name: env[f"RECEPTION_{name.upper()}"] for name in names if env.get(f"RECEPTION_{name.upper()}")}
    if "demo" in values:
        raise SettingsError(f"{path}: demo: no setting has this name.")
    try:
        return Settings(demo=demo, **_over(values, {"server": said} if said else {}))
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(path, mistake) for mistake in error.errors())) from error


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such file.") from error
    except OSError as error:
        raise SettingsError(f"{path}: it cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: it cannot be read as TOML: {error}.") from error


def _over(below: dict, above: dict) -> dict:
    merged = dict(below)
    for key, value in above.items():
        # Opening hours belong together: a day the office's file leaves out is not filled in from the default.
        whole = key == "hours" or not isinstance(value, dict) or not isinstance(below.get(key), dict)
        merged[key] = value if whole else _over(below[key], value)
    return merged


def _known(key: str, among, what: str) -> None:
    if key not in among:
        raise ValueError(f"{what} {key!r} that is not there{_likely(key, among)}")


def _likely(word: str, among) -> str:
    close = difflib.get_close_matches(word, list(among), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _sentence(path: Path, mistake: dict) -> str:
    loc = mistake["loc"]
    where = ": ".join([str(path), *filter(None, [".".join(str(part) for part in loc)])])
    if mistake["type"] == "extra_forbidden":
        return _full_stop(f"{where}: no setting has this name{_likely(str(loc[-1]), _names(loc[:-1]))}")
    message = mistake["msg"].removeprefix("Value error, ")
    shown = mistake.get("input")
    given = f" (given: {shown!r})" if isinstance(shown, str | int | float | bool) else ""
    return _full_stop(f"{where}: {message[:1].lower()}{message[1:]}{given}")


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _names(loc: tuple) -> list[str]:
    model = Settings
    for part in loc:
        if isinstance(part, int):
            continue
        inner = model.model_fields[part].annotation
        model = next((found for found in _models(inner)), model)
    return list(model.model_fields)


def _models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)
