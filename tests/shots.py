"""A picture of every page in every state, for looking at: `make shots` writes shots/NAME-SIZE.png.

With --readme it also makes the README's pictures in docs/pictures. They are the real pages of real servers, one of
which has lived a plausible morning. It judges nothing.
"""

import argparse
import signal
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from reception.appointments.booked import Booked
from reception.owing import Promised
from tests.browser import chromium
from tests.fakes.printer import FakePrinter
from tests.fernleigh import HOUR, STAFF, Office, closed, expect_people, lived, new
from tests.scanning import scan
from tests.serving import ROOT

SHOTS, PICTURES = ROOT / "shots", ROOT / "docs/pictures"
PORTRAIT, LANDSCAPE, PHONE = (1080, 1920), (1920, 1080), (360, 740)
TABLET = (1024, 768)
UPRIGHT, ACROSS = (768, 1024), (1024, 768)  # a tablet
LOUD = ["--autoplay-policy=no-user-gesture-required"]  # as the lobby's own
NOTICE = (  # a long one
    "A water leak has closed the payment office until Thursday. Please pay at the post office in Station Road,"
    " by telephone on 01632 960 100, or on our website. Nobody will be charged for paying late this week. Staff at the"
    " welcome desk will help you."
)
README = {  # picture: the shot it is made of, its width, and the share of the shot's height that it shows
    "kiosk": ("kiosk-start-1080x1920", 540, 1),
    "ticket": ("kiosk-ticket-1080x1920", 540, 1),
    "board": ("board-several-1920x1080", 900, 1),
    "desk": ("desk-called-1280x800", 900, 1),
    "figures": ("manage-figures-top-1280x800", 900, 0.845),
    "phone": ("phone-called-360x740", 360, 1),
}


NOTICE = "The lift is out of order. Please ring the bell by the door and we will come to you."
LOCK = "This screen is being cleaned. Please use the one by the door."
APPOINTMENT = {
    "kiosk-appointment": "I have an appointment",
    "kiosk-postcode": "My postcode and surname",
}


def take(page: Page, name: str, *, full: bool = False) -> None:
    page.evaluate("document.fonts.ready")
    path = SHOTS / "{0}-{width}x{height}.png".format(name, **page.viewport_size)
    page.screenshot(path=path, full_page=full, animations="disabled")
    print(path.relative_to(ROOT), flush=True)


def see(page: Page, words: str) -> None:
    page.get_by_text(words).filter(visible=True).first.wait_for()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).filter(visible=True).first.click()


def need_nothing(page: Page) -> None:
    """By a key: a second touch where the first fell counts only after half a second."""
    page.get_by_role("button", name="Nothing, thank you").press("Enter")


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
        press(page, "Council Tax")
        see(page, "Is there anything we can do")
        take(page, "kiosk-needs")
        need_nothing(page)
        see(page, "Please take your ticket.")
        page.locator(".qr path[d]").wait_for()
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
        page.locator(".qr path[d]").wait_for()
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
        need_nothing(page)
        see(page, "The printer is out of paper.")
        take(page, "kiosk-printer-fault")
        page.close()


