"""What staff see: the desk and its dialogs, the greeter's tablet, the lists beside it, and the managers' pages."""

from playwright.sync_api import Browser, Page

from tests.fernleigh import STAFF, Office, expect_people
from tests.shots.camera import ACROSS, LANDSCAPE, PHONE, UPRIGHT, press, see, take
from tests.shots.lobby import visitors_end

NOTICE = (  # a long one
    "A water leak has closed the payment office until Thursday. Please pay at the post office in Station Road,"
    " by telephone on 01632 960 100, or on our website. Nobody will be charged for paying late this week. Staff at the"
    " welcome desk will help you."
)


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
    kim = office.open(browser, "/desk/2", "Kim", ACROSS)
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
    for size in (ACROSS, (320, 640)):
        robin.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        take(robin, "desk-needs", full=size[0] == 320)
    robin.set_viewport_size(dict(zip(("width", "height"), STAFF, strict=True)))
    robin.keyboard.press("f")
    robin.keyboard.press("1")
    see(robin, "Nobody is at your desk")


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
        take(office.open(browser, "/manage/data", "Sam", size), "manage-data", full=True)
        for name in ("today", "visits", "appointments", "help"):
            take(office.open(browser, f"/manage/{name}", "Sam", size), f"manage-{name}", full=True)
        people = office.open(browser, "/manage/people", "Pat", size)
        take(people, "manage-people", full=True)
        people.get_by_label("Name", exact=True).fill(f"Lee {size[0]}")
        people.get_by_label("Name to sign in with").fill(f"lee{size[0]}")
        press(people, "Add")
        take(people, "manage-people-link", full=True)


def with_a_reference(browser: Browser, office: Office) -> None:
    """Finishing where the office notes its own references of matters."""
    robin = office.open(browser, "/desk/1", "Robin")
    robin.keyboard.press("n")
    see(robin, "Since the call")
    robin.keyboard.press("s")
    see(robin, "With you")
    robin.keyboard.press("f")
    see(robin, "What came of it for")
    robin.keyboard.press("r")
    robin.keyboard.type("CT 2044-117")
    take(robin, "desk-finish-reference")
