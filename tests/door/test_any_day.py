"""Whatever people press, on whatever days: what must hold after every press of any sequence that Hypothesis finds."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from reception.appointments.booked import Booked
from reception.blocks import Alone, next_number
from reception.door import Answered, Once
from reception.frontdesk import ANYONE, STEPS
from reception.owing import Promised
from reception.refusals import Refusal
from reception.things import Block, Desk
from reception.visit import AT_DESK, OPEN, next_leg
from tests.builders import DESKS, SERVICES, Hands, instant, office, open_door, replayed

desks = st.sampled_from([desk["key"] for desk in DESKS])
services = st.sampled_from([service["key"] for service in SERVICES])
people = st.sampled_from(["person:ann", "person:bob", "key:7"])
anyone = st.integers(0, 7)  # whom of all who ever came, as a remainder
LARGEST = 14 * 60_000  # ms: the largest head start, and what helping with a service counts less


NEEDED = st.lists(st.sampled_from(["loop", "seated", "discreet"]), max_size=2)
TIMETABLE = {
    "desks": [
        {"key": "1", "name": "Desk 1"},
        {"key": "2", "name": "Desk 2", "services": ["tax"], "helps": ["parking"], "has": ["loop"]},
        {"key": "3", "name": "Desk 3", "services": ["housing"]},
    ],
    "rooms": [{"key": "room", "name": "Interview room"}],
}


def stored(answer) -> tuple[int, str]:
    if isinstance(answer, Refusal):
        raise answer
    return 201, json.dumps({"ticket": {"id": answer.visit.id}})


def word(answer) -> tuple[int, str]:
    return (409, answer.key) if isinstance(answer, Refusal) else (201, answer.visit.number)


SETTINGS = office(**TIMETABLE)


class AnyDay(RuleBasedStateMachine):
    """An office with three desks, ten minutes before a day of 25 hours. `came` is what was promised to whom."""

    pressed = 0  # on all days together

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.hands = Hands(instant("2026-10-24 23:50"))
        self.settings = SETTINGS
        self.came, self.news, self.asked, self.given = [], [], 0, set()
        self.open()
        self.door.writer.do(lambda store: (self.somebody_works_here(store), None))
        self.book()
        for service in ("tax", "housing", "housing"):
            self.came.append(self.door.issue(service=service, by="kiosk:lobby").visit)
        self.door.call_next(desk="1", by="person:ann")

    def somebody_works_here(self, store):
        for name in ("ann", "bob"):
            store.execute("INSERT INTO people VALUES (?, 'office', ?, ?, 'receptionist', NULL, 0, NULL)", (name,) * 3)

    def book(self):
        """Six appointments, from before midnight to the middle of the next day."""
        start = instant("2026-10-24 23:55")
        self.door.take_in(
            [
                Booked(f"R{n}", "tax", start + n * 7_200_000, 30, "Ann Other", "AB1 2CD", ("seated",), False, n)
                for n in range(6)
            ],
            by="key:booking",
            source="test",
        )

    def open(self):
        self.door = open_door(Path(self.folder.name) / "r.db", self.hands, self.settings)
        self.door.listeners.append(lambda news: self.news.extend(news.steps))

    def teardown(self):
        self.door.store.close()
        self.folder.cleanup()

    def press(self, button, **asked):
        """What a button answers; None if it was refused, in which case nobody but the night changed anything."""
        AnyDay.pressed += 1
        before = self.door.told()
        try:
            return button(**asked)
        except Refusal:
            assert {step.by for step in self.door.told()[len(before) :]} <= {"system"}
        return None

    def whom(self, index: int) -> str:
        """Mostly somebody who is still here; now and then anybody who ever came."""
        here = sorted(self.door.look()[1].visits.values(), key=lambda visit: visit.place)
        among = here if here and index < 6 else self.came
        return among[index % len(among)].id if among else "nobody"

    # -- what people do ---------------------------------------------------------------------------------------------

    @rule(service=services, needs=NEEDED, to_come=st.lists(services, max_size=2))
    def ticket(self, service, needs, to_come):
        if issued := self.press(
            self.door.issue, service=service, by="kiosk:lobby", needs=needs, to_come=to_come, remark="in a red coat"
        ):
            waiting = [v for v in self.door.visits() if v.state == "waiting" and v.day == issued.visit.day]
            assert 0 <= issued.ahead < len(waiting)
            self.came.append(issued.visit)

    @rule(index=st.integers(0, 5), anyway=st.booleans())
    def check_in(self, index, anyway):
        issued = self.press(self.door.check_in, reference=f"r-{index}", by="kiosk:lobby", anyway=anyway)
        if issued and issued.visit.id not in {visit.id for visit in self.came}:
            self.came.append(issued.visit)

    @rule(desk=desks, service=services, by=people, wait=st.booleans())
    def walk_in(self, desk, service, by, wait):
        if issued := self.press(self.door.walk_in, desk=desk, service=service, by=by, wait=wait):
            self.came.append(issued.visit)

    @rule(desk=desks, by=people)
    def next(self, desk, by):
        before = len(self.door.told())
        self.door.catch_up()
        passed = self.whom_next_would_call(desk, by)
        called = self.press(self.door.call_next, desk=desk, by=by)
        if called:
            assert called.id in {visit.id for visit in passed}
            for other in passed:  # the stated bound: nobody is passed by one who counts from much later
                counted = other.placed_at or other.waits_from
                assert (called.placed_at or self.waited(called, passed)) - counted <= LARGEST
        elif any(step.by == by for step in self.door.told()[before:]):
            assert not passed

    def whom_next_would_call(self, desk, by):
        """Everyone Next may choose among at the desk, once whoever is there has been finished."""
        _, room = self.door.look()
        here = room.at_desk(desk)
        visits = dict(room.visits)
        if here:
            gone = replace(here, desk=None, standing="transferred", **next_leg(here)) if here.to_come else None
            visits.pop(here.id)
            if gone:
                visits[here.id] = replace(gone, state="waiting", skipped_by=None)
        desks = {**room.desks, desk: replace(room.desks.get(desk, Desk(desk)), state="open")}
        if room.desks.get(desk, Desk(desk)).state != "open":
            desks[desk] = replace(desks[desk], person=by)
        line = self.door.line(replace(room, visits=visits, desks=desks))
        open_desks = {key for key, found in desks.items() if found.state == "open"}
        return [
            visit
            for visit in line.waiting()
            if line.is_due(visit)
            and desk in line.desks_for(visit)
            and not (visit.skipped_by == desk and line.desks_for(visit) & (open_desks - {desk}))
        ]

    def waited(self, called, passed):
        return next(visit.waits_from for visit in passed if visit.id == called.id)

    @rule(desk=desks, by=people, screen=st.none() | anyone)
    def next_from_a_screen(self, desk, by, screen):
        shown = None if screen is None else self.whom(screen)
        self.press(self.door.call_next, desk=desk, by=by, leaving=shown)

    @rule(desk=desks, by=people, index=anyone, by_number=st.booleans(), reason=st.sampled_from([None, "upset", "no"]))
    def call(self, desk, by, index, by_number, reason):
        if self.came and by_number:
            number = self.came[index % len(self.came)].number
            self.press(self.door.call, desk=desk, by=by, number=number, reason=reason)
        else:
            self.press(self.door.call, desk=desk, by=by, visit=self.whom(index), leaving=ANYONE, reason=reason)

    @rule(index=anyone, by=people, desk=st.none() | desks, minutes=st.sampled_from([1, 10, 999]), mine=st.booleans())
    def hold(self, index, by, desk, minutes, mine):
        asked = {"visit": self.whom(index), "by": by, "desk": desk, "minutes": minutes, "mine": mine}
        self.press(self.door.hold, **asked, room="room", reason="form")

    @rule(
        index=anyone,
        by=people,
        desk=st.none() | desks,
        service=st.none() | services,
        to=st.sampled_from([None, "desk:2", "person:bob", "person:nobody", "desk:9"]),
        later=st.sampled_from([0, 5]),
        come_back=st.booleans(),
    )
    def transfer(self, index, by, desk, service, to, later, come_back):
        self.press(
            self.door.transfer, visit=self.whom(index), by=by, desk=desk, service=service, to=to, later_minutes=later,
            come_back=come_back, said="They brought the form.",
        )  # fmt: skip

    @rule(
        desk=desks,
        by=people,
        outcome=st.sampled_from([None, "resolved", "left", "signposted"]),
        promise=st.booleans(),
        and_next=st.booleans(),
    )
    def finish(self, desk, by, outcome, promise, and_next):
        _, room = self.door.look()
        if here := room.at_desk(desk):
            what = Promised("We will write to you.", days=3) if promise else None
            asked = {"visit": here.id, "by": by, "desk": desk, "outcome": outcome, "note": "private"}
            self.press(self.door.finish, **asked, promise=what, and_next=and_next)

    @rule(desk=desks, by=people, end=st.sampled_from(["finish", "hold", "transfer", "not_here", "return_to_line"]))
    def a_visitor_is_called_and_goes_on(self, desk, by, end):
        if visit := self.press(self.door.call_next, desk=desk, by=by):
            asked = {"visit": visit.id, "by": by, "desk": desk}
            if end != "not_here":
                self.press(self.door.step, step="start", **asked)
            if end == "transfer":
                self.press(self.door.transfer, service="housing", **asked)
            elif end in ("finish", "hold"):
                self.press(getattr(self.door, end), **asked)
            else:
                self.press(self.door.step, step=end, **asked)

    @rule(index=anyone, by=people, service=services, wanted=st.booleans())
    def offer(self, index, by, service, wanted):
        self.press(self.door.offer, visit=self.whom(index), by=by, service=service, wanted=wanted)

    @rule(index=anyone, by=people, needs=NEEDED)
    def note(self, index, by, needs):
        self.press(self.door.note, visit=self.whom(index), by=by, needs=needs, remark="new")

    @rule(index=anyone, by=people, minutes=st.sampled_from([-1, 1]))
    def correct(self, index, by, minutes):
        self.press(self.door.flag_times, visit=self.whom(index), by=by)
        now = next((visit for visit in self.door.visits() if visit.id == self.whom(index)), None)
        if now and now.seen_at and now.seen_at + minutes * 1000 >= now.first_called_at:
            self.press(self.door.correct, visit=now.id, by=by, seen_at=now.seen_at + minutes * 1000)

    @rule(desk=desks, by=people, to=st.sampled_from(["person:ann", "person:bob"]))
    def hand_over(self, desk, by, to):
        self.press(self.door.hand_over, desk=desk, by=by, to=to)

    @rule(desk=desks, by=people, step=st.sampled_from(["ask", "answer", "end"]))
    def help(self, desk, by, step):
        self.press(self.door.help, desk=desk, by=by, step=step)

    @rule(service=services, value=st.sampled_from([None, "open", "closed"]))
    def a_manager_rules(self, service, value):
        self.press(self.door.rule, kind="service", subject=service, value=value, by="person:ann")

    @rule(desk=desks, value=st.sampled_from([None, "tax|housing", "parking housing"]))
    def a_manager_changes_who_serves_what(self, desk, value):
        self.press(self.door.rule, kind="serves", subject=desk, value=value, by="person:ann")

    @rule(pick=anyone, by=people, keep=st.booleans())
    def promises(self, pick, by, keep):
        if owed := self.door.promises():
            one = owed[pick % len(owed)]
            if keep:
                self.press(self.door.keep, promise=one.id, by=by)
            else:
                self.press(self.door.change_promise, promise=one.id, by=by, reason="longer", days=4)

    @rule(step=st.sampled_from(sorted(STEPS)), index=anyone, by=people, desk=st.none() | desks)
    def step(self, step, index, by, desk):
        self.press(self.door.step, step=step, visit=self.whom(index), by=by, desk=desk)

    @rule(step=st.sampled_from(["recall", "start", "not_here", "return_to_line"]), desk=desks)
    def step_at_a_desk(self, step, desk):
        _, room = self.door.look()
        if here := room.at_desk(desk):
            self.press(self.door.step, step=step, visit=here.id, by="key:7", desk=desk)

    @rule(desk=desks, by=people)
    def undo_at_a_desk(self, desk, by):
        self.undo(desk=desk, by=by)

    @rule(index=anyone, by=people)
    def undo_of_a_visit(self, index, by):
        self.undo(visit=self.whom(index), by=by)

    def undo(self, **asked):
        """Undo is exact: what every visit of the press was before it, it is again, and so is what is known of it."""
        undone = self.press(self.door.undo, **asked)
        for visit in undone or []:
            told = [step for step in self.door.told() if step.visit == visit.id and not step.about]
            press = next(step.undoes for step in reversed(told) if step.undoes)
            before = replayed([step for step in told if step.number < press]).get(visit.id)
            kept = [step for step in told if press < step.number and not step.undoes and step.press != press]
            if before and not kept:
                assert replace(visit, token=None) == before

    @rule(desk=desks, state=st.sampled_from(["open", "paused", "closed"]), by=people, take_over=st.booleans())
    def set_desk(self, desk, state, by, take_over):
        self.press(self.door.set_desk, desk=desk, state=state, by=by, take_over=take_over)

    @rule(index=anyone, how=st.sampled_from(["printed", "shown"]))
    def acknowledge(self, index, how):
        self.press(self.door.acknowledge, visit=self.whom(index), how=how, by="printer:lobby")

    @rule(service=services, times=st.integers(1, 3))
    def ask_again_and_again(self, service, times):
        self.asked += 1
        once = Once("key:7", str(self.asked), word)
        try:
            issued = self.door.issue(service=service, by="key:7", once=once)
        except Refusal:  # a manager has closed it
            return
        self.came.append(issued.visit)
        for _ in range(times):
            with pytest.raises(Answered) as answered:
                self.door.issue(service=service, by="key:7", once=once)
            assert answered.value.body == issued.visit.number

    @rule(
        kiosk=st.sampled_from(["k1", "k2"]),
        service=services,
        minutes=st.sampled_from([0, 5, 90, 700]),
        answered=st.booleans(),
    )
    def a_kiosk_is_alone_and_merges(self, kiosk, service, minutes, answered):
        """It gives a number of its block; the server may have given a ticket for the same showing, unheard."""
        self.door.catch_up()
        asked = {"kiosk": kiosk, "by": f"screen:{kiosk}"}
        lent = self.door.lend(**asked)
        at, day = self.door.now(), self.door.look()[1].day
        self.asked += 1
        once = Once(kiosk, f"showing {self.asked}", stored)
        if answered and (issued := self.press(self.door.issue, service=service, by=asked["by"], once=once)):
            self.came.append(issued.visit)
        self.hands.go(minutes=minutes)
        letter = "B" if service == "housing" else "A"
        if number := next_number(lent, day, letter, self.given):
            self.given.add(number)
            given = Alone(f"alone-{self.asked}", f"alone-{self.asked}", day, number, service, at)
            first, again = (self.door.merge(given, once=once, **asked) for _ in range(2))
            open_or_not = {"state": "", "ended_at": None, "ended_inferred": 0}
            assert replace(again, **open_or_not) == replace(first, **open_or_not)
            assert (first.number, first.token) == (number, given.token)
            if first.id == given.id:
                assert first.arrived_at == at
                self.came.append(first)
            else:
                self.came = [first if one.id == first.id else one for one in self.came]

    # -- what time does ---------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 25, 300]))
    def time_passes(self, seconds):
        self.hands.go(seconds=seconds)

    @rule()
    def the_clock_looks(self):
        self.door.catch_up()
        _, room = self.door.look()
        assert not [v for v in room.visits.values() if v.state == "held" and v.held_until <= room.at]

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
        self.the_clock_of_a_wait_never_starts_again(visits)
        self.what_is_known_of_somebody_stands_in_no_step(told)
        self.instants_of_a_visit_are_in_their_order(visits)
        self.the_steps_are_whole_and_tell_of_the_same_office(visits, told)
        self.each_step_begins_where_the_one_before_it_ended(told)
        self.what_the_writer_keeps_is_what_is_stored()

    def nobody_is_lost_and_nobody_arrives_twice(self, visits):
        stored = {visit.id: visit for visit in visits}
        assert list(stored) == [visit.id for visit in self.came]
        for promised in self.came:
            now = stored[promised.id]
            kept = ("number", "day", "place", "token", "arrived_at", "opens_at", "booked_at", "channel")
            assert [getattr(now, name) for name in kept] == [getattr(promised, name) for name in kept]

    def no_number_is_given_twice_and_none_is_skipped(self, visits):
        lent, given = {}, {}
        for block in self.door.store.things(Block, "office"):
            numbers = lent.setdefault((block.day, block.letter), [])
            numbers += [f"{block.letter}{n:03d}" for n in range(block.first, block.last + 1)]
        for visit in visits:  # the letter is of the service they came for, wherever they were sent since
            given.setdefault((visit.day, visit.number[0]), []).append(visit.number)
        for (day, letter), numbers in given.items():
            ours = lent.get((day, letter), [])
            before = [number for its_day, number in self.renumbered(visits) if (its_day, number[0]) == (day, letter)]
            counted = [number for number in numbers if number not in ours] + before
            last = self.door.store.count("office", day, letter)
            assert len(set(counted + ours)) == len(counted + ours) == last
            assert set(counted + ours) == {f"{letter}{n:03d}" for n in range(1, last + 1)}

    def renumbered(self, visits):
        """(day, number) that visitors had of us before their visit took the number of a kiosk that was alone."""
        days = {visit.id: visit.day for visit in visits}
        return [(days[step.visit], step.changes["number"][0]) for step in self.door.told() if step.step == "renumbered"]

    def the_clock_of_a_wait_never_starts_again(self, visits):
        stored = {visit.id: visit for visit in visits}
        assert all(stored[promised.id].waits_from == promised.waits_from for promised in self.came)

    def what_is_known_of_somebody_stands_in_no_step(self, told):
        spoken = str([(step.changes, step.note) for step in told])
        assert not any(text in spoken for text in ("red coat", "brought", "private", "We will write", "Other"))

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
            assert (visit.state == "held") <= (visit.held_until is not None)

    def the_steps_are_whole_and_tell_of_the_same_office(self, visits, told):
        assert [step.number for step in told] == list(range(1, len(told) + 1))
        assert [step.at for step in told] == sorted(step.at for step in told)
        assert self.news == told
        assert replayed(told) == {visit.id: replace(visit, token=None) for visit in visits}

    def each_step_begins_where_the_one_before_it_ended(self, told):
        rows = {}
        for step in told:
            row = rows.setdefault(step.about or step.visit or step.desk or step.number, {})
            assert all(row.get(name) == before for name, (before, _) in step.changes.items() if name in row)
            row |= {name: after for name, (_, after) in step.changes.items()}
        for key, desk in self.door.store.desks("office").items():
            assert replace(Desk(key), **rows[key]) == desk

    def what_the_writer_keeps_is_what_is_stored(self):
        store = self.door.store
        now, kept = store.now("office"), store.kept.get("office")
        assert now.visits == {visit.id: visit for visit in self.door.visits() if visit.state in OPEN}
        assert (now.desks, now.rulings) == (store.desks("office"), store.rulings("office"))
        assert not kept or kept.newest != now.newest or kept == now


def test_whatever_is_pressed_the_office_stays_whole():
    """Ten thousand presses and more, legal and illegal, at several desks over hundreds of simulated days."""
    AnyDay.pressed = 0
    run_state_machine_as_test(AnyDay, settings=settings(max_examples=220, stateful_step_count=80))
    assert AnyDay.pressed >= 10_000
