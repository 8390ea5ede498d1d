"""A kiosk's own machine: `python -m kiosk.keeper` serves its browser, and goes on when the server is away.

It wires the small front desk (kiosk/keeping/) and serves it on this machine alone; it decides nothing.
"""

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402  gevent has to come before everything else
import fcntl  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import tomllib  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402
from gevent.event import Event  # noqa: E402

from kiosk.keeping.clock import KeptClock  # noqa: E402
from kiosk.keeping.cupboard import Cupboard  # noqa: E402
from kiosk.keeping.desk import AsHeard, SmallDesk  # noqa: E402
from kiosk.keeping.server import Away, Refused, Server  # noqa: E402
from reception.identifiers import digest  # noqa: E402
from reception.keys import Keys  # noqa: E402
from reception.refusals import StoreFault  # noqa: E402
from reception.settings import CONFIG, Settings  # noqa: E402
from reception.store import Store  # noqa: E402
from reception.writer import GeventWriter, Writer  # noqa: E402

log = logging.getLogger("reception.keeper")
FIRST = 4.0  # seconds for an answer, and between two tries, until the server has been heard once
SETTINGS = "The settings that the server sent do not fit this release. Install the release of the server: %s"
DAMAGED = "%(path)s cannot be used (%(cause)s). Move it away and start again: the kiosk is lent new numbers."
CALL = "This kiosk has not heard from its server yet. It goes on by itself as soon as it has."


def main(arguments: list[str]) -> int:
    """Serves until told to stop. Returns the exit status: 0 stopped, 1 could not start (said why)."""
    asked = _asked(arguments)
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    os.umask(0o077)
    asked.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if asked.new_key:
            return _keep_key(asked.data / "key")
        lock = _lock(asked.data)
        Keeper(asked.server, _key(asked.data / "key"), asked.data, asked.port).serve()
        lock.close()
    except (StoreFault, OSError) as error:
        print(f"The keeper could not start: {_why(error)}", file=sys.stderr)
        return 1
    return 0


def _why(error: StoreFault | OSError) -> str:
    return DAMAGED % error.values if isinstance(error, StoreFault) else str(error)


def _asked(arguments: list[str]) -> argparse.Namespace:
    said = os.environ.get
    parser = argparse.ArgumentParser(prog="kiosk.keeper", description="Serves one kiosk on its own machine.")
    parser.add_argument("--server", default=said("RECEPTION_SERVER"), help="the server's address (RECEPTION_SERVER)")
    data = Path(said("RECEPTION_KEEPER_DATA", "keeper"))
    parser.add_argument("--data", type=Path, default=data, help="its folder (RECEPTION_KEEPER_DATA)")
    port = int(said("RECEPTION_KEEPER_PORT", "8001"))
    parser.add_argument("--port", type=int, default=port, help="where its browser finds it (RECEPTION_KEEPER_PORT)")
    parser.add_argument("--new-key", action="store_true", help="keep the key that is typed, and end")
    asked = parser.parse_args(arguments)
    if not asked.server and not asked.new_key:
        parser.error("say where the server is: --server https://queue.example.org")
    return asked


