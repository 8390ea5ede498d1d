"""Every page there is, as those who may see it see it: the rules of access, reflow, larger text, wider spacing.

A page that is added without standing here is noticed. What a page does in each of its states is its face's own test.
"""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from reception.hours import day_of
from reception.running import faces, parts_for
from reception.scorecard.months import asked
from reception.scorecard.publishing import publish
from reception.things import Appointment
from reception.web.app import create_app
from reception.writer import Writer
from tests.builders import office as settings_of
from tests.fernleigh import expect_people, lived
from tests.phone.visits import link_of
from tests.scorecard import months
from tests.scorecard.months import Came

PAGES = {  # a page's rule -> who looks; None: anybody
    "/": None,
    "/sign-in": None,
    "/pair/<face>": None,
    "/enter/<given>": None,
    "/password/<given>": None,
    "/t/<token>": None,
    "/t/<token>/feedback": None,
    "/feedback": None,
    "/feedback/<told>": None,
    "/performance/": None,
    "/performance/<month>": None,
    "/performance/definitions": None,
    "/kiosk/": "Lobby kiosk",
    "/display/": "Lobby board",
    "/kiosk/printer": "Sam",
    "/kiosk/calibrate": "Sam",
    "/display/set-up": "Sam",
    "/desk/": "Kim",
    "/desk/<desk>": "Kim",
    "/greeter": "Kim",
    "/owed": "Kim",
    "/owed/<promise>": "Kim",
    "/owed/new/<any(documents, call_back):kind>": "Kim",
    "/appointments": "Kim",
    "/appointments/<appointment>/cancel": "Kim",
    "/manage/": "Sam",
    "/manage/today": "Sam",
    "/manage/appointments": "Sam",
    "/manage/appointments/reports/<int:key>": "Sam",
    "/manage/appointments/columns": "Sam",
    "/manage/wall": "Sam",
    "/manage/help": "Sam",
    "/manage/warnings": "Sam",
    "/manage/visits": "Sam",
    "/manage/visits/<visit>": "Sam",
    "/manage/figures": "Sam",
    "/manage/staffing": "Sam",
    "/manage/charter": "Sam",
    "/manage/figures/definitions": "Sam",
    "/manage/feedback": "Sam",
    "/manage/feedback/<feedback>": "Sam",
    "/manage/feedback/<feedback>/letters/<letter>": "Sam",
    "/manage/feedback/new": "Sam",
    "/manage/feedback/said": "Sam",
    "/manage/feedback/trends": "Sam",
    "/manage/data": "Sam",
    "/manage/devices": "Sam",
    "/manage/people": "Pat",
}
ANSWERS = {"/manage/figures/outages/<outage>": "Sam"}  # pages that stand only where a form was refused
ELSEWHERE = ("/set-up/<given>",)  # for an office without an admin
NO_PAGE = ("/api/", "/health", "/voice")  # for programs and ears
FILES = (".csv", ".json", ".pdf", ".png", ".svg", "<path:filename>", "/pictures/<name>")
STANDING = (
    "/kiosk/",
    "/display/",
)  # full screens of a size of their own: their text grows by other means (see their tests)
# Seven to one; staff's pages four and a half.
PUBLIC = ("/kiosk/", "/display/", "/t/<token>", "/pair/<face>", "/performance/", "/performance/<month>")
PUBLIC += ("/t/<token>/feedback", "/feedback", "/feedback/<told>")
NARROW, ORDINARY = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
TWICE = {"width": 640, "height": 400}  # of the ordinary page, at 200 %
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """{ const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        + " word-spacing: 0.16em !important }");
    document.adoptedStyleSheets = [sheet]; }"""
CUT = """[...document.querySelectorAll("button, a, label, p, h1, h2, td, th")].filter((one) => one.checkVisibility()
    && !one.closest(".visually-hidden") && getComputedStyle(one).overflow !== "visible"
    && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.trim().slice(0, 60))"""
