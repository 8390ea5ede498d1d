"""What an office has decided: `config/default.toml` under the office's own file, read once, checked, frozen.

It decides nothing itself. A mistake is told with the file, the key and the likely intention.
"""

import os
import tomllib
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError, model_validator

from reception import setting_parts as parts
from reception.languages import in_order
from reception.line import LineRules, Takes
from reception.refusals import Refusal
from reception.setting_parts import Part
from reception.setting_parts.mistakes import sentence
from reception.setting_parts.together import fit_together, plain

CONFIG = Path(__file__).resolve().parent.parent / "config"


class SettingsError(Exception):
    """One sentence a mistake, each naming file and key."""


class Settings(Part):
    """Every setting. `serves`, `zone` and the look-ups by key are what the rules read."""

    demo: bool = False
    office: parts.OfficePart
    catalogues: parts.Catalogues
    texts: dict[parts.Tag, dict[str, str]] = {}
    promise: parts.Promise
    waits: parts.WaitsPart
    figures: parts.FiguresPart
    standards: tuple[parts.Standard, ...]
    performance: parts.Performance
    data: parts.DataPart
    alerts: tuple[parts.AlertPart, ...] = ()
    warnings: parts.WarningsPart
    feedback: parts.FeedbackPart
    mail: parts.MailPart
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
    def fit_together(self):
        fit_together(self)
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
        own = (one.key for one in self.printers if plain(kiosk) in map(plain, (one.at, *one.kiosks)))
        return next(own, self.printers[0].key if self.printers else None)

    def printers_at(self, kiosk: str) -> tuple[parts.Printer, ...]:
        """Those that the machine of the kiosk with this name drives; with "" those that the server drives."""
        return tuple(printer for printer in self.printers if self.is_at(printer.at, kiosk))

    @staticmethod
    def is_at(at: str, kiosk: str) -> bool:
        """Whether a printer's `at` names the kiosk."""
        return plain(at) == plain(kiosk)

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

    @cached_property
    def served(self) -> frozenset[str]:
        """The services that some desk takes by the office's settings."""
        return frozenset().union(*self.serves.values())

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
        raise SettingsError("\n".join(sentence(path, mistake, Settings) for mistake in error.errors())) from error


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
