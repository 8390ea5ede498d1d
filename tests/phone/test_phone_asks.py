"""What a visitor asks by their phone: what it changes, what is refused, and that it reaches no other visit."""

import pytest

from tests.phone.following import place


def ask(socket, question: str, **said) -> dict:
    return socket.emit(question, said, namespace="/phone", callback=True)


def test_somebody_running_late_is_shown_until_when_their_place_is_kept(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    assert ask(socket, "tell_late", minutes=10) == {"ok": True}
    place(socket, late_until=phones.hands.wall + 600_000, ahead=None, can_be_late=False)
    assert ask(socket, "tell_here") == {"ok": True}
    place(socket, late_until=None, ahead=0, can_be_late=True)


def test_what_is_refused_is_said_to_a_visitor(phones):
    mine = phones.door.ticket()
    socket = phones.follow(mine.token)
    phones.door.next()
    answer = ask(socket, "tell_late", minutes=10)
    assert (answer["ok"], answer["reason"]) == (False, "late_called")
    assert answer["message"].startswith("We are calling you now.")


def test_a_phone_reaches_no_visit_but_its_own(phones):
    mine, other = phones.door.ticket(), phones.door.ticket()
    socket = phones.follow(mine.token)
    assert ask(socket, "leave", visit=other.id)["reason"] == "wrong_values"
    assert ask(socket, "leave") == {"ok": True}
    assert [phones.door.stored(visit).state for visit in (mine, other)] == ["left", "waiting"]


def test_a_link_that_has_ended_does_nothing_on_a_page_still_open(phones):
    mine = phones.finished()
    socket = phones.follow(mine.token)
    phones.hands.go(hours=25)
    assert ask(socket, "leave")["reason"] == "page_ended"


@pytest.mark.parametrize("form", ["late", "here", "leave"])
def test_a_form_needs_the_link_and_nothing_else(phones, form):
    mine = phones.door.ticket()
    browser = phones.app.test_client()
    answer = browser.post(f"/t/{mine.token}/{form}?language=cy", data={"minutes": "5"})
    assert (answer.status_code, answer.location) == (303, f"/t/{mine.token}?language=cy")
    assert not browser.get_cookie("reception-form")
    assert browser.get(browser.post(f"/t/nobody/{form}", data={"minutes": "5"}).location).status_code == 404


@pytest.mark.parametrize("minutes", ["", "7", "-5", "5000000000", "five"])
def test_a_form_that_asks_for_another_time_is_told_what_to_choose(phones, minutes):
    mine = phones.door.ticket()
    answer = phones.app.test_client().post(f"/t/{mine.token}/late", data={"minutes": minutes})
    assert "Choose one of the times on this page." in phones.app.test_client().get(answer.location).text
    assert phones.door.stored(mine).late_until is None
