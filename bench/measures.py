"""What is measured over the wire: tickets, Next to the last board, tickets a second, and that nobody is lost.

Servers take turns in short rounds, so that whatever else the machine does falls on all of them alike.
"""

import asyncio
import math
import sqlite3
import statistics
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from bench.servers import DESKS, SERVICES, Reception, Server
from bench.wire import Http, Screen

BOARDS = 50
KIOSKS = 8
RUSHES = 9


def share(values: list[float], of: float) -> float:
    """The smallest value that `of` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(of * len(ordered)) - 1)]


@dataclass
class Lobby:
    """A server with 50 boards, 8 desks' screens (only Reception has those), a kiosk and a desk that ask by HTTP.

    The samples are in seconds: `tickets` from asking to the numbered answer, `boards` from pressing Next to the
    `called` on the last board, `asked` the same tickets over the kiosk's socket; `rates` in tickets a second.
    """

    server: Server
    tickets: list[float] = field(default_factory=list)
    boards: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    async def open(self) -> "Lobby":
        port, keys = self.server.port, getattr(self.server, "keys", {})
        self.real = isinstance(self.server, Reception)
        self.body = {"print": False} if self.real else {}
        self.services, self.desks = cycle(SERVICES), cycle(DESKS)
        self.kiosks = [Http(port, keys.get("kiosk")) for _ in range(KIOSKS)]
        self.desk = Http(port, keys.get("desk"))
        self._waited, self._to_come = None, 0
        self.screens = [
            await Screen(port, "/display", {"key": keys.get("display")}, self._heard).connect() for _ in range(BOARDS)
        ]
        if self.real:
            for _ in DESKS:
                self.screens.append(await Screen(port, "/desk", {"key": keys["desk"]}, ignored).connect())
            self.kiosk = await Screen(port, "/kiosk", {"key": keys["kiosk"]}, ignored).connect()
            self.screens.append(self.kiosk)
        return self

    async def close(self) -> None:
        for screen in self.screens:
            screen.close()
        for http in (*self.kiosks, self.desk):
            await http.close()

    # -- one of each --------------------------------------------------------------------------------------------

    async def issue(self, http: Http | None = None) -> float:
        began = time.perf_counter()
        await (http or self.kiosks[0]).json("POST", "/api/tickets", {"service": next(self.services), **self.body})
        return time.perf_counter() - began

    async def ask(self) -> float:
        """A ticket over the kiosk's socket; this office has no printer."""
        began = time.perf_counter()
        answer = await self.kiosk.ask("issue", {"service": next(self.services)})
        if not answer.get("ok"):
            raise SystemExit(f"The kiosk's socket refused a ticket: {answer}")
        return time.perf_counter() - began

    async def next(self) -> float:
        """Presses Next and waits for the last board."""
        boards, began = self.boards_hear(), time.perf_counter()
        await self.desk.json("POST", f"/api/desks/{next(self.desks)}/next")
        return await asyncio.wait_for(boards, 15) - began

    def boards_hear(self) -> asyncio.Future:
        """When the last board will have heard of the next call."""
        self._to_come, self._waited = BOARDS, asyncio.get_running_loop().create_future()
        return self._waited

    def _heard(self, name: str, data: bytes, at: float) -> None:
        if name == "called":
            self._to_come -= 1
            if self._to_come == 0 and not self._waited.done():
                self._waited.set_result(at)

    # -- rounds -------------------------------------------------------------------------------------------------

    async def fill(self, count: int) -> None:
        """Adds tickets until `count` wait, or calls until no more than that do."""
        waiting = self._waiting()
        for _ in range(waiting, count):
            await self.issue()
        for _ in range(count, waiting):
            await self.next()

    def _waiting(self) -> int:
        name = "reception.db" if self.real else "bare.db"
        database = sqlite3.connect(f"file:{self.server.folder / name}?mode=ro", uri=True)
        indexed = "INDEXED BY open_visits" if self.real else "INDEXED BY line"
        office = "AND office = 'bench' AND state IN ('waiting', 'called', 'serving', 'held', 'no_show')"
        sql = f"SELECT count(*) FROM visits {indexed} WHERE state = 'waiting' {office if self.real else ''}"
        try:
            return database.execute(sql).fetchone()[0]
        finally:
            database.close()

    async def round(self, count: int) -> None:
        """A ticket, then Next, so that the line stays as long as it is; where nothing prints, over the socket too."""
        for _ in range(count):
            self.tickets.append(await self.issue())
            self.boards.append(await self.next())
            if self.real and not self.server.printer:
                self.asked.append(await self.ask())
                self.boards.append(await self.next())

    def forget(self) -> None:
        for samples in (self.tickets, self.boards, self.asked, self.rates):
            samples.clear()

    async def rush(self, count: int) -> None:
        """Eight kiosks at once, as fast as they are answered."""
        left = iter(range(count))

        async def kiosk(http: Http):
            for _ in left:
                await self.issue(http)

        began = time.perf_counter()
        await asyncio.gather(*(kiosk(http) for http in self.kiosks))
        self.rates.append(count / (time.perf_counter() - began))

    def rate(self) -> float:
        return statistics.median(self.rates)


