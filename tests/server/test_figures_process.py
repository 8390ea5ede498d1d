"""A running server's figures: whatever becomes of the process that works them out, the next answer is right."""

import psutil
import pytest

from tests.builders import eventually

PATIENCE = 30  # seconds


@pytest.fixture
def server(serve):
    server = serve()
    key = server.key("kiosk")
    for _ in range(3):
        assert server.ask("POST", "/api/tickets", key, json={"service": "tax", "print": False}).status_code == 201
    return server


def works_on_figures(server) -> list[psutil.Process]:
    children = psutil.Process(server.process.pid).children()
    return [one for one in children if "reception.figures.process" in one.cmdline()]


def came(server, key: str) -> int:
    answer = server.ask("GET", "/api/figures", key)
    assert answer.status_code == 200
    return answer.json()["total"]["arrivals"] + answer.json()["total"]["recent"]


def test_it_is_started_by_the_first_question_and_killed_it_is_started_again(server):
    key = server.key("manager")
    assert works_on_figures(server) == []
    assert came(server, key) == 3
    (first,) = works_on_figures(server)
    assert first.nice() > psutil.Process(server.process.pid).nice()
    first.kill()
    assert came(server, key) == 3
    (second,) = works_on_figures(server)
    assert second.pid != first.pid


@pytest.mark.parametrize("kill", [False, True])
def test_it_ends_with_the_server(server, kill):
    came(server, server.key("manager"))
    (process,) = works_on_figures(server)
    server.stop(kill=kill)
    eventually(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, seconds=PATIENCE)
    assert (server.data / "figures.remembered").exists() or not kill  # a server that stops waits only so long for it
