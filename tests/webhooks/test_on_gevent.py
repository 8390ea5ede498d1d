"""The same on gevent, where the server runs it: killed without warning, and beside receivers that hang."""

import subprocess
import sys
from contextlib import contextmanager

from tests.builders import eventually, open_door
from tests.serving import ROOT
from tests.webhooks.receiver import Receiver

ROUNDS = 3
TICKETS = 15  # of each round


@contextmanager
def lobby(database, **hooks: str):
    """The running office; killed at the end."""
    command = [
        sys.executable,
        "-m",
        "tests.webhooks.lobby",
        str(database),
        *(f"{key}={at}" for key, at in hooks.items()),
    ]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def tickets(running, count: int = TICKETS) -> list[str]:
    return [running.stdout.readline() for _ in range(count)]


def test_whoever_kills_the_server_loses_no_step_and_changes_no_order(tmp_path, receiver):
    database = tmp_path / "reception.db"
    for _ in range(ROUNDS):
        with lobby(database, crm=receiver.url) as running:
            tickets(running)
    with lobby(database, crm=receiver.url) as running:
        tickets(running, 1)
        door = open_door(database)
        stored = [step.number for step in door.told() if step.visit]
        eventually(lambda: stored[-1] in receiver.steps, seconds=30)
        door.store.close()
    once = {arrived.id: arrived for arrived in receiver.arrived}
    assert len(stored) > ROUNDS * TICKETS
    assert [arrived.step for arrived in once.values()][: len(stored)] == stored
    assert all(once[arrived.id].body == arrived.body for arrived in receiver.arrived)


def test_receivers_that_hang_and_drip_hold_up_neither_tickets_nor_another_hook(tmp_path, receiver):
    with Receiver("hang") as hanging, Receiver("drip") as dripping:
        urls = {"crm": receiver.url, "slow": hanging.url, "slower": dripping.url}
        with lobby(tmp_path / "reception.db", **urls) as running:
            given = tickets(running, 60)
            eventually(lambda: len(receiver.arrived) >= len(given), seconds=30)
            eventually(lambda: len(hanging.arrived) >= 2 and len(dripping.arrived) >= 2, seconds=30)
    assert {arrived.step for arrived in (*hanging.arrived, *dripping.arrived)} == {1}
    assert sorted(int(line.split()[1]) for line in given)[len(given) // 2] < 500
