"""What a manager decides, as a kiosk says it: locks, notices, services; and whether anybody is there to help."""

import pytest

from tests.builders import OFFICE_HOURS
from tests.kiosk.by_socket import ask, picture

LOCK = "This screen is being cleaned."


@pytest.fixture
def lobby(lobbies, hands):
    return lobbies(hands)


def rule(door, kind: str, subject: str, value: str | None = "on", **more):
    return door.rule(kind=kind, subject=subject, value=value, by="person:boss", **more)


def kiosk_of(face) -> str:
    """The key's id of the one kiosk connected."""
    (asker,) = face.askers.values()
    return asker.id


def told_in_answers(door) -> list[str]:
    """The stored answers that hold what the manager wrote."""
    return [body for (body,) in door.store.reader.execute("SELECT body FROM answers") if LOCK in body]


def test_a_locked_kiosk_says_why_gives_nothing_and_others_go_on(lobby, lobbies):
    door, socket, face = lobby
    kiosk = kiosk_of(face)
    other = lobbies.kiosk(face)
    rule(door, "kiosk", kiosk, text=LOCK)
    assert picture(socket, lambda news: news["locked"])["locked"] == LOCK
    refused = {"ok": False, "reason": "kiosk_locked", "message": LOCK}
    assert ask(socket, "issue", service="tax", showing="s1") == refused
    assert ask(socket, "check_in", reference="TX-1", showing="s2") == refused
    assert told_in_answers(door) == []
    assert picture(other)["locked"] is None
    assert ask(other, "issue", service="tax", showing="s1")["ok"]
    rule(door, "kiosk", kiosk, None)
    assert picture(socket, lambda news: not news["locked"])
    assert ask(socket, "issue", service="tax", showing="s3")["ok"]


def test_a_notice_is_shown_until_its_time_is_over(lobby, hands):
    door, socket, _ = lobby
    rule(door, "notice", "kiosk", text="The lift is out of order.", until_at=door.now() + 60_000)
    assert picture(socket, lambda news: news["notice"])["notice"] == "The lift is out of order."
    hands.go(minutes=1)
    assert picture(socket, lambda news: not news["notice"])


def test_a_notice_for_the_board_is_not_for_the_kiosk(lobby):
    door, socket, _ = lobby
    rule(door, "notice", "board", text="Fire drill at three.")
    door.ticket()
    assert picture(socket, lambda news: news["services"][0]["ahead"])["notice"] is None


def test_a_service_closed_or_full_says_so(lobby):
    door, socket, _ = lobby
    rule(door, "service", "tax", "closed")
    rule(door, "quota", "housing", "0")
    news = picture(socket, lambda news: sum(service["open"] for service in news["services"]) == 1)
    assert [service["why"] for service in news["services"]] == [
        "Council Tax is closed. Please ask a member of staff.",
        None,
        "Housing has no tickets left today. Please ask a member of staff.",
    ]


def test_a_service_opened_by_a_manager_opens_the_doors_for_it_alone(lobbies, hands):
    hands.go_to("2026-03-02 18:00")
    door, socket, _ = lobbies(hands, hours=OFFICE_HOURS)
    assert not picture(socket)["open"]
    rule(door, "service", "housing", "open")
    news = picture(socket, lambda news: news["open"])
    assert [service["open"] for service in news["services"]] == [False, False, True]


def test_it_says_which_services_nobody_can_help_with_just_now(lobby):
    door, socket, _ = lobby
    news = picture(socket)
    assert (news["staffed"], [service["away"] for service in news["services"]]) == (False, [False] * 3)
    door.set_desk(desk="3", state="open", by="person:3")  # which takes housing
    news = picture(socket, lambda news: news["staffed"])
    assert [service["away"] for service in news["services"]] == [True, True, False]
    door.set_desk(desk="1", state="open", by="person:1")
    assert picture(socket, lambda news: not any(service["away"] for service in news["services"]))
