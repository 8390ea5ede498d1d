"""Starting and stopping: settings, store, door, keys, printers, app, and the few things that happen by the clock."""

import argparse
import errno
import fcntl
import gc
import logging
import signal
import sys
from pathlib import Path

import gevent
from gevent.event import Event

from reception import outages
from reception.beside import run_beside
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.refusals import StoreFault
from reception.settings import CONFIG, Settings, SettingsError, load
from reception.store import Store
from reception.writer import GeventWriter

log = logging.getLogger("reception")


def main(arguments: list[str]) -> int:
    """Serves until told to stop. Returns the exit status: 0 stopped, 1 could not start (said why)."""
    parser = argparse.ArgumentParser(prog="server.py", description="Serves one office's Reception.")
    parser.add_argument("--demo", action="store_true", help="serve the demo office, on this machine alone")
    parser.add_argument("--office", type=Path, help="the office's settings (default: config/office.toml)")
    asked = parser.parse_args(arguments)
    try:
        settings = load(CONFIG / "demo.toml" if asked.demo else asked.office)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    logging.basicConfig(level=settings.server.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("geventwebsocket").setLevel("WARNING")
    _many_files()
    try:
        serve(settings)
    except SettingsError as error:
        print(f"Reception could not start: {error}", file=sys.stderr)
        return 1
    except (StoreFault, OSError) as error:
        print(f"Reception could not start: {_why(error, settings)}", file=sys.stderr)
        return 1
    return 0


def _why(error: StoreFault | OSError, settings: Settings) -> str:
    """What is wrong and what helps, for whoever starts the server."""
    if isinstance(error, StoreFault):
        from reception.web.words import SENTENCES

        if error.key == "database_damaged":
            path = error.values.get("path", settings.server.data)
            return f"{path} is damaged or no database. Put a backup back: reception restore FILE"
        return str(SENTENCES[error.key])
    if error.errno == errno.EADDRINUSE:
        port = settings.server.port
        return f"port {port} is taken by another program. Stop that, or choose another port with RECEPTION_PORT."
    return f"{error.filename}: {error.strerror}." if error.filename else str(error)


def parts_for(settings: Settings, writer=GeventWriter):
    """Everything below the web: usable by the server and, with the plain writer, by commands and tests."""
    from reception.web.access import Guesses
    from reception.web.parts import Parts

    keeping = settings.keeping
    store = Store(settings.server.data / "reception.db", busy_seconds=keeping.busy_seconds, max_pages=keeping.max_pages)
    frontdesk = FrontDesk(settings, store, writer=writer)
    return Parts(settings=settings, store=store, frontdesk=frontdesk, keys=Keys(frontdesk), guesses=Guesses(settings))


def serve(settings: Settings) -> None:
    from reception.estimate.live import Expecting
    from reception.figures import note_rules
    from reception.figures.link import Apart
    from reception.printing.link import Printers
    from reception.voice import Voice
    from reception.warning.live import Warner
    from reception.web.apart import Pages
    from reception.web.app import create_app
    from reception.web.blocking import blocking
    from reception.web.serving import listener, server
    from reception.webhooks import Webhooks

    lock = _lock(settings)
    listening = listener("127.0.0.1" if settings.demo else settings.server.host, settings.server.port)
    parts = parts_for(settings)
    parts.printers = Printers(parts)
    parts.apart = Apart(settings, parts.store.path, blocking)
    parts.pages = Pages(parts.apart, gevent.spawn)
    parts.staffing.work_aside(lambda: Apart(settings, parts.store.path, blocking, patience=600), gevent.spawn)
    parts.voice = Voice(settings, run=blocking)
    parts.expecting = Expecting(parts.frontdesk, run=blocking)
    Warner(parts.frontdesk, parts.expecting, run=blocking)
    try:
        parts.webhooks = Webhooks(parts)
    except ValueError as error:
        raise SettingsError(f"{error}.") from error
    app, _ = create_app(parts, faces())
    parts.printers.listeners.append(lambda event: _printer_says(parts, event))
    serving = server(app, listening, log)
    told_to_stop = Event()  # serve_forever would start again if it were told before it began
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, told_to_stop.set)
    parts.printers.start(app)
    gevent.spawn(parts.voice.start)
    beside = run_beside(parts, app)
    parts.webhooks.start()
    note_rules(parts.frontdesk)
    for start, end in outages.starts(parts.frontdesk):
        log.warning("The server was away for %d s while the office was open.", (end - start) // 1000)
    greeting = _greeting(parts)  # all that starting needs of the database, before anybody is served
    serving.start()
    print(greeting, end="", flush=True)
    gc.freeze()  # what start-up made stays: looking through it all, now and then, stopped every screen for 50 ms
    told_to_stop.wait()
    serving.stop(2)
    gevent.killall(beside)
    _stop(parts)
    lock.close()


def _stop(parts) -> None:
    """What works beside the requests, then what all of it stands on."""
    for part in (parts.webhooks, parts.printers, parts.voice, parts.apart, parts.staffing):
        part.stop()
    outages.live(parts.frontdesk)
    parts.frontdesk.writer.close()
    parts.store.close()


def faces() -> list[tuple]:
    """Every face's pages and socket: the one place that knows them all."""
    import desk.expected
    import desk.greeter
    import desk.live
    import desk.owed
    import desk.pages
    import desk.staff
    import display.live
    import display.pages
    import kiosk.live
    import kiosk.pages
    import manage.live
    import manage.pages
    import manage.wall
    import phone.live
    import phone.pages

    return [
        (kiosk.pages.blueprint, kiosk.live.Kiosk),
        (desk.pages.blueprint, desk.live.Desk),
        (desk.staff.blueprint, desk.greeter.Greeter),
        (display.pages.blueprint, display.live.Board),
        (manage.pages.blueprint, manage.live.Manage),
        (manage.wall.socket, manage.wall.Wall),
        (phone.pages.blueprint, phone.live.Phone),
    ]


def _printer_says(parts, event: dict) -> None:
    """What became of a ticket goes to the kiosk that waits for it; how a printer is, to desks and managers."""
    if event["kind"] == "heard":
        return
    parts.faces["/kiosk"].printer_says(event)
    for name in ("/desk", "/manage", "/wall"):
        parts.faces[name].refresh()


def _greeting(parts) -> str:
    """Says where everything is; in the demo with one-time links that sign this machine's browsers in."""
    settings, keys = parts.settings, parts.keys
    base = settings.address
    if settings.demo:
        links = "\n".join(f"  {what:<8} {base}{where}" for what, where in demo_links(parts))
        return (
            f"\n{settings.office.name}: the demo office is open on {base}\n\n{links}\n  Slips    {base}/kiosk/printer\n"
            "\nEach link works once. Stop with Ctrl+C; start again for new links.\n\n"
        )
    log.info("%s is served on %s:%s", settings.office.name, settings.server.host, settings.server.port)
    if any(person.role == "admin" for person in keys.people()):
        return ""
    given = keys.add(
        name="set-up", role="admin", kind="setup", by="system", lasts_ms=settings.access.link_hours * 3_600_000
    )
    return f"\nThere is no admin yet. Make the first one with this one-time link:\n\n  {base}/set-up/{given}\n\n"


def demo_links(parts) -> list[tuple[str, str]]:
    keys, lasts = parts.keys, parts.settings.access.link_hours * 3_600_000
    people = {person.sign_in: person.id for person in keys.people()}
    found = []
    for what, name, role in (
        ("Kiosk", "Lobby kiosk", "kiosk"),
        ("Board", "Lobby board", "display"),
        ("Desk", "Robin", "receptionist"),
        ("Manager", "Sam", "manager"),
    ):
        person = None
        if role not in ("kiosk", "display"):
            person = people.get(name.casefold()) or keys.add_person(name=name, sign_in=name, role=role, by="system")
        given = keys.add(name=name, role=role, kind="link", by="system", person=person, lasts_ms=lasts)
        found.append((what, f"/enter/{given}"))
    return found


def _lock(settings: Settings):
    """Held while the server runs: nobody restores a backup under it, and no second one prints the same slips."""
    settings.server.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = (settings.server.data / "server.lock").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OSError(f"another server is already running on the data in {settings.server.data}.") from None
    return held


def _many_files() -> None:
    """Every connected screen takes two file descriptors; the usual limit of 1024 stops at 500 screens."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, 65536) if hard == resource.RLIM_INFINITY else min(hard, max(soft, 65536))
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
