"""Whatever may be pressed at a front desk, as Hypothesis chooses it: days that nobody thought of."""

import random

from hypothesis import strategies as st

from reception.identifiers import uuid7
from reception.outages import live, starts
from reception.owing import Promised
from reception.visit import OUTCOMES
from tests.figures.living import MINUTE, Lived, promised, quietly

TARGET, WALK = 300_000, 25_000
SERVICES, DESKS = ("tax", "housing", "parking"), ("1", "2", "3")
LONG = [TARGET - 1, TARGET, TARGET + 1, 17 * MINUTE, 70 * MINUTE]
SOME_GAPS = [0, 1, 900, 5_000, WALK - 1, WALK, WALK + 1, MINUTE, *LONG]
GAPS = st.sampled_from(SOME_GAPS)
# Whom a press is about, most of the time; else it mostly does not fit.
MOSTLY = {
    **dict.fromkeys(("start", "not_here", "recall"), ("called",)),
    **dict.fromkeys(("finish", "transfer", "hold", "return_to_line", "plan"), ("called", "serving")),
    **{"expect": ("waiting",), "late": ("waiting",)},
    **{"resume": ("held",), "reinstate": ("no_show",), "call": ("waiting", "no_show"), "leave": ("waiting", "held")},
}
SIMPLE = ("start", "start", "start", "not_here", "recall", "return_to_line", "resume", "reinstate", "leave", "cancel")
PRESS = st.one_of(
    st.tuples(st.just("ticket"), st.integers(0, 23)),
    st.tuples(st.just("ticket"), st.integers(0, 23)),
    st.tuples(st.just("next"), st.integers(0, 2)),
    st.tuples(st.just("next"), st.integers(0, 2)),
    st.tuples(st.sampled_from(SIMPLE), st.integers(0, 9)),
    st.tuples(st.just("finish"), st.integers(0, 59)),
    st.tuples(st.just("transfer"), st.integers(0, 29)),
    st.tuples(
        st.sampled_from(
            ["hold", "call", "plan", "check_in", "walk_in", "acknowledge", "undo", "undo", "desk", "keep", "promise",
             "withdraw", "still_owed", "note", "correct", "away", "clock", "hand_over", "book", "expect", "late"]
        ),
        st.integers(0, 11),
    ),
)  # fmt: skip
DAYS = st.lists(st.tuples(PRESS, GAPS), min_size=4, max_size=45)
SELDOM = ("leave", "cancel", "away", "clock", "correct", "undo", "desk", "hand_over", "withdraw", "still_owed", "book")
OFTEN = ("ticket", "ticket", "next", "next", "next", "start", "start", "start", "finish", "finish")


def by_chance(seed: int, presses: int) -> list[tuple]:
    """A long day as a seed has it: mostly what is usual, now and then anything."""
    chance = random.Random(seed)
    other = (
        *SIMPLE,
        *(word for word in WITHOUT_VISIT if word not in SELDOM),
        *MOSTLY,
        "acknowledge",
        "promise",
        "note",
        "expect",
        "late",
    )

    def one() -> tuple:
        words = chance.choices((OFTEN, other, SELDOM), (60, 30, 10))[0]
        gap = chance.choice(SOME_GAPS if chance.random() < 0.2 else SOME_GAPS[2:9])
        return (chance.choice(words), chance.randrange(60)), gap

    return [one() for _ in range(presses)]


def live_through(lived: Lived, presses) -> None:
    starts(lived.door)
    for (word, which), gap in presses:
        lived.hands.go(milliseconds=gap)
        here = sorted(lived.door.look()[1].visits.values(), key=lambda visit: visit.place)
        press(lived, word, which, here)
    lived.hands.go(minutes=1)


