"""What keeps other sites and eavesdroppers out: forms' tokens, origins, headers, cookies, whose word is believed."""

import re

import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.access.conftest import HOST, PASSWORD, person
from tests.outside import Browser

POLICY = {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"}
# What a browser that is let in everywhere can load.
PAGES = (
    "/sign-in /pair/kiosk /pair/display /kiosk/ /kiosk/printer /display/ /desk/ /desk/1 /manage/ /manage/figures"
    " /greeter /appointments /owed /owed/new/documents"
    " /manage/figures.csv /manage/devices /manage/people /health /api/openapi.json /nothing /t/nothing /enter/nothing"
    " /static/ticket.svg"
).split()


@pytest.fixture(scope="session")
def everybody(home):
    """One browser with a cookie for each face, an admin's among them."""
    guest = Browser(home)
    for face, role in (("kiosk", "kiosk"), ("display", "display"), ("desk", "admin"), ("manage", "admin")):
        guest.cookies.set(f"reception-{face}", home.key(role, "browser"))
    return guest


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(everybody, path):
    answer = everybody.get(path)
    assert answer.status_code in (200, 302, 404, 410), answer.text
    headers = answer.headers
    assert set(headers["Content-Security-Policy"].split("; ")) >= POLICY
    assert "unsafe" not in headers["Content-Security-Policy"] and "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert ("no-store" in headers["Cache-Control"]) != path.startswith("/static")


def test_files_that_are_no_page_carry_no_page_s_headers(everybody):
    for path in ("/static/base.css", "/static/live.js"):
        headers = everybody.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert not headers.keys() & {"Content-Security-Policy", "Permissions-Policy", "Content-Disposition"}


def test_scripts_and_sheets_are_never_those_of_the_version_before(everybody):
    """A page loaded after an update would not fit what the browser kept; asking costs an empty answer."""
    for path in ("/static/base.css", "/static/live.js", "/desk/static/desk.css"):
        first = everybody.get(path)
        assert first.headers["Cache-Control"] == "no-cache"
        again = everybody.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_code_or_anything_of_another_host(everybody, path):
    answer = everybody.get(path)
    if "html" in answer.headers["Content-Type"]:
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", answer.text)
        assert not re.search(r"\s(on\w+|style)=\"", answer.text)
        assert not re.search(r"(src|href)=\"(https?:)?//(?!127\.0\.0\.1|localhost)", answer.text)


# -- forms -------------------------------------------------------------------------------------------------------


def test_every_form_is_refused_without_its_token(everybody, home):
    tried = 0
    for path in (
        "/sign-in",
        "/sign-out/desk",
        "/sign-out/manage",
        "/pair/kiosk",
        "/enter/x",
        "/password/x",
        "/set-up/x",
    ):
        for token in (None, "", "wrong"):
            data = {"name": "robin", "password": PASSWORD} | ({} if token is None else {"csrf_token": token})
            answer = everybody.post(path, data=data)
            assert answer.status_code == 400, path
            assert "Load the page again" in answer.text
            tried += 1
    for path in ("/manage/devices", "/manage/people", "/manage/devices/x/end", "/manage/people/x/end"):
        assert everybody.post(path, data={"name": "x"}).status_code == 400, path
        tried += 1
    assert tried == 25


def test_another_browsers_token_is_no_good(home):
    one, other = Browser(home), Browser(home)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', one.get("/sign-in").text)[1]
    assert other.post("/sign-in", data={"csrf_token": token, "name": "x", "password": "y"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/sign-out/desk", "/manage/devices/x/end", "/manage/people/x/end", "/manage/people/x/link"]
)
def test_nothing_is_changed_by_looking(everybody, path):
    assert everybody.get(path).status_code in (404, 405)


# -- sockets and where they come from ----------------------------------------------------------------------------


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://127.0.0.1.elsewhere.example", "http://localhost:1"]
)
def test_a_page_of_another_site_opens_no_socket(home, origin, transport):
    cookie = f"reception-manage={home.key('manager', 'browser')}"
    with pytest.raises(Refused):
        home.screen("manage", headers={"Cookie": cookie}, origin=origin, transport=transport)


def test_the_pages_own_site_opens_its_socket(home):
    cookie = f"reception-manage={home.key('manager', 'browser')}"
    assert home.screen("manage", headers={"Cookie": cookie}, origin=home.url).connected


# -- behind the proxy --------------------------------------------------------------------------------------------

BEHIND = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": HOST, "X-Forwarded-For": "192.0.2.7"}


def _cookies(answer) -> list[str]:
    return answer.raw.headers.getlist("Set-Cookie")


def _sign_in(server, **headers):
    """The answer to a right sign-in through the proxy; cookies are carried by hand: requests does not send these."""
    person(server, "robin", "receptionist")
    sent = {**BEHIND, **headers}
    page = server.ask("GET", "/sign-in", headers=sent)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    sent |= {"Cookie": _cookies(page)[0].partition(";")[0], "Referer": f"https://{HOST}/sign-in"}
    return server.ask(
        "POST", "/sign-in", headers=sent, data={"csrf_token": token, "name": "robin", "password": PASSWORD}
    )


def test_cookies_are_for_this_host_https_and_no_script(proxied):
    answer = _sign_in(proxied)
    assert answer.status_code == 302, answer.text
    given = _cookies(answer) + _cookies(proxied.ask("GET", "/sign-in", headers=BEHIND))
    assert len(given) >= 2
    for cookie in given:
        name, *marks = cookie.split("; ")
        assert name.startswith("__Host-reception-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(marks)
        assert not any(mark.startswith("Domain") for mark in marks)


def test_a_form_sent_from_another_sites_page_is_refused_over_https(proxied):
    page = proxied.ask("GET", "/sign-in", headers=BEHIND)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    sent = {**BEHIND, "Cookie": _cookies(page)[0].partition(";")[0], "Referer": "https://elsewhere.example/"}
    assert proxied.ask("POST", "/sign-in", headers=sent, data={"csrf_token": token}).status_code == 400


def test_browsers_are_told_to_stay_with_https(proxied):
    assert "max-age" in proxied.ask("GET", "/sign-in", headers=BEHIND).headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in proxied.ask("GET", "/sign-in").headers


def test_a_socket_through_the_proxy_is_of_the_proxys_site(proxied):
    cookie = f"__Host-reception-desk={proxied.key('desk', 'browser')}"
    assert proxied.screen("desk", headers={**BEHIND, "Cookie": cookie}, origin=f"https://{HOST}").connected
    for origin in (f"http://{HOST}", "https://elsewhere.example", proxied.url):
        with pytest.raises(Refused):
            proxied.screen("desk", headers={**BEHIND, "Cookie": cookie}, origin=origin)


def test_an_insecure_cookie_is_not_looked_at_where_cookies_are_secure(proxied):
    given = proxied.key("manager", "browser")
    assert proxied.ask("GET", "/manage/", headers={**BEHIND, "Cookie": f"reception-manage={given}"}).status_code == 302
    secure = {**BEHIND, "Cookie": f"__Host-reception-manage={given}"}
    assert proxied.ask("GET", "/manage/", headers=secure).status_code == 200


def test_guesses_are_counted_by_the_address_that_the_proxy_names(proxied):
    def guess(address):
        headers = {**BEHIND, "X-Forwarded-For": address}
        return proxied.ask("GET", "/api/line", "wrong", headers=headers).status_code

    assert [guess("192.0.2.1") for _ in range(4)] == [401, 401, 401, 429]
    assert guess("192.0.2.2") == 401
    # What the visitor wrote there itself comes before what the proxy added, and is not believed.
    assert guess("192.0.2.3, 192.0.2.1") == 429


def test_nobody_elses_word_is_believed(home):
    assert "Strict-Transport-Security" not in home.ask("GET", "/sign-in", headers=BEHIND).headers
    cookie = f"reception-manage={home.key('manager', 'browser')}"
    with pytest.raises(Refused):
        home.screen("manage", headers={**BEHIND, "Cookie": cookie}, origin=f"https://{HOST}")


def test_no_address_is_trusted(home):
    for headers in ({"X-Forwarded-For": "127.0.0.1"}, {"X-Real-IP": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
        assert home.ask("GET", "/api/line", headers=headers).status_code == 401
        assert home.ask("GET", "/manage/", headers=headers).status_code == 302
