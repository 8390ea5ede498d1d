"""What those who wait are told of their wait: at the kiosk, on the phone, on the board and by a greeter.

The office has learned for some weeks, and it is always the same Tuesday, by a clock that is set: each run tells people
the same. Nothing is printed.
"""

import logging
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from reception.estimate.live import Expecting
from reception.frontdesk import FrontDesk
from reception.hours import local
from reception.keys import Keys
from reception.running import faces
from reception.store import Store
from reception.web.access import Guesses
from reception.web.app import create_app
from reception.web.parts import Parts
from tests.builders import OFFICE_HOURS, Hands, instant, office
from tests.fernleigh import DEMO, STAFF
from tests.morning import live
from tests.shots.camera import ACROSS, LANDSCAPE, PHONE, PORTRAIT, UPRIGHT, press, see, take
from tests.shots.kiosks import TABLET, TABLET_MM_PER_PX, turn_to
from tests.weeks import weeks

NINE, NOW = "2026-03-24 09:00", "2026-03-24 10:40"
DAYS = 25  # working days learned from
DESKS = ("1", "2", "3")
WAITING = ("housing", "council-tax", "benefits", "council-tax", "parking")  # besides the morning's own
LOOKS = {  # name: what the address asks for, and the phone's own wishes
    "": ("?language=en", {}),
    "-dark": ("?language=en", {"color_scheme": "dark"}),
    "-larger": ("?language=en&text=large", {}),
    "-cy": ("?language=cy", {}),
    "-ur": ("?language=ur", {}),
}
TO_THE_NUMBER = (
    "[data-service=council-tax]",
    "[data-screen=offer-council-tax] [data-offered]",
    "[data-said-needs]",
)
BOOK = "ring 01632 960 001"


