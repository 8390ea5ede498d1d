"""Finished days and months are kept, read the same, and are never as good as what a later change made wrong."""

from datetime import date

import pytest

from reception.figures import Asked, Figures
from reception.keeping import forget
from reception.refusals import Refusal
from tests.builders import Hands, instant, open_door
from tests.figures.a_monday import MONDAY, TUESDAY, a_monday, days_kept, figures_of, kept, seen_after, with_kept


def test_a_finished_day_is_kept_and_reads_the_same(door, hands):
    a_monday(door, hands)
    fresh = figures_of(door).between(MONDAY, TUESDAY, hands.wall)
    assert with_kept(door, hands.wall).between(MONDAY, TUESDAY, hands.wall) == fresh
    assert days_kept(door) == ["2026-03-02"]


def test_what_is_kept_is_what_is_read(door, hands):
    """The negative's positive: a column that says otherwise would be believed."""
    a_monday(door, hands)
    figures = with_kept(door, hands.wall)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["misses"] == 5


def test_what_is_made_anew_is_what_the_visits_say(door, hands):
    a_monday(door, hands)
    afresh = Figures(door.settings, door.store).between(MONDAY, TUESDAY, hands.wall)
    figures = with_kept(door, hands.wall)
    before = kept(door)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.rebuild(hands.wall) == 1
    assert kept(door) == before
    assert figures.between(MONDAY, TUESDAY, hands.wall) == afresh


def test_a_month_of_kept_days_becomes_one_and_reads_the_same(door, hands):
    a_monday(door, hands)
    hands.go_to("2026-03-20 12:00")
    a_monday_again = door.take("finish", seen_after(door, hands, minutes=7))
    hands.go_to("2026-04-01 12:00")
    door.catch_up()
    fresh = figures_of(door).between(MONDAY, date(2026, 3, 31), hands.wall)
    figures = with_kept(door, hands.wall)
    assert days_kept(door) == ["2026-03-02"]
    assert figures.between(MONDAY, date(2026, 3, 31), hands.wall) == fresh
    part = Figures(door.settings, door.store)
    assert part.between(TUESDAY, date(2026, 3, 25), hands.wall)["total"]["longest_ms"] == 420_000
    door.writer.do(
        lambda store: (
            store.execute("UPDATE visits SET seen_at = seen_at + 1 WHERE id = ?", (a_monday_again.id,)),
            None,
        )
    )
    assert days_kept(door) == []
    assert with_kept(door, hands.wall).between(MONDAY, date(2026, 3, 31), hands.wall) != fresh


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE visits SET seen_at = seen_at - 600000 WHERE seen_at IS NOT NULL",
        "UPDATE visits SET state = 'cancelled' WHERE state = 'completed'",
        "UPDATE visits SET day = '2026-03-01', arrived_at = arrived_at - 86400000, seen_at = seen_at - 86400000",
        "DELETE FROM visits",
    ],
)
def test_an_old_day_that_changes_is_measured_again(door, hands, change):
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]
    door.writer.do(lambda store: (store.execute(change), None))
    after = figures_of(door).between(MONDAY, MONDAY, hands.wall)
    assert after["total"] != before
    assert after == Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)


def test_forgetting_links_keeps_what_is_kept(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    door.writer.do(lambda store: (store.execute("UPDATE visits SET token = NULL"), None))
    assert days_kept(door) == ["2026-03-02"]


def test_a_step_undone_after_midnight_changes_its_own_day(tmp_path):
    hands = Hands(instant("2026-03-02 23:54"))
    door = open_door(tmp_path / "reception.db", hands)
    visit = door.take("leave", door.ticket())
    hands.go_to("2026-03-03 00:06")
    figures = with_kept(door, hands.wall)
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["left"] == 1
    assert days_kept(door) == ["2026-03-02"]
    door.undo(by="person:1", visit=visit.id)
    assert kept(door) == {}
    door.catch_up()
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["closed_unserved"] == 1
    door.store.close()


def test_a_step_on_yesterdays_visitor_finds_them_closed_with_their_day(door, hands):
    visit = door.ticket()
    hands.go_to("2026-03-03 00:00")
    with pytest.raises(Refusal) as refused:
        door.take("leave", visit)
    assert refused.value.key == "visit_ended"
    assert door.stored(visit).ended_inferred


def test_a_day_measured_while_it_changed_is_not_kept(door, hands):
    a_monday(door, hands)

    def while_measuring(work, *given):
        answer = work(*given)
        late = door.visits()[0]
        door.writer.do(lambda store: (_touch(store, door, late, hands.wall), None))
        return answer

    figures_of(door, aside=while_measuring).catch_up(hands.wall)
    assert kept(door) == {}


def _touch(store, door, visit, at):
    newest = store.last_step(door.office)[0]
    store.execute(
        "INSERT INTO steps (office, number, visit, step, at, by, press, changes)"
        " VALUES (?, ?, ?, 'corrected', ?, 'person:1', ?, '{}')",
        (door.office, newest + 1, visit.id, at, newest + 1),
    )


def test_a_day_that_somebody_has_not_left_yet_is_not_kept(door, hands):
    door.ticket()
    hands.go_to("2026-03-03 12:00")
    assert with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]["longest_ms"] == 26 * 3_600_000
    assert kept(door) == {}
    door.catch_up()
    assert with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]["closed_unserved"] == 1
    assert days_kept(door) == ["2026-03-02"]


def test_forgetting_needs_keeps_their_waits_first(door, hands):
    door.issue(service="tax", needs=["bsl"], by="person:1")
    hands.go(minutes=2)
    door.take("finish", door.take("start", door.next()))
    hands.go_to("2026-03-05 12:00")
    door.catch_up()
    assert forget(door).particulars
    assert figures_of(door).of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]["n"] == 1


def test_needs_are_kept_apart_from_visits_and_outlive_them(door, hands):
    visit = door.issue(service="tax", needs=["bsl"], by="person:1").visit
    hands.go(minutes=2)
    door.take("finish", door.take("start", door.next()))
    hands.go_to("2026-03-03 12:00")
    door.catch_up()
    figures = with_kept(door, hands.wall)
    fresh = figures.of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]
    door.writer.do(lambda store: (store.execute("DELETE FROM particulars"), None))
    later = figures.of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]
    assert (fresh["n"], fresh["median_ms"]) == (later["n"], later["median_ms"]) == (1, 120_000)
    assert [one["key"] for one in figures.between(MONDAY, MONDAY, hands.wall)["needs"]] == ["bsl"]
    assert visit.id not in str(door.rows("SELECT * FROM need_waits"))
