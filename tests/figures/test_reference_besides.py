"""Named days for what stands beside waits: promises, desks, outages, appointments, exclusions, needs."""

from datetime import date

import pytest

from reception import outages
from tests.figures.living import Lived, agrees, agrees_by_need, promised, served
from tests.figures.reference import Rules

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def lived(tmp_path):
    found = Lived(tmp_path, "2026-03-02 10:00")
    yield found
    found.close()


def test_next_steps_that_were_taken_back_gave_nobody_a_date(lived):
    door, hands = lived.door, lived.hands
    door.ticket()
    visit = door.take("start", door.next())
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on", promise=promised())
    door.undo(by="person:1", desk="1")
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="passed_on")
    for kept_at in ("2026-03-02 10:30", "2026-03-06 09:00", "2026-03-06 09:30"):
        door.ticket()
        other = door.take("start", door.next())
        door.finish(visit=other.id, by="person:1", desk="1", outcome="passed_on", promise=promised(1))
        hands.go_to(kept_at)
        door.catch_up()
        door.keep(promise=door.promises_of(other.id)[0].id, by="person:1")
    hands.go_to("2026-03-10 12:00")
    door.catch_up()
    report = agrees(lived, MONDAY, date(2026, 3, 9))
    steps = report["next_steps"]
    assert (steps["with_date"]["hits"], steps["with_date"]["n"]) == (3, 4)
    assert (steps["kept"]["hits"], steps["kept"]["n"]) == (2, 3)


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
    hands.go(minutes=4)
    seen = door.take("start", door.next()).seen_at
    for number, (start, end, apart) in enumerate(
        [(came - 60_000, came, 0), (seen, seen + 60_000, 0), (seen - 1, seen + 1, 1)]
    ):
        row = (door.office, f"o{number}", "server_away", start, end)
        door.writer.do(lambda store, row=row: (store.add_outage(*row), None))
        hands.go(minutes=6)
        total = agrees(lived, MONDAY, MONDAY)["total"]
        assert (total["outage"], total["hits"], total["share_of_all"]) == (apart, 1 - apart, 1.0)


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
    row = (door.office, "o1", "server_away", hands.wall - 1000, hands.wall)
    door.writer.do(lambda store: (store.add_outage(*row), None))
    served(lived)
    door.issue(service="tax", needs=["bsl"], by="person:1")
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