def ignored(name: str, data: bytes, at: float) -> None:
    pass


async def side_by_side(lobbies: list[Lobby], waiting: list[int], *, rounds: int, each: int, rush: int) -> float:
    """Tickets and Next for each of the lobbies in turn, `waiting` in line at each, then the rushes; returns the median
    seconds of a durable commit in between."""
    folder, commits = lobbies[0].server.folder, []
    for lobby, line in zip(lobbies, waiting, strict=True):
        await lobby.fill(line)
        await lobby.round(5)
        lobby.forget()
    for number in range(rounds):
        commits.append(durable_commit(folder))
        for lobby in lobbies if number % 2 else reversed(lobbies):
            await lobby.round(each)
    for _ in range(RUSHES):
        for lobby, line in zip(lobbies, waiting, strict=True):
            await lobby.rush(rush)
            await lobby.fill(line)
    return statistics.median(commits)


async def everybody_once(server: Reception, tickets: int) -> dict[str, int]:
    """8 desks call a line of `tickets` while 8 kiosks add as many more; then the desks finish. What went wrong."""
    kiosks = [Http(server.port, server.keys["kiosk"]) for _ in range(KIOSKS)]
    desks = {key: Http(server.port, server.keys["desk"]) for key in DESKS}
    services, told, called = cycle(SERVICES), [], []

    async def give(count: int) -> None:
        left = iter(range(count))

        async def kiosk(http: Http):
            for _ in left:
                ticket = {"service": next(services), "print": False}
                told.append(await http.json("POST", "/api/tickets", ticket))

        await asyncio.gather(*(kiosk(http) for http in kiosks))

    async def call(key: str, giving: asyncio.Task) -> None:
        while True:
            over = giving.done()
            visit = await desks[key].json("POST", f"/api/desks/{key}/next")
            if visit:
                called.append(visit)
            elif over:
                return
            else:
                await asyncio.sleep(0.005)

    before = {row[0] for row in server.rows("SELECT id FROM visits")}
    await give(tickets)
    giving = asyncio.ensure_future(give(tickets))
    await asyncio.gather(giving, *(call(key, giving) for key in DESKS))
    for http in (*kiosks, *desks.values()):
        await http.close()
    stored = [row for row in server.rows("SELECT id, number, state, place FROM visits") if row[0] not in before]
    last = server.rows("SELECT day, letter, last FROM counters WHERE length(letter) = 1")
    given = {(day, number) for day, number in server.rows("SELECT day, number FROM visits WHERE channel = 'kiosk'")}
    numbers, ids = [visit["number"] for visit in told], [visit["id"] for visit in called]
    return {
        "tickets": len(told),
        "called twice": len(ids) - len(set(ids)),
        "skipped": len({visit["id"] for visit in told} - set(ids)),
        "duplicate numbers": len(numbers) - len(set(numbers)),
        "not stored": len({visit["id"] for visit in told} - {row[0] for row in stored}),
        "numbers left out": sum(
            (day, f"{letter}{count:03d}") not in given for day, letter, top in last for count in range(1, top + 1)
        ),
    }


def durable_commit(folder: Path, count: int = 30) -> float:
    """Median seconds of one INSERT with its durable commit, and nothing else, on this disk."""
    database = sqlite3.connect(folder / "commit.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE IF NOT EXISTS visits (id INTEGER PRIMARY KEY, service TEXT, arrived_at INTEGER)")
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        database.execute("INSERT INTO visits (service, arrived_at) VALUES (?, ?)", ("council-tax", 1))
        taken.append(time.perf_counter() - began)
    database.close()
    return statistics.median(taken)
