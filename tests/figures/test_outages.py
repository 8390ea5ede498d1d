from datetime import date

from reception import outages
from reception.figures import Figures
from tests.builders import OFFICE_HOURS, TEN, Hands, instant, open_door
from tests.serving import Served

MONDAY = date(2026, 3, 2)


def spans(door) -> list[tuple]:
    return door.rows("SELECT kind, started_at, ended_at FROM outages ORDER BY started_at")


def test_a_server_that_was_away_while_the_office_was_open_says_so_once(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    assert outages.starts(door) == []
    waiting = door.ticket()
    outages.live(door)
    hands.go(minutes=10)
    away = (TEN, TEN + 600_000)
    assert outages.starts(door) == [away]
    assert outages.starts(door) == []
    assert spans(door) == [("server_away", *away)]
    hands.go(minutes=5)
    door.take("start", door.next())
    hands.go(minutes=10)
    found = Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)
    assert (found["total"]["outage"], found["total"]["n"], waiting.number) == (1, 0, "A001")
    assert found["quality"]["outages"] == 1
    door.store.close()


def test_a_night_switched_off_is_none_and_a_morning_is(tmp_path):
    hands = Hands(instant("2026-03-02 16:00"))
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    outages.live(door)
    hands.go_to("2026-03-03 09:30")
    assert outages.starts(door) == [
        (instant("2026-03-02 16:00"), instant("2026-03-02 17:00")),
        (instant("2026-03-03 09:00"), instant("2026-03-03 09:30")),
    ]
    hands.go_to("2026-03-03 17:00")
    outages.live(door)
    hands.go_to("2026-03-04 08:59")
    assert outages.starts(door) == []
    door.store.close()


def test_a_restart_of_seconds_is_none(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands)
    outages.live(door)
    hands.go(seconds=59)
    assert outages.starts(door) == []
    door.store.close()


def test_a_clock_that_was_set_is_counted(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands)
    door.ticket()
    hands.set_by(minutes=3)
    door.ticket()
    hands.go(minutes=10)
    quality = Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)["quality"]
    assert (quality["clock_steps"], quality["outages"]) == (1, 0)
    door.store.close()


def test_a_killed_server_finds_how_long_it_was_away(tmp_path):
    served = Served(tmp_path)
    try:
        served.stop(kill=True)
        with_door = served.door
        back = 5 * 60_000
        with_door.writer.do(lambda store: (store.execute("UPDATE alive SET at = at - ?", (back,)), None))
        served.start()
        rows = with_door.store.reader.execute(
            "SELECT kind, ended_at - started_at >= ? FROM outages", (back,)
        ).fetchall()
        assert rows == [("server_away", 1)]
    finally:
        served.close()


def kiosk(door, at: int) -> list[tuple]:
    """What is recorded of kiosks, and whether it goes on."""
    outages.kiosks(door, {"k1": at}, set())
    return door.rows("SELECT what, started_at, ended_at FROM outages WHERE kind = 'kiosk_away' ORDER BY started_at")


def test_a_kiosk_that_is_away_for_longer_than_a_screen_may_be_is_an_outage_until_it_is_back(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    hands.go(seconds=60)
    assert kiosk(door, TEN) == []
    hands.go(seconds=1)
    assert kiosk(door, TEN) == [("k1", TEN, None)]
    hands.go(minutes=5)
    assert kiosk(door, TEN) == [("k1", TEN, None)]
    outages.kiosks(door, {"k1": TEN}, {"k1"})
    back = hands.wall
    hands.go(minutes=5)
    outages.kiosks(door, {"k1": back}, {"k1"})
    assert kiosk(door, hands.wall) == [("k1", TEN, back)]
    door.store.close()


def test_an_outage_of_a_kiosk_goes_on_over_a_restart_and_ends_with_the_opening_hours(tmp_path):
    hands = Hands(instant("2026-03-02 16:00"))
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    at = hands.wall
    hands.go(minutes=2)
    kiosk(door, at)
    door.store.close()
    hands.go(minutes=3)
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    assert kiosk(door, hands.wall) == [("k1", at, None)]
    hands.go_to("2026-03-02 19:00")
    closed = ("k1", at, instant("2026-03-02 17:00"))
    assert kiosk(door, at) == [closed]
    hands.go_to("2026-03-03 08:59")
    assert kiosk(door, at) == [closed]
    hands.go_to("2026-03-03 09:05")
    assert kiosk(door, at) == [closed, ("k1", instant("2026-03-03 09:00"), None)]
    door.store.close()


def test_a_kiosk_that_was_taken_away_is_none_and_one_that_was_revoked_is_none_any_more(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands)
    hands.go(minutes=10)
    kiosk(door, TEN)
    outages.kiosks(door, {}, set())
    ended = ("k1", TEN, hands.wall)
    hands.go(days=7)
    assert kiosk(door, TEN) == [ended]
    door.store.close()


def test_a_kiosk_that_was_away_excuses_nobody_and_is_told_with_and_without(tmp_path):
    hands = Hands(TEN)
    door = open_door(tmp_path / "reception.db", hands, hours=OFFICE_HOURS)
    door.ticket()
    hands.go(minutes=1)
    door.take("start", door.next())
    since = hands.wall
    hands.go(minutes=2)
    kiosk(door, since)
    door.ticket()
    hands.go(minutes=8)
    outages.kiosks(door, {"k1": since}, {"k1"})
    door.ticket()
    door.take("start", door.next())
    door.take("start", door.next())
    hands.go(minutes=10)
    found = Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)
    total, quality = found["total"], found["quality"]
    assert (total["hits"], total["n"], total["outage"]) == (2, 3, 0)
    assert (quality["outages"], quality["kiosk_away_ms"], quality["kiosk_away_arrivals"]) == (1, 600_000, 1)
    assert quality["share_without_kiosk_away"] == 1.0
    door.store.close()
