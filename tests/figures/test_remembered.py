"""What is remembered of kept days, told together with other days', is what would be measured of all of them at once."""

from dataclasses import replace
from datetime import date, timedelta

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.past import plant
from reception.figures import Asked, Figures, report
from reception.figures.facts import TYPES, Facts
from reception.figures.memory import Memory
from reception.figures.ranks import Lot, Room, Thin, Values, nth, percentile
from reception.figures.sums import Shape, sums_of
from tests.builders import OFFICE_HOURS, Hands, instant, office, open_door
from tests.figures.a_monday import MONDAY, TUESDAY, a_monday, figures_of, seen_after, with_kept
from tests.figures.stories import TARGET

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 10)
DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}]
WAITS = st.lists(st.integers(0, 5_000), max_size=40)


# -- ranks ------------------------------------------------------------------------------------------------------------


@given(st.lists(WAITS, min_size=1, max_size=3), st.integers(0, 100))
def test_any_place_of_several_lots_is_that_of_all_their_values_in_order(values, part):
    ordered = sorted(value for one in values for value in one)
    if ordered:
        place = part * (len(ordered) - 1) // 100
        assert nth([Lot.whole(numpy.array(sorted(one), "i4")) for one in values], place) == ordered[place]


@given(WAITS, WAITS, st.integers(0, 50))
def test_with_room_for_what_comes_a_rank_is_exact_and_with_less_it_is_never_wrong(values, more, room):
    (lot,), _rows = Values(numpy.array(values, "i4")).lots(None, 1, (50, 90, 95), Room(room))
    ordered, other = sorted(values + more), Lot.whole(numpy.array(sorted(more), "i4"))
    for percent in (50, 90, 95):
        try:
            found = percentile([lot, other], percent)
        except Thin:
            assert room < len(more)
        else:
            assert found == (ordered[max(0, -(-percent * len(ordered) // 100) - 1)] if ordered else None)


# -- a past -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """Six weeks of a made-up past, kept, but for the last days."""
    path = tmp_path_factory.mktemp("past") / "reception.db"
    settings = office(hours=OFFICE_HOURS, desks=DESKS)
    plant(path, settings, FIRST, LAST, seed=3, a_day=60)
    door = open_door(path, Hands(instant("2026-04-11 12:00")), settings)
    with_kept(door, door.now())
    door.writer.do(lambda store: (store.drop_kept(door.office, "2026-04-09"), None))
    yield door
    door.store.close()


ASKED = [
    Asked(FIRST, LAST),
    Asked(FIRST + timedelta(days=9), LAST - timedelta(days=5)),
    Asked(FIRST, LAST, services=("tax",)),
    Asked(FIRST, LAST, desks=("2",), channels=("kiosk",)),
    Asked(FIRST, LAST, weekdays=(1,), hours=(10, 11)),
    Asked(LAST, LAST),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.first} {asked.last} {asked.narrowed}")
def test_what_is_remembered_says_what_is_measured_from_the_visits(past, asked):
    now, fresh = past.now(), Figures(past.settings, past.store)
    facts = fresh.facts(asked, now)
    figures = Figures(past.settings, past.store, memory=Memory())
    told = [figures.of(asked, now) for _ in range(2)]
    assert told[0] == told[1] == fresh.of(asked, now)
    shape = Shape(TARGET, None, report.itself)
    whole = report.total([sums_of(facts, shape)], TARGET)
    different = {"validated", "longest_service"}  # of which the first asks what day it is
    assert {name: told[1]["total"][name] for name in whole.keys() - different} == {
        name: whole[name] for name in whole.keys() - different
    }


class Counting(Memory):
    """Memory that says how often anything was measured for it."""

    measured = 0

    def put(self, name, value):
        self.measured += 1
        super().put(name, value)


def test_a_day_on_which_more_and_more_come_is_seldom_cause_to_measure_again(past):
    asked, memory = Asked(FIRST, date(2026, 4, 11)), Counting()
    figures = Figures(past.settings, past.store, memory=memory)
    figures.of(asked, past.now())
    memory.measured = 0
    for _ in range(20):
        for _ in range(12):
            past.ticket()
        assert figures.of(asked, past.now()) == Figures(past.settings, past.store).of(asked, past.now())
    assert memory.measured <= 2


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_sums_of_any_parts_are_together_those_of_the_whole(past, parts):
    facts = Figures(past.settings, past.store).facts(Asked(FIRST, LAST), past.now())
    shape, n = Shape(TARGET, None, report.mondays), len(facts)
    legs = numpy.arange(len(facts["later_day"]))
    use = numpy.arange(len(facts["use_day"]))
    whole = sums_of(facts, shape)
    cut = [_some(facts, numpy.arange(n) % parts == part, legs % parts == part, use % parts == part)
           for part in range(parts)]  # fmt: skip
    sums = [sums_of(one, shape, Room(n)) for one in cut]
    assert report.total(sums, TARGET) == report.total([whole], TARGET)
    assert report.parts(sums, FIRST, LAST, {}) == report.parts([whole], FIRST, LAST, {})
    assert report.distribution(sums, 60_000) == report.distribution([whole], 60_000)
    assert n > 1_000


def _some(facts: Facts, rows, legs, use) -> Facts:
    from reception.figures.facts import DAY_OF

    masks = {"day": rows, "later_day": legs, "use_day": use}
    return Facts({name: facts[name][masks[DAY_OF[name]]] for name in TYPES}, facts.words)


# -- what is no longer true -------------------------------------------------------------------------------------------


def test_what_was_remembered_is_not_measured_again(door, hands):
    """The negatives' positive: kept facts that change without their stamp are not looked at."""
    a_monday(door, hands)
    with_kept(door, hands.wall)
    figures = figures_of(door, memory=Memory())
    before = figures.between(MONDAY, TUESDAY, hands.wall)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.between(MONDAY, TUESDAY, hands.wall) == before
    assert figures_of(door).between(MONDAY, TUESDAY, hands.wall) != before


def test_today_goes_on_beside_what_is_remembered(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    figures = figures_of(door, memory=Memory())
    for _ in range(12):
        door.take("finish", seen_after(door, hands, minutes=3))
        assert figures.between(MONDAY, TUESDAY, hands.wall) == figures_of(door).between(MONDAY, TUESDAY, hands.wall)


def test_a_kept_day_that_is_corrected_and_kept_again_is_another(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    figures = figures_of(door, memory=Memory())
    before = figures.between(MONDAY, TUESDAY, hands.wall)
    change = "UPDATE visits SET seen_at = seen_at - 600000 WHERE seen_at IS NOT NULL"
    door.writer.do(lambda store: (store.execute(change), None))
    with_kept(door, hands.wall)
    after = figures.between(MONDAY, TUESDAY, hands.wall)
    assert after != before and after == figures_of(door).between(MONDAY, TUESDAY, hands.wall)


def test_rules_that_change_change_what_is_remembered(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    memory = Memory()
    figures_of(door, memory=memory).between(MONDAY, TUESDAY, hands.wall)
    promise = door.settings.promise.model_copy(update={"target_seconds": 30})
    settings = door.settings.model_copy(update={"promise": promise})
    Figures(settings, door.store, door.writer).note_rules(hands.wall, since=MONDAY)
    found = Figures(settings, door.store, memory=memory).between(MONDAY, TUESDAY, hands.wall)
    assert found == Figures(settings, door.store).between(MONDAY, TUESDAY, hands.wall)
    assert found["target_seconds"] == 30 and found["total"]["hits"] == 0


def test_parts_asked_for_are_remembered_apart(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    figures, asked = figures_of(door, memory=Memory()), Asked(MONDAY, TUESDAY)
    for services in ((), ("housing",), ("tax",), ("housing", "tax")):
        one = replace(asked, services=services)
        assert figures.of(one, hands.wall) == figures_of(door).of(one, hands.wall)


class Big:
    size = 40


def test_memory_forgets_what_was_not_asked_for_longest():
    memory, made = Memory(most=100), []

    def ask(name):
        return memory.get(name, lambda: made.append(name) or Big())

    for name in "aabacab":
        ask(name)
    assert made == ["a", "b", "c", "b"]  # b went for c, since a had been asked for meanwhile


# -- from one process to the next -------------------------------------------------------------------------------------


def test_what_was_saved_is_remembered_by_the_next(door, hands, tmp_path):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    first, then = Memory(file=tmp_path / "saved"), Memory(file=tmp_path / "saved")
    before = figures_of(door, memory=first).between(MONDAY, TUESDAY, hands.wall)
    first.save()
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    then.load()
    assert figures_of(door, memory=then).between(MONDAY, TUESDAY, hands.wall) == before


@pytest.mark.parametrize("data", [b"", b"nothing of ours", bytes(4_000)])
def test_a_file_of_another_version_or_in_pieces_is_nothing(door, hands, tmp_path, data):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    file = tmp_path / "saved"
    whole = Memory(file=file)
    wanted = figures_of(door, memory=whole).between(MONDAY, TUESDAY, hands.wall)
    whole.save()
    for text in (data, file.read_bytes()[:200]):
        file.write_bytes(text)
        memory = Memory(file=file)
        memory.load()
        assert figures_of(door, memory=memory).between(MONDAY, TUESDAY, hands.wall) == wanted


def test_a_place_where_nothing_can_be_saved_hinders_nothing(door, hands, tmp_path):
    memory = Memory(file=tmp_path / "nowhere" / "saved")
    memory.load()
    figures_of(door, memory=memory).between(MONDAY, TUESDAY, hands.wall)
    memory.save()


def test_to_warm_is_to_remember_all_that_ever_was(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    figures = figures_of(door, memory=Memory())
    figures.warm(hands.wall)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.between(MONDAY, TUESDAY, hands.wall)["total"]["misses"] < 5
