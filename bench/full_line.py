"""Next on a long line with every rule at work: appointments, needs, desks that help out, visitors kept for a desk, sent
on, put back and on hold, and a manager's rulings.

Each press is taken back at once, so that the line stays exactly as it is however often it is measured.
"""

import time
from pathlib import Path

from bench.measures import Lobby
from bench.servers import DESKS, SERVICES, Reception
from reception.appointments.booked import Booked
from reception.running import parts_for
from reception.settings import load
from reception.writer import Writer
from tests.outside import zone_where_it_is

BY = "bench"
ODD = 'services = ["council-tax", "benefits", "housing"]\nhelps = ["parking", "other"]\nhas = ["accessible"]'
EVEN = 'services = ["housing", "parking", "other"]\nhelps = ["council-tax", "benefits"]\nhas = ["accessible", "loop"]'
NEEDS = ((), ("accessible",), ("loop", "time"), ("bsl",), ("quiet",), ())  # of walk-ins, in turn
RULED = {"1": "council-tax benefits|housing parking other", "8": "other|council-tax benefits housing parking"}


def office(folder: Path, waiting: int) -> Reception:
    """An office far from midnight, with so many in its line; not started."""
    server = Reception(
        f"{waiting} waiting",
        folder,
        timezone=zone_where_it_is(12),
        desks={key: EVEN if number % 2 else ODD for number, key in enumerate(DESKS)},
    ).prepare()
    fill(server, waiting)
    return server


def fill(server: Reception, waiting: int) -> None:
    """Before the server starts: somebody at each of the eight desks and `waiting` in the line, by the front desk's own
    buttons."""
    door = parts_for(load(server.toml, env={}), writer=Writer).frontdesk
    for desk, value in RULED.items():
        door.rule(kind="serves", subject=desk, value=value, by=BY)
    door.rule(kind="quota", subject="other", value="9999", by=BY)
    for desk, service in zip(DESKS, SERVICES * 2, strict=False):
        door.walk_in(desk=desk, service=service, by=BY)
    for count in range(waiting):
        _come(door, count)
    for service in SERVICES:
        held = door.issue(service=service, by=BY).visit
        door.hold(visit=held.id, by=BY, minutes=60)
    door.store.close()


def _come(door, count: int) -> None:
    """The next visitor: of every six one is booked, one sent on or kept for a desk, one put back."""
    service, needs = SERVICES[count % 5], NEEDS[count // 6 % 6]
    if count % 6 == 1:
        booked_at = door.now() + count % 5 * 60_000
        booked = Booked(f"B{count}", service, booked_at, 20, "Robin", "AB1 2CD", needs, False, 1)
        door.take_in([booked], by=BY, source="bench")
        door.check_in(reference=booked.reference, by=BY)
        return
    visit = door.issue(service=service, needs=needs if count % 6 == 2 else (), by=BY).visit
    if count % 6 == 3:
        to = f"desk:{DESKS[count // 6 % 8]}" if count % 12 == 3 else None
        door.transfer(visit=visit.id, service=SERVICES[(count + 1) % 5], to=to, by=BY)
    elif count % 6 == 4:
        _put_back(door, visit, DESKS[count // 6 % 8])


def _put_back(door, visit, desk: str) -> None:
    """Called where somebody is already: they are finished with, and somebody else comes at once."""
    door.call(desk=desk, visit=visit.id, reason="quick", by=BY)
    door.step("return_to_line", visit=visit.id, desk=desk, by=BY)
    door.walk_in(desk=desk, service=visit.service, by=BY)


async def press(lobbies: list[Lobby], rounds: int) -> list[list[float]]:
    """Next at each of the eight desks in turn, the servers one after the other; the seconds until the answer for each
    server."""
    taken = [[] for _ in lobbies]
    for number in range(rounds):
        desk = DESKS[number % 8]
        for lobby, seconds in list(zip(lobbies, taken, strict=True))[:: 1 if number % 2 else -1]:
            began = time.perf_counter()
            called = await lobby.desk.json("POST", f"/api/desks/{desk}/next")
            seconds.append(time.perf_counter() - began)
            if not called:
                raise SystemExit(f"{lobby.server.name}: desk {desk} had nobody to call.")
            await lobby.desk.json("POST", f"/api/desks/{desk}/undo")
    return taken