PICTURES = """[...document.querySelectorAll("img, [role=img]")].filter((one) => one.checkVisibility() &&
    !(one.alt || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby"))).map((one) => one.outerHTML)"""
FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    one.getAnimations({ subtree: true }).forEach((animation) => animation.finish());
    const box = one.getBoundingClientRect(), within = (at, end) => Math.min(Math.max(at, 0), end - 1);
    const at = [within(box.left + box.width / 2, innerWidth), within(box.top + box.height / 2, innerHeight)];
    const top = document.elementFromPoint(...at), label = one.labels?.[0] ?? one;
    const uncovered = one.contains(top) || label.contains(top) || top?.contains(one);
    return { place: [...document.querySelectorAll("*")].indexOf(one), name: one.outerHTML.slice(0, 100),
        seen: box.bottom > 0 && box.top < innerHeight && uncovered,
        marked: [one, label].some((part) => getComputedStyle(part).outlineStyle !== "none") };
}"""
MOST_STOPS = 400
pages = pytest.mark.parametrize("seen", [*PAGES, *ANSWERS], indirect=True, scope="module")
flowing = pytest.mark.parametrize(
    "seen", [rule for rule in (*PAGES, *ANSWERS) if rule not in STANDING], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = lived(tmp_path_factory.mktemp("fernleigh") / "office")
    expect_people(office)
    yield office
    office.close()


@pytest.fixture(scope="module")
def seen(request, office, browser):
    """The page of a rule, opened once for all tests of it."""
    rule = request.param
    size = ORDINARY["width"], ORDINARY["height"]
    if rule in ANSWERS:
        yield noted_meanwhile(office, browser, ANSWERS[rule], size)
    else:
        yield office.open(browser, address(rule, office, browser), PAGES[rule], size)
    for context in browser.contexts:
        context.close()


def address(rule: str, office, browser) -> str:
    """The rule's, with somebody or something of this office where it asks for one."""
    if rule == "/manage/appointments/reports/<int:key>":
        return reported(office, browser)
    if rule.startswith("/performance/<month>"):
        return rule.replace("<month>", last_month(office.door))
    if rule.startswith("/manage/feedback"):
        return rule.replace("<feedback>", complained(office.door)).replace("<letter>", "extended-1-1")
    if rule == "/feedback/<told>":
        told = office.door.give_feedback(kind="complaint", theme="waiting", source="kiosk", by="test")
        return link_of(office, told).removeprefix(office.url)
    door, person = office.door, office.by["Jo"].removeprefix("person:")
    visit, promise = next(iter(door.look()[1].visits.values())), door.promises()[0]
    (booked, *_) = door.store.things(Appointment, door.office, "AND state = 'booked'")
    values = {
        "<face>": "kiosk",
        "<desk>": "1",
        "<token>": visit.token,
        "<visit>": visit.id,
        "<promise>": promise.id,
        "<appointment>": booked.id,
        "<any(documents, call_back):kind>": "documents",
    }
    if "<given>" in rule:
        kind = {"/enter": "link", "/password": "password"}[rule.removesuffix("/<given>")]
        values["<given>"] = office.keys.add(name="Jo", role="receptionist", kind=kind, by="console", person=person)
    for name, value in values.items():
        rule = rule.replace(name, value)
    return rule


def complained(door) -> str:
    """The id of a complaint about a visit, put off once; and something that was said and done."""
    text = {"text": "I waited for forty minutes.", "contact": "01632 960001"}
    told = door.give_feedback(kind="complaint", theme="waiting", source="letter", by="test", **text)
    door.extend_feedback(feedback=told.id, by="test", reason="We wait for the landlord.", days=3)
    door.say_what_was_done(said="There are too few chairs.", did="Ten more stand there.", by="test")
    return told.id


def last_month(door) -> str:
    """The name of last month, in which people came, and which is published."""
    month = asked(None, date.fromisoformat(day_of(door.now(), door.settings.zone)))
    if not door.store.published(door.office, month):
        few, many = Came(3, "parking"), Came(80, "council-tax")
        months.lived(door, month, many, Came(40, "housing", minutes=9, outcome="passed_on"), few)
        publish(door, months.making(door), month, by="test", paper=lambda *_given: {})
    return month


