"""`python -m demo`: the demo office with its lobby alive, until Ctrl+C or `--minutes` are over."""

import argparse
import signal
import subprocess
import sys
import threading

from demo.day import Day
from demo.people import Api, ByApi, BySocket, Lobby, Socket, visitors
from reception.running import demo_links, parts_for
from reception.settings import CONFIG, load
from reception.writer import Writer
from tests.browser import chromium

NAMES = {"kiosk": "demo kiosk", "desk": "demo desks"}


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
    base = f"http://localhost:{parts.settings.server.port}"
    lobby, day = Lobby(base, asked.speed), Day(asked.seed)
    print(f"The lobby is alive at {base}, {asked.speed:g} times as fast as life. Ctrl+C ends it.\n", flush=True)
    kiosk, desk = (_key(parts, role) for role in ("kiosk", "desk"))
    at_kiosk = Socket(lobby, "/kiosk", kiosk)
    api = Api(lobby, kiosk)
    jobs = [
        lambda: visitors(lobby, day, lambda service: at_kiosk.ask("issue", service=service)),
        lambda: visitors(lobby, day, lambda service: api.post("/api/tickets", service=service)),
        ByApi(lobby, day, "2", desk).work,
        BySocket(lobby, day, "3", desk).work,
    ]
    if chromium():
        from demo.pages import Pages

        links = {what: base + where for what, where in demo_links(parts)}
        jobs.append(Pages(lobby, day, links, "Desk 4").work)
    else:
        print("There is no Chromium here, so nobody uses the pages; the sockets and the API go on.", flush=True)
        jobs.append(ByApi(lobby, day, "4", desk).work)
    threads = [threading.Thread(target=job, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        lobby.over.wait(asked.minutes and asked.minutes * 60)
    finally:
        lobby.over.set()
        for thread in threads:
            thread.join(5)
        for name in NAMES.values():
            parts.keys.revoke(name, by="demo")
    return 0


def _key(parts, role: str) -> str:
    return parts.keys.add(name=NAMES[role], role=role, kind="bearer", by="demo")


if __name__ == "__main__":
    sys.exit(main())
