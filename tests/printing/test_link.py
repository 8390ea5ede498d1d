"""The server's end of the printers' process: what it answers to what a worker asks of each kind of slip."""

import pytest

from reception.keys import Keys
from reception.owing import Promised
from reception.printing.link import Printers
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import TEN, open_door

ADVICE = {"key": "advice", "name": "Citizens Advice", "phone": "0800 144 8848", "checked": "2026-01-01", "kiosk": True}
PRINTER = {"key": "lobby", "kind": "network", "host": "192.0.2.1"}


@pytest.fixture
def door(tmp_path, hands):
    made = open_door(tmp_path / "reception.db", hands, printers=[PRINTER], signposts=[ADVICE])
    yield made
    made.store.close()


@pytest.fixture
def printed(door):
    """A slip that waits is printed, and what the worker is answered is kept."""
    printers = Printers(Parts(door.settings, door.store, door, Keys(door), Guesses(door.settings)))

    def prints() -> list[dict]:
        job = door.store.next_print_job(door.office, "lobby")
        begun = printers.of_keeper("print_job_started", job["id"], "lobby", TEN, 90)
        return [begun, printers.of_keeper("print_job_ended", job["id"], "lobby", "printed", None, TEN)]

    return prints


def steps(door) -> list[str]:
    return [step.step for step in door.store.steps(door.office)]


def test_a_tickets_slip_tells_its_visitor_their_number(door, printed):
    door.issue(service="tax", by="screen:lobby", printer="lobby")
    assert printed() == [{"value": True}, {"value": None}]
    assert "print_confirmed" in steps(door)


def test_a_signposts_slip_is_nobodys_and_all_is_well(door, printed):
    door.give_signpost(signpost="advice", by="screen:lobby", printer="lobby")
    assert printed() == [{"value": True}, {"value": None}]
    assert "print_confirmed" not in steps(door)


def test_a_promises_slip_tells_nobody_a_number(door, printed):
    door.promise(Promised("passport", kind="documents"), by="key:desk", printer="lobby")
    assert printed() == [{"value": True}, {"value": None}]
    assert "print_confirmed" not in steps(door)
