"""The staff's pages over a clock whose hands a test sets: the real app on a real database, with or without a browser.

Everything is as in the server but for its process: promises become late and appointments come closer in a moment.
"""

import html
import re
import threading
from pathlib import Path

from werkzeug.serving import make_server

from desk import expected, greeter, live, owed, pages, staff  # noqa: F401 (the pages of the staff's blueprint)
from reception.keys import Keys
from reception.store import Store
from reception.web.access import Guesses, cookie
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import Counter, Hands, office
from tests.manage.conftest import check

FACES = [(pages.blueprint, live.Desk), (staff.blueprint, greeter.Greeter)]


class House:
    """`door` and `keys` are the app's own. `url` answers while it is `serving`."""

    def __init__(self, folder: Path, **settings):
        self.hands = Hands()
        self.settings = office(server={"data": folder, "secure_cookies": False}, **settings)
        self.store = Store(folder / "reception.db")
        self.door = Counter(self.settings, self.store, clock=self.hands.clock)
        self.keys = Keys(self.door)
        parts = Parts(self.settings, self.store, self.door, self.keys, Guesses(self.settings))
        self.app = create_app(parts, FACES)[0]
        self._server = None

    @property
    def url(self) -> str:
        if self._server is None:
            self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        if self._server:
            self._server.shutdown()
        self.store.close()

    def person(self, name: str, role: str = "receptionist") -> "Colleague":
        return Colleague(self, name, role)

    def jobs(self) -> list[tuple]:
        return self.door.rows("SELECT kind, printer, about FROM print_jobs ORDER BY made_at")


class Colleague:
    """Somebody signed in. `get` checks the page it fetches; `send` fills in and sends a page's form with its token."""

    def __init__(self, house: House, name: str, role: str):
        self.house, self.name = house, name
        person = house.keys.add_person(name=name, sign_in=f"{name}-{len(house.keys.people())}", role=role, by="test")
        self.by = f"person:{person}"
        self.secret = house.keys.add(name=name, role=role, kind="browser", by="test", person=person)
        self.client = house.app.test_client()
        face = "desk" if role == "receptionist" else "manage"
        with house.app.app_context():
            self.client.set_cookie(cookie(face), self.secret)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        check(answer.text)
        return words(answer.text)

    def send(self, path: str, status: int = 302, *, form: str | None = None, **fields) -> str:
        """The words of the page that answers, or that it leads to. `form` is the page with the form, if not `path`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(form or path).text)
        answer = self.client.post(path, data={"csrf_token": found[1], **fields})
        assert answer.status_code == status, answer.text
        if status == 302:
            self.went = answer.location
            return self.get(answer.location)
        check(answer.text)
        self.page = answer.text
        return words(answer.text)

    def open(self, new_context, path: str, size: tuple[int, int] = (768, 1024)):
        """The page in a browser, on a tablet."""
        context = new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
        context.add_cookies([{"name": "reception-desk", "value": self.secret, "url": self.house.url}])
        page = context.new_page()
        page.goto(self.house.url + path)
        return page


def words(page: str) -> str:
    """The sentences of a page, as a reader meets them."""
    text = re.sub(r"<(script|style|template|option).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return html.unescape(" ".join(text.split()))