def at_work(browser: Browser, office: Office) -> None:
    """A few minutes at desk 1, on the board, on a visitor's phone and for their manager."""
    door, by = office.door, office.by
    ours = door.issue(service="parking", by="screen:lobby")
    board = office.open(browser, "/display", "Lobby board", LANDSCAPE)
    phone = office.open(browser, ours.url or f"/t/{ours.visit.token}", None, PHONE)
    take(phone, "phone-waiting")
    robin = office.open(browser, "/desk", "Robin")
    see(robin, "people are waiting")
    take(robin, "desk-choose")
    press(robin, "Desk 2")
    take(robin, "desk-take-over")
    robin.keyboard.press("Escape")
    press(robin, "Desk 1")
    see(robin, "Nobody is at your desk")
    take(robin, "desk-free")

    called = door.call_next(desk="2", by=by["Kim"])
    board.get_by_role("article").filter(has_text=called.number).wait_for()
    take(board, "board-call")
    robin.keyboard.press("n")
    see(robin, "Since the call")
    see(robin, f"calling {door.look()[1].at_desk('1').number}")  # the list of desks: the whole picture is there
    take(robin, "desk-called")
    door.call(desk="3", visit=ours.visit.id, by=by["Alex"], reason="quick")
    see(phone, "Please go to")
    board.get_by_role("article").filter(has_text=ours.visit.number).wait_for()
    take(board, "board-several")
    door.rule(kind="notice", subject="board", value="shown", text=NOTICE, by=by["Sam"])
    see(board, NOTICE)
    take(board, "board-notice")
    door.rule(kind="notice", subject="board", value=None, by=by["Sam"])
    take(phone, "phone-called")
    dark = office.open(browser, "/desk/1", "Robin", color_scheme="dark")
    see(dark, "Since the call")
    take(dark, "desk-dark")
    dark.close()
    office.open(browser, "/kiosk", "Lobby kiosk")  # managers see it connected
    manage(browser, office)

    robin.get_by_label("Call a number").fill("Z999")
    robin.keyboard.press("Enter")
    see(robin, "Nobody has the number Z999 today.")
    take(robin, "desk-refused")
    for _ in range(2):
        door.step("recall", visit=door.look()[1].at_desk("1").id, by=by["Robin"], desk="1")
    see(robin, "If they are not here, say so.")
    take(robin, "desk-offers-not-here")
    press(robin, "Start")
    see(robin, "With you")
    take(robin, "desk-serving")
    with_a_visitor(robin, door, by)
    people_at_work(browser, office, robin)
    robin.keyboard.press("p")
    see(robin, "why?")
    take(robin, "desk-pause")
    robin.keyboard.press("2")
    see(robin, "Nobody is called to your desk until you open it again.")
    take(robin, "desk-paused")
    door.set_desk(desk="1", state="open", by=by["Kim"], take_over=True)
    see(robin, "is at this desk now")
    take(robin, "desk-taken-over")
    visitors_end(browser, office, phone, ours)


def people_at_work(browser: Browser, office: Office, robin: Page) -> None:
    """A call for help and a manager's message, on another desk's tablet; keys, and handing over."""
    kim = office.open(browser, "/desk/2", "Kim", TABLET)
    office.door.rule(kind="message", subject="all", value="yes", text="Fire drill at three.", by=office.by["Sam"])
    robin.keyboard.press("q")
    see(robin, "without a sound?")
    take(robin, "desk-call-for-help")
    robin.keyboard.press("Enter")
    see(kim, "calls for help")
    take(kim, "desk-help-called")
    press(kim, "I am coming")
    see(robin, "Kim is coming")
    take(robin, "desk-help-coming")
    robin.keyboard.press("q")
    robin.keyboard.press("Enter")
    see(robin, "Call for help")
    office.door.rule(kind="message", subject="all", value=None, by=office.by["Sam"])
    for key, words, name in (("k", "Your keys", "desk-keys"), ("v", "over to whom?", "desk-hand-over")):
        robin.keyboard.press(key)
        see(robin, words)
        take(robin, name)
        robin.keyboard.press("Escape")


def with_a_visitor(robin: Page, door, by: dict) -> None:
    """What a receptionist is asked about whoever is at the desk, and about those in the line."""
    for key, name in {"d": "hold", "m": "send-on", "e": "notes", "x": "cancel", "w": "walk-in"}.items():
        robin.keyboard.press(key)
        take(robin, f"desk-{name}")
        robin.keyboard.press("Escape")
    needs = {"needs": ["interpreter", "discreet"], "language": "Polish", "party": 2}
    known = door.issue(service="council-tax", by="greeter", **needs).visit
    door.transfer(visit=known.id, by=by["Kim"], to="desk:1", said="Has paid twice; the receipts are with them.")
    held = door.call_next(desk="2", by=by["Kim"])
    door.hold(visit=held.id, by=by["Kim"], desk="2", minutes=20, mine=True, room="interview-1")
    see(robin, "Interview room 1")
    take(robin, "desk-serving-needs")
    robin.get_by_role("listitem").filter(has_text=known.number).get_by_role("button", name="More").click()
    take(robin, "desk-more")
    robin.keyboard.press("Escape")
    robin.keyboard.press("f")
    take(robin, "desk-finish")
    robin.keyboard.press("w")
    see(robin, "By ")
    press(robin, "We will")
    take(robin, "desk-finish-promise")
    robin.keyboard.press("Enter")
    see(robin, "Reference")
    take(robin, "desk-promised")
    robin.get_by_label("Call a number").fill(door.issue(service="parking", by="greeter").visit.number)
    robin.keyboard.press("Enter")
    see(robin, "Why now?")
    take(robin, "desk-out-of-turn")
    robin.keyboard.press("1")
    see(robin, "Since the call")
    for size in (TABLET, (320, 640)):
        robin.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        take(robin, "desk-needs", full=size[0] == 320)
    robin.set_viewport_size(dict(zip(("width", "height"), STAFF, strict=True)))
    robin.keyboard.press("f")
    robin.keyboard.press("1")
    see(robin, "Nobody is at your desk")


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


