"""Who is next, and how many are ahead: one ordering for the call, the phone and the kiosk."""

from hypothesis import given
from hypothesis import strategies as st

from reception.line import competing, next_for, order, people_ahead, unserved, waiting
from tests.builders import TEN, visit

SERVES = {"1": frozenset({"tax", "parking"}), "2": frozenset({"housing"}), "3": frozenset({"housing", "parking"})}
EVERYTHING = frozenset({"tax", "parking", "housing"})


def someone(place: int, service: str = "tax", state: str = "waiting", **fields):
    return visit(state, id=f"v{place}", number=f"A{place:03d}", place=place, service=service, **fields)


def test_the_line_is_ordered_by_the_wait_and_then_by_the_order_stored():
    late, early, tied = someone(1, arrived_at=TEN + 9), someone(2, arrived_at=TEN), someone(3, arrived_at=TEN)
    assert waiting([tied, late, early]) == [early, tied, late]


def test_those_who_came_before_opening_keep_the_order_in_which_they_came():
    first, second = someone(1, arrived_at=TEN, opens_at=TEN + 60), someone(2, arrived_at=TEN + 50, opens_at=TEN + 60)
    assert waiting([second, first]) == [first, second]


def test_only_those_waiting_stand_in_the_line():
    here = someone(1)
    others = [someone(n, state=state) for n, state in enumerate(("called", "serving", "no_show", "left"), 2)]
    assert waiting([*others, here]) == [here]


def test_a_desk_calls_the_longest_wait_it_can_help():
    tax, housing = someone(1, "tax"), someone(2, "housing")
    assert next_for(SERVES["2"], [tax, housing]) == housing
    assert next_for(EVERYTHING, [tax, housing]) == tax


def test_a_desk_that_can_help_nobody_calls_nobody():
    assert next_for(SERVES["2"], [someone(1, "tax"), someone(2, "housing", "called")]) is None


def test_services_compete_when_a_desk_takes_both():
    assert competing("tax", SERVES) == {"tax", "parking"}
    assert competing("parking", SERVES) == {"tax", "parking", "housing"}
    assert competing("elsewhere", SERVES) == {"elsewhere"}


def test_people_ahead_counts_those_waiting_for_the_same_desks():
    visits = [someone(1, "tax"), someone(2, "housing"), someone(3, "parking"), someone(4, "tax", "called")]
    assert [people_ahead(visits, SERVES, service) for service in ("tax", "parking", "housing")] == [2, 3, 2]


def test_people_ahead_of_somebody_counts_only_who_came_before():
    visits = [someone(place, arrived_at=TEN + place) for place in range(1, 5)]
    assert [people_ahead(visits, SERVES, "tax", of=who) for who in visits] == [0, 1, 2, 3]


def test_whoever_waits_for_a_service_that_no_open_desk_takes_is_unserved():
    visits = [someone(1, "tax"), someone(2, "housing"), someone(3, "parking")]
    assert unserved(visits, ["2"], SERVES) == [visits[0], visits[2]]
    assert unserved(visits, ["1", "2"], SERVES) == []
    assert unserved(visits, [], SERVES) == visits


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(EVERYTHING)), st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=12
    )
)
def test_with_one_desk_for_everything_people_ahead_is_the_position_in_the_line(arrivals):
    visits = [
        someone(place, service, arrived_at=TEN + arrived, opens_at=opens and TEN + opens)
        for place, (service, arrived, opens) in enumerate(arrivals)
    ]
    serves = {"1": EVERYTHING}
    assert [people_ahead(visits, serves, who.service, of=who) for who in waiting(visits)] == list(range(len(visits)))
    assert next_for(EVERYTHING, visits) == min(visits, key=order, default=None)
