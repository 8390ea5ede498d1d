"""Who is next, why, and how many are ahead: one ordering for the call, the phone and the kiosk."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reception.line import Line, LineRules, Takes, Why
from reception.things import Desk
from tests.builders import TEN, visit

MINUTE = 60_000
EVERYTHING = frozenset({"tax", "parking", "housing"})
ALL = Takes(EVERYTHING)
STARTS = {"appointment": 10 * MINUTE, "adjustment": 8 * MINUTE, "came_back": 5 * MINUTE, "transferred": 10 * MINUTE}
SERVES = {
    "1": Takes(frozenset({"tax", "parking"})),
    "2": Takes(frozenset({"housing"})),
    "3": Takes(frozenset({"housing", "parking"})),
}


def someone(place: int, service: str = "tax", state: str = "waiting", **fields):
    return visit(state, id=f"v{place}", number=f"A{place:03d}", place=place, service=service, **fields)


def minutes_ago(place: int, minutes: float, service: str = "tax", **fields):
    return someone(place, service, arrived_at=TEN - round(minutes * MINUTE), **fields)


def line(visits, desks=None, *, at=TEN, told=None, open_desks=None, people=None, **rules) -> Line:
    desks = desks or {"1": ALL}
    there = {key: Desk(key, "open", (people or {}).get(key)) for key in (desks if open_desks is None else open_desks)}
    return Line(LineRules(desks=desks, **{"head_starts": STARTS} | rules), visits, there, at, told)


def test_the_line_is_ordered_by_the_wait_and_then_by_the_order_stored():
    late, early, tied = someone(1, arrived_at=TEN + 9), someone(2, arrived_at=TEN), someone(3, arrived_at=TEN)
    assert line([tied, late, early]).waiting() == [early, tied, late]


def test_those_who_came_before_opening_keep_the_order_in_which_they_came():
    first, second = someone(1, arrived_at=TEN, opens_at=TEN + 60), someone(2, arrived_at=TEN + 50, opens_at=TEN + 60)
    assert line([second, first]).waiting() == [first, second]


def test_only_those_waiting_stand_in_the_line():
    here = someone(1)
    others = [someone(n, state=state) for n, state in enumerate(("called", "serving", "held", "no_show", "left"), 2)]
    assert line([*others, here]).waiting() == [here]


def test_a_desk_calls_the_longest_wait_it_can_help():
    tax, housing = someone(1, "tax"), someone(2, "housing")
    assert line([tax, housing], SERVES).next_for("2") == housing
    assert line([tax, housing]).next_for("1") == tax


def test_a_desk_that_can_help_nobody_calls_nobody():
    assert line([someone(1, "tax"), someone(2, "housing", "called")], SERVES).next_for("2") is None


def test_a_service_is_served_while_an_open_desk_takes_it_or_helps_with_it():
    desks = {"1": Takes(frozenset({"tax"}), helps=frozenset({"parking"})), "2": Takes(frozenset({"housing"}))}
    now = line([], desks, open_desks=["1"])
    assert {key for key in EVERYTHING if now.is_served(key)} == {"tax", "parking"}


# -- head starts --------------------------------------------------------------------------------------------------


def test_a_class_counts_as_so_many_minutes_longer_and_says_so():
    first, sent_on = minutes_ago(1, 12), minutes_ago(2, 3, standing="transferred")
    assert line([first, sent_on]).next_for("1") == sent_on
    assert line([first, sent_on]).why(sent_on, "1") == Why(
        "head_start", 3 * MINUTE, "transferred", 10 * MINUTE, passed=1
    )


def test_a_head_start_passes_whoever_came_in_the_same_millisecond_but_before():
    first, sent_on = minutes_ago(1, 3), minutes_ago(2, 3, standing="transferred")
    assert line([first, sent_on]).next_for("1") == sent_on
    assert line([first, sent_on]).why(sent_on, "1").key == "head_start"


def test_nobody_is_passed_by_a_head_start_smaller_than_their_lead():
    first, sent_on = minutes_ago(1, 14), minutes_ago(2, 3, standing="transferred")
    assert line([first, sent_on]).next_for("1") == first
    assert line([first, sent_on]).why(first, "1") == Why("longest", 14 * MINUTE)


def test_of_several_classes_the_largest_head_start_counts():
    who = minutes_ago(1, 3, standing="came_back transferred")
    assert line([who]).head_start(who) == (10 * MINUTE, "transferred")


def test_a_reasonable_adjustment_counts_by_what_is_known_of_the_visitor():
    first, seated = minutes_ago(1, 5), minutes_ago(2, 1)
    known = {seated.id: {"needs": "large-print seated"}}
    assert line([first, seated], told=known, adjusting=frozenset({"seated"})).next_for("1") == seated
    assert line([first, seated], told=known, adjusting=frozenset({"quiet"})).next_for("1") == first


def test_an_appointment_counts_from_its_booked_time_or_the_check_in_if_that_is_later():
    early = minutes_ago(1, 40, booked_at=TEN, standing="appointment")
    walk_in = minutes_ago(2, 9)
    assert line([early, walk_in]).next_for("1") == early  # ten minutes beat nine
    assert line([early, minutes_ago(2, 11)]).next_for("1").id == "v2"


def test_nobody_is_called_before_they_are_due():
    later = minutes_ago(1, 30, due_at=TEN + 1)
    assert line([later]).next_for("1") is None
    assert line([later], at=TEN + 1).next_for("1") == later
    assert line([later, someone(2)]).waiting()[-1] == later


def test_who_came_back_too_late_counts_from_coming_back():
    late, first = minutes_ago(1, 60, placed_at=TEN - MINUTE), minutes_ago(2, 2)
    assert line([late, first]).next_for("1") == first


# -- which desk ---------------------------------------------------------------------------------------------------


def test_a_desk_that_only_helps_with_a_service_takes_its_main_services_first():
    desks = {"1": Takes(frozenset({"tax"}), helps=frozenset({"housing"}))}
    tax, housing = minutes_ago(1, 2, "tax"), minutes_ago(2, 5, "housing")
    assert line([tax, housing], desks, helping_ms=4 * MINUTE).next_for("1") == tax
    assert line([tax, minutes_ago(2, 7, "housing")], desks, helping_ms=4 * MINUTE).next_for("1").id == "v2"


def test_a_need_that_requires_a_desk_which_has_it_is_called_by_no_other():
    desks = {"1": ALL, "2": Takes(EVERYTHING, has=frozenset({"loop"}))}
    here = line([someone(1)], desks, told={"v1": {"needs": "loop time"}}, requiring=frozenset({"loop"}))
    assert [here.next_for(desk) for desk in desks] == [None, someone(1)]


def test_whoever_is_kept_for_a_desk_or_a_person_waits_for_them_alone():
    desks = {"1": ALL, "2": ALL}
    for kept_for in ("desk:2", "person:ann"):
        here = line([someone(1, kept_for=kept_for)], desks, people={"2": "person:ann"})
        assert [here.next_for("1"), here.next_for("2").id] == [None, "v1"]
        assert here.why(here.next_for("2"), "2").key == "kept_for_you"


def test_whoever_is_kept_for_somebody_who_has_gone_home_is_anybodys():
    assert line([someone(1, kept_for="person:ann")], people={"1": "person:bob"}).next_for("1").id == "v1"


def test_the_desk_that_put_somebody_back_leaves_them_to_another_that_is_open():
    back = someone(1, skipped_by="1")
    desks = {"1": ALL, "2": ALL}
    assert [line([back], desks).next_for(desk) for desk in desks] == [None, back]
    assert line([back], desks, open_desks=["1"]).next_for("1") == back


def test_whoever_no_open_desk_can_help_is_unserved():
    visits = [someone(1, "tax"), someone(2, "housing"), someone(3, "parking")]
    assert line(visits, SERVES, open_desks=["2"]).unserved() == [visits[0], visits[2]]
    assert line(visits, SERVES, open_desks=["1", "2"]).unserved() == []
    assert line(visits, SERVES, open_desks=[]).unserved() == visits


# -- people ahead -------------------------------------------------------------------------------------------------


def test_people_before_counts_whom_the_desk_where_they_come_soonest_calls_first():
    visits = [someone(1, "tax"), someone(2, "housing"), someone(3, "parking"), someone(4, "tax", "called")]
    here = line(visits, SERVES)
    assert [here.people_before(service) for service in ("tax", "parking", "housing")] == [2, 2, 1]


def test_a_desk_that_only_helps_puts_nobody_of_its_own_ahead_of_whoever_is_next_elsewhere():
    visits = [*(minutes_ago(place, 30, "housing") for place in range(1, 9)), minutes_ago(9, 5, "tax")]
    desks = {"1": Takes(frozenset({"tax"})), "3": Takes(frozenset({"housing"}), helps=frozenset({"tax"}))}
    assert line(visits, desks, helping_ms=MINUTE).people_ahead(visits[-1]) == 0
    assert line(visits, desks, open_desks=["3"], helping_ms=MINUTE).people_ahead(visits[-1]) == 8


def test_while_no_desk_is_open_those_set_up_for_the_service_count():
    visits = [someone(1, "tax"), someone(2, "housing")]
    desks = {"1": Takes(frozenset({"tax"})), "2": ALL}
    assert line(visits, desks, open_desks=["2"]).people_before("tax") == 2
    assert line(visits, desks, open_desks=[]).people_before("tax") == 1


ANYBODY = st.tuples(
    st.sampled_from(sorted(EVERYTHING)),
    st.integers(0, 40),
    st.sampled_from(["", "", "appointment", "came_back", "transferred came_back"]),
    st.none() | st.integers(-5, 5),
)


def crowd(arrivals) -> list:
    return [
        minutes_ago(place, minutes, service, standing=standing, due_at=due and TEN + due * MINUTE)
        for place, (service, minutes, standing, due) in enumerate(arrivals)
    ]


@given(st.lists(ANYBODY, max_size=12))
def test_with_one_desk_for_everything_people_ahead_is_the_position_in_the_line(arrivals):
    here = line(crowd(arrivals), {"1": Takes(frozenset({"tax"}), helps=EVERYTHING)}, helping_ms=3 * MINUTE)
    called, left = [], {visit.id: visit for visit in here.waiting() if here.is_due(visit)}
    while left:
        one = line(left.values(), here.rules.desks, helping_ms=3 * MINUTE).next_for("1")
        called.append(left.pop(one.id))
    assert [here.people_ahead(one) for one in called] == list(range(len(called)))


HELPING = {
    **SERVES,
    "1": Takes(frozenset({"tax"}), helps=frozenset({"parking"})),
    "4": Takes(frozenset({"housing"}), helps=EVERYTHING),
}
BACK = st.none() | st.sampled_from(sorted(HELPING))


@given(
    st.lists(st.tuples(ANYBODY, BACK), min_size=1, max_size=12), st.sets(st.sampled_from(sorted(HELPING)), min_size=1)
)
def test_people_ahead_are_those_called_before_them_at_the_open_desk_where_they_come_soonest(arrivals, opened):
    visits = [
        replace(one, skipped_by=back)
        for one, (_, back) in zip(crowd(one for one, _ in arrivals), arrivals, strict=True)
    ]
    here, places = line(visits, HELPING, open_desks=opened, helping_ms=4 * MINUTE), {}
    for desk in opened:
        left = {visit.id: visit for visit in visits}
        while one := line(left.values(), HELPING, open_desks=opened, helping_ms=4 * MINUTE).next_for(desk):
            places.setdefault(one.id, []).append(len(visits) - len(left))
            del left[one.id]
    assert {one.id: here.people_ahead(one) for one in visits if one.id in places} == {
        key: min(found) for key, found in places.items()
    }


@given(st.lists(ANYBODY, min_size=1, max_size=12), st.permutations(sorted(HELPING)))
def test_opening_one_more_desk_puts_nobody_further_back(arrivals, order):
    visits, before = crowd(arrivals), {}
    for count in range(1, len(order) + 1):
        here = line(visits, HELPING, open_desks=order[:count], helping_ms=4 * MINUTE)
        served = [one for one in visits if here.desks_for(one) & set(order[:count])]
        now = {one.id: here.people_ahead(one) for one in served}
        assert all(now[key] <= ahead for key, ahead in before.items())
        before = now


@given(st.lists(ANYBODY, min_size=1, max_size=12), st.sampled_from(["1", "2", "3"]))
def test_nobody_is_passed_by_one_whose_wait_began_later_than_the_largest_head_start(arrivals, desk):
    desks = {**SERVES, "1": Takes(frozenset({"tax"}), helps=frozenset({"parking"}))}
    here = line(crowd(arrivals), desks, helping_ms=4 * MINUTE)
    chosen = here.next_for(desk)
    able = [one for one in here.waiting() if here.is_due(one) and desk in here.desks_for(one)]
    assert (chosen is None) == (not able)
    for one in able:
        assert chosen.waits_from - one.waits_from <= max(STARTS.values()) + 4 * MINUTE
