"""People sign in with a password, a one-time link or the first run's link; wrong ones are told so and limited."""

import re

import pytest

from tests.access.conftest import PASSWORD, person, printed, signed_in, words
from tests.builders import eventually
from tests.outside import Browser, Server

WRONG = "This name and password do not go together"


@pytest.mark.wcag("3.3.8")
@pytest.mark.parametrize(
    ("role", "home_page"), [("receptionist", "/desk"), ("manager", "/manage"), ("admin", "/manage")]
)
def test_a_right_password_opens_the_persons_own_page(server, role, home_page):
    guest = signed_in(server, role)
    assert guest.get(f"{home_page}/").status_code == 200


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("robin", "wrong password"),
        ("nobody", PASSWORD),
        ("", ""),
        ("robin\u202e", PASSWORD),
        ("robin", "x" * 20_000),
        ("a\x00", "b\x00"),
    ],
)
def test_a_wrong_one_is_told_without_saying_which_of_the_two(server, guest, name, password):
    person(server, "robin", "receptionist")
    answer = guest.submit("/sign-in", {"name": name, "password": password})
    assert answer.status_code == 403
    assert WRONG in words(answer)
    assert not [cookie for cookie in guest.cookies if cookie.name != "reception-form"]


def test_names_are_not_case_sensitive_and_passwords_are(server, guest):
    person(server, "robin", "receptionist")
    assert guest.submit("/sign-in", {"name": " ROBIN ", "password": PASSWORD}).status_code == 302
    assert Browser(server).submit("/sign-in", {"name": "robin", "password": PASSWORD.upper()}).status_code == 403


def test_guessing_is_limited_by_address_and_never_a_paired_kiosks_tickets(tmp_path):
    server = Server(tmp_path, access={"guesses": 3})
    try:
        person(server, "robin", "receptionist")
        kiosk = server.key("kiosk")
        said = [Browser(server).submit("/sign-in", {"name": "robin", "password": str(n)}) for n in range(4)]
        assert [answer.status_code for answer in said] == [403, 403, 403, 429]
        assert "Wait 10 minutes" in words(said[-1])
        assert Browser(server).submit("/sign-in", {"name": "robin", "password": PASSWORD}).status_code == 429
        for wrong in ("link", "enter", "key"):
            for _ in range(5):
                Browser(server).get(f"/enter/{wrong}")
                server.ask("GET", "/api/line", wrong)
        assert server.ask("GET", "/enter/another").status_code == 429
        assert server.ask("GET", "/api/line", "another").status_code == 429
        tickets = [server.ask("POST", "/api/tickets", kiosk, json={"service": "tax"}) for _ in range(20)]
        assert {ticket.status_code for ticket in tickets} == {201}
        paired = server.screen("kiosk", headers={"Cookie": f"reception-kiosk={server.key('kiosk', 'browser')}"})
        assert paired.connected
        link = server.key("kiosk", "link")
        assert Browser(server).submit(f"/enter/{link}").status_code == 302  # a right one is never refused
    finally:
        server.close()


def test_a_visit_to_the_sign_in_page_leads_on_to_where_one_was_going(server):
    person(server, "robin", "receptionist")
    guest = Browser(server)
    way = guest.get("/desk/1").headers["Location"]
    assert way == "/sign-in?next=/desk/1"
    assert (
        guest.submit(way, {"name": "robin", "password": PASSWORD, "next": "/desk/1"}, to="/sign-in").headers["Location"]
        == "/desk/1"
    )


@pytest.mark.parametrize(
    "way",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        " //elsewhere.example",
        "/%5celsewhere.example/..//..",
        "https:elsewhere.example",
    ],
)
def test_no_link_leads_from_signing_in_to_another_site(server, way):
    person(server, "robin", "receptionist")
    guest = Browser(server)
    answer = guest.submit("/sign-in", {"name": "robin", "password": PASSWORD, "next": way})
    assert answer.status_code == 302
    there = answer.headers["Location"]
    assert there.startswith("/") and not re.match(r"/[\s/\\]", there), there


def test_signing_out_ends_the_browsers_key_and_its_sockets(server):
    guest = signed_in(server, "receptionist")
    stolen = guest.cookies["reception-desk"]
    screen = server.screen("desk", headers={"Cookie": f"reception-desk={stolen}"})
    form = Browser(server)
    form.cookies.update(guest.cookies)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', guest.get("/desk/").text)
    assert token, "the desk's pages carry a form to sign out"
    assert guest.post("/sign-out/desk", data={"csrf_token": token[1]}).status_code == 302
    assert server.ask("GET", "/desk/", headers={"Cookie": f"reception-desk={stolen}"}).status_code == 302
    eventually(lambda: not screen.connected)


def test_whoever_was_signed_out_elsewhere_is_told_and_a_newcomer_is_not(server):
    guest, told = signed_in(server, "receptionist"), "You were signed out."
    server.revoke(guest.cookies["reception-desk"])
    assert told in guest.get(guest.get("/desk/1").headers["Location"]).text
    assert told not in Browser(server).get("/sign-in").text


