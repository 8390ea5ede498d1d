"""`python -m demo`: the demo office with its lobby alive, until Ctrl+C or `--minutes` are over."""

import argparse
import signal
import subprocess
import sys
import threading
from functools import partial

from demo import people
from demo.day import Day
from demo.doors import Api, DeskByApi, DeskBySocket, Lobby, Socket
from demo.receptionist import Receptionist
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


def main() -> int:
    parser = argparse.ArgumentParser(prog="demo", description="A living lobby on the demo office's four screens.")
    parser.add_argument("--speed", type=float, default=12, help="how many times faster than life (default: 12)")
    parser.add_argument("--minutes", type=float, help="stop after so many real minutes (default: Ctrl+C)")
    parser.add_argument("--seed", type=int, help="the same day again")
    asked = parser.parse_args()
    if not 0 < asked.speed <= 200:
        parser.error("--speed goes from just above 0 to 200: faster, and nobody could read the board.")
    server = subprocess.Popen([sys.executable, "server.py", "--demo"], stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            print(line, end="", flush=True)
            if line.startswith("Each link"):
                return _live(asked)
        return server.wait() or 1
    except KeyboardInterrupt:
        return 0
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def _live(asked) -> int:
    parts = parts_for(load(CONFIG / "demo.toml"), writer=Writer)  # beside the server, as the console does
    lobby, day = Lobby(f"http://localhost:{parts.settings.server.port}", asked.speed), Day(asked.seed)
    print(f"The lobby is alive at {lobby.base}, {asked.speed:g} times as fast as life. Ctrl+C ends it.\n", flush=True)
    threads = [threading.Thread(target=job, daemon=True) for job in _jobs(lobby, day, parts)]
    for thread in threads:
        thread.start()
    try:
        lobby.over.wait(asked.minutes and asked.minutes * 60)
    finally:
        lobby.over.set()
        for thread in threads:
            thread.join(5)
        for name in KEYS:
            parts.keys.revoke(name, by="demo")
    return 0


def _jobs(lobby: Lobby, day: Day, parts) -> list:
    """What each person does, until the lobby is over. Desk 1 is left to whoever looks on."""
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

        at_page, at_desk = lobby.base + _link(parts, "Kiosk", "kiosk"), lobby.base + _link(parts, "Jo", "receptionist")
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
