"""Named days through the front desk, each with what makes figures hard, held against the slow reference."""

from datetime import date

import pytest

from reception import outages
from tests.figures.living import Lived, agrees, agrees_by_need, promised
from tests.figures.reference import Rules

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def lived(tmp_path):
    found = Lived(tmp_path, "2026-03-02 10:00")
    yield found
    found.close()


def served(lived: Lived, desk: str = "1", minutes: float = 5, **ended):
    """Whoever is next is called, seen and helped to the end."""
    visit = lived.door.next(desk)
    lived.hands.go(seconds=20)
    lived.door.take("start", visit, desk)
    lived.hands.go(minutes=minutes)
    return lived.door.finish(visit=visit.id, by=f"person:{desk}", desk=desk, **ended)


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
    door.take("start", door.next())
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
    door.take("cancel", mistake)
    hands.go(minutes=10)
    report = agrees(lived, MONDAY, MONDAY)
    assert (report["appointments"]["punctual"]["n"], report["total"]["outcomes"]["resolved"]) == (0, 0)
    assert report["total"]["later_legs"]["n"] == 0


def test_next_steps_that_were_taken_back_gave_nobody_a_date(lived):
    door, hands = lived.door, lived.hands
    door.ticket()
    visit = door.take("start", door.next())
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on", promise=promised())
    door.undo(by="person:1", desk="1")
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on")
    door.ticket()
    other = door.take("start", door.next())
    door.finish(visit=other.id, by="person:1", desk="1", outcome="passed_on", promise=promised())
    door.keep(promise=door.promises_of(other.id)[0].id, by="person:1")
    hands.go_to("2026-03-10 12:00")
    door.catch_up()
    report = agrees(lived, MONDAY, date(2026, 3, 9))
    assert (report["next_steps"]["with_date"]["share"], report["next_steps"]["kept"]["n"]) == (0.5, 1)


def test_desks_opened_paused_handed_over_and_forgotten(tmp_path):
    hours = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    weekly = tuple([("09:00", "17:00")] * 5 + [None, None])
    lived = Lived(tmp_path, "2026-03-02 09:00", Rules(hours=weekly), hours=hours)
    door, hands = lived.door, lived.hands
    door.ticket()
    door.set_desk(desk="1", state="open", by="person:1")
    served(lived)
    door.set_desk(desk="1", state="paused", by="person:1", reason="lunch")
    hands.go(minutes=30)
    door.hand_over(desk="1", by="person:1", to=lived.colleague)
    hands.go(minutes=60)
    door.set_desk(desk="2", state="open", by="person:2")
    hands.go_to("2026-03-03 08:30")
    door.catch_up()
    report = agrees(lived, MONDAY, MONDAY)
    assert report["use"]["breaks_ms"] == 30 * 60_000
    lived.close()


def test_an_outage_over_midnight_is_one_of_each_day_it_touches(tmp_path):
    lived = Lived(tmp_path, "2026-03-02 23:00")
    outages.starts(lived.door)
    lived.door.ticket()
    outages.live(lived.door)
    lived.hands.go_to("2026-03-03 00:00")
    outages.starts(lived.door)
    lived.door.ticket()
    lived.hands.go(minutes=30)
    lived.door.catch_up()
    assert agrees(lived, MONDAY, MONDAY)["quality"]["outages"] == 1
    assert agrees(lived, date(2026, 3, 3), date(2026, 3, 3))["quality"]["outages"] == 0
    lived.close()


def test_an_outage_that_only_touches_a_wait_did_not_fall_into_it(lived):
    """It ends as they arrive, begins as they are seen, or is a millisecond longer either way."""
    door, hands = lived.door, lived.hands
    came = door.ticket().arrived_at
    hands.go(minutes=6)
    seen = door.take("start", door.next()).seen_at
    for number, (start, end, apart) in enumerate(
        [(came - 60_000, came, 0), (seen, seen + 60_000, 0), (seen - 1, seen + 1, 1)]
    ):
        row = (door.office, f"o{number}", "server_away", start, end)
        door.writer.do(lambda store, row=row: (store.add_outage(*row), None))
        hands.go(minutes=6)
        assert agrees(lived, MONDAY, MONDAY)["total"]["outage"] == apart


