"""The one writer: turns that share a commit do not share their fate, and news follows in the order stored."""

import sqlite3

import gevent
import pytest

from reception.refusals import Refusal, StoreFault
from reception.store import Store
from reception.writer import GROUP, GeventWriter, Writer, commit


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "r.db")
    made.execute("CREATE TABLE notes (text TEXT PRIMARY KEY)")
    yield made
    made.close()


def write(text: str):
    def turn(store):
        store.execute("INSERT INTO notes VALUES (?)", (text,))
        return text.upper(), f"news of {text}"

    return turn


def write_and_refuse(store):
    store.execute("INSERT INTO notes VALUES ('refused')")
    raise Refusal("not_like_this")


def notes(store) -> list[str]:
    return [row[0] for row in store.reader.execute("SELECT text FROM notes ORDER BY rowid").fetchall()]


def test_others_of_the_same_commit_are_unharmed_by_a_refusal(store):
    one, refused, other = commit(store, [write("one"), write_and_refuse, write("other")])
    assert (one, other) == ((True, "ONE", "news of one"), (True, "OTHER", "news of other"))
    assert (refused[0], refused[1].key, refused[2]) == (False, "not_like_this", None)
    assert notes(store) == ["one", "other"]


def test_others_are_unharmed_by_a_turn_that_breaks_a_promise_of_the_database(store):
    done = [outcome[0] for outcome in commit(store, [write("one"), write("one"), write("two")])]
    assert (done, notes(store)) == ([True, False, True], ["one", "two"])


def test_a_fault_of_the_database_is_told_to_all_of_the_commit_and_nothing_of_it_happened(store):
    def broken(store):
        store.execute("INSERT INTO nowhere VALUES (1)")

    outcomes = commit(store, [write("one"), broken, write("two")])
    assert [(done, type(fault), fault.key) for done, fault, _ in outcomes] == [
        (False, StoreFault, "database_fault")
    ] * 3
    assert notes(store) == []
    assert commit(store, [write("after")])[0][0]


def test_a_damaged_file_met_by_one_turn_is_told_to_all_of_the_commit(store):
    def unreadable(store):
        raise sqlite3.DatabaseError("database disk image is malformed")

    assert [fault.key for _, fault, _ in commit(store, [write("one"), unreadable])] == ["database_damaged"] * 2
    assert notes(store) == []


def test_a_turn_is_visible_to_the_next_of_the_same_commit(store):
    def count(store):
        return store.execute("SELECT count(*) FROM notes").fetchone()[0], None

    assert [answer for _, answer, _ in commit(store, [write("a"), count, write_and_refuse, count])][1::2] == [1, 1]


def test_the_writer_raises_what_the_turn_raised_and_tells_nothing(store):
    told = []
    writer = Writer(store, told.append)
    with pytest.raises(Refusal, match="not_like_this"):
        writer.do(write_and_refuse)
    assert writer.do(write("one")) == "ONE"
    assert told == ["news of one"]


def test_on_the_event_loop_all_who_ask_together_are_answered_and_told_in_the_order_stored(store):
    told = []
    writer = GeventWriter(store, told.append)
    asked = [write_and_refuse if n % 7 == 3 else write(f"{n:03d}") for n in range(3 * GROUP)]
    waiting = [gevent.spawn(writer.do, turn) for turn in asked]
    gevent.joinall(waiting, timeout=10)
    wanted = [f"{n:03d}" for n in range(3 * GROUP) if n % 7 != 3]
    assert [each.value for each in waiting if each.successful()] == wanted
    assert {type(each.exception) for each in waiting if not each.successful()} == {Refusal}
    with gevent.Timeout(5):
        while len(told) < len(wanted):
            gevent.sleep(0.001)
    assert notes(store) == wanted
    assert told == [f"news of {text}" for text in wanted]
    writer.close()


def test_on_the_event_loop_many_who_ask_together_share_few_commits(store):
    commits, plain = [], store.commit
    store.commit = lambda: (commits.append(1), plain())
    writer = GeventWriter(store, lambda news: None)
    gevent.joinall([gevent.spawn(writer.do, write(f"{n:03d}")) for n in range(GROUP)], timeout=10)
    assert len(notes(store)) == GROUP
    assert len(commits) <= 3
    writer.close()


def test_on_the_event_loop_whoever_asks_is_answered_before_the_lobby_hears(store):
    order = []
    writer = GeventWriter(store, lambda news: order.append("told"))

    def ask():
        writer.do(write("one"))
        order.append("answered")

    gevent.spawn(ask).join(timeout=10)
    with gevent.Timeout(5):
        while len(order) < 2:
            gevent.sleep(0.001)
    assert order == ["answered", "told"]
    writer.close()


def test_on_the_event_loop_a_fault_is_told_and_the_writer_goes_on(store):
    writer = GeventWriter(store, lambda news: None)

    def broken(store):
        store.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(StoreFault, match="database_fault"):
        writer.do(broken)
    assert writer.do(write("after")) == "AFTER"
    writer.close()
