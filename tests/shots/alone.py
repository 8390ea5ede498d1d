"""A kiosk whose machine goes on without the server, and what desks and managers are told of it."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.fernleigh import Office
from tests.keeper.conftest import Machine
from tests.shots.camera import LANDSCAPE, PORTRAIT, see, take
from tests.shots.lobby import go_on

NAME = "Kiosk by the lift"


def alone(browser: Browser, office: Office) -> None:
    machine = Machine(Path(office.data).parent, office, name=NAME).start()
    try:
        machine.is_there()
        machine.network.is_("stalled")
        machine.is_alone()
        for size in (PORTRAIT, LANDSCAPE):
            page = office.open(browser, f"{machine.url}/kiosk/", None, size)
            see(page, "What have you come about?")
            take(page, "kiosk-alone")
            page.get_by_role("button", name="Housing").press("Enter")
            go_on(page)
            see(page, "Your number is")
            take(page, "kiosk-alone-ticket")
        machine.stop()
        for name, path, who in (("manage-kiosk-alone", "/manage", "Sam"), ("desk-kiosk-alone", "/desk/2", "Kim")):
            page = office.open(browser, path, who)
            page.get_by_text("gives numbers by itself").first.wait_for(timeout=60_000)
            take(page, name)
    finally:
        machine.close()
