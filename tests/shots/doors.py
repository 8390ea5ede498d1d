"""The ways in, an office that is new, closed or in trouble, and every screen without its server."""

import signal

from playwright.sync_api import Browser

from tests.fernleigh import HOUR, STAFF, Office
from tests.shots.camera import LANDSCAPE, PHONE, PORTRAIT, press, see, take
from tests.shots.lobby import go_on, kiosk_in_trouble


def new_office(browser: Browser, office: Office) -> None:
    """Before anybody was called; then with a printer without paper and somebody whom no open desk helps."""
    board = office.open(browser, "/display", "Lobby board", LANDSCAPE)
    see(board, "Please take a seat")
    take(board, "board-empty-notice")
    robin = office.open(browser, "/desk", "Robin")
    press(robin, "Desk 1")
    see(robin, "nobody is waiting for it")
    take(robin, "desk-empty")
    take(office.open(browser, "/manage/figures", "Sam"), "manage-figures-nobody", full=True)
    kiosk_in_trouble(browser, office)
    see(robin, "No open desk helps with")
    see(robin, "out of paper")
    take(robin, "desk-troubles")
    now = office.open(browser, "/manage", "Sam")
    see(now, "Needs somebody")
    take(now, "manage-now-troubles", full=True)


def closed_office(browser: Browser, office: Office) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        page = office.open(browser, "/kiosk", "Lobby kiosk", size)
        see(page, "We are closed now.")
        take(page, "kiosk-closed")
    board = office.open(browser, "/display", "Lobby board", LANDSCAPE)
    see(board, "We are closed")
    take(board, "board-closed")
    set_up = office.keys.add(name="set-up", role="admin", kind="setup", by="system")
    for size in (STAFF, PHONE):
        take(office.open(browser, f"/set-up/{set_up}", None, size), "set-up", full=True)


def doors(browser: Browser, office: Office) -> None:
    """Pages for those who are not let in yet, and for what is not there."""
    password = office.keys.password_link(office.by["Robin"].partition(":")[2], by="console", lasts_ms=HOUR)
    link = office.keys.add(name="Lobby kiosk", role="kiosk", kind="link", by="system")
    for size in (STAFF, PHONE):
        page = office.open(browser, "/sign-in", None, size)
        take(page, "sign-in")
        page.get_by_label("Your name").fill("robin")
        page.get_by_label("Password").fill("guess")
        press(page, "Sign in")
        take(page, "sign-in-wrong")
        for name, path in {
            "password": f"/password/{password}",
            "not-here": "/nowhere",
            "link-used": "/enter/used",
        }.items():
            take(office.open(browser, path, None, size), name, full=True)
        take(office.open(browser, f"/enter/{link}", None, size, java_script_enabled=False), "enter")
    take(office.open(browser, "/kiosk", None, PORTRAIT), "pair-kiosk")
    take(office.open(browser, "/display", None, LANDSCAPE), "pair-board")


def lost(browser: Browser, office: Office) -> None:
    """A server that hangs, then is gone."""
    ours = office.door.issue(service="parking", by="screen:lobby").visit
    pages = {
        "kiosk-lost": office.open(browser, "/kiosk", "Lobby kiosk", PORTRAIT),
        "board-lost": office.open(browser, "/display", "Lobby board", LANDSCAPE),
        "desk-lost": office.open(browser, "/desk/2", "Kim"),
        "manage-lost": office.open(browser, "/manage", "Sam"),
        "phone-lost": office.open(browser, f"/t/{ours.token}", None, PHONE),
    }
    office.process.send_signal(signal.SIGSTOP)
    press(pages["kiosk-lost"], "Housing")
    go_on(pages["kiosk-lost"])
    see(pages["kiosk-lost"], "One moment")
    take(pages["kiosk-lost"], "kiosk-asking")
    office.stop(kill=True)
    for name, page in pages.items():
        page.locator("html[data-server=lost]").wait_for()
        take(page, name)
