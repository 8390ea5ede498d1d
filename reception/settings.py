"""What an office has decided: `config/default.toml` under the office's own file, read once, checked, frozen.

It decides nothing itself. A mistake is told with the file, the key and the likely intention.
"""

import difflib
import os
import tomllib
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError, model_validator

from reception import setting_parts as parts
from reception.languages import in_order
from reception.line import LineRules, Takes
from reception.refusals import Refusal
from reception.setting_parts import Part

CONFIG = Path(__file__).resolve().parent.parent / "config"


SECRETS = ("secret", "url")  # never repeated: a log keeps what is said
LISTS = (
    *("groups", "services", "desks", "printers", "needs", "rooms", "teams", "signposts"),
    *("webhooks", "boards", "slides", "standards"),
)


class SettingsError(Exception):
    """One sentence a mistake, each naming file and key."""


class Settings(Part):
    """Every setting. `serves`, `zone` and the look-ups by key are what the rules read."""

    demo: bool = False
    office: parts.OfficePart
    catalogues: parts.Catalogues
    texts: dict[parts.Tag, dict[str, str]] = {}
    promise: parts.Promise
    figures: parts.FiguresPart
    standards: tuple[parts.Standard, ...]
    performance: parts.Performance
    hours: parts.Hours
    closing: parts.Closing
    groups: tuple[parts.Group, ...] = ()
    services: tuple[parts.Service, ...] = ()
    desks: tuple[parts.DeskPart, ...] = ()
    printers: tuple[parts.Printer, ...] = (parts.Printer(key="virtual", name="Virtual printer", kind="virtual"),)
    line: parts.LinePart
    needs: tuple[parts.Need, ...]
    appointments: parts.AppointmentsPart
    holds: parts.Holds
    rooms: tuple[parts.Named, ...] = ()
    reasons: parts.Reasons
    promises: parts.Promises
    teams: tuple[parts.Team, ...] = ()
    signposts: tuple[parts.Signpost, ...] = ()
    webhooks: tuple[parts.Webhook, ...] = ()
    sending: parts.Sending
    kiosk: parts.Kiosk
    keeper: parts.Keeper
    board: parts.Board
    boards: tuple[parts.OneBoard, ...] = ()
    slides: tuple[parts.Slide, ...] = ()
    announcer: parts.Announcer
    screens: parts.Screens
    phone: parts.PhonePart
    voice: parts.VoicePart
    desk: parts.DeskScreen
    printing: parts.Printing
    server: parts.Server
    access: parts.Access
    keeping: parts.Keeping

    @model_validator(mode="after")
    def known_keys(self):
        for what in ("services", "desks"):
            if not getattr(self, what):
                raise ValueError(f"{what}: an office needs at least one; write it under [[{what}]]")
        for what in LISTS:
            keys = [part.key for part in getattr(self, what)]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"{what}: the key {sorted(twice)[0]!r} stands twice")
        needs, printers = {need.key: need for need in self.needs}, {part.key: part for part in self.printers}
        for desk in self.desks:
            for key in (*desk.services, *desk.helps):
                _known(key, self.service, f"desks: {desk.key!r} takes a service")
            for key in desk.has:
                _known(key, needs, f"desks: {desk.key!r} has a need")
            if desk.printer:
                _known(desk.printer, printers, f"desks: {desk.key!r} has a printer")
        _printers_fit(self.printers)
        for board in self.boards:
            for key in board.desks:
                _known(key, self.desk_named, f"boards: {board.key!r} shows a desk")
        for tag in self.announcer.languages:
            _known(tag, self.languages, "announcer: languages names one")
        for key in self.figures.exclude.services:
            _known(key, self.service, "figures: exclude.services names a service")
        for service in self.services:
            for key in service.also:
                _known(key, self.service, f"services: {service.key!r} names a service under also")
        groups = {group.key: group for group in self.groups}
        for service in self.services:
            if service.group:
                _known(service.group, groups, f"services: {service.key!r} is in a group")
        buttons = len(groups) + sum(1 for service in self.services if not service.group)
        if buttons > 6 or any(sum(s.group == key for s in self.services) > 6 for key in groups):
            raise ValueError("services: at most six buttons fit one kiosk screen; put some under [[groups]]")
        if sum(signpost.kiosk for signpost in self.signposts) > 6:
            raise ValueError("signposts: at most six fit one kiosk screen; leave 'kiosk' out of some")
        if sum(bool(need.asked) for need in self.needs) > 9:
            raise ValueError("needs: at most nine fit one kiosk screen; leave 'asked' out of some")
        return self

    @cached_property
    def address(self) -> str:
        """Where people and phones reach Reception, without a slash at its end."""
        return (self.office.public_url or f"http://localhost:{self.server.port}").rstrip("/")

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The tags of those offered, in the order in which they are shown and spoken."""
        return in_order(self.office.language, self.catalogues.offered, self.office.nation)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.timezone)

    @cached_property
    def service(self) -> dict[str, parts.Service]:
        return {service.key: service for service in self.services}

    @cached_property
    def desk_named(self) -> dict[str, parts.DeskPart]:
        return {desk.key: desk for desk in self.desks}

    def find_desk(self, key: str) -> parts.DeskPart:
        """A desk by its key; a Refusal that names those there are."""
        if key not in self.desk_named:
            raise Refusal("unknown_desk", status=404, desk=key, desks=", ".join(self.desk_named))
        return self.desk_named[key]

    @cached_property
    def need(self) -> dict[str, parts.Need]:
        return {need.key: need for need in self.needs}

    @cached_property
    def team(self) -> dict[str, parts.Team]:
        return {team.key: team for team in self.teams}

    @cached_property
    def signpost(self) -> dict[str, parts.Signpost]:
        return {signpost.key: signpost for signpost in self.signposts}

    @cached_property
    def printer(self) -> dict[str, parts.Printer]:
        return {printer.key: printer for printer in self.printers}

    def printer_of(self, kiosk: str) -> str | None:
        """The key of the printer that a kiosk's slips come out of, by the kiosk's name; None where nothing prints."""
        own = (one.key for one in self.printers if _plain(kiosk) in map(_plain, (one.at, *one.kiosks)))
        return next(own, self.printers[0].key if self.printers else None)

    def printers_at(self, kiosk: str) -> tuple[parts.Printer, ...]:
        """Those that the machine of the kiosk with this name drives; with "" those that the server drives."""
        return tuple(printer for printer in self.printers if self.is_at(printer.at, kiosk))

    @staticmethod
    def is_at(at: str, kiosk: str) -> bool:
        """Whether a printer's `at` names the kiosk."""
        return _plain(at) == _plain(kiosk)

    @cached_property
    def line_rules(self) -> LineRules:
        """How the line is ordered and which desk takes what; today's rulings may change who serves what."""
        had = frozenset(need for desk in self.desks for need in desk.has)
        return LineRules(
            desks={desk.key: self.takes(desk.services, desk.helps, desk.has) for desk in self.desks},
            head_starts={
                name: round(getattr(self.line, f"{name}_minutes") * 60_000)
                for name in ("appointment", "adjustment", "came_back", "transferred")
            },
            helping_ms=round(self.line.helping_minutes * 60_000),
            # Where no desk has it, everybody would wait for ever: then any desk calls, and sees the need.
            requiring=frozenset(need.key for need in self.needs if need.desk and need.key in had),
            adjusting=frozenset(need.key for need in self.needs if need.adjustment),
        )

    def takes(self, services, helps, has) -> Takes:
        """What a desk does; one that names no service at all takes everything."""
        main = frozenset(services) if services or helps else frozenset(self.service)
        return Takes(main, frozenset(helps) - main, frozenset(has))

    @cached_property
    def serves(self) -> dict[str, frozenset[str]]:
        """desk -> the services it takes by the office's settings, main or helped with."""
        return {key: takes.main | takes.helps for key, takes in self.line_rules.desks.items()}

    def hours_of(self, service: parts.Service) -> parts.Hours:
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


