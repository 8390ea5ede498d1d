"""The plan of a day and what would change it; and an honest word where nothing can be said."""

from datetime import timedelta
from functools import cache

import pytest

from reception.staffing import Changes
from reception.staffing.past import past_day
from reception.staffing.planning import goal_of, ground, plan_day, what_if
from tests.staffing.rooms import FIRST, POOLED, SKILLED, WEEKDAYS, room, weeks
from tests.staffing.test_demand import day

COUNT = 40
NEXT = FIRST + timedelta(weeks=9)  # the Monday after the weeks behind


def plan_of(past, settings, on=NEXT):
    return plan_day(ground(past, settings, on, count=COUNT), settings)


def would_be(past, settings, changes: Changes):
    return what_if(ground(past, settings, NEXT, count=COUNT), settings, changes)


@cache
def planned(desks: str = "skilled"):
    settings, past = weeks(desks=desks)
    return plan_of(past, settings)


def wondered(changes: Changes, desks: str = "skilled"):
    settings, past = weeks(desks=desks)
    return would_be(past, settings, changes)


def test_every_half_hour_has_its_people_desks_and_a_share_with_its_range():
    plan = planned()
    assert (plan.key, plan.method, plan.days) == ("ok", "trials", 8)
    assert [one.minute for one in plan.half_hours] == list(range(540, 1020, 30))
    for one in plan.half_hours:
        assert one.needed == len(one.skills) and one.needed >= 1
        assert one.share.low <= one.share.share <= one.share.high and one.share.days == 8
    assert plan.needed_hours == sum(one.needed for one in plan.half_hours) / 2 and not plan.at_least
    assert sum(one.people for one in plan.half_hours) == pytest.approx(plan.whole.people, rel=0.1)


def test_lunches_are_off_the_roster():
    roster = {one.minute: one.roster for one in planned().half_hours}
    assert (roster[690], roster[720], roster[750], roster[780], roster[840]) == (2, 1, 1.5, 1, 2)


@pytest.mark.parametrize(
    ("away", "there"),
    [("09:00-10:00", [1, 1, 2]), ("08:00-09:30", [1, 2, 2]), ("16:00-00:00", [2, 2, 2]), ("07:00-08:00", [2, 2, 2])],
)
def test_a_desk_that_is_there_for_a_part_of_the_day_counts_for_that_part(away, there):
    settings = room([SKILLED[0], {**SKILLED[1], "breaks": [away]}])
    roster = [one.roster for one in plan_of(weeks()[1], settings).half_hours]
    assert roster[:3] == there and roster[-1] == (1 if "16:00" in away else 2)


def test_a_break_moved_to_the_opening_is_taken_then():
    settings, past = weeks(a_day=30)
    found = would_be(past, settings, Changes(lunches=(("2", 540),)))
    first = found.half_hours[0]
    assert first.after.share < first.before.share


def test_an_office_that_never_closes_opens_no_earlier():
    settings = room(hours=dict.fromkeys(WEEKDAYS, ["00:00-00:00"]))
    usual, earlier = (would_be(weeks()[1], settings, Changes(people=10, earlier=many)) for many in (0, 60))
    assert [one.minute for one in earlier.half_hours] == [one.minute for one in usual.half_hours]


def test_an_office_that_misses_its_goal_is_short_of_desks_somewhere():
    settings, plan = weeks()[0], planned()
    short = [one for one in plan.half_hours if one.is_short]
    assert plan.whole.share < goal_of(settings) and short
    assert all("1" in one.skills or "2" in one.skills for one in short)


def test_where_it_falls_short_one_desk_more_is_named_with_what_it_gives():
    plan = planned()
    assert plan.shortfalls
    for one in plan.shortfalls:
        assert 30 <= one.until_minute - one.from_minute <= 120
        assert one.one_more.share > one.now.share < 0.8 and one.like in ("1", "2")


def test_where_all_serve_all_the_formula_says_how_many_and_any_will_do():
    plan = planned("pooled")
    assert plan.method == "erlang"
    assert all(one.like is None for one in plan.shortfalls)
    busiest, quietest = (pick(plan.half_hours, key=lambda one: one.people) for pick in (max, min))
    assert busiest.needed > quietest.needed


@pytest.mark.parametrize("desks", ["skilled", "pooled"])
def test_one_desk_more_raises_the_share_in_every_half_hour_and_one_fewer_lowers_it(desks):
    more, fewer = wondered(Changes(desks=1), desks), wondered(Changes(desks=-1), desks)
    assert more.after.share > more.before.share > fewer.after.share
    assert all((one.after.share or 0) >= (one.before.share or 0) for one in more.half_hours)


def test_more_people_make_it_worse_and_fewer_better_of_the_same_people():
    more, fewer = wondered(Changes(people=20)), wondered(Changes(people=-20))
    assert more.after.share < more.before.share == fewer.before.share < fewer.after.share
    assert more.after.people == pytest.approx(1.2 * more.before.people, rel=0.05)


