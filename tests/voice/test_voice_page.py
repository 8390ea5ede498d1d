"""GET /voice: who hears it, what may be said, how long a browser keeps it."""

import pytest

from tests.outside import Browser, Server
from tests.voice.speakers import measured


@pytest.fixture
def asks(office_server):
    """A browser let in by this role's cookie (none: nobody), which asks for a phrase."""

    def made(role: str | None):
        browser = Browser(office_server)
        if role:
            face = {"receptionist": "desk", "manager": "manage"}.get(role, role)
            browser.cookies.set(f"reception-{face}", office_server.key(role, "browser"))

        def ask(text="Desk 3.", language="en", **sent):
            return browser.get("/voice", params={"language": language, "text": text}, **sent)

        return ask

    return made


@pytest.mark.parametrize("role", ["kiosk", "display", "receptionist", "manager"])
def test_screens_and_staff_hear_it(asks, role):
    answer = asks(role)()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/wav")
    assert measured(answer.content)[0] > 0.3


def test_nobody_else_does(asks):
    assert asks(None)().status_code == 401
    assert asks(None)(headers={"Authorization": "Bearer nobody's"}).status_code == 401
    assert asks(None)(headers={"Cookie": "reception-kiosk=nobody's"}).status_code == 401


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
def test_it_speaks_each_language_that_the_office_offers(asks, language):
    assert asks("kiosk")(language=language).status_code == 200


@pytest.mark.parametrize("language", ["pl", "xx", "", "../en"])
def test_it_speaks_no_other(asks, language):
    answer = asks("kiosk")(language=language)
    assert (answer.status_code, "The languages are: en, cy, ur." in answer.text) == (422, True)


@pytest.mark.parametrize("text", ["", "   ", "\n", "a" * 401, "word " * 200])
def test_nothing_and_too_much_are_refused(asks, text):
    answer = asks("kiosk")(text)
    assert (answer.status_code, "at most 400 characters" in answer.text) == (422, True)


def test_a_browser_keeps_it_for_itself_and_is_told_when_it_is_still_the_same(asks):
    ask = asks("kiosk")
    first = ask()
    assert first.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert "Cookie" not in first.headers.get("Vary", "")
    again = ask(headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ask().content == first.content


def test_one_screen_that_has_very_much_made_is_refused_and_hears_what_is_there_already(tmp_path):
    server = Server(tmp_path, voice={"made_per_minute": 3})
    try:
        browser, other = Browser(server), Browser(server)
        for one in (browser, other):
            one.cookies.set("reception-kiosk", server.key("kiosk", "browser"))
        answers = [browser.get(f"/voice?language=en&text=Desk+{number}").status_code for number in range(20)]
        assert answers[:3] == [200, 200, 200]
        assert 429 in answers
        assert browser.get("/voice?language=en&text=Desk+0").status_code == 200
        assert other.get("/voice?language=en&text=Room+9").status_code == 200
    finally:
        server.close()


def test_an_office_without_a_voice_says_so_and_its_kiosk_offers_none(tmp_path):
    server = Server(tmp_path, voice={"on": False})
    try:
        browser = Browser(server)
        browser.cookies.set("reception-kiosk", server.key("kiosk", "browser"))
        answer = browser.get("/voice?language=en&text=Desk+3")
        assert (answer.status_code, "no voice is installed" in answer.text) == (503, True)
        assert "data-listen" not in browser.get("/kiosk/").text
    finally:
        server.close()
