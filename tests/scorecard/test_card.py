"""A month's card: what was promised beside what was measured, missing as missing, and what the public may know."""

import pytest

from reception.refusals import Refusal
from reception.scorecard import card as cards
from reception.scorecard import words
from reception.scorecard.months import after, asked, before, last_day, up_to
from reception.scorecard.rows import Imported
from tests.builders import Hands, instant
from tests.scorecard.months import Came, lived, making


@pytest.fixture
def hands():
    return Hands(instant("2026-11-10 10:00"))


def standard(card: dict, key: str) -> dict:
    return next(one for one in card["standards"] if one["key"] == key)


def test_a_promise_stands_beside_what_was_measured(door, hands):
    lived(door, "2026-10", Came(80), Came(20, "housing", minutes=9, outcome="passed_on"), Came(10, minutes=None))
    card = making(door).whole("2026-10", hands.wall)
    seen = standard(card, "seen")
    assert (seen["hits"], seen["n"], seen["target"], seen["aim"]) == (80, 110, 0.8, "at_least")
    assert seen["share"] == 80 / 110 and seen["interval"] is not None
    assert (standard(card, "first-contact")["hits"], standard(card, "first-contact")["n"]) == (80, 100)
    assert (standard(card, "not-left")["hits"], standard(card, "not-left")["n"]) == (10, 110)
    assert (standard(card, "acknowledged")["share"], card["arrivals"]) == (1.0, 110)


def test_a_standard_without_figures_is_missing_and_never_kept(door, hands):
    lived(door, "2026-10", Came(80))
    public = making(door).public("2026-10", hands.wall)
    telephone = standard(public, "telephone")
    assert (telephone["state"], telephone["share"], telephone["n"]) == ("missing", None, 0)
    assert standard(public, "seen")["state"] == "met"


def test_a_figure_from_elsewhere_stands_with_its_source(door, hands):
    row = Imported("telephone", "2026-10", 700, 1000, None, "Avon exchange")
    door.writer.do(lambda store: (store.save_imported(door.office, row, 0, "test"), None))
    telephone = standard(making(door).public("2026-10", hands.wall), "telephone")
    assert (telephone["share"], telephone["source"], telephone["state"]) == (0.7, "Avon exchange", "not_met")


def test_a_share_without_its_count_is_shown_and_not_judged(door, hands):
    row = Imported("telephone", "2026-10", None, None, 91.5, "Avon exchange")
    door.writer.do(lambda store: (store.save_imported(door.office, row, 0, "test"), None))
    telephone = standard(making(door).public("2026-10", hands.wall), "telephone")
    assert (telephone["value"], telephone["state"]) == (0.915, "uncounted")


def test_fewer_than_thirty_are_not_judged(door, hands):
    lived(door, "2026-10", Came(20), Came(9, minutes=9))
    assert standard(making(door).public("2026-10", hands.wall), "seen")["state"] == "few"


def test_few_on_one_side_are_judged_only_where_it_makes_no_difference():
    one = {"value": None, "n": 214, "share": None, "between": (0.98, 1.0), "hidden": "few", "aim": "at_least"}
    assert cards.state(one | {"target": 0.8}) == "met"
    assert cards.state(one | {"target": 0.99}) == "hidden"
    assert cards.state(one | {"target": 0.8, "between": (0.0, 0.02)}) == "not_met"
    assert cards.state(one | {"target": 0.05, "between": (0.0, 0.02), "aim": "at_most"}) == "met"


def test_the_public_card_has_no_count_below_five(door, hands):
    lived(door, "2026-10", Came(60), Came(3, "parking"), Came(40, "housing", minutes=8), Came(2, minutes=None, left=1))
    public = making(door).public("2026-10", hands.wall)
    assert [one["count"] for one in public["footfall"]["services"]] == [62, None, None]
    assert standard(public, "seen")["n"] is None  # two were not judged, which the total would tell
    assert standard(public, "not-left")["hits"] is None
    assert "measures" not in public


@pytest.mark.parametrize("states", [("met",), ("met", "not_met"), ("missing", "not_met")])
def test_how_many_promises_were_kept_is_said_of_one_as_of_many(states):
    card = {"arrivals": None, "waits": {"p90_ms": None}, "standards": [{"state": state} for state in states]}
    kept, judged = states.count("met"), len(states) - states.count("missing")
    assert words.further(card) == [f"Promises kept: {kept} of {judged} that can be judged."]


def test_a_month_in_which_nobody_came_is_an_honest_empty_card(door, hands):
    public = making(door).public("2026-10", hands.wall)
    assert {one["state"] for one in public["standards"]} == {"missing"}
    assert public["arrivals"] is None and public["footfall"]["quarters"] == []
    assert {point["share"] for one in public["standards"] for point in one["trend"]} == {None}


def test_the_year_before_is_told_month_by_month(door, hands):
    for place, month in enumerate(up_to("2026-10", 9)):
        lived(door, month, Came(70 + place), Came(20, minutes=9))
    seen = standard(making(door).whole("2026-10", hands.wall), "seen")
    assert [point["n"] for point in seen["trend"]] == [0] * 4 + list(range(90, 99))
    assert (seen["change"], seen["trend"][seen["since"]]["month"]) == ("rising", "2026-02")


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ([0.8] * 7, "few"),
        ([0.8, 0.7, 0.8, 0.7, 0.8, 0.7, 0.8, 0.7], "steady"),
        ([0.7] * 6 + [0.75, *[0.9] * 6], "above"),
        ([0.9] * 6 + [0.85, *[0.7] * 6], "below"),
        ([0.8, 0.7, 0.8, 0.7, 0.8, 0.7, 0.8, None], "few"),
    ],
)
def test_only_more_than_chance_is_called_a_change(values, change):
    assert cards.change(values)["change"] == change


def test_months_are_counted_over_the_year():
    assert (before("2026-01"), after("2026-12"), last_day("2024-02").day) == ("2025-12", "2027-01", 29)
    assert up_to("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-13", "month_unreadable"),
        ("October", "month_unreadable"),
        ("2026-11", "month_not_over"),
        ("1996-01", "month_too_old"),
    ],
)
def test_a_month_that_cannot_be_shown_is_refused(text, key, hands):
    with pytest.raises(Refusal) as refused:
        asked(text, last_day("2026-11"))
    assert refused.value.key == key


def test_last_month_is_the_one_that_is_meant():
    assert asked(None, last_day("2026-11")) == "2026-10"