def test_a_skill_more_helps_the_office_that_lacks_it():
    settings, past = weeks(a_day=30)
    changes = Changes(skills=(("1", "housing"),))
    found = would_be(past, settings, changes)
    assert found.after.share > found.before.share + 0.01


def test_both_lunches_at_once_are_worse_than_one_after_the_other():
    settings, past = weeks(a_day=30)  # where most are seen in time: a desk that is swamped anyhow loses nothing
    found = would_be(past, settings, Changes(lunches=(("2", 720),)))
    assert found.after.share < found.before.share


def test_opening_earlier_spreads_the_first_hour():
    found = wondered(Changes(earlier=60))
    assert [one.minute for one in found.half_hours][:3] == [480, 510, 540]
    early = {one.minute: one for one in found.half_hours}
    assert early[480].before.share is None and early[480].after.people > 0
    assert early[540].after.people < early[540].before.people


def test_no_change_changes_nothing():
    found = wondered(Changes())
    assert found.before == found.after and all(one.before == one.after for one in found.half_hours)


def test_fewer_desks_than_none_are_none():
    found = wondered(Changes(desks=-9))
    assert found.after.share == 0.0


# -- where there is little to say -------------------------------------------------------------------------------


def test_with_nothing_behind_it_says_so():
    settings = room()
    for past in ([], [past_day(settings, FIRST, [], [], [])]):
        plan = plan_of(past, settings)
        assert (plan.key, plan.half_hours, plan.whole.share) == ("no_history", (), None)
        assert would_be(past, settings, Changes(desks=1)).key == "no_history"


def test_one_visit_is_believed_little():
    settings = room()
    plan = plan_of([day(NEXT - timedelta(weeks=1), 60)], settings)
    assert (plan.key, plan.days) == ("few_days", 1)
    assert plan.half_hours[2].people > 0 and plan.half_hours[0].share.share is None
    assert plan.whole.days == 1 and all(one.needed <= 2 for one in plan.half_hours)


def test_an_office_without_desks_or_with_none_that_takes_anything_says_so():
    settings, past = weeks()
    without = settings.model_copy(update={"desks": ()})
    vars(without).pop("line_rules", None)
    assert plan_of(past, without).key == "no_desks"
    assert would_be(past, without, Changes(desks=1)).key == "no_desks"


def test_a_day_that_stays_closed_says_so():
    settings, past = weeks()
    assert plan_of(past, settings, NEXT + timedelta(days=5)).key == "closed"
    holiday = room(hours={"monday": ["09:00-17:00"], "closed_on": [NEXT]})
    assert plan_of(past, holiday).key == "closed"


def test_an_office_that_never_closes_is_planned_from_its_first_visitor_to_its_last():
    always = room(SKILLED, hours=dict.fromkeys(("monday", "tuesday"), ["00:00-00:00"]))
    _settings, past = weeks()
    plan = plan_of(past, always)
    assert plan.half_hours[0].minute >= 480 and plan.half_hours[-1].minute <= 1080


def test_more_than_an_office_could_open_is_said_to_be_so():
    settings = room(POOLED)
    flood = [day(NEXT - timedelta(weeks=nth), *([30] * 200)) for nth in range(8, 0, -1)]
    plan = plan_of(flood, settings)
    assert {one.minute: one.needed for one in plan.half_hours}[570] is None
    beyond = [one for one in plan.half_hours if one.needed is None]
    assert plan.at_least and all(one.is_beyond(goal_of(settings)) for one in beyond)
    every_desk = len(POOLED) * len(beyond)
    assert plan.needed_hours == (sum(one.needed or 0 for one in plan.half_hours) + every_desk) / 2


def test_a_service_that_no_desk_takes_is_missed_and_no_plan_breaks():
    settings = room([{"key": "1", "name": "Desk 1", "services": ["tax"]}])
    plan = plan_of(weeks()[1], settings)
    assert plan.whole.share < 0.6 and plan.key == "ok"
    people = dict(plan.unserved)
    assert set(people) == {"parking", "housing"} and planned().unserved == ()
    assert 0.5 < sum(people.values()) / sum(one.people for one in plan.half_hours) < 0.8


def test_where_nobody_is_seen_in_time_it_falls_short_as_well():
    settings = room([{"key": "1", "name": "Desk 1", "services": ["tax"]}])
    past = [day(NEXT - timedelta(weeks=nth), *range(5, 400, 20), service="housing") for nth in range(8, 0, -1)]
    plan = plan_of(past, settings)
    assert plan.whole.share == 0.0 and plan.shortfalls and plan.shortfalls[0].now.share == 0.0


def test_a_service_that_is_no_more_in_the_settings_is_not_expected():
    fewer = room([{"key": "1", "name": "Desk 1"}], services=[{"key": "tax", "name": "Council Tax", "letter": "A"}])
    plan = plan_of(weeks()[1], fewer)
    assert 0 < plan.whole.people < 40
