"""Status bytes: what each bit means, and that nothing unsolicited is taken for an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.printing.status import Condition, Replies, condition, paper_out

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
AUTOMATIC = b"\x10\x00\x0c\x00"


def test_a_printer_that_answers_everything_well_is_ok():
    assert condition(WELL) == Condition("ok")


@pytest.mark.parametrize(
    ("question", "bits", "state"),
    [
        (1, 0x08, "offline"),
        (2, 0x04, "cover"),
        (2, 0x20, "out"),
        (2, 0x40, "error"),
        (3, 0x08, "cutter"),
        (3, 0x20, "error"),
        (3, 0x40, "hot"),
        (4, 0x0C, "near_end"),
        (4, 0x60, "out"),
    ],
)
def test_each_bit_means_what_the_manual_says(question, bits, state):
    assert condition(WELL | {question: 0x12 | bits}) == Condition(state, state)


def test_no_answer_is_unknown_and_never_ok():
    assert condition({}) == Condition("unknown", "silent")
    assert condition({1: None}) == Condition("unknown", "silent")
    assert condition(WELL | {4: None}) == Condition("unknown", "silent")


def test_trouble_is_believed_though_other_questions_went_unanswered():
    assert condition({1: 0x1A, 2: 0x32, 3: None}) == Condition("out", "out")


def test_the_cause_is_told_rather_than_offline_alone():
    assert condition(WELL | {1: 0x1A, 2: 0x16}) == Condition("cover", "cover")


def test_under_an_open_cover_no_sensor_sees_paper():
    assert condition(WELL | {1: 0x1A, 2: 0x36, 4: 0x7E}) == Condition("cover", "cover")


def test_only_a_well_low_or_silent_printer_is_worth_sending_to():
    states = ("ok", "near_end", "out", "cover", "cutter", "hot", "error", "offline", "unknown")
    assert [s for s in states if Condition(s).worth_sending] == ["ok", "near_end", "unknown"]


def test_an_automatic_packet_ahead_is_not_taken_for_the_answer():
    replies = Replies()
    replies.feed(AUTOMATIC + b"\x12" + AUTOMATIC + b"\x1e")
    assert (list(replies.live), list(replies.paper)) == ([0x12, 0x1E], [])


def test_xon_and_xoff_are_no_answers():
    replies = Replies()
    replies.feed(b"\x13\x11\x12")
    assert (list(replies.live), list(replies.paper), list(replies.job)) == ([0x12], [], [])


ANSWERS = st.one_of(
    st.sampled_from([0x12, 0x1A, 0x16, 0x32, 0x72]).map(lambda b: ("live", bytes((b,)), b)),
    st.sampled_from([0x00, 0x03, 0x0C, 0x0F]).map(lambda b: ("paper", bytes((b,)), b)),
    st.binary(min_size=4, max_size=4)
    .map(lambda b: bytes(32 + c % 95 for c in b))
    .map(lambda b: ("job", b'\x37"' + b + b"\x00", b)),
    st.sampled_from([b"\x10\x00\x00\x00", b"\x18\x04\x0f\x0f"]).map(lambda b: ("skipped", b, None)),
)


@given(answers=st.lists(ANSWERS), cuts=st.lists(st.integers(1, 5)))
def test_answers_are_told_apart_in_whatever_pieces_they_arrive(answers, cuts):
    stream, replies = b"".join(data for _, data, _ in answers), Replies()
    for size in cuts:
        replies.feed(stream[:size])
        stream = stream[size:]
    replies.feed(stream)
    for kind in ("live", "paper", "job"):
        assert list(getattr(replies, kind)) == [value for name, _, value in answers if name == kind]


def test_near_end_is_not_out():
    assert (paper_out(0x00), paper_out(0x03), paper_out(0x0C)) == (False, False, True)
