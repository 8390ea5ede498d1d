"""What those who wait may expect while the office runs: kept up to date, the same after a restart, never in the way."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reception.estimate.live import Expecting
from reception.estimate.said import Said
from tests.builders import OFFICE_HOURS, TEN, Hands, instant, office, open_door, replayed
from tests.estimate.rooms import BOTH, SERVICES, SPLIT

MINUTE = 60_000
ROOT = Path(__file__).parents[2]


class Lobby:
    """A door with the estimates beside it, at ten on a Monday. `settings` are of two desks that take anything."""

    def __init__(self, path: Path, hands: Hands | None = None, **settings):
        self.hands = hands or Hands()
        self.door = open_door(path, self.hands, office(**{"services": SERVICES, "desks": BOTH} | settings))
        self.expecting = Expecting(self.door)

    def open(self, *desks: str) -> None:
        for desk in desks or ("1", "2"):
            self.door.set_desk(desk=desk, state="open", by=f"person:{desk}")
        self.expecting.refresh()

    def come(self, *services: str, every: int = 1) -> list:
        """Tickets, a minute apart."""
        found = []
        for service in services:
            found.append(self.door.ticket(service))
            self.expecting.refresh()
            self.hands.go(minutes=every)
        return found

    def pass_time(self, minutes: int) -> None:
        """Looked at every half minute, as the server does."""
        for _half in range(2 * minutes):
            self.hands.go(seconds=30)
            self.expecting.refresh()

    def close(self) -> None:
        self.door.store.close()


@pytest.fixture
def lobby(tmp_path):
    lobby = Lobby(tmp_path / "reception.db")
    yield lobby
    lobby.close()


def steps(lobby, name: str) -> list:
    return [step for step in lobby.door.told() if step.step == name]


# -- with the ticket --------------------------------------------------------------------------------------------------


def test_a_ticket_comes_with_what_to_expect_and_the_record_has_it(lobby):
    lobby.open("1")
    first, second = lobby.come("tax", "tax", every=0)
    assert first.said_at == TEN and first.said_low == 0
    assert TEN < first.first_by_at == first.said_by_at < second.said_by_at
    (issued, _) = steps(lobby, "issued")
    assert issued.changes["said_by_at"] == [None, first.said_by_at]
    assert {key: visit.first_by_at for key, visit in replayed(lobby.door.told()).items()} == {
        one.id: one.first_by_at for one in (first, second)
    }


def test_those_who_come_in_one_instant_are_told_of_each_other(lobby):
    lobby.open("1")
    first, second, third = (lobby.door.ticket() for _ in range(3))  # and nothing was estimated between them
    assert first.said_by_at < second.said_by_at < third.said_by_at
    assert [lobby.expecting.visit(one.id).ahead for one in (first, second, third)] == [0, 1, 2]


def test_many_who_come_at_once_are_told_no_later_time_for_having_come_together(lobby, monkeypatch):
    for few in (60, 0):  # worked out on the spot, and by the picture where a line is long
        monkeypatch.setattr("reception.estimate.live.FEW", few)
        lobby.open("1", "2")
        lobby.come(*["tax"] * 4, every=0)
        burst = [lobby.door.ticket("tax") for _ in range(6)]
        assert burst[0].said_by_at + 5 * MINUTE <= burst[-1].said_by_at
        lobby.expecting.refresh()
        assert not any(lobby.expecting.visit(one.id).later for one in burst)


def test_the_picture_tells_whoever_has_no_appointment_and_no_need(lobby, monkeypatch):
    lobby.open("1", "2")
    lobby.come(*["tax"] * 4, every=0)
    on_the_spot, made = lobby.expecting._on_the_spot, []
    monkeypatch.setattr(lobby.expecting, "_on_the_spot", lambda *given: made.append(1) or on_the_spot(*given))
    lobby.expecting._asked = threading.Event()  # as while it is served
    burst = [lobby.door.ticket("tax") for _ in range(4)]
    assert not made
    assert [lobby.expecting.visit(one.id).ahead for one in burst] == [4, 5, 6, 7]
    assert burst[0].said_by_at <= burst[1].said_by_at < burst[-1].said_by_at
    lobby.door.issue(service="tax", needs=["accessible"], by="kiosk:lobby")
    assert len(made) == 1, "whose desks are others"
    lobby.hands.go(minutes=2)
    lobby.door.ticket("tax")
    assert len(made) == 2, "the picture is old"


def test_where_nobody_waited_a_rush_is_told_of_those_who_came_first(lobby):
    lobby.open("1")
    lobby.expecting.refresh()
    lobby.expecting._asked = threading.Event()
    burst = [lobby.door.ticket("tax") for _ in range(3)]
    told = [lobby.expecting.visit(one.id) for one in burst]
    assert [one.ahead for one in told] == [0, 1, 2]
    assert told[0].by_at + 5 * MINUTE <= told[1].by_at < told[2].by_at
    lobby.expecting.refresh()
    assert not any(lobby.expecting.visit(one.id).later for one in burst)


def test_what_a_ticket_says_stands_for_a_moment_while_its_time_does(lobby):
    lobby.open("1", "2")
    lobby.door.next("1")
    lobby.come(*["tax"] * 8)
    lobby.expecting._asked = threading.Event()
    visit = lobby.door.ticket("tax")
    told = lobby.expecting.visit(visit.id)
    for _look in range(5):
        lobby.hands.go(seconds=10)
        lobby.expecting.refresh()
        assert lobby.expecting.visit(visit.id) == told
    lobby.hands.go(seconds=20)
    lobby.expecting.refresh()
    assert lobby.expecting.visit(visit.id).at == lobby.hands.wall
    visit = lobby.door.ticket("tax")
    lobby.door.set_desk(desk="1", state="closed", by="person:1")
    lobby.door.set_desk(desk="2", state="closed", by="person:2")
    lobby.expecting.refresh()
    assert lobby.expecting.visit(visit.id).at == lobby.hands.wall, "and no longer than that"


def test_what_was_told_with_a_ticket_can_be_asked_at_once(lobby):
    lobby.open("1")
    visit = lobby.door.ticket()
    assert lobby.expecting.visit(visit.id).by_at == visit.said_by_at


def test_who_is_booked_is_told_by_the_place_that_an_appointment_gives(lobby):
    from tests.door.test_check_in import ANN

    lobby.open("1")
    lobby.door.take_in([ANN], by="key:1", source="test")
    lobby.hands.go_to("2026-03-02 10:20")
    lobby.come(*["tax"] * 5, every=2)
    ann = lobby.door.check_in(reference=ANN.reference, by="kiosk:lobby").visit
    last = lobby.door.ticket()
    assert ann.said_by_at < last.said_by_at


def test_somebody_helped_at_once_is_told_nothing_and_who_waits_at_a_desk_is(lobby):
    lobby.open("1")
    helped = lobby.door.walk_in(desk="1", service="tax", by="person:1").visit
    waits = lobby.door.walk_in(desk="1", service="tax", by="person:1", wait=True).visit
    assert helped.said_at is None and waits.said_by_at > TEN


def test_before_the_ticket_each_service_that_is_to_be_had_has_its_own(lobby):
    lobby.open("1")
    lobby.come("tax", "tax", "tax")
    assert set(lobby.expecting.look().services) == {"tax", "parking", "housing"}
    assert lobby.expecting.service("tax").ahead == 3
    lobby.door.rule(kind="service", subject="tax", value="closed", by="person:boss")
    lobby.expecting.refresh()
    assert lobby.expecting.service("tax") is None


# -- when it slips ----------------------------------------------------------------------------------------------------


def test_a_slip_is_put_on_record_once_with_why_and_the_first_promise_stays(lobby):
    lobby.open("1", "2")
    lobby.door.next("1"), lobby.door.next("2")
    waiting = lobby.come(*["tax"] * 6, every=0)
    assert steps(lobby, "told") == []
    lobby.hands.go(minutes=1)
    lobby.door.set_desk(desk="2", state="closed", by="person:2")
    lobby.expecting.refresh()
    last = lobby.door.stored(waiting[-1])
    assert last.said_by_at >= last.first_by_at + 5 * MINUTE and last.first_by_at == waiting[-1].first_by_at
    told = [step for step in steps(lobby, "told") if step.visit == last.id]
    assert [(step.by, step.note) for step in told] == [("system", {"why": "desk_closed"})]
    for _again in range(3):
        lobby.expecting.refresh()
    assert len([step for step in steps(lobby, "told") if step.visit == last.id]) == 1
    said = lobby.expecting.visit(last.id)
    assert (said.by_at, said.later, said.why) == (last.said_by_at, True, "desk_closed")


def test_a_line_that_stands_still_is_told_anew_at_most_every_five_minutes(lobby):
    lobby.open("1")
    lobby.come("tax", "tax", "tax")
    lobby.door.next("1")
    lobby.pass_time(25)
    by_visit = {}
    for step in steps(lobby, "told"):
        by_visit.setdefault(step.visit, []).append(step.changes["said_by_at"])
    for moves in by_visit.values():
        assert all(before is None or after - before >= 5 * MINUTE for before, after in moves)
        assert len(moves) <= 5


def sooner(lobby):
    """The last of six, whose time has become much earlier: another desk opened, and others left."""
    lobby.open("1")
    lobby.door.walk_in(desk="1", service="tax", by="person:1")
    *visits, last = lobby.come(*["tax"] * 6, every=0)
    lobby.door.set_desk(desk="2", state="open", by="person:2")
    for visit in visits[:3]:
        lobby.door.step("leave", visit=visit.id, by="person:1")
    lobby.expecting.refresh()
    return last


def test_an_earlier_time_is_shown_and_stands_and_what_was_promised_stays_the_promise(lobby):
    last = sooner(lobby)
    shown = lobby.expecting.visit(last.id)
    assert shown.by_at <= last.said_by_at - 5 * MINUTE and not shown.later
    kept = lobby.door.stored(last)
    assert (kept.said_by_at, kept.first_by_at) == (shown.by_at, last.first_by_at)
    for _minute in range(4):
        lobby.pass_time(1)
        now = lobby.expecting.visit(last.id).by_at
        assert now == shown.by_at or abs(now - shown.by_at) >= 5 * MINUTE
    (told, *_later) = [step for step in steps(lobby, "told") if step.visit == last.id]
    assert told.note is None  # nothing to excuse


def test_a_later_time_than_was_shown_is_said_even_where_it_is_no_later_than_the_promise(lobby):
    last = sooner(lobby)
    shown = lobby.expecting.visit(last.id)
    lobby.hands.go(minutes=1)
    lobby.door.set_desk(desk="2", state="closed", by="person:2")
    lobby.expecting.refresh()
    slip = lobby.expecting.visit(last.id)
    assert shown.by_at + 5 * MINUTE <= slip.by_at <= last.first_by_at
    assert (slip.later, slip.why) == (True, "desk_closed")
    for _again in range(2):
        lobby.expecting.refresh()
        again = lobby.expecting.visit(last.id)
        assert (again.by_at, again.later, again.why) == (slip.by_at, True, "desk_closed")


def test_the_reason_given_with_a_time_stands_as_long_as_that_time_also_after_a_restart(lobby):
    lobby.open("1", "2")
    lobby.door.next("1"), lobby.door.next("2")
    last = lobby.come(*["tax"] * 6, every=0)[-1]
    lobby.door.tell_expected({last.id: Said("range", TEN, 10, 90, TEN + 80 * MINUTE, later=True, why="others_first")})
    lobby.hands.go(minutes=1)
    lobby.door.set_desk(desk="2", state="closed", by="person:2")  # which alone would be said now
    again = Expecting(lobby.door)
    for expecting in (lobby.expecting, again):
        expecting.refresh()
        said = expecting.visit(last.id)
        assert (said.by_at, said.later, said.why) == (TEN + 80 * MINUTE, True, "others_first")


def test_who_comes_later_by_their_own_wish_is_told_anew_and_nothing_slips(lobby):
    lobby.open("1")
    (visit,) = lobby.come("tax")
    lobby.door.tell_late(visit=visit.id, minutes=lobby.door.settings.phone.late_minutes[-1])
    lobby.expecting.refresh()
    after = lobby.door.stored(visit)
    assert after.first_by_at == after.said_by_at >= after.late_until
    assert not lobby.expecting.visit(visit.id).later


def test_a_call_ends_what_was_said_and_a_new_leg_begins_it_anew(lobby):
    lobby.open("1")
    (visit,) = lobby.come("tax")
    called = lobby.door.next("1")
    assert (called.said_by_at, called.first_by_at) == (None, visit.first_by_at)
    lobby.door.transfer(visit=visit.id, service="housing", by="person:1", desk="1")
    lobby.expecting.refresh()
    again = lobby.door.stored(visit)
    assert again.said_by_at > lobby.hands.wall and again.first_by_at == visit.first_by_at


def test_taking_back_a_ticket_works_although_they_were_told_anew_meanwhile(lobby):
    lobby.open("1")
    lobby.come(*["tax"] * 5, every=0)
    visit = lobby.door.walk_in(desk="1", service="tax", by="person:1", wait=True).visit
    lobby.expecting.refresh()
    told = Said("range", TEN, 10, 60, visit.said_by_at + 10 * MINUTE, later=True, why="longer_visits")
    lobby.door.tell_expected({visit.id: told})
    assert lobby.door.stored(visit).said_by_at == told.by_at
    lobby.door.undo(desk="1", by="person:1")
    assert lobby.door.stored(visit).state == "cancelled"


# -- restarts ---------------------------------------------------------------------------------------------------------


LIVED = """
import os, signal, sys
from pathlib import Path
from tests.estimate.test_live import Lobby, day_of
lobby = Lobby(Path(sys.argv[1]))
day_of(lobby)
print(lobby.hands.wall, repr(sorted(lobby.expecting.look().said.items())), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def day_of(lobby: Lobby) -> None:
    """Yesterday's end, a night, and a morning in which managers rule, desks open and close, and people come and go."""
    lobby.open("1", "2")
    lobby.come("tax", "housing", every=3)
    lobby.door.rule(kind="serves", subject="2", value="housing|", by="person:boss")
    lobby.door.next("1")
    lobby.pass_time(1)
    lobby.hands.go_to("2026-03-03 00:10")
    lobby.expecting.refresh()
    lobby.hands.go_to("2026-03-03 09:00")
    lobby.door.catch_up()
    lobby.open("1", "2")
    for _round in range(4):
        lobby.come("tax", "housing", "tax", every=2)
        for desk in ("1", "2"):
            if visit := lobby.door.next(desk):
                lobby.door.take("start", visit, desk)
    lobby.door.rule(kind="serves", subject="2", value="housing tax|", by="person:boss")
    lobby.door.set_desk(desk="1", state="paused", reason="break", by="person:1")
    lobby.pass_time(3)


def test_killed_and_started_again_everybody_is_told_the_same(tmp_path):
    path = tmp_path / "reception.db"
    lived = subprocess.run(
        [sys.executable, "-c", LIVED, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert lived.returncode == -signal.SIGKILL, lived.stderr
    at, before = lived.stdout.split(" ", 1)
    again = Lobby(path, Hands(int(at)))
    again.expecting.refresh()
    assert len(again.expecting.look().visits) >= 4
    assert repr(sorted(again.expecting.look().said.items())) == before.strip()
    assert again.door.store.learned("office")[1] == "2026-03-02"  # the day that was over was kept
    again.close()


def test_what_is_not_kept_is_caught_up_with_beside_and_answers_come_at_once(tmp_path):
    lobby = Lobby(tmp_path / "reception.db")
    day_of(lobby)
    lobby.door.store.execute("DELETE FROM learned")
    before = lobby.expecting.look().said
    lobby.close()
    again = Lobby(tmp_path / "reception.db", Hands(lobby.hands.wall))
    again.expecting.refresh()
    assert again.expecting.look().said.keys() == before.keys()  # from today alone, until the past is known
    while again.expecting._behind:
        again.expecting.catch_up_some(0.0)  # a step at a time
    again.expecting.refresh()
    assert again.expecting.look().said == before
    assert again.door.store.learned("office")[1] == "2026-03-02"
    again.close()


# -- bad input --------------------------------------------------------------------------------------------------------


def all_said(lobby: Lobby) -> list[Said]:
    """Everything that is said now; none of it before now or without sense."""
    lobby.expecting.refresh()
    found = list(lobby.expecting.look().said.values())
    assert found, "nothing is said at all"
    for one in found:
        assert one.low is None or one.low >= 0
        assert one.by_at is None or one.by_at >= lobby.hands.wall
        assert one.opens_at is None or one.opens_at >= lobby.hands.wall
    return found


def test_with_no_history_and_all_desks_closed_it_says_when_the_office_opens_and_nothing_while_it_is_open(tmp_path):
    lobby = Lobby(tmp_path / "reception.db", Hands(instant("2026-03-02 16:59")), hours=OFFICE_HOURS)
    visit = lobby.door.ticket()
    mine, *_services = all_said(lobby)
    assert (mine.key, mine.opens_at, visit.said_at) == ("no_number", None, None)
    lobby.hands.go(minutes=1)
    mine, *_services = all_said(lobby)
    assert (mine.key, mine.opens_at) == ("no_number", instant("2026-03-03 09:00"))
    lobby.close()


def test_once_a_desk_opens_a_time_is_given_and_that_is_the_promise(lobby):
    visit = lobby.door.ticket()
    lobby.expecting.refresh()
    lobby.open("1")
    after = lobby.door.stored(visit)
    assert after.first_by_at == after.said_by_at > TEN
    (told,) = steps(lobby, "told")
    assert told.note is None  # it is no slip


def test_a_service_nobody_serves_has_no_number(tmp_path):
    lobby = Lobby(tmp_path / "reception.db", desks=[{"key": "1", "name": "Desk 1", "services": ["tax"]}])
    lobby.open("1")
    parking, tax = lobby.door.ticket("parking"), lobby.door.ticket("tax")
    all_said(lobby)
    assert lobby.expecting.visit(parking.id).key == lobby.expecting.service("parking").key == "no_number"
    assert lobby.expecting.visit(tax.id).by_at and lobby.expecting.service("tax").by_at
    lobby.close()


def test_who_waits_as_the_last_desk_stops_taking_their_service_is_not_told_that_it_is_later(tmp_path):
    lobby = Lobby(tmp_path / "reception.db", Hands(instant("2026-03-02 16:59")), hours=OFFICE_HOURS)
    lobby.open("1", "2")
    lobby.come("parking")
    (waiting,) = lobby.door.visits()
    lobby.expecting.refresh()
    assert lobby.door.stored(waiting).said_by_at
    for desk in ("1", "2"):
        lobby.door.rule(kind="serves", subject=desk, value="tax|", by="person:1")
    lobby.hands.go(minutes=2)  # the office has closed, and opens tomorrow: for others
    lobby.expecting.refresh()
    told = lobby.expecting.visit(waiting.id)
    assert (told.key, told.opens_at, told.later, told.why) == ("no_number", None, False, None)
    lobby.close()


def test_a_visit_of_nine_hours_and_a_clock_that_is_set_spoil_nothing(lobby):
    lobby.open("1", "2")
    lobby.come("tax", "tax", "tax")
    lobby.door.next("1")
    lobby.hands.go(hours=9)
    all_said(lobby)
    lobby.hands.set_by(hours=-3)
    lobby.come("tax")
    all_said(lobby)
    lobby.hands.set_by(hours=4)
    lobby.door.next("1")
    lobby.come("tax")
    all_said(lobby)


def test_settings_changed_at_noon_keep_the_morning(tmp_path):
    lobby = Lobby(tmp_path / "reception.db")
    lobby.open("1", "2")
    _at_desk, housing, parking = lobby.come("tax", "housing", "parking")
    lobby.door.next("1")
    lobby.close()
    # Desk 1 is gone with whoever is there, parking is no longer offered, and there is a desk that nobody has seen yet.
    new = {"services": SERVICES[:1] + SERVICES[2:], "desks": [*SPLIT[1:], {"key": "9", "name": "Desk 9"}]}
    again = Lobby(tmp_path / "reception.db", Hands(lobby.hands.wall), **new)
    all_said(again)
    again.open("9")
    all_said(again)
    assert again.expecting.visit(housing.id).by_at
    assert again.expecting.visit(parking.id).key == "no_number"  # no desk takes it any more
    again.close()


def test_a_roster_that_contradicts_the_desks_is_not_believed_more_than_they_are(tmp_path):
    at = [{"key": "1", "name": "Desk 1", "breaks": ["09:30-16:00"]}, {"key": "2", "name": "Desk 2"}]
    lobby = Lobby(tmp_path / "reception.db", desks=at)
    lobby.open("1")  # in the middle of its break
    lobby.come("tax", "tax")
    all_said(lobby)
    assert lobby.door.next("1")
    all_said(lobby)
    lobby.close()


# -- rulings, failures, off -------------------------------------------------------------------------------------------


def test_a_ruling_on_who_serves_what_reaches_the_estimate_as_it_does_the_call(tmp_path):
    lobby = Lobby(tmp_path / "reception.db", desks=SPLIT)
    lobby.open("1")
    housing = lobby.door.ticket("housing")
    lobby.expecting.refresh()
    assert lobby.expecting.visit(housing.id).key == "no_number"
    lobby.door.rule(kind="serves", subject="1", value="tax housing|", by="person:boss")
    lobby.expecting.refresh()
    assert lobby.expecting.visit(housing.id).by_at
    assert lobby.door.next("1").id == housing.id
    lobby.close()


def test_if_the_estimate_fails_it_is_logged_once_and_the_queue_goes_on(lobby, monkeypatch, caplog):
    lobby.open("1")
    lobby.come("tax")
    monkeypatch.setattr("reception.estimate.live.estimate", lambda *given, **more: 1 / 0)
    for _again in range(3):
        lobby.expecting.refresh()
    visit = lobby.door.ticket()
    assert lobby.expecting.visit(visit.id) is None and visit.said_at is None
    assert lobby.expecting.service("tax") is None
    assert len([one for one in caplog.records if one.exc_info]) == 1
    assert lobby.door.next("1") is not None
    monkeypatch.undo()
    lobby.expecting.refresh()
    assert lobby.expecting.visit(visit.id).by_at


def test_listeners_hear_of_each_picture_and_one_that_fails_harms_nobody(lobby):
    heard = []
    lobby.expecting.listeners += [lambda picture: 1 / 0, heard.append]
    lobby.open("1")
    lobby.come("tax")
    assert heard[-1] is lobby.expecting.look() and len(heard[-1].visits) == 1
    (found,) = heard[-1].visits.values()
    assert 0 <= found.chance_beyond(heard[-1].history, 5 * MINUTE) <= 1


def test_switched_off_nobody_is_told_anything(tmp_path):
    lobby = Lobby(tmp_path / "reception.db", waits={"tell": False})
    lobby.open("1")
    (visit,) = lobby.come("tax")
    assert (visit.said_at, lobby.expecting.visit(visit.id), lobby.expecting.service("tax")) == (None, None, None)
    assert lobby.expecting.look().at == 0
    lobby.close()
