"""Managers' pages over a long past: the first of all after a start, each page again and again, and Next meanwhile.

One manager asks without a pause, which is more than any office has. What is asked of several offices is asked of all.
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from bench.long_past import TIMEZONE, LongPast, plant_long
from bench.measures import Lobby
from bench.servers import Reception
from bench.wire import Http
from reception.settings import load

ROUNDS = 8  # tickets and presses in a stretch with the manager, then as many without


@dataclass
class Past:
    """A server (started elsewhere), what its database holds, and the addresses of its managers' pages."""

    server: Reception
    planted: LongPast
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> str:
        """The report of all that ever was, of all offices."""
        return self.pages["figures, all time"]


def planted(folder: Path, offices: int, years: int, a_day: float) -> Past:
    """An office of its own, with a past of so many years, and as many others' beside it."""
    server = Reception(f"Reception ({offices} offices, {years} years)", folder, timezone=TIMEZONE)
    server.settle()
    keys = ["bench", *(f"office-{number:02d}" for number in range(2, offices + 1))]
    past = plant_long(server.database, load(server.toml, env={}), keys, years, date.today(), a_day=a_day)
    server.let_in()
    return Past(server, past, _pages(past))


def _pages(past: LongPast) -> dict[str, str]:
    """name -> path, as a manager would come by them."""
    today = date.today()
    of = "".join(f"&office={key}" for key in past.offices) if len(past.offices) > 1 else ""
    always = f"from={past.first}&to={today}"
    year = f"from={today - timedelta(days=364)}&to={today}"
    busy = past.last - timedelta(days=past.last.weekday())  # a Monday
    here = always if len(past.offices) == 1 else year
    return {
        "now": "/manage",
        "figures, today": "/manage/figures",
        "figures, a week": f"/manage/figures?from={busy}&to={past.last}",
        "figures, a year": f"/manage/figures?{year}",
        "figures, all time": f"/manage/figures?{always}{of}",
        "figures, all time, a service": f"/manage/figures?{always}{of}&service=housing",
        "figures, all time, two desks": f"/manage/figures?{always}{of}&desk=2&desk=3",
        "figures, all time, Mondays at ten": f"/manage/figures?{always}{of}&weekday=1&hour=10",
        "figures, a year beside the last": f"/manage/figures?{year}&with=year",
        "figures as a table, all time": f"/manage/figures.csv?{always}{of}",
        "figures for programs, all time": f"/api/figures?{always}{of}",
        "footfall, all time": f"/manage/footfall.csv?{always}{of}",
        "a day's visits": f"/manage/visits?day={busy}",
        "the visits behind a figure, all time": f"/manage/visits?{here}&what=misses",
        "the charter": "/manage/charter",
        "feedback": "/manage/feedback",
    }


class Manager(Http):
    """Somebody signed in: pages by cookie, the API by key."""

    def __init__(self, server: Reception):
        super().__init__(server.port, server.keys["manager"], cookie=f"reception-manage={server.cookies['manage']}")

    async def open(self, path: str) -> float:
        """Seconds until the whole page is there."""
        began = time.perf_counter()
        status, data = await self.ask("GET", path)
        if status != 200 or not data:
            raise SystemExit(f"{path}: {status} {data[:300]!r}")
        return time.perf_counter() - began


async def first_of_all(past: Past) -> float:
    """Seconds for the report of everything, asked as soon as the server answers anything."""
    await asyncio.to_thread(past.server.start)
    manager = Manager(past.server)
    try:
        return await manager.open(past.everything)
    finally:
        await manager.close()


async def each_page(past: Past, times: int) -> dict[str, list[float]]:
    """The seconds of each page, the pages in turn."""
    manager, taken = Manager(past.server), {name: [] for name in past.pages}
    for _ in range(times):
        for name, path in past.pages.items():
            taken[name].append(await manager.open(path))
    await manager.close()
    return taken


async def next_meanwhile(past: Past, stretches: int) -> tuple[list[float], list[float]]:
    """Seconds from Next to the last of 50 boards: while nobody asks for pages, and while a manager does, in turns."""
    lobby = await Lobby(past.server).open()
    manager, paths = Manager(past.server), cycle(past.pages.values())
    found: tuple[list[float], list[float]] = [], []
    await lobby.fill(10)
    await lobby.round(5)
    for number in range(2 * stretches):
        asking = asyncio.ensure_future(_asks(manager, paths)) if number % 2 else None
        lobby.forget()
        if asking:
            await asyncio.sleep(0.05)
        await lobby.round(ROUNDS)
        found[number % 2].extend(lobby.boards)
        if asking:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking
            await manager.close()
            manager = Manager(past.server)
            await asyncio.sleep(0.5)  # what was asked for last is still being made
    await manager.close()
    await lobby.close()
    return found


async def _asks(manager: Manager, paths) -> None:
    for path in paths:
        await manager.open(path)
