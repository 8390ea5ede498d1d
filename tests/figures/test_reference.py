"""Named days through the front desk, each with what makes waits hard, held against the slow reference."""

from datetime import date

import pytest

from tests.figures.living import Lived, agrees, served

MONDAY = date(2026, 3, 2)


@pytest.fixture
def lived(tmp_path):
    found = Lived(tmp_path, "2026-03-02 10:00")
    yield found
    found.close()


def test_an_ordinary_morning(lived):
    door, hands = lived.door, lived.hands
    for service in ("tax", "housing", "parking"):
        door.acknowledge(visit=door.ticket(service).id, how="printed", by="printer:1")
        hands.go(minutes=2)
    for outcome in ("resolved", "passed_on", "appointment_made"):
        served(lived, minutes=4, outcome=outcome)
    hands.go(minutes=10)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    assert (total["n"], total["misses"], total["resolved"]["share"]) == (3, 3, 1 / 3)
    assert (total["service_time"]["median_ms"], total["acknowledgement"]["n"]) == (240_000, 3)


def test_sent_on_twice_each_leg_has_a_wait_of_its_own(lived):
    door, hands = lived.door, lived.hands
    visit = door.ticket()
    hands.go(minutes=2)
    door.next()
    hands.go(seconds=35)
    door.take("start", visit)
    hands.go(minutes=3)
    door.transfer(visit=visit.id, by="person:1", desk="1", service="housing", later_minutes=5)
    hands.go(minutes=9)
    door.next("2")  # nobody says that they are there
    hands.go(minutes=4)
    door.transfer(visit=visit.id, by="person:2", desk="2", service="parking")
    hands.go(minutes=1)
    served(lived, "1", outcome="resolved")
    hands.go(minutes=10)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    legs = total["later_legs"]
    assert (legs["n"], legs["median_ms"], legs["longest_ms"]) == (2, 80_000, 4 * 60_000 + 25_000)
    assert total["service_time"]["median_ms"] == (3 * 60 + 4 * 60 - 25 + 5 * 60) * 1000
    assert total["walk"]["median_ms"] == 35_000  # to the first desk


def test_put_back_in_the_line_before_being_sent_on_is_not_seen_there(lived):
    door, hands = lived.door, lived.hands
    visit = door.ticket()
    door.take("start", door.next())
    door.transfer(visit=visit.id, by="person:1", desk="1", service="housing")
    door.take("return_to_line", door.next("2"), "2")
    hands.go(minutes=3)
    door.transfer(visit=visit.id, by="person:1", service="parking")
    hands.go(minutes=3)
    served(lived, outcome="resolved")
    hands.go(minutes=10)
    assert agrees(lived, MONDAY, MONDAY)["total"]["later_legs"]["n"] == 1


def test_called_and_set_aside_again_is_no_service(lived):
    door, hands = lived.door, lived.hands
    visit = door.ticket()
    door.take("start", door.next())
    hands.go(minutes=4)
    door.hold(visit=visit.id, by="person:1", desk="1", minutes=5)
    hands.go(minutes=6)
    door.next()
    hands.go(minutes=1)
    door.hold(visit=visit.id, by="person:1", desk="1", minutes=5)
    hands.go(minutes=10)
    door.transfer(visit=visit.id, by="person:1", service="housing")
    served(lived, minutes=2, outcome="resolved")
    hands.go(minutes=10)
    assert agrees(lived, MONDAY, MONDAY)["total"]["service_time"]["median_ms"] == 6 * 60_000


def test_who_was_called_and_not_there_waited_until_the_call(lived):
    door, hands = lived.door, lived.hands
    door.ticket()
    hands.go(minutes=1)
    door.take("not_here", door.next())
    hands.go(minutes=60)
    door.ticket()
    hands.go(minutes=2)
    served(lived)
    hands.go(minutes=10)
    assert agrees(lived, MONDAY, MONDAY)["total"]["tail"] == {"p50_ms": 140_000, "p90_ms": 140_000, "p95_ms": 140_000}


def test_late_returns_recalls_and_leavers(lived):
    door, hands = lived.door, lived.hands
    first, second = door.ticket(), door.ticket()
    hands.go(minutes=4)
    door.next()
    door.take("recall", first)
    hands.go(minutes=1)
    door.take("not_here", first)
    hands.go(minutes=15)
    door.take("reinstate", first)
    door.take("leave", second)
    third = door.ticket("housing")
    served(lived, outcome="left")
    hands.go(seconds=10)
    door.next("2")
    door.take("return_to_line", third, "2")
    hands.go(minutes=9)
    door.take("leave", third)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    assert (total["late_returns"], total["left"], total["misses"]) == (1, 2, 3)


def test_a_mistake_is_in_no_figure_even_if_it_was_seen(lived):
    door, hands = lived.door, lived.hands
    lived.book("TX-1", "2026-03-02 10:10")
    mistake = door.check_in(by="kiosk:lobby", reference="TX-1").visit
    hands.go(minutes=10)
    door.plan(visit=mistake.id, by="person:1", to_come=["housing"])
    door.next()
    hands.go(minutes=1)
    door.finish(visit=mistake.id, by="person:1", desk="1", outcome="resolved")
    door.take("start", door.next("2"), "2")
    door.take("cancel", mistake)
    hands.go(minutes=10)
    report = agrees(lived, MONDAY, MONDAY)
    assert (report["appointments"]["punctual"]["n"], report["total"]["outcomes"]["resolved"]) == (0, 0)
    assert report["total"]["later_legs"]["n"] == 0


def test_what_was_taken_back_never_happened(lived):
    """A call for nothing, a hold and a sending on, each undone: the wait, the service and the one leg are as before."""
    door, hands = lived.door, lived.hands
    visit = door.ticket()
    hands.go(minutes=2)
    door.take("not_here", door.next())
    door.undo(by="person:1", visit=visit.id)
    hands.go(seconds=30)
    door.take("start", visit)
    for press in (
        lambda: door.hold(visit=visit.id, by="person:1", desk="1", minutes=5),
        lambda: door.take("return_to_line", visit),
        lambda: door.transfer(visit=visit.id, by="person:1", desk="1", service="housing"),
    ):
        hands.go(minutes=1)
        press()
        hands.go(minutes=1)
        door.undo(by="person:1", visit=visit.id)
    hands.go(minutes=1)
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved")
    hands.go(minutes=10)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    assert (total["service_time"]["median_ms"], total["late_returns"], total["later_legs"]["n"]) == (7 * 60_000, 0, 0)
