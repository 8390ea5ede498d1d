"""Rosters on the same simulated days: one desk more is never worse, and every share has its range."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from reception.staffing.planning import ground
from reception.staffing.playing import HIT, play
from reception.staffing.roster import everything
from reception.staffing.trials import Trials
from tests.staffing.rooms import MINUTE, NINE, comer, post, rules, weeks

PARTS = range(18, 34)
people = st.lists(st.tuples(st.integers(0, 480), st.integers(1, 40)), max_size=60).map(
    lambda found: sorted(comer(at, work=work) for at, work in found)
)
spans = st.tuples(st.integers(0, 479), st.integers(1, 480)).map(
    lambda told: ((NINE + told[0] * MINUTE, NINE + min(480, sum(told)) * MINUTE),)
)
posts = st.builds(
    post,
    st.sampled_from(["tax parking housing", "tax parking", "housing"]),
    st.sampled_from(["", "tax", "housing parking"]),
    spans,
)


@cache
def trials(count: int = 25) -> Trials:
    office, past = weeks()
    on = ground(past, office, past[-1].day, count=count)
    return on.trials


@given(people, st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_where_all_serve_all_nobody_is_seen_later_because_of_one_desk_more(comers, desks):
    fewer, more = (play(comers, (post(),) * count, rules(7)) for count in (desks, desks + 1))
    assert all(b == HIT for a, b in zip(fewer, more, strict=True) if a == HIT)


@given(st.lists(posts, max_size=4), posts)
@settings(max_examples=25, deadline=None)
def test_one_desk_more_is_never_said_to_be_worse_on_the_day_or_in_any_half_hour(roster, one_more):
    before = trials().run(tuple(roster))
    after = trials().run((*roster, one_more), than=before)
    for parts in (None, *([part] for part in PARTS), [20, 21, 22]):
        told = [run.share(parts) for run in (before, after)]
        assert (told[1].share or 0) >= (told[0].share or 0)
        assert all(one.share is None or 0 <= one.low <= one.share <= one.high <= 1 for one in told)


def test_one_desk_more_that_serves_everything_helps_on_its_own_account():
    """Not by being left out where it would harm: it hardly ever would."""
    office, _past = weeks()
    roster = (post("tax parking"), post("housing", "tax"))
    shares = [
        trials().run((*roster, *[post(*[" ".join(everything(office).main)])] * more)).share() for more in range(4)
    ]
    assert all(b.share > a.share for a, b in zip(shares, shares[1:], strict=False))


def test_the_same_days_are_met_again():
    roster = (post("tax parking housing"),)
    assert trials().run(roster).share() == trials().run(roster).share()


def test_the_range_is_wider_the_fewer_days_it_rests_on():
    office, past = weeks()
    widths = []
    for count in (1, 8):
        few = [day for day in past if day.day.weekday() == past[-1].day.weekday()][-count - 1 :]
        on = ground(few, office, past[-1].day, count=60)
        share = on.trials.run((post("tax parking housing"), post("housing tax"))).share()
        assert share.days == count
        widths.append(share.high - share.low)
    assert widths[0] > 1.5 * widths[1]


def test_with_nobody_to_come_there_is_no_share_to_tell():
    share = Trials([[], []], rules(), 8).run((post(),)).share()
    assert (share.share, share.low, share.high, share.people) == (None, None, None, 0.0)