class Telling:
    """An office of Fernleigh Council with its estimates, served from here; `hands` are its clock's."""

    def __init__(self, folder: Path):
        folder.mkdir()
        parts = {name: DEMO[name] for name in ("services", "desks", "rooms", "signposts", "catalogues", "texts")}
        self.hands = Hands(instant("2026-02-02 08:00"))
        self.settings = office(
            **parts,
            office={**DEMO["office"], "public_url": "https://queue.fernleigh.example"},
            hours=OFFICE_HOURS,
            waits={"book": BOOK},
            server={"data": folder, "secure_cookies": False},
        )
        self.store = Store(folder / "reception.db")
        self.door = FrontDesk(self.settings, self.store, clock=self.hands.clock)
        self.keys, self.expecting = Keys(self.door), Expecting(self.door)
        self._live()
        guesses = Guesses(self.settings)
        self.parts = Parts(self.settings, self.store, self.door, self.keys, guesses, expecting=self.expecting)
        self.app, _sockets = create_app(self.parts, faces())
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _live(self) -> None:
        """Weeks to learn from, a morning, and then more people than the desks can see at once."""
        staff = {desk: f"person:{desk}" for desk in DESKS}
        day = local(instant(NINE), self.settings.zone).date()
        weeks(self.door, self.hands, until=day, days=DAYS, staff=staff)
        self.hands.go_to(NINE)
        self.expecting.refresh()
        self.expecting.catch_up_some(600)
        live(self.door, self.hands, until=instant(NOW), staff=staff)
        for desk in DESKS:
            self.next(desk)
        self.come(*WAITING)

    def next(self, desk: str) -> None:
        visit = self.door.call_next(desk=desk, by=f"person:{desk}")
        self.door.step("start", visit=visit.id, by=f"person:{desk}", desk=desk)

    def leaves(self, desk: str) -> None:
        """Whoever works there, once they have helped whom they have."""
        self.door.finish(visit=self.door.look()[1].at_desk(desk).id, by=f"person:{desk}", desk=desk)
        self.door.set_desk(desk=desk, state="closed", by=f"person:{desk}")
        self.expecting.refresh()

    def come(self, *services: str) -> list:
        """Each of whom the estimates know before the next."""
        found = []
        for service in services:
            found.append(self.door.issue(service=service, by="screen:lobby").visit)
            self.expecting.refresh()
        return found

    def open(self, browser: Browser, path: str, role: str | None, size=STAFF, **wishes) -> Page:
        """A page as somebody in that role sees it, or as anybody does; a kiosk on a tablet is one that was measured."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **wishes)
        if role:
            key = self.keys.add(name=role, role=role, kind="browser", by="test")
            if size == TABLET:
                who = f"screen:{self.keys.holder(key, 'browser').id}"
                self.door.prefer(who=who, name="screen", value={"mm_per_px": TABLET_MM_PER_PX})
            face = "desk" if role == "receptionist" else role
            context.add_cookies([{"name": f"reception-{face}", "value": key, "url": self.url}])
        page = context.new_page()
        page.goto(self.url + path)
        page.locator("html[data-server=here]").wait_for()
        for clock in page.locator("[data-clock]").all():  # until it has heard of ours, it shows the machine's own time
            expect(clock).to_have_text(f"{local(self.hands.wall, self.settings.zone):%H:%M}")
        return page

    def close(self) -> None:
        self._server.shutdown()
        self.store.close()


def waits(browser: Browser, office: Telling) -> None:
    for size in (PORTRAIT, LANDSCAPE, TABLET):
        for language in ("en", "cy", "ur"):
            _at_the_kiosk(browser, office, size, language, [])
        for language in ("en", "ur"):
            _at_the_kiosk(browser, office, size, language, ["larger"])
    for size in (LANDSCAPE, PORTRAIT):
        board = office.open(browser, "/display", "display", size)
        board.locator("[data-waits]").get_by_text("minutes").first.wait_for()
        take(board, "waits-board")
    _on_a_phone_and_by_a_greeter(browser, office)


def _at_the_kiosk(browser: Browser, office: Telling, size, language: str, wishes: list[str]) -> None:
    """Before the number and with it; whoever came for this leaves again, so that the line stays as long."""
    name = "-".join(["waits-kiosk", *wishes, language])
    page = office.open(browser, f"/kiosk?language={language}", "kiosk", size)
    for wish in wishes:
        page.locator(f"[data-{wish}]").click()
    page.locator(f"[data-reads-in={language}]").press("Enter")
    take(page, f"{name}-start")
    for control in TO_THE_NUMBER:
        turn_to(page, control)
        page.locator(control).press("Enter")
    page.locator(".screen-ticket .qr path[d]").wait_for(state="attached")
    visit = max(office.door.look()[1].visits.values(), key=lambda one: one.place)
    office.parts.faces["/kiosk"].slip(visit.id, "printed")
    page.locator(".slip[data-state=printed]").wait_for(state="attached")
    take(page, f"{name}-ticket")
    page.context.close()
    office.door.step("cancel", visit=visit.id, by="test")
    office.expecting.refresh()


def _on_a_phone_and_by_a_greeter(browser: Browser, office: Telling) -> None:
    """As it was first told; later, because a desk closed; and when nobody is there who can help."""
    first = min(
        (one for one in office.door.look()[1].visits.values() if one.state == "waiting"), key=lambda one: one.place
    )
    (mine,) = office.come("council-tax")
    _phones(browser, office, first, "waits-phone-next")
    _phones(browser, office, mine, "waits-phone")
    office.hands.go(minutes=8)
    office.leaves("2")
    _phones(browser, office, mine, "waits-phone-later")
    _greeter(browser, office)
    for desk in ("1", "3"):
        office.leaves(desk)
    _phones(browser, office, mine, "waits-phone-nobody")
    for size in (PORTRAIT, TABLET):
        page = office.open(browser, "/kiosk?language=en", "kiosk", size)
        page.locator("[data-reads-in=en]").press("Enter")
        take(page, "waits-kiosk-nobody")


def _greeter(browser: Browser, office: Telling) -> None:
    for size in (UPRIGHT, ACROSS, PHONE):
        page = office.open(browser, "/greeter", "receptionist", size, has_touch=True)
        see(page, "minutes")
        take(page, "waits-greeter")
        if size != ACROSS:  # which shows both at once
            press(page, "Line")
            see(page, "now by")
            take(page, "waits-greeter-line")
        page.context.close()


def _phones(browser: Browser, office: Telling, visit, name: str) -> None:
    for look, (asked, wishes) in LOOKS.items():
        page = office.open(browser, f"/t/{visit.token}{asked}", None, PHONE, **wishes)
        take(page, f"{name}{look}")
        page.context.close()