def _plain(name: str) -> str:
    """A kiosk's name as it is compared: nobody minds capitals and spaces."""
    return " ".join(name.casefold().split())


def _printers_fit(printers: tuple[parts.Printer, ...]) -> None:
    others = {printer.key: {other.key: other for other in printers if other != printer} for printer in printers}
    for printer in printers:
        if printer.backup:
            _known(printer.backup, others[printer.key], f"printers: {printer.key!r} has a backup")
    kiosks = [_plain(name) for printer in printers for name in printer.kiosks]
    if twice := sorted({name for name in kiosks if kiosks.count(name) > 1}):
        raise ValueError(f"printers: the kiosk {twice[0]!r} has two printers; its slips come out of one")


def _known(key: str, among, what: str) -> None:
    if key not in among:
        raise ValueError(f"{what} {key!r} that is not there{likely(key, among)}")


def likely(word: str, among) -> str:
    """What was probably meant, as the end of a sentence about what was not found."""
    close = difflib.get_close_matches(word, list(among), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _sentence(path: Path, mistake: dict) -> str:
    loc = tuple(part for part in mistake["loc"] if part != "[key]")
    where = ": ".join([str(path), *filter(None, [".".join(str(part) for part in loc)])])
    if mistake["type"] == "extra_forbidden":
        return _full_stop(f"{where}: no setting has this name{likely(str(loc[-1]), _names(loc[:-1]))}")
    message = mistake["msg"].removeprefix("Value error, ")
    shown = None if loc and loc[-1] in SECRETS else mistake.get("input")
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