def reported(office, browser) -> str:
    """Where a file of appointments with a mistake in it is told about."""
    page = office.open(browser, "/manage/appointments", "Sam")
    wrong = b"reference,service,start\nHC-1,nowhere,2030-01-01 10:00\n"
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": wrong})
    page.locator("form:has(input[type=file]) button").first.click()
    page.wait_for_url("**/reports/*")
    return page.url


def noted_meanwhile(office, browser, who: str, size: tuple[int, int]):
    """What a manager sees whose note on an outage comes after a colleague's."""
    door, ended_at = office.door, office.door.now()
    away = (door.office, "away", "server_away", ended_at - 60_000, ended_at)
    door.writer.do(lambda store: (store.add_outage(*away), None))
    page = office.open(browser, "/manage/figures", who, size)
    page.get_by_text("Write why").click()
    door.note_outage(outage="away", text="The cleaners needed the socket.", by="test")
    page.get_by_label("Why it was, in a sentence").fill("Somebody stood on the cable.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    return page


def test_no_page_is_forgotten(tmp_path):
    app, _sockets = create_app(parts_for(settings_of(server={"data": tmp_path}), writer=Writer), faces())
    asked = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    served = {rule for rule in asked if not rule.startswith(NO_PAGE) and not rule.endswith(FILES)}
    assert served == {*PAGES, *ELSEWHERE}
    assert {*ANSWERS} <= {rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}


@pages
@pytest.mark.wcag("1.1.1", "1.3.1", "2.4.1", "2.4.2", "2.4.4", "2.4.6", "2.5.8", "2.5.3", "3.1.1", "3.3.2", "4.1.2")
def test_every_page_keeps_the_rules_of_access_that_a_program_can_judge(seen, request):
    seen.set_viewport_size(ORDINARY)
    seven_to_one = request.node.callspec.params["seen"] in PUBLIC
    rules = {"color-contrast-enhanced": seven_to_one, "target-size": True, "label-content-name-mismatch": True}
    found = Axe().run(seen, options={"rules": {rule: {"enabled": wanted} for rule, wanted in rules.items()}})
    assert found.violations_count == 0, found.generate_report()


@pages
@pytest.mark.wcag("1.1.1", "1.4.5")
def test_no_picture_is_without_its_words(seen):
    assert seen.evaluate(PICTURES) == []


@flowing
@pytest.mark.wcag("1.3.4", "1.4.10")
def test_every_page_fits_320_pixels_without_scrolling_sideways(seen):
    seen.set_viewport_size(NARROW)
    assert (seen.evaluate(SIDEWAYS), seen.evaluate(CUT)) == (0, [])


@flowing
@pytest.mark.wcag("1.4.4", "1.4.12")
def test_every_page_can_be_read_at_twice_the_size_and_with_wider_spacing(seen):
    seen.set_viewport_size(TWICE)
    seen.evaluate(SPACED)
    assert (seen.evaluate(SIDEWAYS), seen.evaluate(CUT)) == (0, [])
    seen.evaluate("document.adoptedStyleSheets = []")


@flowing
@pytest.mark.wcag("2.1.2", "2.4.7", "2.4.11", "3.2.1")
def test_tab_goes_all_the_way_round_and_what_has_the_focus_is_always_seen(seen):
    seen.set_viewport_size(NARROW)
    address = seen.url
    seen.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    hidden, visited = [], []
    while len(visited) < MOST_STOPS:
        seen.keyboard.press("Tab")
        stop = seen.evaluate(FOCUS)
        if stop is None or stop["place"] in visited:
            break
        visited.append(stop["place"])
        if not (stop["seen"] and stop["marked"]):
            hidden.append(stop["name"])
    assert (hidden, seen.url) == ([], address)
    assert len(visited) < MOST_STOPS
