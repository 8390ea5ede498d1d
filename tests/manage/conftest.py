"""A manager's browser without a browser: the real app over a real database, every page it fetches checked."""

import re

import html5lib
import pytest

from manage.live import Manage
from manage.pages import blueprint
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.store import Store
from reception.web.access import Guesses, cookie
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Hands, office

XHTML = "{http://www.w3.org/1999/xhtml}"


class Manager:
    """`get` and `post` as somebody signed in; pages come back checked, and forms carry their token by themselves."""

    def __init__(self, parts: Parts, app, role: str):
        self.parts, self.app, self.client = parts, app, app.test_client()
        self.person = parts.keys.add_person(name=role.title(), sign_in=f"{role}-here", role=role, by="test")
        given = parts.keys.add(name=role, role=role, kind="browser", by="test", person=self.person)
        with app.app_context():
            self.client.set_cookie(cookie("desk" if role == "receptionist" else "manage"), given)

    def get(self, path: str, status: int = 200):
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        if answer.mimetype == "text/html" and status not in (301, 302, 308):
            check(answer.text)
        return answer

    def post(self, path: str, status: int = 302, **form):
        page = html5lib.parse(self.client.get("/sign-in").text)  # whose form anybody may have
        token = next(
            (field.get("value") for field in page.iter(f"{XHTML}input") if field.get("name") == "csrf_token"), ""
        )
        answer = self.client.post(path, data={"csrf_token": token, **form})
        assert answer.status_code == status, answer.text
        return answer


def check(page: str) -> None:
    """Valid, one h1 that begins the title, unique ids, every field labelled, nothing inline, nothing from elsewhere."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(page)
    wrong = [error for error in parser.errors if "doctype" not in error[1]]
    assert not wrong, wrong
    headings = ["".join(h.itertext()).strip() for h in tree.iter(f"{XHTML}h1")]
    title = next(tree.iter(f"{XHTML}title")).text
    assert len(headings) == 1 and title.startswith(headings[0]), (headings, title)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), ids
    labels = {label.get("for") for label in tree.iter(f"{XHTML}label")}
    inside = {id(field) for label in tree.iter(f"{XHTML}label") for field in label.iter(f"{XHTML}input")}
    for field in tree.iter(f"{XHTML}input"):
        assert field.get("type") == "hidden" or field.get("id") in labels or id(field) in inside, field.attrib
    for element in tree.iter():
        names = {name.lower() for name in element.attrib if isinstance(name, str)}
        assert not {name for name in names if name == "style" or name.startswith("on")}, element.attrib
        assert not (element.tag == f"{XHTML}script" and not element.get("src")), "a script within the page"
        for where in ("src", "href"):
            assert not (element.get(where) or "").startswith(("http:", "https:", "//")), element.attrib


def seen(page: str) -> str:
    """The newest step that a page showed, as each of its forms carries it."""
    (found,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    return found


@pytest.fixture
def settings_parts() -> dict:
    """What a test's office has of its own."""
    return {}


@pytest.fixture
def parts(tmp_path, hands: Hands, settings_parts):
    server = {"data": tmp_path, "secure_cookies": False}
    settings = office(server=server, office={"name": "Fernleigh Council"}, **settings_parts)
    store = Store(tmp_path / "reception.db")
    frontdesk = FrontDesk(settings, store, clock=hands.clock)
    yield Parts(settings, store, frontdesk, Keys(frontdesk), Guesses(settings))
    store.close()


@pytest.fixture
def app(parts):
    return create_app(parts, [(blueprint, Manage)])[0]


@pytest.fixture
def manager(parts, app):
    return Manager(parts, app, "manager")


@pytest.fixture
def admin(parts, app):
    return Manager(parts, app, "admin")


@pytest.fixture
def receptionist(parts, app):
    return Manager(parts, app, "receptionist")
