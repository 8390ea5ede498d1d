"""The promise to answer at first contact, held to who came back about the same matter."""

import pytest

from tests.builders import Hands, instant, open_door
from tests.scorecard.months import Came, lived, making

STANDARDS = [
    {"key": "first", "promise": "We answer at once.", "measure": "first_contact", "at_least": 70},
    {"key": "truly", "promise": "And you need not come back.", "measure": "first_contact_validated", "at_least": 70},
]


@pytest.fixture
def door(tmp_path):
    hands = Hands(instant("2026-12-01 10:00"))
    found = open_door(tmp_path / "r.db", hands, standards=STANDARDS, figures={"references": True})
    yield found
    found.store.close()


def october(door, *, carrying: int, came_back: int) -> dict:
    """The public standards of a month of 120 visits, 20 of them passed on; of the first, so many carry a reference of
    their own, and so many of those came back in November."""
    lived(door, "2026-10", Came(100), Came(20, outcome="passed_on"))
    visits = door.visits()
    lived(door, "2026-11", Came(came_back, outcome=None))
    back = [one for one in door.visits() if one.day >= "2026-11"]

    def turn(store):
        told = [(one.id, f"m{place}") for place, one in enumerate(visits[:carrying])]
        told += [(one.id, f"m{place}") for place, one in enumerate(back)]
        for number, (visit, digest) in enumerate(told):
            row = (door.office, visit, "matter", 1_000 + number, digest, None)
            store.execute("INSERT INTO particulars VALUES (?, ?, ?, ?, ?, ?)", row)
            if number >= carrying:  # an hour later, so within fourteen days
                first = visits[number - carrying]
                moved = ", ".join(
                    f"{name} = {name} - arrived_at + {first.arrived_at + 3_600_000}"
                    for name in ("acknowledged_at", "first_called_at", "last_called_at", "seen_at", "ended_at")
                )
                moved += f", arrived_at = {first.arrived_at + 3_600_000}, day = '{first.day}'"
                store.execute(f"UPDATE visits SET {moved} WHERE id = ?", (visit,))
        return None, None

    door.writer.do(turn)
    card = making(door).public("2026-10", instant("2026-12-01 10:00"))
    return {one["key"]: one for one in card["standards"]}


def test_who_came_back_was_not_answered_at_once(door):
    found = october(door, carrying=90, came_back=30)
    assert (found["truly"]["hits"], found["truly"]["n"], found["truly"]["state"]) == (60, 90, "not_met")
    assert found["first"]["state"] == "met"


def test_without_references_the_promise_has_no_figures(door):
    assert october(door, carrying=0, came_back=0)["truly"]["state"] == "missing"


@pytest.mark.parametrize(("carrying", "came_back"), [(100, 3), (118, 40), (97, 0), (4, 0)])
def test_nobody_is_told_how_few_came_back_or_carry_none(door, carrying, came_back):
    """Beside the share that was said, each of these would tell of one to four people."""
    truly = october(door, carrying=carrying, came_back=came_back)["truly"]
    assert (truly["n"], truly["hits"], truly["share"]) == (None, None, None)


def test_the_negatives_positive_is_shown(door):
    assert october(door, carrying=100, came_back=30)["truly"]["n"] == 100
