"""`python -m bench`: measures Reception beside a bare server in one run and prints the table of docs/performance.md.

`--quick` takes a minute and a shorter past, to look at a change; `--write` puts the table into the page.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bench import followers, full_line, listening, load, managers, screens, slips, staffing, table, waits
from bench.measures import Lobby, everybody_once, share, side_by_side
from bench.paper import touch_to_paper
from bench.past import fill, sum_up
from bench.servers import OtherLoad, Reception, Server
from bench.table import Row, compared, limited, ms, rates
from reception.languages import CATALOGUES
from tests.fakes.printer import FakePrinter

BUSY_DAY = 500  # visits
FULL = 300  # waiting
FOLLOWED = 500  # waiting, each by ten phones
FARTHEST = 6  # a bare server slower than so many durable commits says more of the machine than of servers


@dataclass(frozen=True)
class Size:
    past: int = 1_000_000
    rounds: int = 60
    each: int = 10
    rush: int = 200
    busy_seconds: float = 60
    slips: int = 100
    calls: int = 100
    line: int = 500
    presses: int = 800
    followers: int = 5_000
    followed: int = 300  # presses
    long_past: managers.Size = managers.Size()
    offices: int = waits.SEEDS  # of each size, whose waits are estimated
    learning: int = waits.BURN_IN  # days


QUICK = Size(
    past=50_000, rounds=15, each=8, rush=100, busy_seconds=8, slips=25, calls=20, line=500, presses=160, followed=60,
    offices=2, learning=10, long_past=managers.QUICK,
)  # fmt: skip


class Bench:
    """The whole run. `rows` is the table as far as it has come."""

    def __init__(self, folder: Path, size: Size, printer: FakePrinter):
        self.size, self.printer, self.rows = size, printer, []
        (folder / "bare").mkdir()
        self.bare = Server("bare", folder / "bare")
        self.few = Reception("Reception (1,000 past)", folder / "few")
        self.many = Reception("Reception (long past)", folder / "many", printer=(printer.host, printer.port))
        self.folder, self.lines = folder, []
        self.load = OtherLoad()

    def prepare(self) -> None:
        for server, past in ((self.few, 1_000), (self.many, self.size.past)):
            server.prepare()
            self.begin(f"{past:,} past visits: {fill(server.database, past):.0f} s, summed up: {sum_up(server):.0f} s")
        self.bare.start()
        self.few.start()
        self.begin("starting")
        starts = load.ready(self.many)
        what, more = "`python server.py` ready", f" (p50 of {len(starts)} starts)"
        taken = statistics.median(starts)
        self.add(limited(what, "≤ 1.5 s", taken, 1.5, unit="{:.2f} s".format, more=more))

    async def measure(self) -> None:
        lobbies = [await Lobby(server).open() for server in (self.bare, self.few, self.many)]
        await self.figures(lobbies[2])
        await self.side_by_side(*lobbies)
        await self.everybody(lobbies[1])
        async with screens.browser() as shown:
            await self.paper_and_paint(shown, lobbies[2])
            await self.memory(lobbies[2])
            for lobby in lobbies:
                await lobby.close()
            await self.pages(shown)
        self.stop()
        await self.full_line()
        await self.followers()
        await self.managers()

    async def managers(self) -> None:
        self.begin("managers' pages over a long past")
        async for row in managers.measure(self.folder, self.size.long_past, self.begin):
            self.add(row)

    def stop(self) -> None:
        for server in (self.bare, self.few, self.many, *self.lines):
            server.stop()

    # -- row by row ---------------------------------------------------------------------------------------------

    async def side_by_side(self, bare: Lobby, few: Lobby, many: Lobby) -> None:
        size = {"rounds": self.size.rounds, "each": self.size.each, "rush": self.size.rush}
        self.begin("tickets and calls, 10 waiting")
        commit = await side_by_side([bare, few, many], [10, 10, 10], **size)
        if share(bare.tickets, 0.5) > FARTHEST * commit:
            raise SystemExit(
                f"The bare server took {ms(share(bare.tickets, 0.5))} for a ticket and a durable commit {ms(commit)}:"
                f" more than {FARTHEST} times as long. This machine is too busy to compare on."
            )
        self.commit = commit
        ticket, boards = "a kiosk's ticket, durable and numbered, {}", "Next → last of 50 boards, {}"
        past = f"{self.size.past:,} past visits: {{}}"
        for of, name in ((0.5, "p50"), (0.95, "p95")):
            self.add(compared(ticket.format(name), "≤ 2.5× bare", few.tickets, bare.tickets, of=of, times=2.5))
        for of, name in ((0.5, "p50"), (0.95, "p95")):
            what = ticket.format(f"over its socket, {name}")
            self.add(compared(what, "≤ 2.5× bare", few.asked, bare.tickets, of=of, times=2.5))
        self.add(rates("tickets a second, 8 kiosks", "≥ half of bare", few, bare, least=0.5))
        bar = {"of": 0.95, "times": 1.5, "within": 0.05}
        self.add(compared(boards.format("p95"), "≤ 1.5× bare, < 50 ms", few.boards, bare.boards, **bar))
        self.again(past, "≤ 1.2× that with 1,000", 1.2, few, many, "there")
        self.begin(f"tickets and calls, {self.size.line} waiting")
        await side_by_side([few, many], [10, self.size.line], **size)
        what = f"{self.size.past:,} past and {self.size.line} waiting: {{}}"
        self.again(what, "≤ 2× that with 1,000 and 10", 2.0, few, many, "there")

    def again(self, what: str, bar: str, times: float, before: Lobby, after: Lobby, whose: str) -> None:
        for of, name in ((0.5, "ticket p50"), (0.95, "ticket p95")):
            row = compared(what.format(name), bar, after.tickets, before.tickets, of=of, times=times, whose=whose)
            self.add(row)
        self.add(rates(what.format("tickets a second"), bar, after, before, least=1 / times, whose=whose))
        name = what.format("last of 50 boards p95")
        self.add(compared(name, bar, after.boards, before.boards, of=0.95, times=times, whose=whose))

    async def figures(self, lobby: Lobby) -> None:
        self.begin(f"figures after a day of {BUSY_DAY} visits")
        await lobby.fill(10)
        await lobby.round(BUSY_DAY - 10)
        today, year = await load.figures(self.many, 40)
        for what, bar, taken, limit in (
            (f"today's figures after {BUSY_DAY} visits, p95", "≤ 50 ms", today, 0.05),
            ("a past year's figures, p95", "≤ 300 ms", year, 0.3),
        ):
            more = f" (p50 {ms(share(taken, 0.5))})"
            self.add(limited(what, bar, share(taken, 0.95), limit, unit=ms, more=more))

    async def everybody(self, lobby: Lobby) -> None:
        self.begin("8 desks and 8 kiosks at once")
        await lobby.fill(0)
        found = await everybody_once(self.few, 500)
        words = ", ".join(f"{count} {what}" for what, count in found.items())
        wrong = sum(count for what, count in found.items() if what != "tickets")
        self.add(Row("8 desks on 500 tickets, 8 kiosks issuing 500", "0 wrong", words, wrong == 0))

    async def full_line(self) -> None:
        self.begin(f"Next with 10 and {FULL} waiting, every rule at work")
        self.lines = [full_line.office(self.folder / f"line{waiting}", waiting) for waiting in (10, FULL)]
        lobbies = [await Lobby(server.start()).open() for server in self.lines]
        await full_line.press(lobbies, 16)
        few, full = await full_line.press(lobbies, self.size.presses)
        for lobby in lobbies:
            await lobby.close()
        what, bar = f"{FULL} waiting, every rule at work, 8 desks: Next {{}}", "≤ 2× that with 10"
        self.add(compared(what.format("p50"), bar, full, few, of=0.5, times=2, whose="there"))
        bar, limits = f"{bar}, < 20 ms", {"of": 0.95, "times": 2, "within": 0.02}
        self.add(compared(what.format("p95"), bar, full, few, whose="there", **limits))

    async def followers(self) -> None:
        count = self.size.followers
        self.begin(f"Next while {count:,} phones follow")
        self.stop()
        self.lines = [followers.office(self.folder / name, FOLLOWED).start() for name in ("nobody", "followed")]
        async with followers.following(self.lines[1], count):
            lobbies = [await Lobby(server).open() for server in self.lines]
            await followers.press(lobbies, 8)
            alone, followed = await followers.press(lobbies, self.size.followed)
            weight = self.lines[1].pss_mb()
            for lobby in lobbies:
                await lobby.close()
        what, bar = (
            f"{count:,} phones follow {FOLLOWED} waiting: Next → desk and last of 50 boards, {{}}",
            "≤ 3× with none",
        )
        for of, name in ((0.5, "p50"), (0.95, "p95")):
            self.add(compared(what.format(name), bar, followed.calls, alone.calls, of=of, times=3, whose="there"))
        what, theirs = "… Next → the called visitor's own phone, p95", share(followed.phones, 0.95)
        more = f" (with none {ms(share(alone.phones, 0.95))})"
        self.add(limited(what, "≤ 1 s", theirs, 1, unit=ms, more=more))
        self.add(limited("… the server's memory (PSS)", "≤ 700 MB", weight, 700, unit=megabytes))

    async def paper_and_paint(self, shown, lobby: Lobby) -> None:
        self.begin("paper and paint")
        await lobby.fill(10)
        taken = await touch_to_paper(self.many, self.printer, self.size.slips)
        more = f" (p50 {ms(share(taken, 0.5))})"
        what = "touch → last byte of the slip's image at the printer, p95"
        self.add(limited(what, "≤ 50 ms", share(taken, 0.95), 0.05, unit=ms, more=more))
        for what, bar, limit, taken in slips_drawn(slips.drawn(self.size.slips)):
            more = f" (p50 {ms(share(taken, 0.5))})"
            self.add(limited(what, bar, share(taken, 0.95), limit, unit=ms, more=more))
        taken = await screens.painted(shown, lobby, self.size.calls)
        more = f" (p50 {ms(share(taken, 0.5))})"
        what = "Next → painted on a board in Chromium, p99"
        self.add(limited(what, "≤ 300 ms", share(taken, 0.99), 0.3, unit=ms, more=more))

    async def memory(self, lobby: Lobby) -> None:
        self.begin(f"busy for {self.size.busy_seconds:.0f} s")
        weight = await load.busy(lobby, self.size.busy_seconds)
        what = f"memory (PSS) with workers, {self.size.busy_seconds:.0f} s into that load, 50 boards"
        self.add(limited(what, "≤ 120 MB", weight, 120, unit=megabytes, more=f", bare {self.bare.pss_mb():.0f} MB"))
        signing = await asyncio.to_thread(load.sign_in, self.many)
        self.add(limited("… with a sign-in meanwhile", "≤ 160 MB", signing, 160, unit=megabytes))

    async def pages(self, shown) -> None:
        self.begin("pages")
        idle = []
        for face, name in (("kiosk", "kiosk"), ("display", "board")):
            found = await screens.weight_and_rest(shown, self.few, face)
            what = f"the {name}'s page as transferred, cold cache"
            more = f" in {found['files']} requests"
            self.add(limited(what, "≤ 150 kB", found["kB"], 150, unit="{:.0f} kB".format, more=more))
            idle += found["idle requests"] + found["idle news"]
        silence, voice = await listening.heard(shown, self.few)
        for what, bar, taken, limit in (
            ("listening at a kiosk: any key → silence, p95", "≤ 200 ms", silence, 0.2),
            ("listening at a kiosk: a key → the voice, p95", "≤ 500 ms", voice, 0.5),
        ):
            more = f" (p50 {ms(share(taken, 0.5))})"
            self.add(limited(what, bar, share(taken, 0.95), limit, unit=ms, more=more))
        seconds = screens.IDLE_SECONDS
        measured = f"{len(idle)} requests or messages in {seconds} s each"
        self.add(Row("both pages idle", "only the heartbeat", measured, not idle))

    def waits(self) -> None:
        self.begin(f"estimates of waits at {self.size.offices} made-up offices of each size")
        for row in waits.measure(self.size.offices, self.size.learning):
            self.add(row)

    def staffing(self) -> None:
        self.begin("how many desks it takes, beside every roster there is")
        for row in staffing.measure(min(staffing.SEEDS, self.size.offices)):
            self.add(row)

    def begin(self, what: str) -> None:
        """Names the next part of the run, for which the other load is taken anew."""
        print(f"-- {what}", file=sys.stderr, flush=True)
        self.load.restart()

    def add(self, row: Row) -> None:
        self.rows.append(row := replace(row, other=self.load.cores()))
        print(f"{'   ' if row.held else 'NO '}{row.what}: {row.measured.replace('**', '')}  [{row.bar}]", flush=True)


def slips_drawn(taken: dict[str, list[float]]) -> list[tuple[str, str, float, list[float]]]:
    """The two bars of drawing: Latin letters, and the language that took longest."""
    slowest = max(taken, key=lambda language: share(taken[language], 0.95))
    return [
        ("a slip drawn in Latin letters, processor time, p95", "≤ 20 ms", 0.02, taken["en"]),
        (f"… in the slowest language ({CATALOGUES[slowest].name}), p95", "≤ 60 ms", 0.06, taken[slowest]),
    ]


def megabytes(value: float) -> str:
    return f"{value:.0f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a minute, for looking at a change")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    size, began = QUICK if asked.quick else Size(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reception-bench-") as folder, FakePrinter() as printer:
        bench = Bench(Path(folder), size, printer)
        try:
            bench.prepare()
            asyncio.run(bench.measure())
            bench.waits()
            bench.staffing()
        finally:
            bench.stop()
    about = [
        f"Measured {table.machine()} A durable commit took {ms(bench.commit)}. The run took"
        f" {time.monotonic() - began:.0f} s."
    ]
    text = table.markdown(bench.rows, about=about)
    print(f"\n{text}")
    if asked.write:
        table.write(text)
    return 0 if all(row.held is not False for row in bench.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
