"""Pages of the tables while the office goes on: nobody twice, nobody left out, and no cursor does harm."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.data.reading import Reading, Wanted
from reception.data.tables import TABLES
from reception.figures import Figures, note_rules
from reception.refusals import Refusal
from reception.warning.advice import Advice
from reception.warning.due import Near
from tests.builders import office
from tests.door.conftest import refused

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just("2026-03-02"),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=8,
)


def page(door, name: str, after: str | None = None, limit: int = 2, **wanted):
    figures = Figures(door.settings, door.store)
    with figures.look():
        wanted = Wanted(**{"office": door.office, **wanted})
        return Reading(figures, wanted.office, door.now()).page(TABLES[name], wanted, after, limit)


def numbers(found) -> list[str]:
    return [dict(zip(TABLES["visits"].names, row, strict=True))["number"] for row in found.rows]


def test_those_who_came_in_one_instant_are_told_once_each(door):
    given_out = [door.ticket().number for _ in range(7)]
    told, cursor = [], None
    while cursor or not told:
        found = page(door, "visits", cursor, limit=2)
        told, cursor = told + numbers(found), found.next
    assert sorted(told) == given_out


def test_whoever_comes_between_two_pages_is_on_a_later_one_and_nobody_is_told_twice(door, hands):
    for _ in range(3):
        door.ticket()
        hands.go(minutes=1)
    first = page(door, "visits")
    hands.go(minutes=1)
    door.next()
    late = door.ticket()
    second = page(door, "visits", first.next, limit=9)
    assert numbers(first) + numbers(second) == ["A001", "A002", "A003", late.number]
    assert second.changes == first.changes
    assert set(numbers(page(door, "visits", limit=9, changed_since=second.changes))) == {"A001", late.number}


def test_one_press_that_changes_two_visits_changes_both(door):
    first, second = door.ticket(), door.ticket()
    door.next()
    before = page(door, "visits").changes
    door.next()
    assert set(numbers(page(door, "visits", changed_since=before))) == {first.number, second.number}


def test_an_undone_press_is_a_change_too(door):
    door.ticket()
    door.next()
    before = page(door, "visits").changes
    door.undo(by="person:1", desk="1")
    assert numbers(page(door, "visits", changed_since=before)) == ["A001"]


def test_another_target_is_another_basis(door, hands):
    def basis(settings) -> str:
        figures = Figures(settings, door.store)
        with figures.look():
            return Reading(figures, door.office, door.now()).basis

    door.ticket()
    note_rules(door)
    before = basis(door.settings)
    assert basis(door.settings) == before
    hands.go(days=1)
    door.settings = office(promise={"target_seconds": 600})
    note_rules(door)
    assert basis(door.settings) != before


def test_an_alert_is_told_with_its_times_and_not_with_whoever_saw_to_it(door, hands):
    def look(passed):
        door.alert(passed, dict.fromkeys(passed, door.now()), worded=lambda *_: ("", ""))

    door.settings = office(alerts=[{"key": "long", "what": "longest_wait", "limit": 10, "service": "tax"}])
    look({("long", "tax"): 12.0})
    hands.go(minutes=2)
    door.see_to_alert(alert=door.alerts()[0].id, by="person:robin")
    hands.go(minutes=3)
    look({})
    (row,) = page(door, "alerts").rows
    told = dict(zip(TABLES["alerts"].names, row, strict=True))
    assert (told["threshold"], told["about"], told["day"]) == ("long", "tax", "2026-03-02")
    assert (told["seen_to_at"] - told["began_at"], told["lasted_seconds"]) == (2 * 60_000, 5 * 60)
    assert "robin" not in str(row)


def test_a_warning_is_told_with_what_became_of_it(door, hands):
    visit = door.ticket()
    near = Near(visit, 0.9, 200_000, visit.arrived_at + 300_000)
    door.warn([(near, Advice("paused", "2", 7, "back", "2", 0.1))])
    hands.go(minutes=6)
    door.take("start", door.next("1"), "1")
    door.warn([])
    (row,) = page(door, "warnings").rows
    told = dict(zip(TABLES["warnings"].names, row, strict=True))
    assert (told["visit"], told["service_name"], told["chance"]) == (visit.id, "Council Tax", 0.9)
    assert (told["why"], told["step"], told["step_desk_name"]) == ("paused", "back", "Desk 2")
    assert (told["target_at"] - told["warned_at"], told["outcome"]) == (300_000, "missed")


def test_an_office_that_is_not_here_has_no_tables(door):
    with refused("unknown_office"):
        page(door, "visits", office="elsewhere")


@pytest.mark.parametrize("name", TABLES)
def test_the_last_cursor_of_a_table_leads_on_and_a_made_up_one_nowhere(later, name):
    first = page(later, name, limit=1)
    if not first.next:
        assert len(first.rows) < 2
        return
    assert page(later, name, first.next, limit=1).rows != first.rows

    @given(place=ANY, changes=ANY, changed=st.booleans())
    def harmless(place, changes, changed):
        since = 5 if changed and TABLES[name].changes else None
        asked = [name, later.office, None, None, since]
        cursor = base64.urlsafe_b64encode(json.dumps([asked, changes, place]).encode()).decode()
        try:
            page(later, name, cursor, limit=3, changed_since=since)
        except Refusal as refusal:
            assert refusal.key == "unknown_cursor"

    harmless()
