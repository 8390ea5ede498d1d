"""Whatever people press, on whatever days: what must hold after every press of any sequence that Hypothesis finds."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reception.door import Answered, Once
from reception.frontdesk import ANYONE, STEPS
from reception.refusals import Refusal
from reception.things import Desk
from reception.visit import AT_DESK, OPEN
from tests.builders import DESKS, SERVICES, Hands, instant, office, open_door, replayed

desks = st.sampled_from([desk["key"] for desk in DESKS])
services = st.sampled_from([service["key"] for service in SERVICES])
people = st.sampled_from(["person:ann", "person:bob", "key:7"])
anyone = st.integers(0, 7)  # whom of all who ever came, as a remainder
LETTERS = {service["key"]: service["letter"] for service in SERVICES}


class AnyDay(RuleBasedStateMachine):
    """An office with three desks, ten minutes before a day of 25 hours. `came` is what was promised to whom."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.hands = Hands(instant("2026-10-24 23:50"))
        self.settings = office()
        self.came, self.news, self.asked = [], [], 0
        self.open()
        for service in ("tax", "housing", "housing"):
            self.came.append(self.door.issue(service=service, by="kiosk:lobby").visit)
        self.door.call_next(desk="1", by="person:ann")

    def open(self):
        self.door = open_door(Path(self.folder.name) / "r.db", self.hands, self.settings)
        self.door.listeners.append(lambda news: self.news.extend(news.steps))

    def teardown(self):
        self.door.store.close()
        self.folder.cleanup()

    def press(self, button, **asked):
        """What a button answers; None if it was refused, in which case nobody but the night changed anything."""
        before = self.door.told()
        try:
            return button(**asked)
        except Refusal:
            assert {step.by for step in self.door.told()[len(before) :]} <= {"system"}
        return None

    def whom(self, index: int) -> str:
        return self.came[index % len(self.came)].id if self.came else "nobody"

    # -- what people do ---------------------------------------------------------------------------------------------

    @rule(service=services)
    def ticket(self, service):
        issued = self.door.issue(service=service, by="kiosk:lobby")
        waiting = [visit for visit in self.door.visits() if visit.state == "waiting" and visit.day == issued.visit.day]
        assert 0 <= issued.ahead < len(waiting)
        self.came.append(issued.visit)

    @rule(desk=desks, service=services, by=people, wait=st.booleans())
    def walk_in(self, desk, service, by, wait):
        if issued := self.press(self.door.walk_in, desk=desk, service=service, by=by, wait=wait):
            self.came.append(issued.visit)

    @rule(desk=desks, by=people)
    def next(self, desk, by):
        _, room = self.door.look()
        line = [visit for visit in room.visits.values() if visit.state == "waiting" and visit.day == room.day]
        able = [visit for visit in line if visit.service in self.settings.serves[desk]]
        before = len(self.door.told())
        called = self.press(self.door.call_next, desk=desk, by=by)
        if called:
            assert called.id == min(able, key=lambda visit: (visit.waits_from, visit.place)).id
        elif any(step.by == by for step in self.door.told()[before:]):
            assert not able

    @rule(desk=desks, by=people, screen=st.none() | anyone)
    def next_from_a_screen(self, desk, by, screen):
        shown = None if screen is None else self.whom(screen)
        self.press(self.door.call_next, desk=desk, by=by, leaving=shown)

    @rule(desk=desks, by=people, index=anyone, by_number=st.booleans())
    def call(self, desk, by, index, by_number):
        if self.came and by_number:
            self.press(self.door.call, desk=desk, by=by, number=self.came[index % len(self.came)].number)
        else:
            self.press(self.door.call, desk=desk, by=by, visit=self.whom(index), leaving=ANYONE)

    @rule(step=st.sampled_from(sorted(STEPS)), index=anyone, by=people, desk=st.none() | desks)
    def step(self, step, index, by, desk):
        self.press(self.door.step, step=step, visit=self.whom(index), by=by, desk=desk)

    @rule(step=st.sampled_from(["recall", "start", "not_here", "finish", "return_to_line"]), desk=desks)
    def step_at_a_desk(self, step, desk):
        _, room = self.door.look()
        if here := room.at_desk(desk):
            self.press(self.door.step, step=step, visit=here.id, by="key:7", desk=desk)

    @rule(desk=desks, by=people)
    def undo_at_a_desk(self, desk, by):
        self.press(self.door.undo, desk=desk, by=by)

    @rule(index=anyone, by=people)
    def undo_of_a_visit(self, index, by):
        self.press(self.door.undo, visit=self.whom(index), by=by)

    @rule(desk=desks, state=st.sampled_from(["open", "paused", "closed"]), by=people, take_over=st.booleans())
    def set_desk(self, desk, state, by, take_over):
        self.press(self.door.set_desk, desk=desk, state=state, by=by, take_over=take_over)

    @rule(index=anyone, how=st.sampled_from(["printed", "shown"]))
    def acknowledge(self, index, how):
        self.press(self.door.acknowledge, visit=self.whom(index), how=how, by="printer:lobby")

    @rule(service=services, times=st.integers(1, 3))
    def ask_again_and_again(self, service, times):
        self.asked += 1
        once = Once("key:7", str(self.asked), lambda issued: (201, issued.visit.number))
        issued = self.door.issue(service=service, by="key:7", once=once)
        self.came.append(issued.visit)
        for _ in range(times):
            with pytest.raises(Answered) as answered:
                self.door.issue(service=service, by="key:7", once=once)
            assert answered.value.body == issued.visit.number

    # -- what time does ---------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 25, 300]))
    def time_passes(self, seconds):
        self.hands.go(seconds=seconds)

    @rule(hours=st.sampled_from([9, 49]))
    def the_office_is_left_alone(self, hours):
        self.hands.go(hours=hours)

    @rule(seconds=st.sampled_from([-3_600, -5, 2, 3_600]))
    def somebody_sets_the_clock(self, seconds):
        self.hands.set_by(seconds=seconds)

    @precondition(lambda self: self.came)
    @rule()
    def the_machine_restarts(self):
        self.door.store.close()
        self.open()

    # -- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def the_office_is_whole(self):
        visits, told = self.door.visits(), self.door.told()
        self.nobody_is_lost_and_nobody_arrives_twice(visits)
        self.no_number_is_given_twice_and_none_is_skipped(visits)
        self.at_most_one_visitor_is_at_a_desk(visits)
        self.instants_of_a_visit_are_in_their_order(visits)
        self.the_steps_are_whole_and_tell_of_the_same_office(visits, told)
        self.each_step_begins_where_the_one_before_it_ended(told)
        self.what_the_writer_keeps_is_what_is_stored()

    def nobody_is_lost_and_nobody_arrives_twice(self, visits):
        stored = {visit.id: visit for visit in visits}
        assert list(stored) == [visit.id for visit in self.came]
        for promised in self.came:
            now = stored[promised.id]
            kept = ("number", "day", "service", "place", "token", "arrived_at", "opens_at", "channel")
            assert [getattr(now, name) for name in kept] == [getattr(promised, name) for name in kept]

    def no_number_is_given_twice_and_none_is_skipped(self, visits):
        given = {}
        for visit in visits:
            given.setdefault((visit.day, LETTERS[visit.service]), []).append(visit.number)
        for (_, letter), numbers in given.items():
            assert numbers == [f"{letter}{n:03d}" for n in range(1, len(numbers) + 1)]

    def at_most_one_visitor_is_at_a_desk(self, visits):
        there = [visit.desk for visit in visits if visit.state in AT_DESK]
        assert None not in there
        assert len(there) == len(set(there))

    def instants_of_a_visit_are_in_their_order(self, visits):
        for visit in visits:
            at = [visit.arrived_at, visit.first_called_at, visit.last_called_at, visit.ended_at]
            known = [each for each in at if each is not None]
            assert known == sorted(known)
            assert visit.seen_at is None or visit.first_called_at <= visit.seen_at <= (visit.ended_at or visit.seen_at)
            assert (visit.state in OPEN) == (visit.ended_at is None)

    def the_steps_are_whole_and_tell_of_the_same_office(self, visits, told):
        assert [step.number for step in told] == list(range(1, len(told) + 1))
        assert [step.at for step in told] == sorted(step.at for step in told)
        assert self.news == told
        assert replayed(told) == {visit.id: replace(visit, token=None) for visit in visits}

    def each_step_begins_where_the_one_before_it_ended(self, told):
        rows = {}
        for step in told:
            row = rows.setdefault(step.visit or step.desk or step.number, {})
            assert all(row.get(name) == before for name, (before, _) in step.changes.items() if name in row)
            row |= {name: after for name, (_, after) in step.changes.items()}
        for key, desk in self.door.store.desks("office").items():
            assert replace(Desk(key), **rows[key]) == desk

    def what_the_writer_keeps_is_what_is_stored(self):
        now, _desks, _rulings = self.door.store.now("office")
        newest, shown = now.newest, now.visits
        stored = {visit.id: visit for visit in self.door.visits() if visit.state in OPEN}
        assert shown == stored
        found = self.door.store.kept.get("office")
        seen, kept = (found.newest, found.visits) if found else (None, None)
        assert seen != newest or kept == stored


AnyDay.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
test_whatever_is_pressed_the_office_stays_whole = AnyDay.TestCase
