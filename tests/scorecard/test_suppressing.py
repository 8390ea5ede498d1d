"""Nobody works a small number out of what is published: every small world is tried, by whoever knows the rules."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.scorecard import card as cards
from reception.scorecard.measures import rests
from reception.scorecard.publishing import as_read_again
from reception.scorecard.rows import Imported
from reception.scorecard.suppressing import (
    FEWEST,
    Rest,
    Shown,
    corrected,
    partition,
    rough,
    share,
    shares,
    total,
)
from tests.builders import office

ONE = {"value": None, "aim": "at_least", "target": 0.8}

counts = st.lists(st.integers(0, 60), min_size=1, max_size=12)


def parts(whole: int, cells: int):
    """Every way in which so many people fall into so many cells."""
    if cells == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in parts(whole - first, cells - 1):
            yield (first, *rest)


def pinned(worlds, publish) -> list:
    """The small counts that somebody who knows the rules, and sees what is published, is left with alone.

    `publish` turns a world into (what is seen, {what is not seen: its count}).
    """
    alike = defaultdict(list)
    for world in worlds:
        seen, unseen = publish(world)
        alike[seen].append(unseen)
    found = []
    for seen, candidates in alike.items():
        for name in candidates[0]:
            possible = {unseen.get(name) for unseen in candidates}
            if len(possible) == 1 and 0 < next(iter(possible)) < FEWEST:
                found.append((seen, name, possible))
    return found


@given(counts)
def test_no_count_below_five_is_shown(cells):
    assert all(shown is None or shown >= FEWEST for shown in partition(cells))


@given(counts)
def test_what_is_shown_is_true(cells):
    assert all(shown in (None, count) for shown, count in zip(partition(cells), cells, strict=True))


@given(counts)
def test_by_subtraction_every_hidden_count_may_be_nobody_and_may_be_five_or_more(cells):
    shown, whole = partition(cells), total(sum(cells))
    hidden = [count for count, seen in zip(cells, shown, strict=True) if seen is None]
    if hidden and whole is not None and len(cells) > 1:
        together = whole - sum(seen for seen in shown if seen is not None)
        assert (len(hidden) > 1, together >= FEWEST) == (True, True)  # each may be anything from 0 to all of them


@given(counts)
def test_nothing_is_hidden_where_everything_is_five_or_more(cells):
    assert partition([count + FEWEST for count in cells]) == [count + FEWEST for count in cells]


@pytest.mark.parametrize(("cells", "largest"), [(2, 24), (3, 20), (4, 17)])
def test_nobody_who_knows_the_rules_is_left_with_one_small_count(cells, largest):
    def publish(world):
        shown = partition(world)
        return (total(sum(world)), *shown), {place: count for place, count in enumerate(world) if shown[place] is None}

    worlds = (world for whole in range(largest + 1) for world in parts(whole, cells))
    assert pinned(worlds, publish) == []


def test_two_tables_of_the_same_people_tell_no_more_than_each():
    def publish(world):
        services = (world[0] + world[1], world[2] + world[3], world[4] + world[5])
        days = (world[0] + world[2] + world[4], world[1] + world[3] + world[5])
        shown = partition(services), partition(days)
        unseen = {
            (table, place): count
            for table, (seen, counts) in enumerate(zip(shown, (services, days), strict=True))
            for place, count in enumerate(counts)
            if seen[place] is None
        }
        return (total(sum(world)), *shown[0], *shown[1]), unseen

    assert pinned((world for whole in range(13) for world in parts(whole, 6)), publish) == []


@pytest.mark.parametrize("n", range(40))
def test_of_a_share_neither_side_is_left_with_one_small_count(n):
    def publish(hits):
        shown = share(hits, n)
        unseen = {} if shown.hits is not None else {"hits": hits, "misses": n - hits}
        return (shown.n, shown.share, shown.between), unseen

    assert pinned(range(n + 1), publish) == []


def test_few_on_one_side_are_said_as_so_much_or_more():
    assert share(211, 214) == Shown(214, None, None, between=(0.98, 1.0), hidden="few")
    assert share(3, 214) == Shown(214, None, None, between=(0.0, 0.02), hidden="few")
    assert share(2, 6) == Shown(6, None, None, hidden="few")
    assert share(1, 3) == Shown(None, None, None, hidden="few")


def test_nobody_on_one_side_is_said():
    assert (share(214, 214).share, share(0, 214).share) == (1.0, 0.0)
    assert share(0, 0) == Shown(0, 0, None)


def test_a_measure_whose_count_would_tell_how_few_the_others_were_gives_way():
    found = shares({"seen": (180, 211), "left": (12, 214)}, [Rest(3, 214, "seen"), Rest(22, 214, "left")])
    assert found["seen"] == Shown(None, None, 0.85, hidden="tells")
    assert found["left"].hits == 12


def test_a_whole_percent_of_many_fits_several_counts():
    """Of whom at most four are left out: every one of these numbers may be it."""
    for whole in range(110, 260):
        for left_out in range(1, FEWEST):
            n = whole - left_out
            for hits in range(FEWEST, n - FEWEST + 1, 7):
                said = rough(hits, n, whole).share
                fits = {m for m in range(whole - 10, whole + 1) if any(round(h / m, 2) == said for h in _near(said, m))}
                assert len(fits) > 3, (whole, n, hits)


def _near(said: float, m: int) -> range:
    return range(max(0, int((said - 0.006) * m)), min(m, int((said + 0.006) * m) + 1) + 1)


def test_with_few_altogether_not_even_a_whole_percent_is_said():
    assert shares({"seen": (30, 47)}, [Rest(3, 50, "seen")])["seen"] == Shown(None, None, None, hidden="tells")


def shown_of(whole: int, measured: dict) -> tuple:
    found = shares(measured, rests(whole, measured))
    return (total(whole), *((one.n, one.hits, one.share, one.between) for one in found.values()))


def test_waits_and_leavers_leave_nobody_with_one_small_count():
    """In time, seen late, left late, left early: the share in time beside the total, and how many left."""

    def publish(world):
        in_time, late, left_late, left_early = world
        whole, n, left = sum(world), in_time + late + left_late, left_late + left_early
        seen = shown_of(whole, {"seen_in_time": (in_time, n), "left_without_being_seen": (left, whole)})
        names = ("in_time", "late", "left_late", "left_early", "missed", "left", "apart")
        unseen = dict(zip(names, (*world, n - in_time, left, whole - n), strict=True))
        return seen, unseen

    assert pinned((world for whole in range(25) for world in parts(whole, 4)), publish) == []


def test_what_came_of_visits_leaves_nobody_with_one_small_count():
    """Answered, passed on with a date and without, an appointment made, anything else."""

    def publish(world):
        answered, dated, undated, booked, other = world
        passed_on = dated + undated
        measured = {
            "first_contact": (answered, answered + passed_on + booked),
            "next_step_dated": (dated, passed_on),
        }
        shown = shown_of(sum(world), {key: one for key, one in measured.items() if one[1]})
        names = ("answered", "dated", "undated", "booked", "other", "passed_on")
        return shown, dict(zip(names, (*world, passed_on), strict=True))

    assert pinned((world for whole in range(19) for world in parts(whole, 5)), publish) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(-3, 3)), min_size=2, max_size=8))
def test_a_correction_shows_nothing_that_was_hidden_and_hides_nothing_that_was_shown_alone(cells):
    before = [count for count, _change in cells]
    after = [max(0, count + change) for count, change in cells]
    first = partition(before)
    second = corrected(after, first)
    assert all(now is None for now, then in zip(second, first, strict=True) if then is None)
    anew = [now is None and then is not None for now, then in zip(second, first, strict=True)]
    assert not any(anew) or all(shown is None for shown in second)


def test_a_measure_that_was_hidden_stays_so_in_a_correction():
    rough_before = Shown(None, None, 0.85, hidden="tells")
    assert shares({"seen": (180, 214)}, before={"seen": rough_before})["seen"] == Shown(
        None, None, 0.84, hidden="tells"
    )
    assert shares({"seen": (180, 214)}, before={"seen": share(210, 214)})["seen"] == Shown(
        None, None, None, hidden="tells"
    )
    assert shares({"seen": (12, 18)}, before={"seen": share(13, 16)})["seen"] == Shown(None, None, None, hidden="few")


def test_a_measure_that_would_be_said_as_before_is():
    """Nothing of it has changed, or so little that what is said does not tell."""
    for hits in (12, 13, 14):
        assert shares({"answered": (hits, 16)}, before={"answered": share(13, 16)})["answered"] == share(13, 16)
    assert shares({"seen": (2, 3)}, before={"seen": share(3, 4)})["seen"] == share(3, 4)
    assert shares({}, before={"seen": share(3, 4)})["seen"] == share(3, 4)


def test_two_versions_of_a_share_tell_no_more_together_than_each():
    """Somebody who thinks that one person at most was put right sets the one version beside the other."""

    def publish(world):
        (hits, n), (more_hits, more) = world
        first = share(hits, n)
        if not first.hidden:
            return world, {}
        second = shares({"one": (hits + more_hits, n + more)}, before={"one": first})["one"]
        state = cards.state(ONE | {name: getattr(second, name) for name in ("n", "hits", "share", "between", "hidden")})
        unseen = {"hits": hits, "misses": n - hits} | ({} if first.n else {"n": n})
        return (first, second, state), unseen

    small = [(hits, n) for n in range(34) for hits in range(n + 1)]
    large = [(hits, n) for n in range(108, 113) for hits in (*range(8), *range(n - 7, n + 1))]
    changes = ((0, 0), (1, 1), (0, 1), (-1, -1), (0, -1), (1, 0), (-1, 0))
    worlds = [
        ((hits, n), (more_hits, more))
        for hits, n in small + large
        for more_hits, more in changes
        if 0 <= hits + more_hits <= n + more
    ]
    assert pinned(worlds, publish) == []


def test_two_versions_of_a_month_tell_no_more_together_than_each():
    """Somebody who thinks that only one cell was corrected subtracts the one version from the other."""

    def publish(world):
        cells, place = world
        after = [count + (index == place) for index, count in enumerate(cells)]
        first = partition(cells)
        second = corrected(after, first)
        unseen = {index: count for index, count in enumerate(cells) if first[index] is None}
        return (total(sum(cells)), *first, total(sum(after)), *second), unseen

    worlds = product((cells for whole in range(16) for cells in parts(whole, 3)), range(3))
    assert pinned(worlds, publish) == []


people = st.integers(0, 40)
months = st.tuples(*[people] * 5, st.lists(people, min_size=5, max_size=5), st.tuples(people, people))


def whole_card(answered, passed_on, late, left_late, left_early, few, answers) -> dict:
    """A month as managers have it, of so many people, complaints and calls counted elsewhere."""
    seen, left = answered + passed_on, left_late + left_early
    in_time, arrivals = max(0, seen - late), seen + left
    report = {
        "definitions": 2, "office": "o", "from": "2026-10-01", "to": "2026-10-31", "timezone": "UTC",
        "target_seconds": 300,
        "total": {
            "n": seen + left_late, "hits": in_time, "arrivals": arrivals, "left_without_being_seen": left,
            "acknowledgement": {"within": {"n": max(0, arrivals - few[0]), "hits": 0}},
            "resolved": {"n": seen, "hits": answered}, "validated": None, "seen": seen, "median_ms": 61_234,
            "p90_ms": 200_001, "inferred": min(few[1], seen), "without_outcome": min(few[2], seen),
            "auto_closed": min(few[3], seen), "excluded": few[0],
        },
        "next_steps": {"with_date": {"n": passed_on, "hits": min(few[4], passed_on)}, "kept": {"n": 0, "hits": 0}},
        "appointments": {"punctual": {"n": 0, "hits": 0}},
        "told": dict.fromkeys(("walk_ins", "appointments"), {"n": 0, "hits": 0}),
        "services": [
            {"key": "a", "name": "A", "arrivals": seen}, {"key": "b", "name": "B", "arrivals": left},
        ],
        "weekdays": [{"weekday": 1, "arrivals": arrivals}],
        "quality": {"outages": 2, "clock_steps": 1},
    }  # fmt: skip
    met, missed = answers
    complaints = {stage: {"met": met, "n": met + missed} for stage in ("stage1", "stage2")}
    calls = [Imported("telephone", "2026-10", met, met + missed, None, "X")] if met + missed else []
    return cards.whole(office(), "2026-10", report, [0] * 40 + [seen, left], complaints, calls)


@given(months, months)
def test_publishing_again_without_a_change_changes_nothing_whatever_the_month_was(month, corrected_month):
    first, second = whole_card(*month), whole_card(*corrected_month)
    published = as_read_again(cards.public(first))
    assert as_read_again(cards.public(first, published)) == published
    again = as_read_again(cards.public(second, published))
    assert as_read_again(cards.public(second, again)) == again


@given(months)
def test_no_published_card_holds_or_tells_of_one_to_four_people(month):
    """A whole card, as managers have it, and everything of it that everybody has."""
    card = cards.public(whole_card(*month))
    measures = {one["measure"]: one for one in card["standards"]}
    counts = [card["arrivals"], card["quality"]["excluded"]]
    counts += [row["count"] for table in card["footfall"].values() for row in table]
    counts += [one[name] for one in measures.values() for name in ("n", "hits")]
    counts += [one["n"] - one["hits"] for one in measures.values() if one["hits"] is not None]
    for key in ("seen_in_time", "acknowledged_in_time", "first_contact"):
        if card["arrivals"] is not None and measures[key]["n"]:
            counts.append(card["arrivals"] - measures[key]["n"])
    assert not {1, 2, 3, 4} & {count for count in counts if count is not None}
    assert all(ms is None or ms % 60_000 == 0 for ms in card["waits"].values())
