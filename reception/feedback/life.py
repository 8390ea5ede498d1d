"""The life of what somebody tells the office: which step follows which, and by when a complaint is answered.

Pure. The days are those of a preset, or an office's own; they are counted by workdays.py, from the day after receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reception.refusals import Refusal

KINDS = ("compliment", "comment", "complaint")
SOURCES = ("kiosk", "phone", "desk", "api", "letter", "telephone", "email")
FINDINGS = ("upheld", "partly", "not_upheld", "no_finding")
OPEN, PUT_RIGHT, ANSWERED, CLOSED, WITHDRAWN = "open", "put_right", "answered", "closed", "withdrawn"
STATES = (OPEN, PUT_RIGHT, ANSWERED, CLOSED, WITHDRAWN)

# state -> step -> state after. Nothing else changes a state, but taking a step back (taking_back.py).
NEXT = {
    OPEN: {
        "feedback_added": OPEN,
        "feedback_assigned": OPEN,
        "feedback_acknowledged": OPEN,
        "feedback_extended": OPEN,
        "feedback_put_right": PUT_RIGHT,
        "feedback_answered": ANSWERED,
        "feedback_passed_on": CLOSED,
        "feedback_closed": CLOSED,
        "feedback_withdrawn": WITHDRAWN,
    },
    PUT_RIGHT: {"feedback_escalated": OPEN, "feedback_referred": PUT_RIGHT},
    ANSWERED: {"feedback_escalated": OPEN, "feedback_referred": ANSWERED},
    CLOSED: {},
    WITHDRAWN: {},
}
# What only a complaint goes through, and what it never does.
OF_COMPLAINTS = frozenset(
    f"feedback_{name}"
    for name in ("acknowledged", "extended", "put_right", "answered", "escalated", "referred", "withdrawn")
)
OF_OTHERS = frozenset({"feedback_passed_on", "feedback_closed"})


@dataclass(frozen=True, slots=True)
class Days:
    """Working days of one stage: until it is acknowledged (None: the answer is all that is promised) and answered, and
    by how many it may be extended at a time (None: by as many as are given, with a reason)."""

    answer: int
    acknowledge: int | None = None
    extend: int | None = None


# The English ombudsman's code counts the answer's days from the acknowledgement; from receipt they are never later.
PRESETS = {
    "charter": (Days(5), Days(20, acknowledge=3)),
    "lgsco": (Days(10, acknowledge=5, extend=10), Days(20, acknowledge=5, extend=20)),
    "scottish": (Days(5, extend=5), Days(20, acknowledge=3)),
}


def take(kind: str, state: str, step: str) -> str:
    """The state after a step; a Refusal where this kind in this state has no such step."""
    after = NEXT[state].get(step)
    if after is None or step in (OF_OTHERS if kind == "complaint" else OF_COMPLAINTS):
        raise Refusal("feedback_step", state=state, kind=kind)
    return after


def possible(kind: str, state: str, *, last_stage: bool) -> list[str]:
    """The steps that may follow, in the order of the table. From the last stage there is none higher, and before it
    nobody is sent to the ombudsman."""
    barred = OF_OTHERS if kind == "complaint" else OF_COMPLAINTS
    barred |= {"feedback_escalated"} if last_stage else {"feedback_referred"}
    return [step for step in NEXT[state] if step not in barred]


def taken_back(steps: Iterable) -> set[int]:
    """The presses that some of the steps took back, by the first number of each."""
    return {step.undoes for step in steps if step.undoes}
