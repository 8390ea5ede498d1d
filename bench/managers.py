"""Managers' pages over a long past: the first of all after a start, each page the first time and again and again while
the day goes on, and Next meanwhile.

One manager asks page after page without a pause, which is more than any office has.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import psutil

from bench import table
from bench.long_past import TIMEZONE, plant_long
from bench.measures import Lobby, share
from bench.servers import OtherLoad, Reception
from bench.table import Row, compared, limited, ms
from bench.wire import Http
from reception.settings import load

MARKS = "<!-- managers: begin -->", "<!-- managers: end -->"
BUSY = "processor time"
ROUNDS = 8  # tickets and presses in a stretch with the manager, then as many without


@dataclass(frozen=True)
class Size:
    a_day: float = 60  # visits of the office with ten years
    each_a_day: float = 12  # visits of each of fifty offices, in one year
    starts: int = 3
    times: int = 12  # each page
    stretches: int = 12


QUICK = Size(a_day=12, each_a_day=3, starts=1, times=3, stretches=3)
LARGE = Size(a_day=510, each_a_day=510, times=20)  # 1.2 and 6 million visits: 20 GB of disk, an hour


@dataclass(frozen=True)
class Planted:
    """ISO days, keys, and how many visits."""

    first: str
    last: str
    offices: list[str]
    visits: int


@dataclass
class Past:
    """A server (started elsewhere), what its database holds, and the addresses of its managers' pages: `pages` of its
    own office, `together` of all offices at once."""

    server: Reception
    planted: Planted
    pages: dict[str, str] = field(default_factory=dict)
    together: dict[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> str:
        """The report of all that ever was."""
        return next(iter((self.together or self.pages).values()))


def planted(folder: Path, offices: int, years: int, a_day: float) -> Past:
    """An office of its own with a past of so many years, and as many others' beside it; a folder that has been planted
    is taken as it is."""
    server, note = Reception("Reception", folder, timezone=TIMEZONE), folder / "planted.json"
    if not note.exists():
        server.settle()
        keys = ["bench", *(f"office-{number:02d}" for number in range(2, offices + 1))]
        past = plant_long(server.database, load(server.toml, env={}), keys, years, date.today(), a_day=a_day)
        server.let_in()
        found = [past.first.isoformat(), past.last.isoformat(), past.offices, len(past)]
        note.write_text(json.dumps([server.port, server.keys, server.cookies, found]))
    server.port, server.keys, server.cookies, found = json.loads(note.read_text())
    return Past(server, planted := Planted(*found), *_pages(planted))


def _pages(past: Planted) -> tuple[dict[str, str], dict[str, str]]:
    """name -> path, as a manager would come by them; of all time first."""
    today, last = date.today(), date.fromisoformat(past.last)
    always = f"from={past.first}&to={today}"
    year = f"from={today - timedelta(days=364)}&to={today}"
    busy = last - timedelta(days=last.weekday())  # a Monday
    narrowed = {
        "all time": "",
        "all time, a service": "&service=housing",
        "all time, two desks": "&desk=2&desk=3",
        "all time, Mondays at ten": "&weekday=1&hour=10",
    }
    pages = {name: f"/manage/figures?{always}{more}" for name, more in narrowed.items()} | {
        "all time as a table": f"/manage/figures.csv?{always}",
        "all time for programs": f"/api/figures?{always}",
        "when people come, all time": f"/manage/footfall.csv?{always}",
        "the visits behind a figure of all time": f"/manage/visits?{always}&what=misses",
        "a year beside the last": f"/manage/figures?{year}&with=year",
        "a week": f"/manage/figures?from={busy}&to={past.last}",
        "today": "/manage/figures",
        "now": "/manage",
        "a day's visits": f"/manage/visits?day={busy}",
        "the charter": "/manage/charter",
        "feedback": "/manage/feedback",
    }
    if len(past.offices) == 1:
        return pages, {}
    of = "".join(f"&office={key}" for key in past.offices)
    return pages, {name: f"/manage/figures?{always}{more}{of}" for name, more in narrowed.items()}


class Manager(Http):
    """Somebody signed in: pages by cookie, the API by key. `busy` is the processor time for each page: the server's and
    its figures' process's."""

    def __init__(self, server: Reception):
        self.server, self.busy = server, []
        super().__init__(server.port, server.keys["manager"], cookie=f"reception-manage={server.cookies['manage']}")

    async def open(self, path: str) -> float:
        """Seconds until the whole page is there."""
        before, began = self._processor_time(), time.perf_counter()
        status, data = await self.ask("GET", path)
        taken = time.perf_counter() - began
        self.busy.append(self._processor_time() - before)
        if status != 200 or not data:
            raise SystemExit(f"{path}: {status} {data[:300]!r}")
        return taken

    def _processor_time(self) -> float:
        total = 0.0
        for process in (self.server.process, *self.server.process.children()):
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system
        return total


async def first_of_all(past: Past) -> tuple[float, float]:
    """For the report of everything, asked as soon as the server answers anything: (seconds, processor time)."""
    await asyncio.to_thread(past.server.start)
    manager = Manager(past.server)
    try:
        return await manager.open(past.everything), manager.busy[0]
    finally:
        await manager.close()


async def each_page(past: Past, pages: dict[str, str], times: int) -> dict[str, list[tuple[float, float]]]:
    """(seconds, processor time) of each page, the pages in turn, once and so many times again; in between, somebody
    comes, so that today is another."""
    manager, taken = Manager(past.server), {name: [] for name in pages}
    for _ in range(1 + times):
        for name, path in pages.items():
            kiosk = Http(past.server.port, past.server.keys["kiosk"])  # the server ends one that a page makes wait long
            await kiosk.json("POST", "/api/tickets", {"service": "housing", "print": False})
            await kiosk.close()
            taken[name].append((await manager.open(path), manager.busy[-1]))
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


async def measure(folder: Path, size: Size, begin: Callable[[str], None], *, stays: bool = False) -> AsyncIterator[Row]:
    """The rows of the bench's table: ten years of one office, then a year of fifty in one database, which go
    afterwards but for those that stay."""
    for name, offices, years, a_day in (("ten", 1, 10, size.a_day), ("fifty", 50, 1, size.each_a_day)):
        began = time.perf_counter()
        past = await asyncio.to_thread(planted, folder / name, offices, years, a_day)
        begin(f"{past.planted.visits:,} visits planted in {time.perf_counter() - began:.0f} s; managers' pages")
        async for row in rows(past, size):
            yield row
        for file in () if stays else folder.glob(f"{name}/reception.db*"):
            file.unlink()


async def rows(past: Past, size: Size) -> AsyncIterator[Row]:
    """One past's rows, as they are measured; the server is stopped at the end."""
    what = f"{past.planted.visits:,} visits in {_long(past)}: {{}}"
    try:
        past.server.database.with_name("figures.remembered").unlink(missing_ok=True)
        seconds, busy = await first_of_all(past)
        more = f" ({BUSY} {ms(busy)})"
        name = what.format("all time, first page ever, nothing remembered")
        yield limited(name, "≤ 1 s", seconds, 1, unit=ms, more=more)
        starts = []
        for _ in range(size.starts):
            past.server.stop()
            starts.append(await first_of_all(past))
        seconds, busy = (statistics.median(found) for found in zip(*starts, strict=True))
        more = f" (median of {len(starts)} starts; {BUSY} {ms(busy)})"
        yield limited(what.format("all time, first page after a start"), "≤ 1 s", seconds, 1, unit=ms, more=more)
        for pages, name in ((past.pages, "any manager's page"), (past.together, "all offices at once")):
            if pages:
                found = await each_page(past, pages, size.times)
                yield _first(what.format(f"{name}, the first time on a day"), found)
                yield _slowest(what.format(f"{name}, p95"), found)
        alone, meanwhile = await next_meanwhile(past, size.stretches)
        name = what.format("Next → last of 50 boards while a manager asks, p95")
        yield compared(name, "≤ 1.2× without", meanwhile, alone, of=0.95, times=1.2, whose="without")
    finally:
        past.server.stop()


