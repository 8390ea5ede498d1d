"""What managers see of now: the wallboard and the page, when it is quiet, busy, in trouble, closed, and lost."""

import signal
from pathlib import Path

from playwright.sync_api import Browser, Page

from reception.warning.advice import Advice
from reception.warning.due import Near
from tests.fernleigh import STAFF, Office
from tests.shots.camera import LANDSCAPE, PHONE, press, see, take

ALERTS = [
    {"key": "long", "what": "longest_wait", "limit": 5, "sound": True},
    {"key": "crowd", "what": "waiting", "limit": 8},
    {"key": "pauses", "what": "paused", "limit": 0.05},
]


def watched(folder: Path) -> Office:
    """A morning, with thresholds that it passes."""
    return Office(folder, lived=True, alerts=ALERTS)


def now_quiet(browser: Browser, office: Office) -> None:
    """Before anybody has come."""
    pictured(browser, office, "quiet")


def now_closed(browser: Browser, office: Office) -> None:
    pictured(browser, office, "closed")


def now_watched(browser: Browser, office: Office) -> None:
    """Busy with alerts; then somebody sees to one; then without its server."""
    door, by = office.door, office.by
    door.set_desk(desk="3", state="paused", reason="break", by=by["Alex"])
    for desk, who in (("1", "Robin"), ("2", "Kim")):
        door.call_next(desk=desk, by=by[who])
    for service in ("housing", "housing", "benefits", "parking", "council-tax", "other", "housing"):
        door.issue(service=service, by="screen:lobby")
    wall, *pages = pictured(browser, office, "alerts", until="has been paused")
    take(office.open(browser, "/manage/warnings", "Sam", STAFF), "manage-warnings", full=True)
    door.help(desk="1", by=by["Robin"], step="ask")
    alert = next(one for one in door.alerts() if one.key == "pauses")
    door.see_to_alert(alert=alert.id, by=by["Sam"])
    wall.get_by_text("sees to it").filter(visible=True).first.wait_for()
    for page in (wall, *pages):
        page.get_by_text("calls for help" if page is wall else "I am coming").filter(visible=True).first.wait_for()
        take(page, f"{name_of(page)}-seen-to", full=page is not wall)
    office.process.send_signal(signal.SIGSTOP)
    for page in (wall, *pages):
        page.locator("html[data-server=lost]").wait_for()
        take(page, f"{name_of(page)}-lost")
    office.stop(kill=True)


def now_warned(browser: Browser, office: Office) -> None:
    """Warnings with the press that does what each says: at the desk whose step it is, and for a manager."""
    door, hour = office.door, 3_600_000
    for desk, takes in (("1", "council-tax|parking"), *((desk, "housing benefits|council-tax") for desk in "234")):
        door.rule(kind="serves", subject=desk, value=takes, by=office.by["Sam"], until_at=door.day_ends_at())
    found = [
        ("council-tax", Advice("silent", "1", 1, "call", "1", 0.1)),
        ("council-tax", Advice("silent", "1", 1)),
        ("council-tax", Advice("break", "2", None, "break", "2", 0.1)),
        ("council-tax", Advice("busy", None, None, "open", "4", 0.1)),
        ("other", Advice("closed")),
    ]
    for service, advice in found:
        visit = door.issue(service=service, by="screen:lobby").visit
        door.warn([(Near(visit, 0.9, hour, visit.arrived_at + hour), advice)])
    for desk, who in (("1", "Robin"), ("4", "Jo")):
        page = office.open(browser, f"/desk/{desk}", who)
        see(page, "Likely to wait too long")
        take(page, f"desk-warned-{desk}")
    _wall, page, _phone = pictured(browser, office, "warned", until="can call now")
    press(page, "Ask the desk to call")
    see(page, "is asked to call")
    take(page, "now-warned-asked")
    press(page, "take it (")
    see(page, "Desk 1 takes Council Tax and Something else and helps with")
    take(page, "now-warned-taken", full=True)


def pictured(browser: Browser, office: Office, state: str, until: str = "") -> list[Page]:
    """The wall, the page at a desk and on a phone; the pages stay open."""
    pages = []
    for path, size in (("/manage/wall", LANDSCAPE), ("/manage", STAFF), ("/manage", PHONE)):
        page = office.open(browser, path, "Sam", size)
        page.locator("[data-filled]").first.wait_for()
        if until:
            page.get_by_text(until).filter(visible=True).first.wait_for()
        take(page, f"{name_of(page)}-{state}", full=size != LANDSCAPE)
        pages.append(page)
    return pages


def name_of(page: Page) -> str:
    return "wall" if page.url.endswith("/wall") else "now"
