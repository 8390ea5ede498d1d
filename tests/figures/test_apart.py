"""Figures worked out in a process of their own are those that the server would give, whatever the process does."""

import sys

import pytest

from reception.figures import Asked, Figures
from reception.figures.behind import behind
from reception.figures.link import Apart
from reception.refusals import Refusal
from tests.figures.a_monday import MONDAY, TUESDAY, a_monday, with_kept

ENDS_AT_ONCE = (sys.executable, "-c", "")
TALKS_NONSENSE = (sys.executable, "-c", "print('good morning, all figures are well')")
ANSWERS_NOTHING = (sys.executable, "-c", "import sys; sys.stdin.read()")


def here(work, *given):
    return work(*given)


@pytest.fixture
def apart(door):
    started = []

    def start(**how):
        started.append(Apart(door.settings, door.store.path, here, **how))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def monday(door, hands):
    """A day that is kept, and one that is not over: what the figures are when the process that asks works them out."""
    a_monday(door, hands)
    with_kept(door, hands.wall)
    return Figures(door.settings, door.store).between(MONDAY, TUESDAY, hands.wall)


def test_a_report_and_the_visits_behind_it_are_the_same(door, hands, apart, monday):
    figures, plain = Figures(door.settings, door.store, apart=apart()), Figures(door.settings, door.store)
    assert figures.between(MONDAY, TUESDAY, hands.wall) == monday
    asked = Asked(MONDAY, TUESDAY)
    assert behind(figures, asked, "arrivals", hands.wall) == behind(plain, asked, "arrivals", hands.wall)
    assert figures.arrivals(asked, hands.wall) == plain.arrivals(asked, hands.wall) == {"2026-03": len(door.visits())}


def test_what_was_stored_a_moment_ago_counts(door, hands, apart, monday):
    figures = Figures(door.settings, door.store, apart=apart())
    assert figures.between(MONDAY, TUESDAY, hands.wall) == monday
    door.writer.do(lambda store: (store.execute("UPDATE visits SET seen_at = seen_at + 600000"), None))
    later = figures.between(MONDAY, TUESDAY, hands.wall)
    assert later != monday and later == Figures(door.settings, door.store).between(MONDAY, TUESDAY, hands.wall)


def test_a_refusal_is_the_same_refusal(door, hands, apart):
    figures = Figures(door.settings, door.store, apart=apart())
    with pytest.raises(Refusal) as refused:
        figures.of(Asked(MONDAY, TUESDAY, offices=("nowhere",)), hands.wall)
    found = refused.value
    assert (found.key, found.status, found.values) == ("unknown_office", 404, {"office": "nowhere"})


def test_a_process_that_was_killed_is_replaced_at_the_next_question(door, hands, apart, monday):
    link = apart()
    figures = Figures(door.settings, door.store, apart=link)
    figures.between(MONDAY, TUESDAY, hands.wall)
    first = link._process
    first.kill()
    assert figures.between(MONDAY, TUESDAY, hands.wall) == monday
    assert link._process.pid != first.pid and link._process.poll() is None


@pytest.mark.parametrize("command", [ENDS_AT_ONCE, TALKS_NONSENSE, ANSWERS_NOTHING, ("/nowhere/to/be/found",)])
def test_without_a_process_that_works_the_server_works_them_out(door, hands, apart, monday, command):
    figures = Figures(door.settings, door.store, apart=apart(command=command, patience=0.5))
    assert figures.between(MONDAY, TUESDAY, hands.wall) == monday


def test_a_server_that_stops_starts_no_other_process(door, hands, apart, monday):
    link = apart()
    figures = Figures(door.settings, door.store, apart=link)
    figures.between(MONDAY, TUESDAY, hands.wall)
    process = link._process
    link.stop()
    assert process.returncode == 0
    with pytest.raises(RuntimeError, match="stops"):
        figures.between(MONDAY, TUESDAY, hands.wall)
    assert link._process is None


def test_the_process_changes_nothing_and_ends_with_the_server(door, hands, apart, monday):
    link = apart()
    with pytest.raises(RuntimeError, match="readonly"):
        Figures(door.settings, door.store, apart=link).apart(_writes)
    process = link._process
    process.stdin.close()
    assert process.wait(30) == 0


def _writes(figures):
    figures.store.reader.execute("DELETE FROM visits")
