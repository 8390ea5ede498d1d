"""Screens are let in by a code that a manager approves; whoever is sent away loses page and socket at once."""

import re

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.access.conftest import signed_in, words
from tests.builders import eventually
from tests.outside import Browser, Server

CODE = r"<output>([A-Z0-9]{6})</output>"
FACES = ("kiosk", "desk", "display", "manage")
OPENS = {
    "kiosk": {"kiosk"},
    "display": {"display"},
    "desk": {"desk"},
    "receptionist": {"desk"},
    "manager": {"desk", "manage"},
    "admin": {"desk", "manage"},
    "nobody": set(),
}


def code_on(guest: Browser, face: str) -> str:
    if not re.search(CODE, guest.get(f"/pair/{face}").text):
        guest.submit(f"/pair/{face}")  # as the page does by itself
    return re.search(CODE, guest.get(f"/pair/{face}").text)[1]


def cookies(guest: Browser) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in guest.cookies)}


@pytest.mark.parametrize("face", ["kiosk", "display"])
def test_a_screen_shows_a_code_a_manager_approves_it_and_the_screen_goes_on(server, guest, face):
    assert guest.get(f"/{face}/").headers["Location"] == f"/pair/{face}"
    code = code_on(guest, face)
    assert code_on(guest, face) == code  # loading the page again does not change it
    waiting = server.screen("pair", headers=cookies(guest))
    manager = signed_in(server, "manager")
    typed = f" {code[:3].lower()} {code[3:]} "
    approved = manager.submit("/manage/devices", {"code": typed, "role": face, "name": "By the door"})
    assert approved.status_code == 302
    eventually(lambda: waiting.of("paired"))
    assert "approved" in words(guest.get(f"/pair/{face}"))
    assert guest.submit(f"/pair/{face}").headers["Location"].rstrip("/") == f"/{face}"
    assert guest.get(f"/{face}/").status_code == 200
    assert server.screen(face, headers=cookies(guest)).connected
    assert [key.name for key in server.keys.all() if key.name == "By the door" and key.role == face]


def test_a_code_that_nobody_approved_lets_nobody_in_and_stays_good(server, guest):
    code = code_on(guest, "kiosk")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', guest.get("/sign-in").text)[1]
    early = guest.post("/pair/kiosk", data={"csrf_token": token})
    assert early.headers["Location"] == "/pair/kiosk"
    assert guest.get("/kiosk/").headers["Location"] == "/pair/kiosk"
    server.keys.approve_pairing(code=code, role="kiosk", name="Later", by="console")
    assert guest.submit("/pair/kiosk").headers["Location"].rstrip("/") == "/kiosk"


def test_a_code_is_good_for_one_screen_once(server, guest):
    code = code_on(guest, "kiosk")
    server.keys.approve_pairing(code=code, role="kiosk", name="One", by="console")
    other = Browser(server)
    assert code_on(other, "kiosk") != code
    again = signed_in(server, "manager").submit("/manage/devices", {"code": code, "role": "kiosk", "name": "Two"})
    assert again.status_code == 404
    assert "No screen shows this code" in words(again)
    guest.submit("/pair/kiosk")
    assert guest.get("/pair/kiosk").headers["Location"].rstrip("/") == "/kiosk"


def test_a_screen_approved_as_the_other_kind_goes_on_as_that(server, guest):
    code = code_on(guest, "kiosk")
    server.keys.approve_pairing(code=code, role="display", name="A board after all", by="console")
    assert guest.submit("/pair/kiosk").headers["Location"].rstrip("/") == "/display"


def test_a_copied_form_without_the_screens_own_secret_claims_nothing(server, guest):
    server.keys.approve_pairing(code=code_on(guest, "kiosk"), role="kiosk", name="Mine", by="console")
    thief = Browser(server)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', thief.get("/sign-in").text)[1]
    assert thief.post("/pair/kiosk", data={"csrf_token": token}).headers["Location"] == "/pair/kiosk"
    assert thief.get("/kiosk/").headers["Location"] == "/pair/kiosk"
    assert guest.submit("/pair/kiosk").status_code == 302


def test_when_too_many_screens_wait_the_next_is_told_so(tmp_path):
    server = Server(tmp_path, access={"pairings": 1})
    try:
        code_on(Browser(server), "kiosk")
        answer = Browser(server).submit("/pair/display")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
        assert "Too many screens wait to be paired" in words(answer)
    finally:
        server.close()


def test_a_receptionist_approves_no_screen(server, guest):
    code = code_on(guest, "kiosk")
    receptionist = signed_in(server, "receptionist")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', receptionist.get("/sign-in").text)[1]
    answer = receptionist.post(
        "/manage/devices", data={"csrf_token": token, "code": code, "role": "kiosk", "name": "Mine"}
    )
    assert answer.status_code in (401, 403)
    assert guest.get("/pair/kiosk").text.count(code) == 1


