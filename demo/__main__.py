"""`python -m demo`: the demo office with its lobby alive, until Ctrl+C or `--minutes` are over; then last month on
paper."""

import argparse
import os
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from demo import month, people
from demo.day import Day
from demo.doors import Api, DeskByApi, DeskBySocket, Lobby, Socket
from demo.office import Office
from demo.receptionist import Receptionist
from demo.taught import teach
from reception.running import parts_for
from reception.settings import CONFIG, load
from reception.writer import Writer
from tests.browser import chromium

KEYS = {
    "Demo kiosk": "kiosk",
    "Demo bookings": "manager",
    "Mina": "desk",
    "Kim": "desk",
    "Alex": "desk",
    "Jo": "desk",
}
WATCH = (("Board", "Lobby board", "display"), ("Desk", "Robin", "receptionist"), ("Manager", "Sam", "manager"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="demo", description="A living lobby on the demo office's four screens.")
    parser.add_argument("--speed", type=float, default=12, help="how many times faster than life (default: 12)")
    parser.add_argument("--minutes", type=float, help="stop after so many real minutes (default: Ctrl+C)")
    parser.add_argument("--seed", type=int, help="the same day again")
    parser.add_argument("--faults", action="store_true", help="the printer, the network and the server each fail once")
    asked = parser.parse_args()
    if not 0 < asked.speed <= 200:
        parser.error("--speed goes from just above 0 to 200: faster, and nobody could read the board.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as ending, suppress(KeyboardInterrupt):
        return _faulty(asked, ending) if asked.faults else _live(asked, ending)
    return 0


def _live(asked, ending: ExitStack) -> int:
    file = CONFIG / "demo.toml"
    settings = load(file)
    month.year_behind(settings)
    teach(settings, asked.speed)
    office = Office()
    ending.callback(office.stop)
    ending.callback(month.month_on_paper, file, settings, settings.server.data.resolve())
    parts = parts_for(settings, writer=Writer)  # beside the server, as the console does
    lobby, day = Lobby(_address(parts), asked.speed), Day(asked.seed)
    _play(lobby, parts, _jobs(lobby, day, parts), asked.minutes)
    return 0


def _faulty(asked, ending: ExitStack) -> int:
    """The same, with a kiosk that has a machine of its own, and with what fails."""
    from demo import faults
    from tests.serving import free_port

    kept = load(CONFIG / "demo.toml").server.data.resolve()  # where what comes of it stays
    folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="reception-demo-")))
    os.environ["RECEPTION_DATA"] = str(folder / "data")
    printer = ending.enter_context(faults.FakePrinter())
    file = faults.settings(folder, printer)
    settings = load(file)
    month.year_behind(settings)
    teach(settings, asked.speed)
    office = Office(file)
    ending.callback(office.stop)
    ending.callback(month.month_on_paper, file, settings, kept)
    parts = parts_for(settings, writer=Writer)
    key = parts.keys.add(name=faults.KIOSK, role="kiosk", kind="bearer", by="demo")
    kiosk = faults.Kiosk(folder, office, key, free_port())
    ending.callback(kiosk.close)
    lobby, day = Lobby(_address(parts), asked.speed), Day(asked.seed)
    for what, name, role in WATCH:
        print(f"  {what:<8} {lobby.base}{_link(parts, name, role)}")
    print(f"  Kiosk    {kiosk.url}\n")
    day_of_faults = faults.Faults(lobby, kiosk, printer, office, lambda: _numbers(parts))
    jobs = [*_jobs(lobby, day, parts, kiosk.url), lambda: kiosk.visitors(lobby, day), day_of_faults.play]
    _play(lobby, parts, jobs, asked.minutes)
    return 0 if day_of_faults.ok or day_of_faults.ok is None and not asked.minutes else 1


def _address(parts) -> str:
    return f"http://localhost:{parts.settings.server.port}"


def _numbers(parts) -> list[str]:
    """Every number that somebody was given today."""
    frontdesk = parts.frontdesk
    found = parts.store.execute(
        "SELECT number FROM visits WHERE office = ? AND day = ?", (frontdesk.office, frontdesk.look()[1].day)
    )
    return [number for (number,) in found.fetchall()]


def _play(lobby: Lobby, parts, jobs, minutes: float | None) -> None:
    print(f"The lobby is alive at {lobby.base}, {lobby.speed:g} times as fast as life. Ctrl+C ends it.\n", flush=True)
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        lobby.over.wait(minutes and minutes * 60)
    finally:
        lobby.over.set()
        for thread in threads:
            thread.join(5)
        for name in KEYS:
            parts.keys.revoke(name, by="demo")


def _jobs(lobby: Lobby, day: Day, parts, kiosk_page: str | None = None) -> list:
    """What each person does, until the lobby is over. Desk 1 is left to whoever looks on. `kiosk_page`: where the
    kiosk's browser finds it, if that has a machine of its own."""
    keys = {name: parts.keys.add(name=name, role=role, kind="bearer", by="demo") for name, role in KEYS.items()}
    at_kiosk, kiosk = Socket(lobby, "/kiosk", keys["Demo kiosk"]), Api(lobby, keys["Demo kiosk"])
    welcome_desk, manager = Api(lobby, keys["Mina"]), Api(lobby, keys["Demo bookings"])
    zone = parts.settings.zone
    booked = people.appointments(lobby, day, zone)
    told = manager.post("/api/appointments", appointments=booked)
    print(f"{(told or {}).get('new', 0)} appointments taken in.", flush=True)
    office = welcome_desk.get("/api/choices"), list(parts.settings.service), ["2", "3", "4"]
    check_in = partial(kiosk.post, "/api/check-in")
    jobs = [
        lambda: people.visitors(lobby, day, partial(at_kiosk.ask, "issue")),
        lambda: people.visitors(lobby, day, lambda **who: kiosk.post("/api/tickets", **who, **day.needs())),
        lambda: people.greeted(lobby, day, welcome_desk),
        lambda: people.keep_appointments(lobby, day, booked, zone, check_in, welcome_desk),
        lambda: people.owed(lobby, day, welcome_desk),
        Receptionist(lobby, day, DeskByApi(lobby, keys["Kim"], "2"), *office).work,
        Receptionist(lobby, day, DeskBySocket(lobby, keys["Alex"], "3"), *office).work,
    ]
    if chromium():
        from demo.pages import Pages

        at_page = kiosk_page or lobby.base + _link(parts, "Kiosk", "kiosk")
        at_desk = lobby.base + _link(parts, "Jo", "receptionist")
        jobs.append(Pages(lobby, day, at_page, at_desk, "Desk 4").work)
    else:
        print("There is no Chromium here, so nobody uses the pages; the sockets and the API go on.", flush=True)
        jobs.append(Receptionist(lobby, day, DeskByApi(lobby, keys["Jo"], "4"), *office).work)
    return jobs


def _link(parts, name: str, role: str) -> str:
    """A one-time link for a screen, or for somebody of the staff."""
    person = None
    if role == "receptionist":
        known = {person.sign_in: person.id for person in parts.keys.people()}
        person = known.get(name.casefold()) or parts.keys.add_person(name=name, sign_in=name, role=role, by="demo")
    lasts_ms = parts.settings.access.link_hours * 3_600_000
    return f"/enter/{parts.keys.add(name=name, role=role, kind='link', by='demo', person=person, lasts_ms=lasts_ms)}"


if __name__ == "__main__":
    sys.exit(main())