# -- one-time links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "page"), [("kiosk", "/kiosk"), ("display", "/display"), ("manager", "/manage")])
def test_a_one_time_link_opens_its_face_once(server, guest, role, page):
    given = server.key(role, "link")
    for _ in range(3):  # a preview or a scanner that looks does not use it up
        assert guest.get(f"/enter/{given}").status_code == 200
    opened = guest.submit(f"/enter/{given}")
    assert (opened.status_code, opened.headers["Location"].rstrip("/")) == (302, page)
    assert guest.get(f"{page}/").status_code == 200
    again = Browser(server)
    assert again.get(f"/enter/{given}").status_code == 410
    assert "used or has run out" in words(again.get(f"/enter/{given}"))


def test_two_browsers_that_press_one_link_get_one_entry(server):
    given = server.key("kiosk", "link")
    one, other = Browser(server), Browser(server)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', other.get(f"/enter/{given}").text)[1]
    assert one.submit(f"/enter/{given}").status_code == 302
    assert other.post(f"/enter/{given}", data={"csrf_token": token}).status_code == 410


def test_a_link_that_has_run_out_opens_nothing(server, guest):
    given = server.key("kiosk", "link", lasts_ms=1)
    assert guest.get(f"/enter/{given}").status_code == 410


@pytest.mark.parametrize("kind", ["bearer", "browser", "password", "setup", "pairing"])
def test_no_other_secret_is_a_link(server, guest, kind):
    assert guest.get(f"/enter/{server.key('manager', kind)}").status_code == 410


# -- passwords ---------------------------------------------------------------------------------------------------


def test_a_password_is_chosen_by_a_link_that_works_once_and_ends_what_was_open(server, guest):
    somebody = person(server, "sasha", "manager", "the old password")
    guest.submit("/sign-in", {"name": "sasha", "password": "the old password"})
    assert guest.get("/manage/").status_code == 200
    link = f"/password/{server.keys.password_link(somebody, by='console', lasts_ms=60_000)}"
    new = Browser(server)
    short = new.submit(link, {"password": "short", "again": "short"})
    differ = new.submit(link, {"password": PASSWORD, "again": PASSWORD + "x"})
    assert (short.status_code, differ.status_code) == (422, 422)
    assert "at least 12 characters" in words(short) and "differ" in words(differ)
    chosen = "four quite new words"
    assert new.submit(link, {"password": chosen, "again": chosen}).status_code == 302
    assert new.get(link).status_code == 410
    assert guest.get("/manage/").status_code == 302
    assert Browser(server).submit("/sign-in", {"name": "sasha", "password": "the old password"}).status_code == 403
    assert Browser(server).submit("/sign-in", {"name": "sasha", "password": chosen}).status_code == 302


def test_whoever_has_left_cannot_sign_in_and_is_out_at_once(server, guest):
    somebody = person(server, "leaver", "manager")
    guest.submit("/sign-in", {"name": "leaver", "password": PASSWORD})
    assert guest.get("/manage/").status_code == 200
    server.keys.end_person(somebody, by="console")
    assert guest.get("/manage/").status_code == 302
    assert Browser(server).submit("/sign-in", {"name": "leaver", "password": PASSWORD}).status_code == 403


def test_passwords_are_stored_as_argon2_alone(server):
    person(server, "robin", "receptionist")
    stored = [
        hashed for (hashed,) in server.door.store.reader.execute("SELECT password FROM people WHERE password NOT NULL")
    ]
    assert stored and all(hashed.startswith("$argon2id$") for hashed in stored)


# -- the first run -----------------------------------------------------------------------------------------------


def test_the_first_run_prints_a_link_that_makes_the_first_admin_once(tmp_path):
    server = Server(tmp_path)
    try:
        first = printed(server, r"There is no admin yet\. [\w -]+:\s+\S+(/set-up/\S+)")
        server.stop()
        server.start()
        second = eventually(lambda: (found := printed(server, r"/set-up/\S+")) != first and found)
        guest = Browser(server)
        assert guest.submit("/sign-in", {"name": "admin", "password": "admin"}).status_code == 403
        fields = {"full_name": "Sam \u202eOkoro", "name": "Sam", "password": PASSWORD, "again": PASSWORD}
        assert guest.submit(second, fields | {"again": "another"}).status_code == 422
        assert guest.submit(second, fields | {"full_name": "\u200b"}).status_code == 422
        assert guest.submit(second, fields).status_code == 302
        assert guest.submit("/sign-in", {"name": "sam", "password": PASSWORD}).status_code == 302
        assert guest.get("/manage/").status_code == 200
        assert [(one.name, one.sign_in, one.role) for one in server.keys.people()] == [("Sam Okoro", "sam", "admin")]
        assert [Browser(server).get(link).status_code for link in (first, second)] == [410, 410]
    finally:
        server.close()
