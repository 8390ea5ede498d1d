"""What visitors and the lobby see: kiosk, board and phone, on a good day and in trouble."""

from playwright.sync_api import Browser, Page

from reception.appointments.booked import Booked
from reception.owing import Promised
from tests.fernleigh import HOUR, Office
from tests.scanning import scan
from tests.shots.camera import LANDSCAPE, PHONE, PORTRAIT, press, see, take

NOTICE = "The lift is out of order. Please ring the bell by the door and we will come to you."
LOCK = "This screen is being cleaned. Please use the one by the door."
APPOINTMENT = {
    "kiosk-appointment": "I have an appointment",
    "kiosk-postcode": "My postcode and surname",
}


def need_nothing(page: Page) -> None:
    """By a key: a second touch where the first fell counts only after half a second."""
    page.get_by_role("button", name="Nothing, thank you").press("Enter")


def go_on(page: Page) -> None:
    """Passes by what is said before the number, and the needs."""
    page.get_by_role("button", name="Get my number", exact=True).press("Enter")
    need_nothing(page)


def kiosk(browser: Browser, office: Office) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        page = office.open(browser, "/kiosk", "Lobby kiosk", size)
        see(page, "What have you come about?")
        take(page, "kiosk-start")
        press(page, "Larger text")
        take(page, "kiosk-larger")
        press(page, "Contrast")
        take(page, "kiosk-larger-contrast")
        press(page, "Larger text")
        take(page, "kiosk-contrast")
        press(page, "Contrast")
        press(page, "Help from a person")
        take(page, "kiosk-help")
        page.keyboard.press("Escape")
        press(page, "Others who can help")
        take(page, "kiosk-others")
        press(page, "Citizens Advice")
        take(page, "kiosk-signpost")
        press(page, "Take a number")
        press(page, "Parking")
        see(page, "It helps if you have these")
        take(page, "kiosk-offer")
        press(page, "Do it online instead")
        take(page, "kiosk-online")
        page.get_by_role("button", name="Get my number after all").press("Enter")
        see(page, "Is there anything we can do")
        take(page, "kiosk-needs")
        need_nothing(page)
        see(page, "Please take your ticket.")
        page.locator(".screen-ticket .qr path[d]").wait_for()
        take(page, "kiosk-ticket")
        page.close()
    take(office.open(browser, "/kiosk/printer", "Sam"), "printer")


def kiosk_appointments(browser: Browser, office: Office) -> None:
    """Checking in, and what a manager may put on the screen meanwhile."""
    key = next(key.id for key in office.keys.all() if key.role == "kiosk")
    at = office.door.now() + HOUR // 4
    soon = Booked("HC-2041", "housing", at, 20, "Ffion Rees", "FE1 2AC", (), False, 1)
    office.door.take_in([soon], by=office.by["Robin"], source="csv")
    for size in (PORTRAIT, LANDSCAPE):
        page = office.open(browser, "/kiosk", "Lobby kiosk", size)
        office.door.rule(kind="notice", subject="kiosk", value="on", text=NOTICE, by=office.by["Sam"])
        see(page, NOTICE)
        take(page, "kiosk-notice")
        office.door.rule(kind="notice", subject="kiosk", value=None, by=office.by["Sam"])
        for name, button in APPOINTMENT.items():
            press(page, button)
            take(page, name)
        page.keyboard.type("FE1 2AB", delay=150)
        page.keyboard.press("Enter")
        take(page, "kiosk-initial")
        page.keyboard.press("q")
        press(page, "An interpreter")
        take(page, "kiosk-needs-chosen")
        press(page, "That is all, thank you")
        take(page, "kiosk-language")
        press(page, "Another language")
        see(page, "We cannot find this appointment today.")
        take(page, "kiosk-not-found")
        press(page, "Take a number")
        scan(page, soon.reference)
        need_nothing(page)
        see(page, "Your appointment is at")
        page.locator(".screen-ticket .qr path[d]").wait_for()
        take(page, "kiosk-checked-in")
        page.reload()
        office.door.rule(kind="kiosk", subject=key, value="on", text=LOCK, by=office.by["Sam"])
        see(page, LOCK)
        take(page, "kiosk-locked")
        office.door.rule(kind="kiosk", subject=key, value=None, by=office.by["Sam"])
        page.close()


def kiosk_in_trouble(browser: Browser, office: Office) -> None:
    for size in (PORTRAIT, LANDSCAPE):
        page = office.open(browser, "/kiosk", "Lobby kiosk", size)
        see(page, "What have you come about?")
        take(page, "kiosk-groups")
        press(page, "Money")
        take(page, "kiosk-group")
        page.get_by_role("alertdialog").wait_for()
        take(page, "kiosk-still-there")
        press(page, "Yes, I am still here")
        press(page, "Back")
        press(page, "Planning")
        take(page, "kiosk-closed-service")
        press(page, "Choose something else")
        press(page, "Housing")
        go_on(page)
        see(page, "The printer is out of paper.")
        take(page, "kiosk-printer-fault")
        page.close()


def visitors_end(browser: Browser, office: Office, phone: Page, ours) -> None:
    """What a phone says of a hold and of a discreet call, and at the end of a visit, however it ends."""
    door, by = office.door, office.by["Alex"]
    asked = {"visit": ours.visit.id, "by": by, "desk": "3"}
    door.hold(**asked, room="interview-1", minutes=20)
    see(phone, "You are on hold.")
    take(phone, "phone-held")
    door.call(**asked)
    door.step("start", **asked)
    see(phone, "You are at")
    take(phone, "phone-start")
    next_step = Promised("We will write to you about your permit.", team="council-tax")
    door.finish(**asked, outcome="passed_on", signposts=["citizens-advice"], promise=next_step)
    see(phone, "What happens next")
    take(phone, "phone-finish", full=True)
    door.keep(promise=door.promises_of(ours.visit.id)[0].id, by=by)
    see(phone, "Done on")
    take(phone, "phone-kept", full=True)
    other = door.issue(service="other", by="screen:lobby", needs=["discreet"]).visit
    phone = office.open(browser, f"/t/{other.token}", None, PHONE)
    take(phone, "phone-discreet")
    door.call(desk="3", visit=other.id, by=by, reason="quick")
    see(phone, "Please stay where you are.")
    take(phone, "phone-discreet-called")
    door.step("not_here", visit=other.id, by=by, desk="3")
    see(phone, "could not find you")
    take(phone, "phone-not-here")
    door.step("cancel", visit=other.id, by=by)
    see(phone, "no longer in the line")
    take(phone, "phone-cancelled")
    take(office.open(browser, "/t/nobody", None, PHONE), "phone-gone")
