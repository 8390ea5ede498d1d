"""What a visitor needs, said at the kiosk: it reaches staff and stands nowhere else."""

import json

import pytest

from tests.kiosk.by_socket import ask, booked, heard


@pytest.fixture
def lobby(lobbies, hands):
    return lobbies(hands)


def known(door, ticket: dict) -> dict:
    return door.store.particulars("office", [ticket["id"]]).get(ticket["id"], {})


@pytest.mark.en301549("5.4")
def test_needs_and_language_are_kept_for_staff(lobby):
    door, socket, _ = lobby
    answer = ask(socket, "issue", service="tax", showing="s1", needs=["interpreter", "time"], language="pl", party=3)
    assert known(door, answer["ticket"]) == {"needs": "interpreter time", "language": "Polish"}
    assert door.visits()[0].party == 3


def test_nothing_needed_is_nothing_kept(lobby):
    door, socket, _ = lobby
    assert known(door, ask(socket, "issue", service="tax", showing="s1")["ticket"]) == {}


def test_at_check_in_they_are_added_to_those_booked(lobby):
    door, socket, _ = lobby
    booked(door, minutes=20, needs=("loop",))
    answer = ask(socket, "check_in", reference="TX-1", showing="s1", needs=["time"])
    assert known(door, answer["ticket"])["needs"] == "loop time"


def test_whoever_read_the_screen_in_larger_letters_gets_a_slip_in_large_print(lobby):
    door, socket, _ = lobby
    answer = ask(socket, "issue", service="tax", showing="s1", needs=["time"], larger=True)
    assert known(door, answer["ticket"])["needs"] == "time large-print"
    assert known(door, ask(socket, "issue", service="tax", showing="s2", larger=False)["ticket"]) == {}


def test_needs_stand_in_no_step_picture_answer_or_ticket(lobby):
    door, socket, _ = lobby
    answer = ask(socket, "issue", service="tax", showing="s1", needs=["interpreter", "large-print"], language="pl")
    told = [step.changes | (step.note or {}) for step in door.told()]
    stored = door.rows("SELECT body FROM answers")
    for where in (answer, told, stored, heard(socket, "kiosk"), door.visits()):
        said = json.dumps(where, default=repr)
        assert not any(word in said for word in ("interpreter", "large-print", "Polish"))


def test_whoever_is_fetched_is_not_sent_to_watch_the_board(lobby):
    _, socket, _ = lobby
    assert ask(socket, "issue", service="tax", showing="s1", needs=["discreet"])["ticket"]["where"] == "seat"


def test_an_unknown_need_or_language_is_refused_and_gives_no_ticket(lobby):
    door, socket, _ = lobby
    assert ask(socket, "issue", service="tax", showing="s1", needs=["gold"])["reason"] == "unknown_need"
    assert ask(socket, "issue", service="tax", showing="s2", language="klingon")["reason"] == "unknown_kind"
    assert door.visits() == []