def beside_the_desk(browser: Browser, office: Office) -> None:
    """The greeter's tablet, the day's appointments and what is owed."""
    expect_people(office)
    for size in (UPRIGHT, ACROSS, PHONE):
        page = office.open(browser, "/greeter", "Robin", size, has_touch=True)
        see(page, "One tap gives the number.")
        take(page, "greeter")
        page.get_by_text("Interpreter", exact=True).first.click()
        page.get_by_label("Language of the interpreter").first.fill("Polish")
        press(page, "Housing")
        see(page, "Their number is")
        take(page, "greeter-number")
        press(page, "Booked")
        press(page, "Here HC-1005")
        see(page, "They are early")
        take(page, "greeter-early")
        if size != ACROSS:
            press(page, "Line")
            see(page, "people are waiting")
            take(page, "greeter-line")
        page.close()
    late = office.door.promises()[0]
    for size in (STAFF, UPRIGHT, PHONE):
        pages = {"owed": "/owed", "promise": f"/owed/{late.id}", "appointments": "/appointments"}
        pages |= {"papers": "/owed/new/documents", "ring-back": "/owed/new/call_back"}
        for name, path in pages.items():
            take(office.open(browser, path, "Robin", size), name, full=True)


def manage(browser: Browser, office: Office) -> None:
    for size in (STAFF, PHONE):
        now = office.open(browser, "/manage", "Sam", size)
        see(now, "waiting")
        take(now, "manage-now", full=True)
        figures = office.open(browser, "/manage/figures", "Sam", size)
        take(figures, "manage-figures-top")
        take(figures, "manage-figures", full=True)
        figures.goto(f"{office.url}/manage/figures?from=2999-01-01")
        take(figures, "manage-figures-wrong", full=True)
        take(office.open(browser, "/manage/devices", "Sam", size), "manage-devices", full=True)
        for name in ("today", "visits", "appointments", "help"):
            take(office.open(browser, f"/manage/{name}", "Sam", size), f"manage-{name}", full=True)
        people = office.open(browser, "/manage/people", "Pat", size)
        take(people, "manage-people", full=True)
        people.get_by_label("Name", exact=True).fill(f"Lee {size[0]}")
        people.get_by_label("Name to sign in with").fill(f"lee{size[0]}")
        press(people, "Add")
        take(people, "manage-people-link", full=True)


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
    need_nothing(pages["kiosk-lost"])
    see(pages["kiosk-lost"], "One moment")
    take(pages["kiosk-lost"], "kiosk-asking")
    office.stop(kill=True)
    for name, page in pages.items():
        page.locator("html[data-server=lost]").wait_for()
        take(page, name)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="also make the README's pictures in docs/pictures")
    asked = parser.parse_args()
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, FakePrinter("out") as printer:
        browser = playwright.chromium.launch(executable_path=chromium(), args=LOUD)
        for name, made, *walks in [
            ("lived", lived, kiosk, kiosk_appointments, at_work, beside_the_desk, doors, lost),
            ("new", lambda folder: new(folder, printer), new_office),
            ("closed", closed, closed_office),
        ]:
            office = made(Path(folder) / name)
            try:
                for walk in walks:
                    walk(browser, office)
            finally:
                for context in browser.contexts:
                    context.close()
                office.close()
        browser.close()
    if asked.readme:
        pictures()


def pictures() -> None:
    """The README's, small enough to be looked at from anywhere."""
    PICTURES.mkdir(exist_ok=True)
    for name, (shot, width, share) in README.items():
        picture = Image.open(SHOTS / f"{shot}.png").convert("RGB")
        box = (0, 0, picture.width, round(picture.height * share))
        picture = picture.resize((width, round(box[3] * width / box[2])), Image.Resampling.LANCZOS, box)
        picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            PICTURES / f"{name}.png", optimize=True
        )
        print(f"{name}.png", (PICTURES / f"{name}.png").stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
