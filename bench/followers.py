"""Next while thousands of phones follow those who wait, beside the same office that nobody follows.

The phones are a process of their own (`python -m bench.followers PORT`, tokens on its input), so that what listening
takes is not counted as the server's. Each press is taken back at once, so that the line stays as it is; every one moves
up all who wait, which is the most that a change can give their phones to hear.
"""

import asyncio
import contextlib
import resource
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from bench.measures import Lobby, ignored
from bench.servers import DESKS, ROOT, SERVICES, Reception
from bench.wire import Screen
from reception.running import parts_for
from reception.settings import load
from reception.writer import Writer
from tests.outside import zone_where_it_is

AT_ONCE = 50  # phones that connect together
PATIENCE = 120  # seconds for thousands to connect on a busy machine
PAUSE = 0.05  # seconds between presses, so that they meet the phones' news at any moment of it


def office(folder: Path, waiting: int) -> Reception:
    """An office far from midnight, with so many in its line; not started."""
    server = Reception(folder.name, folder, timezone=zone_where_it_is(12)).prepare()
    door = parts_for(load(server.toml, env={}), writer=Writer).frontdesk
    for service in islice(cycle(SERVICES), waiting):
        door.issue(service=service, by="bench")
    door.store.close()
    return server


def tokens(server: Reception) -> list[str]:
    """Of those who wait, the next one first."""
    return [token for (token,) in server.rows("SELECT token FROM visits WHERE state = 'waiting' ORDER BY place")]


@contextlib.asynccontextmanager
async def following(server: Reception, phones: int):
    """So many phones, shared out among all who wait."""
    command = [sys.executable, "-m", "bench.followers", str(server.port)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        process.stdin.write("\n".join(islice(cycle(tokens(server)), phones)) + "\n\n")
        process.stdin.flush()
        # Beside the loop: the boards' heartbeats are answered meanwhile.
        if await asyncio.to_thread(process.stdout.readline) != "here\n":
            raise SystemExit("The phones could not follow.")
        yield
    finally:
        process.kill()
        process.wait()


class Caller:
    """Presses Next at one desk after another and takes it back. Seconds of each press: `calls` until both the desk has
    its answer and the last of fifty boards the call, `phones` until the called visitor's own phone has it."""

    def __init__(self, lobby: Lobby):
        self.lobby, self.calls, self.phones = lobby, [], []
        self._desks, self._told = cycle(DESKS), None

    async def follow(self) -> "Caller":
        first = tokens(self.lobby.server)[0]
        self._phone = await Screen(self.lobby.server.port, "/phone", {"token": first}, self._heard).connect()
        return self

    async def press(self) -> None:
        desk, began = next(self._desks), time.perf_counter()
        self._told = asyncio.get_running_loop().create_future()
        boards = self.lobby.boards_hear()
        await self.lobby.desk.json("POST", f"/api/desks/{desk}/next")
        answered = time.perf_counter()
        self.calls.append(max(answered, await asyncio.wait_for(boards, 15)) - began)
        self.phones.append(await asyncio.wait_for(self._told, 15) - began)
        await self.lobby.desk.json("POST", f"/api/desks/{desk}/undo")
        await asyncio.sleep(PAUSE)

    def _heard(self, name: str, data: bytes, at: float) -> None:
        if self._told and not self._told.done() and b'"state":"called"' in data:
            self._told.set_result(at)

    def close(self) -> None:
        self._phone.close()


async def press(lobbies: list[Lobby], rounds: int) -> list[Caller]:
    """Both offices in turn, in alternating order."""
    callers = [await Caller(lobby).follow() for lobby in lobbies]
    for number in range(rounds):
        for caller in callers[:: 1 if number % 2 else -1]:
            await caller.press()
    for caller in callers:
        caller.close()
    return callers


async def hold_on(port: int, given: list[str]) -> None:
    """The phones' own process: connects them all, says so, and listens until it is ended."""
    phones = []
    for start in range(0, len(given), AT_ONCE):
        some = [Screen(port, "/phone", {"token": token}, ignored) for token in given[start : start + AT_ONCE]]
        phones += await asyncio.gather(*(phone.connect(PATIENCE) for phone in some))
    print("here", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    given = [line.strip() for line in iter(sys.stdin.readline, "\n")]
    asyncio.run(hold_on(int(sys.argv[1]), given))


if __name__ == "__main__":
    main()
