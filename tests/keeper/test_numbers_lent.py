"""Numbers lent to kiosks beforehand: out of the one counter, each to one kiosk alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.blocks import holding, next_number, to_lend, used_up
from reception.numbers import number
from reception.things import Block
from tests.builders import OFFICE_HOURS, Hands, instant, open_door

DAY = "2026-03-02"
LOBBY, ANNEX = "kiosk-1", "kiosk-2"


def lend(door, kiosk: str = LOBBY, **said) -> list[str]:
    return [f"{b.day[-2:]} {b.letter}{b.first}-{b.last}" for b in door.lend(kiosk=kiosk, by=f"screen:{kiosk}", **said)]


def test_a_kiosk_is_lent_numbers_of_every_letter_for_today_and_the_next_day(door):
    assert lend(door) == ["02 A1-20", "02 B1-20", "03 A1-20", "03 B1-20"]


def test_asked_again_it_has_the_same_numbers(door):
    first = lend(door)
    assert lend(door) == first
    assert door.words() == ["numbers_lent"] * 4


def test_what_is_lent_is_nobody_elses(door):
    lend(door)
    assert door.ticket().number == "A021"
    assert lend(door, ANNEX)[:2] == ["02 A22-41", "02 B21-40"]
    assert door.ticket().number == "A042"


def test_the_next_day_is_the_next_with_opening_hours(tmp_path):
    hours = OFFICE_HOURS | {"saturday": [], "sunday": []}
    door = open_door(tmp_path / "r.db", Hands(instant("2026-03-06 16:00")), hours=hours)  # a Friday
    assert lend(door) == ["06 A1-20", "06 B1-20", "09 A1-20", "09 B1-20"]


def test_a_block_that_is_used_up_is_followed_by_one_however_often_it_is_said(door):
    lend(door)
    assert lend(door, used_up=["2026-03-02 A1"])[:3] == ["02 A1-20", "02 B1-20", "03 A1-20"]
    assert lend(door, used_up=["2026-03-02 A1"]) == lend(door)
    assert "02 A21-40" in lend(door)


def test_no_kiosk_is_lent_a_days_numbers_without_end(tmp_path):
    door = open_door(tmp_path / "r.db", keeper={"numbers": 20, "most": 50})
    for _ in range(9):
        newest = {(b.day, b.letter): b.id for b in door.lend(kiosk=LOBBY, by="screen:1")}
        lent = door.lend(kiosk=LOBBY, by="screen:1", used_up=newest.values())
    assert max(block.last for block in lent) == 60


def test_all_machines_with_a_kiosks_key_share_what_it_is_lent_at_most(tmp_path):
    door = open_door(tmp_path / "r.db", keeper={"numbers": 20, "most": 50})
    lent = [door.lent(f"{LOBBY} machine-{n}", ["2026-03-02"]) for n in range(9) if lend(door, f"{LOBBY} machine-{n}")]
    assert [len(blocks) for blocks in lent] == [2, 2, 2]
    assert lend(door, f"{ANNEX} machine-1")[0] == "02 A61-80"


BLOCKS = [Block("2026-03-02", "A", 998, 1001, "k", 0), Block("2026-03-02", "B", 1, 2, "k", 0)]


@pytest.mark.parametrize("one", ["A998", "A999", "A1000", "A1001", "B002"])
def test_a_number_is_of_the_block_it_was_lent_in(one):
    assert holding(BLOCKS, DAY, one) in BLOCKS


@pytest.mark.parametrize("one", ["A997", "A1002", "B003", "C001", "B2", "A0998", "b001", "", "A٩٩٨", "A99999999"])
def test_no_other_number_is(one):
    assert holding(BLOCKS, DAY, one) is None
    assert holding(BLOCKS, "2026-03-03", "A998") is None


def test_numbers_are_given_from_the_lowest_on_until_there_is_none():
    found = []
    while one := next_number(BLOCKS, DAY, "A", found):
        found.append(one)
    assert found == ["A998", "A999", "A1000", "A1001"]


@given(
    st.lists(st.tuples(st.sampled_from(["k1", "k2", "lobby"]), st.sampled_from("AB")), max_size=60),
    st.integers(2, 6),
)
def test_whoever_gives_them_no_number_is_given_twice_and_each_kiosk_gives_its_own_in_order(turns, size):
    """Two kiosks that are lent more whenever half is gone, and the server itself, out of one counter."""
    last, blocks, given = {"A": 0, "B": 0}, {"k1": [], "k2": []}, {"k1": [], "k2": [], "lobby": []}

    def lend(kiosk):
        used = used_up(blocks[kiosk], {DAY: given[kiosk]})
        for day, letter in to_lend("AB", [DAY], blocks[kiosk], used, most=1_000):
            blocks[kiosk].append(Block(day, letter, last[letter] + 1, last[letter] + size, kiosk, 0))
            last[letter] += size

    for who, letter in turns:
        if who == "lobby":
            last[letter] += 1
            given[who].append(number(letter, last[letter]))
        else:
            lend(who)
            given[who].append(next_number(blocks[who], DAY, letter, given[who]))
    everyone = [one for numbers in given.values() for one in numbers]
    assert None not in everyone and len(set(everyone)) == len(everyone)
    assert all(holding(blocks[kiosk], DAY, one) for kiosk in blocks for one in given[kiosk])
    for numbers in given.values():
        assert [one for one in numbers if one[0] == "A"] == sorted(one for one in numbers if one[0] == "A")


def test_more_is_asked_for_when_half_is_gone():
    assert used_up(BLOCKS, {"2026-03-02": {"A998", "A999"}}) == ["2026-03-02 A998"]
    assert used_up(BLOCKS, {"2026-03-02": {"A998"}, "2026-03-03": {"A999"}}) == []
