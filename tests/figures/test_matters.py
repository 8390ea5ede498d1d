"""Resolved at first contact, validated: nobody came back about the same matter, by the council's own reference."""

from datetime import date

import pytest

from reception.figures import Figures
from reception.keeping import forget
from reception.refusals import Refusal
from tests.builders import Hands, instant, open_door

MONDAY = date(2026, 3, 2)
MARCH = (MONDAY, date(2026, 3, 31))


@pytest.fixture
def door(tmp_path, hands):
    found = open_door(tmp_path / "reception.db", hands, figures={"references": True})
    yield found
    found.store.close()


def comes(door, hands: Hands, when: str, reference: str = "", outcome: str = "resolved"):
    """Somebody comes, is seen, and goes; the receptionist says what came of it and what it was about."""
    hands.go_to(when)
    door.catch_up()
    door.ticket()
    visit = door.take("start", door.next())
    return door.finish(visit=visit.id, by="person:1", desk="1", outcome=outcome, reference=reference)


def validated(door, hands: Hands, days=MARCH) -> dict | None:
    return Figures(door.settings, door.store, door.writer).between(*days, hands.wall)["total"]["validated"]


def counted(found: dict | None) -> tuple:
    return found and (found["hits"], found["n"], found["carrying"]["n"], found["undecided"])


def test_who_does_not_come_back_within_fourteen_days_was_answered_at_once(door, hands):
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    comes(door, hands, "2026-03-03 10:00", "CT-200")
    comes(door, hands, "2026-03-03 11:00")
    comes(door, hands, "2026-03-16 10:00", "ct 100")
    comes(door, hands, "2026-03-18 10:00", "CT-200")
    hands.go_to("2026-04-02 12:00")
    found = validated(door, hands)
    assert counted(found) == (3, 4, 5, 0)  # the first came back on the fourteenth day; the second on the fifteenth
    assert found["carrying"]["share"] == 4 / 5


def test_nobody_is_counted_before_they_could_have_come_back(door, hands):
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    hands.go_to("2026-03-16 23:59")
    assert counted(validated(door, hands, (MONDAY, MONDAY))) == (0, 0, 0, 1)
    assert validated(door, hands, (MONDAY, MONDAY))["share"] is None
    hands.go_to("2026-03-17 00:00")
    assert counted(validated(door, hands, (MONDAY, MONDAY))) == (1, 1, 1, 0)


def test_without_a_reference_the_figure_is_missing_and_never_kept(door, hands):
    comes(door, hands, "2026-03-02 10:00")
    hands.go_to("2026-04-02 12:00")
    assert validated(door, hands) is None


def test_passed_on_is_not_answered_and_signposted_is_not_asked(door, hands):
    comes(door, hands, "2026-03-02 10:00", "CT-100", outcome="passed_on")
    comes(door, hands, "2026-03-02 11:00", "CT-300", outcome="signposted")
    hands.go_to("2026-04-02 12:00")
    assert counted(validated(door, hands)) == (0, 1, 1, 0)


def test_a_later_visit_makes_a_kept_day_say_that_they_came_back(door, hands):
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    comes(door, hands, "2026-03-05 10:00", "CT-900")
    hands.go_to("2026-03-06 09:00")
    figures = Figures(door.settings, door.store, door.writer)
    assert figures.catch_up(hands.wall) == 4
    back = comes(door, hands, "2026-03-10 10:00", "CT-100")
    assert {first for (first,) in door.rows("SELECT DISTINCT first FROM kept_facts")} == {
        "2026-03-03", "2026-03-04", "2026-03-05",
    }  # fmt: skip
    figures.catch_up(hands.wall)
    door.undo(by="person:1", desk="1")
    assert ("2026-03-02",) not in door.rows("SELECT first FROM kept_facts")
    door.finish(visit=back.id, by="person:1", desk="1", outcome="resolved", reference="CT 100")
    figures.catch_up(hands.wall)
    door.note(visit=back.id, by="person:1", reference="")
    assert ("2026-03-02",) not in door.rows("SELECT first FROM kept_facts")
    door.note(visit=back.id, by="person:1", reference="CT100")
    hands.go_to("2026-04-02 12:00")
    door.catch_up()
    fresh = validated(door, hands)
    assert counted(fresh) == (2, 3, 3, 0)
    figures.catch_up(hands.wall)
    assert validated(door, hands) == fresh


def test_a_visit_cancelled_as_a_mistake_was_no_return(door, hands):
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    hands.go_to("2026-03-05 10:00")
    door.catch_up()
    again = door.ticket()
    door.note(visit=again.id, by="person:1", reference="CT-100")
    figures = Figures(door.settings, door.store, door.writer)
    figures.catch_up(hands.wall)
    door.take("cancel", again)
    hands.go_to("2026-04-02 12:00")
    assert counted(validated(door, hands)) == (1, 1, 1, 0)


def test_the_reference_is_stored_nowhere_and_its_digest_is_forgotten(door, hands, tmp_path):
    comes(door, hands, "2026-03-02 10:00", "CT-100200")
    comes(door, hands, "2026-03-09 10:00", "CT-100200")
    hands.go_to("2026-03-30 12:00")
    before = validated(door, hands)
    assert counted(before) == (1, 2, 2, 0)
    digests = {text for (text,) in door.rows("SELECT text FROM particulars WHERE kind = 'matter'")}
    assert len(digests) == 1
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"CT100200" not in everything
    assert b"CT-100200" not in everything
    assert not any(digests & set(str(step).split("'")) for step in door.told())
    hands.go_to("2026-05-20 12:00")
    door.catch_up()
    figures = Figures(door.settings, door.store, door.writer)
    figures.catch_up(hands.wall)
    forget(door)
    assert door.rows("SELECT count(*) FROM particulars WHERE kind = 'matter'") == [(0,)]
    assert validated(door, hands) == before
    figures.rebuild(hands.wall)
    assert validated(door, hands) == before


def test_the_key_is_the_owners_alone_and_without_it_nobody_finds_the_digest(door, hands, tmp_path):
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    key = tmp_path / "matters.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    comes(door, hands, "2026-03-03 10:00", "CT-100")
    hands.go_to("2026-04-02 12:00")
    assert counted(validated(door, hands)) == (2, 2, 2, 0)


def test_an_office_that_keeps_no_references_says_so_and_changes_nothing(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    door.ticket()
    visit = door.take("start", door.next())
    with pytest.raises(Refusal) as refused:
        door.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved", reference="CT-1")
    assert refused.value.key == "references_not_kept"
    assert door.stored(visit).state == "serving"
    assert not (tmp_path / "matters.key").exists()
    door.store.close()


def test_a_reference_that_is_too_long_is_refused(door):
    visit = door.ticket()
    with pytest.raises(Refusal) as refused:
        door.note(visit=visit.id, by="person:1", reference="X" * 61)
    assert refused.value.key == "reference_too_long"


def test_last_years_returns_are_judged_by_last_years_days(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands, figures={"references": True, "return_days": 5})
    figures = Figures(door.settings, door.store, door.writer)
    figures.note_rules(instant("2026-03-01 09:00"))
    comes(door, hands, "2026-03-02 10:00", "CT-100")
    comes(door, hands, "2026-03-09 10:00", "CT-100")
    hands.go_to("2026-04-02 12:00")
    assert counted(validated(door, hands)) == (2, 2, 2, 0)
    door.store.close()
