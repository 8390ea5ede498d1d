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