def test_an_appointment_before_opening_waits_from_its_time(tmp_path):
    weekly = tuple([("10:00", "17:00")] * 5 + [None, None])
    hours = {day: ["10:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    lived = Lived(tmp_path, "2026-03-02 09:30", Rules(hours=weekly), hours=hours)
    lived.book("TX-1", "2026-03-02 09:50")
    lived.book("TX-2", "2026-03-02 11:00")
    lived.door.check_in(by="kiosk:lobby", reference="TX-1")
    lived.hands.go_to("2026-03-02 10:00")
    served(lived, outcome="resolved")
    lived.hands.go_to("2026-03-02 12:00")
    lived.door.catch_up()
    report = agrees(lived, MONDAY, MONDAY)
    assert (report["total"]["hits"], report["appointments"]["punctual"]["share"]) == (1, 0.0)
    assert report["appointments"]["share_not_attended"] == 0.5
    lived.close()


def test_what_is_left_out_is_in_no_figure_not_even_its_later_legs(tmp_path):
    lived = Lived(tmp_path, "2026-03-02 10:00", Rules(without_services=("parking",)),
                  figures={"punctual_minutes": 5, "return_days": 14, "exclude": {"services": ["parking"]}})  # fmt: skip
    door, hands = lived.door, lived.hands
    for service in ("parking", "tax"):
        visit = door.ticket(service)
        door.take("start", door.next())
        hands.go(minutes=1)
        door.transfer(visit=visit.id, by="person:1", desk="1", service="housing")
        hands.go(minutes=2)
        served(lived, "2", outcome="resolved")
    hands.go(minutes=10)
    total = agrees(lived, MONDAY, MONDAY)["total"]
    assert (total["excluded"], total["later_legs"]["n"], total["resolved"]["n"]) == (1, 1, 1)
    assert agrees(lived, MONDAY, MONDAY, services=("parking",))["total"]["later_legs"]["n"] == 0
    assert agrees(lived, MONDAY, MONDAY, services=("tax",))["total"]["later_legs"]["n"] == 1
    lived.close()


@pytest.mark.parametrize(
    "left_out",
    [{"channels": ["greeter"]}, {"days": ["2026-03-02"]}, {"services": ["tax"], "days": ["2026-03-02"]}],
    ids=str,
)
def test_a_channel_or_a_day_that_is_left_out_is_in_no_figure(tmp_path, left_out):
    parts = {f"without_{name}": tuple(keys) for name, keys in left_out.items()}
    lived = Lived(tmp_path, "2026-03-02 10:00", Rules(**parts), figures={"exclude": left_out})
    lived.book("TX-1", "2026-03-02 10:10")
    lived.book("TX-2", "2026-03-02 10:10", "housing")
    lived.book("TX-3", "2026-03-03 10:10")
    for channel in ("kiosk", "greeter", "kiosk"):
        lived.door.issue(service="tax", by="person:1", channel=channel)
        lived.hands.go(minutes=3)
    served(lived, outcome="resolved")
    served(lived, outcome="passed_on", promise=promised())
    lived.hands.go(minutes=10)
    report = agrees(lived, MONDAY, MONDAY)
    assert report["total"]["excluded"] == (1 if "channels" in left_out else 3)
    lived.hands.go_to("2026-03-03 12:00")
    lived.door.catch_up()
    missed = [agrees(lived, MONDAY, TUESDAY, services=of)["appointments"]["not_attended"] for of in ((), ("tax",))]
    assert missed == ([3, 2] if "channels" in left_out else [0, 0] if "services" in left_out else [1, 1])
    lived.close()


def test_needs_have_their_own_waits(lived):
    door, hands = lived.door, lived.hands
    door.issue(service="tax", needs=["seated"], by="person:1")
    visit = door.issue(service="tax", needs=["seated", "bsl"], by="person:1").visit
    door.ticket()
    hands.go(minutes=6)
    served(lived)
    served(lived)
    door.note(visit=visit.id, by="person:1", needs=["bsl"])
    hands.go(minutes=10)
    agrees_by_need(lived, MONDAY, MONDAY)


def test_waits_by_need_that_were_put_right_after_their_day_are_kept_right(lived):
    door, hands = lived.door, lived.hands
    visit = door.issue(service="tax", needs=["seated"], by="person:1").visit
    hands.go(minutes=4)
    served(lived)
    hands.go_to("2026-03-03 09:00")
    door.catch_up()
    lived.figures().catch_up(hands.wall)
    door.correct(visit=visit.id, by="person:boss", seen_at=door.stored(visit).seen_at + 60_000)
    lived.figures().catch_up(hands.wall)
    agrees_by_need(lived, MONDAY, MONDAY)
    agrees(lived, MONDAY, MONDAY)