def press(lived: Lived, word: str, which: int, here: list) -> None:
    """One press, on the visitor `which` of those here, at the desk where they are."""
    door, desk = lived.door, DESKS[which % 3]
    if word in WITHOUT_VISIT:
        quietly(WITHOUT_VISIT[word], lived, which, desk)
        return
    if not here:
        return
    there = [one for one in here if one.state in MOSTLY.get(word, ())] if which % 5 else here
    visit = (there or here)[which % len(there or here)]
    by = f"person:{visit.desk or 1}"
    if word in SIMPLE:
        quietly(door.step, word, visit=visit.id, by=by, desk=visit.desk)
    elif word == "finish":
        outcome = (None, *OUTCOMES)[which % 7]
        owed = promised(1 + which % 2) if outcome == "passed_on" and which % 2 else None
        quietly(door.finish, visit=visit.id, by=by, desk=visit.desk, outcome=outcome, promise=owed,
                and_next=which % 5 == 0, reference=(None, "CT-1", "CT-2", "ct 1")[which % 4])  # fmt: skip
    elif word == "transfer":
        to = "desk:2" if which % 5 == 0 else None
        quietly(door.transfer, visit=visit.id, by=by, desk=visit.desk, service=SERVICES[which % 3], to=to,
                later_minutes=(0, 0, 3)[which // 10 % 3], come_back=which % 4 == 0)  # fmt: skip
    elif word == "hold":
        quietly(door.hold, visit=visit.id, by=by, desk=visit.desk, minutes=1 + which, mine=which % 4 == 0)
    elif word == "call":
        quietly(door.call, desk=desk, by=f"person:{desk}", visit=visit.id, reason="upset")
    elif word == "plan":
        quietly(door.plan, visit=visit.id, by=by, to_come=[SERVICES[which % 3], "housing"][: 1 + which % 2])
    elif word == "acknowledge":
        quietly(door.acknowledge, visit=visit.id, how="printed", by="printer:1")
    elif word == "note":
        needs = [["bsl"], [], ["seated", "loop"]][which % 3]
        quietly(door.note, visit=visit.id, by=by, needs=needs, reference=(None, "", "CT-1", "CT-3")[which % 4])
    elif word == "expect":
        lived.expect(visit.id, lived.hands.wall + (0, 1, 20_000, 5 * MINUTE, 40 * MINUTE)[which % 5])
    elif word == "late":
        quietly(door.tell_late, visit=visit.id, minutes=door.settings.phone.late_minutes[0])
    elif word == "promise":
        quietly(door.promise, Promised("Papers", kind="documents", days=1), by=by, visit=visit.id)


def ticket(lived: Lived, which: int, desk: str) -> None:
    needs = [[], [], ["bsl"], ["bsl", "seated"]][which % 4]
    lived.door.issue(service=SERVICES[which % 3], by="kiosk:lobby", channel=("kiosk", "greeter", "api")[which // 8 % 3],
                     reads=("", "cy", "pl")[which % 5 % 3], needs=needs, greeted=which % 7 == 0)  # fmt: skip


def undo(lived: Lived, which: int, desk: str) -> None:
    lived.door.undo(by=f"person:{desk}", desk=desk)


def set_desk(lived: Lived, which: int, desk: str) -> None:
    state = ("open", "paused", "closed", "paused")[which // 3 % 4]
    lived.door.set_desk(desk=desk, state=state, by=f"person:{desk}", reason="break" if state == "paused" else None)


def hand_over(lived: Lived, which: int, desk: str) -> None:
    lived.door.hand_over(desk=desk, by=f"person:{desk}", to=lived.colleague)


def away(lived: Lived, which: int, desk: str) -> None:
    """The server is away for a while, or a kiosk is."""
    if which % 2:
        at = lived.hands.wall
        ended = None if which % 3 else at + which * MINUTE // 2
        row = (lived.door.office, uuid7(at), "kiosk_away", at - which * 1000, ended)
        lived.door.writer.do(lambda store: (store.add_outage(*row), None))
        return
    live(lived.door)
    lived.hands.go(minutes=2 + which % 12)
    starts(lived.door)


def clock(lived: Lived, which: int, desk: str) -> None:
    lived.hands.set_by(seconds=(which % 12 - 5) * 7)


def promise_pressed(lived: Lived, which: int, desk: str, word: str) -> None:
    owed = lived.door.promises(ended_since=0)
    if not owed:
        return
    one = owed[which % len(owed)].id
    if word == "keep":
        lived.door.keep(promise=one, by=f"person:{desk}")
    elif word == "still_owed":
        lived.door.still_owed(promise=one, by=f"person:{desk}")
    else:
        lived.door.change_promise(promise=one, by=f"person:{desk}", reason="not-needed", withdraw=True)


def correct(lived: Lived, which: int, desk: str) -> None:
    """A manager puts an instant of anybody's right; seen only later, as a call that was forgotten would be."""
    visits = lived.door.visits()
    visit = visits[which % len(visits)] if visits else None
    name = ("arrived_at", "seen_at", "ended_at")[which % 3]
    if visit and getattr(visit, name) is not None:
        moved = getattr(visit, name) + (-40_000, 30_000, 60_000)[which % 3]
        lived.door.correct(visit=visit.id, by="person:boss", **{name: moved})


WITHOUT_VISIT = {
    "ticket": ticket,
    "next": lambda lived, which, desk: lived.door.next(desk),
    "walk_in": lambda lived, which, desk: lived.door.walk_in(
        desk=desk, service=SERVICES[which % 3], by=f"person:{desk}", wait=which > 5
    ),
    "check_in": lambda lived, which, desk: lived.door.check_in(
        by="person:1", reference=f"TX-{which % 4}", anyway=which > 5
    ),
    "book": lambda lived, which, desk: lived.book_soon(f"TX-{which % 4}", (which % 12 - 3) * 10, SERVICES[which % 3]),
    "undo": undo,
    "desk": set_desk,
    "hand_over": hand_over,
    "away": away,
    "clock": clock,
    "correct": correct,
    **{
        word: lambda lived, which, desk, word=word: promise_pressed(lived, which, desk, word)
        for word in ("keep", "still_owed", "withdraw")
    },
}
