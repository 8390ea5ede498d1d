"""A busy hour on the server with a long past: what it weighs, what a sign-in adds, how long figures take."""

import asyncio
import re
import threading
import time
import urllib.parse
import urllib.request
from datetime import date, timedelta
from http.cookiejar import CookieJar

from bench.measures import Lobby
from bench.servers import PASSWORD, Reception, Server
from bench.wire import Http


def ready(server: Server, times: int = 3) -> list[float]:
    """Seconds from starting the process to its first answer; leaves it running."""
    taken = []
    for number in range(times):
        taken.append(server.start().ready_seconds)
        if number < times - 1:
            server.stop()
    return taken


async def busy(lobby: Lobby, seconds: float) -> float:
    """Tickets, every tenth of them printed, and Next after each, for so long; the server's memory in MB at the end."""
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        count += 1
        lobby.body = {"print": count % 10 == 0}
        await lobby.issue()
        await lobby.next()
        await asyncio.sleep(0.02)
    lobby.body = {"print": False}
    return lobby.server.pss_mb()


def sign_in(server: Reception) -> float:
    """The most memory in MB while somebody signs in with a password."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://localhost:{server.port}/sign-in"
    page = opener.open(address, timeout=10).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    form = urllib.parse.urlencode({"csrf_token": token, "name": "sam", "password": PASSWORD}).encode()
    failed = []

    def post():
        answer = opener.open(address, form, timeout=30)
        if answer.url == address:
            failed.append(answer.url)

    most, signing = 0.0, threading.Thread(target=post)
    signing.start()
    while signing.is_alive():
        most = max(most, server.pss_mb())
    if failed:
        raise SystemExit("The bench could not sign in.")
    return most


async def figures(server: Reception, times: int) -> tuple[list[float], list[float]]:
    """Seconds for today's figures and for those of the last whole year of days."""
    manager = Http(server.port, server.keys["manager"])
    today, year = [], []
    last = date.today() - timedelta(days=1)
    period = f"from={last - timedelta(days=364)}&to={last}"
    for _ in range(times):
        for taken, path in ((today, "/api/figures"), (year, f"/api/figures?{period}")):
            began = time.perf_counter()
            await manager.json("GET", path)
            taken.append(time.perf_counter() - began)
    await manager.close()
    return today, year
