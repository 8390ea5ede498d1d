"""The next half hour and hour, from how the office is now."""

from dataclasses import replace
from datetime import timedelta

from reception.estimate import Break
from reception.staffing.hour_ahead import today
from reception.staffing.past import starts
from reception.things import Desk
from tests.builders import instant
from tests.estimate.rooms import people, snapshot
from tests.staffing.rooms import FIRST, weeks

DAY = FIRST + timedelta(weeks=9)
TEN = instant(f"{DAY} 10:00")
CLOSED, AWAY = Desk("2", "closed"), Desk("2", "paused", "person:1", TEN - 60_000, "lunch")


def ahead(waiting=(), *, at=TEN, settings=None, past=None, **more):
    known, behind = weeks()
    settings = settings or known
    return today(
        snapshot(settings, list(waiting), at=at, **more),
        behind if past is None else past,
        settings,
        DAY,
        starts(settings, DAY),
    )


def line(count: int, service: str = "tax"):
    return [replace(one, arrived_at=TEN - 60_000) for one in people(*[service] * count)]


def chances(found):
    return [one.chance for one in found.ahead]


def test_it_is_said_of_half_an_hour_and_an_hour_with_the_people_and_days_it_rests_on():
    found = ahead()
    assert (found.key, found.at, found.days) == ("ok", TEN, 8)
    assert [one.minutes for one in found.ahead] == [30, 60]
    assert all(0 <= one.one_more <= one.chance <= 1 for one in found.ahead)
    assert 0 < found.ahead[0].people < found.ahead[1].people


def test_the_more_wait_the_likelier_the_goal_is_missed():
    assert chances(ahead(line(8)))[0] > 0.9 > chances(ahead())[0]


def test_a_desk_that_is_closed_is_offered_as_the_one_more_and_would_help():
    found = ahead(line(2, "housing"), states={"2": CLOSED})
    assert found.desk == "2" and found.ahead[0].one_more < found.ahead[0].chance - 0.1


def test_where_every_desk_is_open_the_one_more_has_no_name():
    assert ahead().desk is None


def test_a_desk_on_a_pause_comes_back():
    away = Break("2", TEN - 120_000, TEN + 600_000)
    back, closed = (ahead(line(3, "housing"), states={"2": state}, breaks=[away]) for state in (AWAY, CLOSED))
    assert chances(back)[1] <= chances(closed)[1]


def test_an_open_desk_that_has_long_called_nobody_is_thought_to_be_away():
    silent = ahead(line(2, "housing"), silent={"2": (TEN - 20 * 60_000, True)})
    assert chances(silent)[0] > chances(ahead(line(2, "housing")))[0]


def test_desks_that_are_all_on_a_pause_are_not_believed_to_stay_away():
    paused = {key: replace(AWAY, key=key) for key in "12"}
    found = ahead(line(1), states=paused)
    assert found.key == "ok" and found.desk in ("1", "2")
    assert found.ahead[1].people > 0 and found.ahead[1].one_more <= found.ahead[1].chance


def test_with_no_desk_open_it_says_so_and_what_one_would_do():
    found = ahead(line(1), states={"1": Desk("1", "closed"), "2": CLOSED})
    assert (found.key, chances(found)) == ("no_desks", [1.0, 1.0])
    assert found.desk in ("1", "2") and found.ahead[0].one_more < 1


def test_after_closing_and_without_a_past_there_is_nothing_to_say():
    assert ahead(at=instant(f"{DAY} 18:00")).key == "closed"
    assert ahead(past=[]).key == "no_history"
    assert ahead(past=[]).ahead == ()


def test_the_same_instant_has_the_same_answer():
    assert ahead(line(2)) == ahead(line(2))
