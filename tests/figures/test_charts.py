"""Where the marks of the charts stand, and the sentences that say what they show."""

import pytest

from manage import compared_words, figure_words
from reception.web import charts


def point(day: str, share: float | None, n: int = 50, arrivals: int | None = None) -> dict:
    arrivals = n if arrivals is None else arrivals
    return {"first": day, "last": day, "n": n, "share": share, "arrivals": arrivals}


def points(*shares: float | None) -> list[dict]:
    return [point(f"2026-03-{day:02d}", share, 50 if share is not None else 0) for day, share in enumerate(shares, 1)]


def test_a_run_goes_from_foot_to_top_and_over_days_on_which_nobody_came():
    found = charts.run(points(0.0, None, 1.0, 0.5))
    assert found["lines"] == ["125.0,160.0 625.0,0.0 875.0,80.0"]
    assert [one["y"] for one in found["points"]] == [charts.TOP + charts.TALL, None, charts.TOP, charts.TOP + 80]
    assert found["median"] == charts.TOP + 80


def test_a_run_breaks_where_people_came_and_none_could_be_judged():
    days = [*points(0.5, 0.6), point("2026-03-03", None, 0, arrivals=3), *points(None, None, None, 0.7, 0.8)[3:]]
    assert len(charts.run(days)["lines"]) == 2


def test_a_shift_is_ringed_and_nothing_else():
    found = charts.run(points(0.9, 0.8, 0.9, 0.8, 0.9, 0.8, 0.5, 0.4, 0.5, 0.4, 0.5, 0.4))
    assert [one["shift"] for one in found["points"]] == [True] * 12
    calm = charts.run(points(0.9, 0.4, 0.8, 0.5, 0.9, 0.4))
    assert not any(one["shift"] for one in calm["points"])


def test_what_was_away_stands_at_its_day_and_beyond_the_days_nowhere():
    found = charts.run(points(0.5, 0.6, 0.7, 0.8), ["2026-03-02", "2026-04-01", "2026-03-04"])
    assert found["marks"] == [{"x": "37.500%", "number": 1}, {"x": "87.500%", "number": 3}]


def test_numbers_of_marks_that_stand_close_together_become_one():
    year = [point(f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}", 0.5) for day in range(300)]
    days = [year[place]["first"] for place in (10, 100, 101, 101, 130, 299)]
    found = charts.run(year, days)
    assert [one["numbers"] for one in found["mark_numbers"]] == ["1", "2–4", "5", "6"]
    assert len(found["marks"]) == 6


@pytest.mark.parametrize("count", [1, 5, 62, 105, 130])
def test_a_run_of_any_length_bears_few_names(count):
    found = charts.run([point(f"2026-01-{1 + day % 28:02d}", 0.5) for day in range(count)])
    assert 1 <= sum(one["named"] for one in found["points"]) <= charts.NAMED
    assert found["many"] == (count > charts.MANY)


def test_nothing_at_all_can_be_drawn():
    assert charts.run([])["points"] == [] and charts.week([])["cells"] == []
    assert charts.times([]) == charts.shares([]) == charts.counts([]) == charts.by_hour([]) == []
    assert [bar["height"] for bar in charts.by_wait([0, 0, 0])] == [0, 0, 0]


def cell(weekday: int, hour: int, n: int, share: float | None) -> dict:
    return {"weekday": weekday, "hour": hour, "n": n, "share": share, "arrivals": n, "median_ms": 1}


def test_an_hour_of_few_people_has_no_shade():
    found = charts.week([cell(1, 9, 4, 1.0), cell(1, 11, 5, 1.0), cell(3, 10, 5, 0.0), cell(3, 11, 40, 0.5)])
    assert [one["shade"] for one in found["cells"]] == [None, 0, 4, 2]
    assert [one["y"] for one in found["cells"]] == [0, 0, charts.CELL, charts.CELL]
    assert [one["hour"] for one in found["hours"]] == [9, 10, 11] and found["days"] == [1, 3]


def duration(n: int, median: int | None, p90: int | None) -> dict:
    return {"n": n, "median_ms": median, "p90_ms": p90}


def test_what_nobody_measured_has_no_row():
    found = charts.times([("a", "", duration(0, None, None)), ("b", "", duration(2, 1_000, 4_000))])
    assert [(row["name"], row["y"], row["width"], row["mark"]) for row in found] == [("b", 0, "100.000%", "25.000%")]


def test_a_share_spans_what_it_may_be():
    found = charts.shares([("a", "", {"n": 10, "share": 0.5, "interval": (0.25, 0.75)}), ("b", "", {"n": 0})])
    assert [(row["width"], row["low"], row["high"]) for row in found] == [("50.000%", "25.000%", "75.000%")]


# -- their sentences --------------------------------------------------------------------------------------------------


@pytest.fixture
def words(request):
    """As on a page: in the language of staff."""
    from flask import Flask
    from flask_babel import Babel

    app = Flask(__name__)
    Babel(app, default_locale="en_GB")
    with app.test_request_context():
        yield figure_words


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((), "There is nothing to draw: nobody was judged."),
        ((0.5,), "One point tells no run. Choose a longer period."),
        (
            (0.9, 0.4, 0.8, 0.5, 0.9, 0.4),
            "Half of the points are at 65% or above. It goes up and down as chance does, and shows no change.",
        ),
        (
            (0.9, 0.8, 0.9, 0.8, 0.9, 0.8, 0.5, 0.4, 0.5, 0.4, 0.5, 0.4),
            "Half of the points are at 65% or above. From 1 Mar to 6 Mar all lie above it: more than chance."
            " From 7 Mar to 12 Mar all lie below it: more than chance.",
        ),
        (
            (0.1, 0.2, 0.3, 0.4, 0.5, 0.3),
            "Half of the points are at 30% or above."
            " From 1 Mar to 5 Mar it rises from point to point: more than chance.",
        ),
    ],
)
def test_a_run_says_what_is_more_than_chance(words, shares, said):
    assert words.run(charts.run(points(*shares))) == said


def share_of(hits: int, n: int) -> dict:
    return {"hits": hits, "n": n, "share": hits / n if n else None}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ((90, 100), (70, 100), "Now: between 9 and 31 in a hundred more were seen in time."),
        ((70, 100), (90, 100), "Now: between 9 and 31 in a hundred fewer were seen in time."),
        ((5_100, 10_000), (4_950, 10_000), "Now: up to 3 in a hundred more were seen in time."),
        ((8, 10), (7, 10), "No difference that these numbers can show."),
        ((1, 1), (1, 1), "No difference that these numbers can show."),
        ((3, 3), (0, 0), "There is nothing to compare: nobody was judged on the side of “then”."),
    ],
)
def test_a_difference_is_said_with_its_interval(words, one, other, said):
    assert compared_words.compared(share_of(*one), share_of(*other), "Now", "then") == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([cell(1, 9, 4, 0.5)], "Too few people came in any one hour of the week to tell one from another."),
        ([cell(1, 9, 9, 1.0), cell(2, 9, 9, 1.0)], "Every hour was alike: 100% in time."),
        (
            [cell(1, 9, 9, 1.0), cell(2, 9, 9, 1.0), cell(3, 9, 2, 0.5)],
            "Every hour with at least 5 people was alike: 100% in time.",
        ),
        (
            [cell(1, 9, 9, 1.0), cell(5, 11, 9, 0.4), cell(6, 11, 1, 0.0)],
            "Hardest is Friday at 11:00, with 40% in time; easiest Monday at 09:00, with 100%.",
        ),
    ],
)
def test_the_week_says_its_hardest_hour(words, cells, said):
    assert words.week(cells) == said
