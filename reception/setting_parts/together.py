"""Whether the parts of the settings fit together: keys that name something are there, and screens hold what is offered.

A mistake is a ValueError, which the settings tell with their file's name.
"""

from reception.setting_parts.mistakes import likely
from reception.setting_parts.paper import Printer

LISTS = (
    *("groups", "services", "desks", "printers", "needs", "rooms", "teams", "signposts"),
    *("webhooks", "boards", "slides", "standards", "alerts"),
)


def fit_together(settings) -> None:
    """Refuses the whole `Settings` where one part names what another does not have."""
    _each_once(settings)
    _known_keys(settings)
    _printers_fit(settings.printers)
    _fit_on_screens(settings)


def _each_once(settings) -> None:
    for what in ("services", "desks"):
        if not getattr(settings, what):
            raise ValueError(f"{what}: an office needs at least one; write it under [[{what}]]")
    for what in LISTS:
        keys = [part.key for part in getattr(settings, what)]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"{what}: the key {sorted(twice)[0]!r} stands twice")


def _known_keys(settings) -> None:
    groups = {group.key for group in settings.groups}
    for desk in settings.desks:
        _desk_known(desk, settings)
    for board in settings.boards:
        for key in board.desks:
            _known(key, settings.desk_named, f"boards: {board.key!r} shows a desk")
    for tag in settings.announcer.languages:
        _known(tag, settings.languages, "announcer: languages names one")
    for key in settings.figures.exclude.services:
        _known(key, settings.service, "figures: exclude.services names a service")
    for alert in settings.alerts:
        if alert.service:
            _known(alert.service, settings.service, f"alerts: {alert.key!r} is of a service")
    for theme in settings.feedback.themes:
        if theme.team:
            _known(theme.team, settings.team, f"feedback: the theme {theme.key!r} has a team")
    for service in settings.services:
        for key in service.also:
            _known(key, settings.service, f"services: {service.key!r} names a service under also")
        if service.group:
            _known(service.group, groups, f"services: {service.key!r} is in a group")


def _desk_known(desk, settings) -> None:
    for key in (*desk.services, *desk.helps):
        _known(key, settings.service, f"desks: {desk.key!r} takes a service")
    for key in desk.has:
        _known(key, settings.need, f"desks: {desk.key!r} has a need")
    if desk.printer:
        _known(desk.printer, settings.printer, f"desks: {desk.key!r} has a printer")


def _printers_fit(printers: tuple[Printer, ...]) -> None:
    others = {printer.key: {other.key: other for other in printers if other != printer} for printer in printers}
    for printer in printers:
        if printer.backup:
            _known(printer.backup, others[printer.key], f"printers: {printer.key!r} has a backup")
    kiosks = [plain(name) for printer in printers for name in printer.kiosks]
    if twice := sorted({name for name in kiosks if kiosks.count(name) > 1}):
        raise ValueError(f"printers: the kiosk {twice[0]!r} has two printers; its slips come out of one")


def _fit_on_screens(settings) -> None:
    grouped = [service.group for service in settings.services]
    if len(settings.groups) + grouped.count(None) > 6 or any(grouped.count(group.key) > 6 for group in settings.groups):
        raise ValueError("services: at most six buttons fit one kiosk screen; put some under [[groups]]")
    if sum(signpost.kiosk for signpost in settings.signposts) > 6:
        raise ValueError("signposts: at most six fit one kiosk screen; leave 'kiosk' out of some")
    if sum(bool(need.asked) for need in settings.needs) > 9:
        raise ValueError("needs: at most nine fit one kiosk screen; leave 'asked' out of some")


def _known(key: str, among, what: str) -> None:
    if key not in among:
        raise ValueError(f"{what} {key!r} that is not there{likely(key, among)}")


def plain(name: str) -> str:
    """A kiosk's name as it is compared: nobody minds capitals and spaces."""
    return " ".join(name.casefold().split())