# -- who opens what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("role", OPENS)
def test_who_opens_which_page_and_which_socket(server, role, face):
    allowed = face in OPENS[role]
    home = {"kiosk": "kiosk", "display": "display", "receptionist": "desk", "desk": "desk"}.get(role, "manage")
    cookie = {"Cookie": f"reception-{home}={server.key(role, 'browser')}"}
    page = server.ask("GET", f"/{face}/", headers=cookie)
    known = home == face or {home, face} <= {"desk", "manage"}  # a cookie that this face reads
    assert page.status_code == (200 if allowed else 403 if known else 302), page.text
    ways = [{"headers": cookie}, {"headers": cookie, "transport": "polling"}, {"key": server.key(role)}]
    for way in ways:
        if allowed:
            assert server.screen(face, **way).connected
        else:
            with pytest.raises(Refused):
                server.screen(face, **way)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("given", [None, "", "wrong", "\ud800", 3, {"key": "x"}, ["x"], "x" * 30_000])
def test_what_is_no_key_opens_no_socket(server, face, given):
    with pytest.raises(Refused):
        server.screen(face, key=given)


def test_a_browsers_secret_is_no_key_for_a_socket(server):
    with pytest.raises(Refused):
        server.screen("manage", key=server.key("manager", "browser"))


@pytest.mark.parametrize("face", FACES)
def test_a_question_that_is_none_is_answered_and_refused(server, face):
    role = {"manage": "manager"}.get(face, face)
    screen = server.screen(face, key=server.key(role))
    for name in ("dance", "__init__", "picture", "drop_revoked", "let_in", "\u202e", "x" * 5_000):
        answer = screen.ask(name)
        assert (answer["ok"], answer["reason"]) == (False, "unknown_question")
        assert "\u202e" not in answer["message"] and len(answer["message"]) < 200
    assert screen.connected


# -- sent away ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", FACES)
def test_a_revoked_key_loses_its_open_socket_at_once_and_others_stay(server, face):
    role = {"manage": "manager"}.get(face, face)
    key, other = server.key(role), server.screen(face, key=server.key(role))
    screen = server.screen(face, key=key)
    server.revoke(key)  # by another process
    eventually(lambda: not screen.connected, seconds=5)
    assert other.connected
    with pytest.raises(Refused):
        server.screen(face, key=key)


@pytest.mark.parametrize("name", ["disconnect", "connect"])
def test_a_question_named_like_the_connections_own_coming_or_going_is_only_a_question(server, name):
    key = server.key("display")
    screen = server.screen("display", key=key)
    assert screen.ask(name)["reason"] == "unknown_question"
    server.revoke(key)
    eventually(lambda: not screen.connected, seconds=5)


@pytest.mark.parametrize("payload", [[], 0, False, "", "1", [1], {"desk": 1}, {"leaving": []}])
def test_a_payload_of_the_wrong_type_calls_nobody(server, payload):
    screen = server.screen("desk", key=server.key("desk"))
    answer = screen.ask("call_next", payload)
    assert (answer["ok"], answer["reason"]) == (False, "wrong_values")


def test_a_revoked_key_leaves_no_desk_open_behind_it(server):
    key = server.key("desk")
    assert server.screen("desk", key=key).ask("sit", {"desk": "3"})["ok"]
    server.revoke(key)
    assert server.door.look()[1].desks["3"].state == "closed"


def test_a_paired_screen_that_a_manager_ends_loses_page_and_socket(server, guest):
    server.keys.approve_pairing(code=code_on(guest, "kiosk"), role="kiosk", name="Ended soon", by="console")
    guest.submit("/pair/kiosk")
    screen = server.screen("kiosk", headers=cookies(guest))
    row = next(key for key in server.keys.all() if key.name == "Ended soon")
    manager = signed_in(server, "manager")
    assert manager.submit("/manage/devices", to=f"/manage/devices/{row.id}/end").status_code == 302
    eventually(lambda: not screen.connected, seconds=5)
    assert guest.get("/kiosk/").headers["Location"] == "/pair/kiosk"


def test_a_person_who_leaves_loses_every_open_socket(server):
    somebody = server.keys.add_person(name="Alex", sign_in="alex-socket", role="receptionist", by="console")
    given = server.keys.add(name="Alex", role="receptionist", kind="browser", by="console", person=somebody)
    screen = server.screen("desk", headers={"Cookie": f"reception-desk={given}"})
    server.keys.end_person(somebody, by="console")
    eventually(lambda: not screen.connected, seconds=5)


def test_a_key_that_runs_out_may_ask_nothing_more_on_an_open_socket(server):
    screen = server.screen("kiosk", key=server.key("kiosk", lasts_ms=2_000))
    assert screen.connected
    eventually(lambda: not screen.connected or screen.ask("issue", {}).get("reason") == "signed_out")
    eventually(lambda: not screen.connected, seconds=40)


def test_the_board_names_nobody_and_nobodys_service(server):
    board = server.screen("display", key=server.key("display"))
    receptionist = server.key("desk")
    server.ask("POST", "/api/tickets", receptionist, json={"service": "tax"})
    visit = server.ask("POST", "/api/desks/1/next", receptionist).json()
    called = eventually(lambda: board.of("called"))[0]
    assert (called["id"], called["number"], called["desk"]) == (visit["id"], visit["number"], "1")
    assert not {"service", "name", "person"} & called.keys()
    waits = [picture.pop("waits") for name, picture in board.heard if name == "board"]  # of each service, for all
    assert all(set(one) == {"lang", "dir", "service", "wait"} for told in waits for one in told)
    assert "Council Tax" not in str(board.heard)
