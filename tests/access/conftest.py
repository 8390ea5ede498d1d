"""Servers for the tests of who may ask: one at home on this machine, one as it stands behind a council's proxy."""

import re

import pytest

from reception.passwords import hasher
from tests.builders import eventually
from tests.outside import Browser, Server

PASSWORD = "three long words here"
HOST = "reception.example"


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Plain HTTP, and no limit on guessing that these tests would meet."""
    server = Server(tmp_path_factory.mktemp("home"), access={"guesses": 100_000})
    yield server
    server.close()


@pytest.fixture(scope="session")
def proxied(tmp_path_factory):
    """As in production: HTTPS cookies, and a reverse proxy on this machine that is believed."""
    server = Server(
        tmp_path_factory.mktemp("proxied"),
        server={"secure_cookies": True, "trusted_proxies": ["127.0.0.1"]},
        access={"guesses": 3},
    )
    yield server
    server.close()


@pytest.fixture
def guest(home):
    return Browser(home)


@pytest.fixture
def server(home):
    home.clear()
    return home


def person(server: Server, sign_in: str, role: str, password: str = PASSWORD) -> str:
    """An account with a password; its id. Made anew unless it is there."""
    found = {one.sign_in: one.id for one in server.keys.people()}
    if sign_in in found:
        return found[sign_in]
    made = server.keys.add_person(name=sign_in.title(), sign_in=sign_in, role=role, by="console")
    server.keys.set_password(made, hasher().hash(password))
    return made


def signed_in(server: Server, role: str) -> Browser:
    """A browser with a person signed in through the page."""
    person(server, f"the {role}", role)
    guest = Browser(server)
    answer = guest.submit("/sign-in", {"name": f"the {role}", "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return guest


def printed(server: Server, pattern: str) -> str:
    """What the server printed last that fits; waits for it."""
    return eventually(lambda: re.findall(pattern, "".join(server.log)))[-1]


def words(answer) -> str:
    """The sentences of a page, as a reader meets them."""
    text = re.sub(r"<(script|style|template).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(text.split())