def _long(past: Past) -> str:
    first, last = (date.fromisoformat(day) for day in (past.planted.first, past.planted.last))
    years, offices = round((last - first).days / 364), len(past.planted.offices)
    return f"{years} years" if offices == 1 else f"{offices} offices"


def _first(what: str, taken: dict[str, list[tuple[float, float]]]) -> Row:
    """The page that takes longest when it is asked for the first time."""
    name = max(taken, key=lambda name: taken[name][0])
    seconds, busy = taken[name][0]
    return limited(what, "≤ 1 s", seconds, 1, unit=ms, more=f" ({name}; {BUSY} {ms(busy)})")


def _slowest(what: str, taken: dict[str, list[tuple[float, float]]]) -> Row:
    """The page that takes longest, when it is asked again."""
    seconds = {name: [one for one, _busy in found[1:]] for name, found in taken.items()}
    name = max(seconds, key=lambda name: share(seconds[name], 0.95))
    busy = statistics.median(busy for _seconds, busy in taken[name][1:])
    more = f" ({name}; p50 {ms(share(seconds[name], 0.5))}, {BUSY} {ms(busy)})"
    return limited(what, "≤ 300 ms", share(seconds[name], 0.95), 0.3, unit=ms, more=more)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.managers", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a minute, for looking at a change")
    parser.add_argument("--large", action="store_true", help="1.2 million visits, then 6: 20 GB of disk, an hour")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--data", type=Path, help="a folder: what is planted stays there, and is not planted again")
    asked = parser.parse_args()
    size, found, load_ = LARGE if asked.large else QUICK if asked.quick else Size(), [], OtherLoad()

    def begin(what: str) -> None:
        print(f"-- {what}", file=sys.stderr, flush=True)
        load_.restart()

    async def run(folder: Path) -> None:
        async for row in measure(folder, size, begin, stays=bool(asked.data)):
            found.append(row := replace(row, other=load_.cores()))
            print(f"{row.what}: {row.measured}  [{row.bar}]", flush=True)

    if asked.data:
        asked.data.mkdir(exist_ok=True)
        asyncio.run(run(asked.data))
    else:
        with tempfile.TemporaryDirectory(prefix="reception-managers-") as folder:
            asyncio.run(run(Path(folder)))
    text = table.markdown(found, about=[f"Measured {table.machine()}"])
    if asked.write:
        table.write(text, marks=MARKS)
    return 0 if all(row.held for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
