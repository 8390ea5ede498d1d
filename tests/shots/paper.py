"""Printers in every trouble, as managers, desks, greeters and visitors see it, and a slip printed again."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.fakes.printer import FakePrinter
from tests.fernleigh import STAFF, Office
from tests.shots.camera import PHONE, PORTRAIT, UPRIGHT, press, see, take

TROUBLES = {
    "near_end": "tickets are left",
    "cover": "Close the cover until it clicks.",
    "out": "thermal side out",
    "cutter": "take out any paper scraps",
    "hot": "printing goes on by itself",
    "silent": "says nothing",
}


class Papers(Office):
    """An office with a printer at the kiosk, its backup, one that is switched off and one that cannot be asked."""

    def __init__(self, folder: Path):
        self.lobby, self.desk = FakePrinter().__enter__(), FakePrinter().__enter__()
        here = {"kind": "network", "host": self.lobby.host}
        super().__init__(
            folder,
            printers=[
                {
                    **{"key": "lobby", "name": "Lobby printer", "place": "by the main door", "kiosks": ["Lobby kiosk"]},
                    **{**here, "port": self.lobby.port, "backup": "desk", "confirm": "job_id"},
                },
                {"key": "desk", "name": "Desk printer", "place": "behind desk 2", **here, "port": self.desk.port},
                {"key": "housing", "name": "Housing printer", "place": "first floor", **here, "port": 9},
                {"key": "welcome", "name": "Welcome desk", **here, "port": self.desk.port, "confirm": "none"},
            ],
            kiosk={"asks_needs": False},
        )

    def close(self) -> None:
        super().close()
        self.lobby.switch_off()
        self.desk.switch_off()


def paper(browser: Browser, office: Papers) -> None:
    devices(browser, office)
    at_the_kiosk(browser, office)
    once_more(browser, office)


def devices(browser: Browser, office: Papers) -> None:
    robin, page = office.open(browser, "/desk/1", "Robin"), office.open(browser, "/manage/devices", "Sam")
    now = office.open(browser, "/manage", "Sam")
    for fault, words in TROUBLES.items():
        office.lobby.fault = fault
        see(now, words)
        page.reload()
        see(page, words)
        take(page, f"manage-devices-{fault.replace('_', '-')}", full=True)
        if fault in ("near_end", "out"):
            see(robin, words)
            take(robin, f"desk-printer-{fault.replace('_', '-')}")
            take(now, f"manage-now-printer-{fault.replace('_', '-')}", full=True)
    office.lobby.fault = None
    narrow = office.open(browser, "/manage/devices", "Sam", PHONE)
    take(narrow, "manage-devices-printers", full=True)
    press(page, "I have put in a new roll")
    see(page, "A new roll is in")
    take(page, "manage-devices-new-roll", full=True)


def at_the_kiosk(browser: Browser, office: Papers) -> None:
    page = office.open(browser, "/kiosk", "Lobby kiosk", PORTRAIT)
    office.lobby.fault = "out"
    begin(page)
    see(page, "Please take your ticket at: Desk printer.")
    take(page, "kiosk-ticket-elsewhere")
    press(page, "Done")
    office.lobby.fault = "no_job_id"
    begin(page)
    see(page, "Did your ticket print?")
    take(page, "kiosk-did-it-print")
    page.close()
    office.lobby.fault = None


def begin(page: Page) -> None:
    see(page, "What have you come about?")
    for button in ("Parking and travel", "Get my number"):
        page.get_by_role("button", name=button).filter(visible=True).press("Enter")


def once_more(browser: Browser, office: Papers) -> None:
    robin = office.open(browser, "/desk/1", "Robin")
    robin.keyboard.press("n")
    see(robin, "Since the call")
    robin.keyboard.press("e")
    take(robin, "desk-notes-slip")
    robin.keyboard.press("r")
    see(robin, "again: where?")
    take(robin, "desk-reprint")
    robin.keyboard.press("1")
    see(robin, "is printing:")
    take(robin, "desk-reprinted")
    tablet = office.open(browser, "/greeter", "Kim", UPRIGHT, has_touch=True)
    press(tablet, "Housing")
    press(tablet, "Print the slip again")
    see(tablet, "A slip is printing")
    take(tablet, "greeter-reprinted")
    visit = next(iter(office.door.look()[1].visits))
    take(office.open(browser, f"/manage/visits/{visit}", "Sam", STAFF), "manage-visit-reprint", full=True)