class Keeper:
    """One kiosk's machine. `key` is the kiosk's bearer key, or none yet."""

    def __init__(self, server: str, key: str, data: Path, port: int):
        self.server, self.data, self.port = Server(server, key), data, port
        self.store = Store(data / "reception.db")
        self.cupboard = Cupboard(self.store)
        self.clock = KeptClock(self.cupboard.get("clock"))
        self._stop = Event()
        self._anew = False

    def serve(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self._stop.set)
        kept = self.cupboard.get("contact")
        settings = kept and self._settings(kept["settings"])
        while not settings and not self._stop.is_set():
            kept = self._wait_for_server()
            settings = kept and self._settings(kept["settings"])
            if kept and not settings:
                self._stop.wait(FIRST)
        if settings:
            self._serve_kiosk(settings, kept)
        self.store.close()
        if self._anew:  # with other settings: everything that matters is on the disk
            os.execv(sys.executable, [sys.executable, "-m", "kiosk.keeper", *sys.argv[1:]])

    # -- the first time ---------------------------------------------------------------------------------------------

    def _wait_for_server(self) -> dict | None:
        """What the server told the first time, for until then there is nothing that a kiosk could show; None: told to
        stop."""
        from kiosk.keeping.pages import waiting

        serving = self._listening(waiting(CALL))
        writer = Writer(self.store, lambda news: None)
        keeper = self.cupboard.keeper(writer, self.clock.now())
        kept = None
        while not self._stop.is_set() and not kept:
            try:
                asked = self.clock.steady()
                told = self.server.ask("/api/keeper/contact", {"keeper": keeper}, seconds=FIRST)
                self.clock.heard(told["now"], asked=asked)
                kept = {name: told[name] for name in ("settings", "blocks", "kiosk", "name")}
                self.cupboard.put(writer, contact=kept, clock=self.clock.kept())
            except Away as away:
                log.warning("The server cannot be heard: %s", away)
            except Refused as refused:
                log.error(
                    "The server refused this kiosk's key (%s): docs/keeper.md says how to make one.", refused.code
                )
            if not kept:
                self._stop.wait(FIRST)
        serving.stop(1)
        return kept

    # -- from then on -------------------------------------------------------------------------------------------------

    def _serve_kiosk(self, settings: Settings, kept: dict) -> None:
        from kiosk.keeping.contact import Contact
        from kiosk.keeping.pages import Gate
        from kiosk.keeping.paper import KeptPrinters
        from kiosk.keeping.relay import Relay
        from kiosk.pages import blueprint
        from reception.voice import Voice
        from reception.web.access import Guesses
        from reception.web.app import create_app
        from reception.web.blocking import blocking
        from reception.web.parts import Parts

        desk = self._small_desk(settings)
        secret = digest(f"browser of {self.server.key}")  # the key itself stays here
        self.cupboard.keep_kiosk(settings.office.key, kept["kiosk"], kept["name"], secret)
        parts = Parts(settings, self.store, desk, Keys(desk), Guesses(settings))
        parts.contact = contact = Contact(self.server, desk, self.cupboard, self.clock)
        parts.printers, parts.voice = KeptPrinters(parts, contact), Voice(settings, run=blocking)
        app, _sockets = create_app(parts, [(blueprint, Relay)])
        relay = parts.faces["/kiosk"]

        def there_or_not():
            relay.refresh()
            if contact.there:
                parts.printers.server_is_back()

        contact.changed, contact.settings_changed = there_or_not, self._start_anew
        contact.all_told, contact.fits = parts.printers.server_is_back, lambda told: self._settings(told) is not None
        parts.printers.listeners.append(relay.printer_says)
        parts.printers.start(app)
        gevent.spawn(parts.voice.start)
        serving = self._listening(Gate(app, f"reception-kiosk={secret}", parts))
        asking = gevent.spawn(contact.run)
        print(f"The kiosk is on http://localhost:{self.port}/", flush=True)
        self._stop.wait()
        serving.stop(1)
        asking.kill()
        parts.printers.stop()
        parts.voice.stop()
        desk.writer.close()

    def _small_desk(self, settings: Settings) -> SmallDesk:
        desk = SmallDesk(settings, self.store, clock=AsHeard(self.clock), writer=GeventWriter)
        desk.cupboard, desk.kept_clock = self.cupboard, self.clock
        return desk

    def _start_anew(self) -> None:
        log.info("The office's settings have changed.")
        self._anew = True
        self._stop.set()

    def _settings(self, told: dict) -> Settings | None:
        default = tomllib.loads((CONFIG / "default.toml").read_text("utf-8"))
        here = {"data": self.data, "port": self.port, "host": "127.0.0.1", "secure_cookies": False}
        values = {**default, **told, "server": default["server"] | here}
        try:
            return Settings(**values)
        except ValueError as error:
            log.error(SETTINGS, error)
            return None

    def _listening(self, app):
        from reception.web.serving import listener, server

        serving = server(app, listener("127.0.0.1", self.port), log)
        serving.start()
        return serving


def _key(path: Path) -> str:
    if not path.exists():
        raise OSError(f"there is no key in {path}. Make one on the server (docs/keeper.md), then: --new-key")
    return path.read_text("utf-8").strip()


def _keep_key(path: Path) -> int:
    """Keeps what is typed, for this account alone."""
    given = sys.stdin.readline().strip()
    if not given:
        raise OSError("no key was typed. Make one on the server: reception key add NAME --role kiosk")
    unfinished = path.with_name(".key.part")
    unfinished.touch(mode=0o600)
    unfinished.write_text(given, "utf-8")
    unfinished.replace(path)
    print(f"The key is kept in {path}.")
    return 0


def _lock(data: Path):
    """Held while the keeper runs: two of them would give the same numbers."""
    held = (data / "keeper.lock").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OSError(f"another keeper is already running on the data in {data}.") from None
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
