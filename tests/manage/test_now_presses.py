"""What managers do from the page of now and its wallboard, in real browsers on a real server; mail goes to a real
mail server's stand-in."""

import re
from contextlib import closing

import pytest
import socketio
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.builders import eventually
from tests.mail.postman import Postman
from tests.outside import Server

WALL, PHONE = {"width": 1920, "height": 1080}, {"width": 360, "height": 740}
ALERTS = [
    {"key": "crowd", "what": "waiting", "limit": 2, "sound": True},
    {"key": "others", "what": "waiting", "limit": 0, "service": "parking", "who": ["somebody-else"]},
    {"key": "few", "what": "desks_open", "limit": 1, "who": ["admin"]},
]
MAIL = {"server": "127.0.0.1", "security": "none", "sender": "desk@example.gov.uk"}
SENT = "SELECT count(*) FROM mails WHERE sent_at IS NOT NULL"
MAILED = ALERTS[0] | {"mail": ["sam@example.gov.uk"]}
OVERFLOWS = """[...document.querySelectorAll('.services, .desks, .wall')]
    .filter((one) => one.scrollHeight > one.clientHeight + 1).length"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("office"), alerts=ALERTS)
    yield running
    running.close()


@pytest.fixture
def opened(server, page):
    """A manager's page; the page's errors are the test's."""
    server.clear()
    eventually(lambda: "crowd" not in {alert.key for alert in server.door.alerts()})
    for ruling in list(server.door.look()[1].rulings.values()):
        server.door.rule(kind=ruling.kind, subject=ruling.subject, value=None, by="test")
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    server.enter(page.context, "manager")

    def opened(path: str = "/manage", size=PHONE, filled: bool = True):
        page.set_viewport_size(size)
        page.goto(server.url + path)
        if filled:
            page.locator("[data-filled]").wait_for()
        return page

    yield opened
    assert wrong == []


def test_until_the_first_picture_has_come_nothing_is_said_of_the_line(server, opened, page):
    crowd(server)
    longest, asking = page.get_by_text("The longest wait is"), page.get_by_text("Asking how things stand")
    page.route("**/now.js", lambda route: route.abort())
    opened(filled=False)
    expect(asking).to_be_visible()
    expect(longest).to_be_hidden()
    page.unroute("**/now.js")
    opened()
    expect(longest).to_be_visible()
    expect(asking).to_be_hidden()


def crowd(server, service: str = "tax") -> None:
    for _visitor in range(3):
        server.door.issue(service=service, by="kiosk:lobby")


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_the_wall_hears_of_an_alert_sounds_and_sees_that_somebody_sees_to_it(server, opened, browser):
    wall = opened("/manage/wall", WALL)
    expect(wall.get_by_text("Nothing needs anybody now.")).to_be_visible()
    crowd(server)
    expect(wall.get_by_role("listitem").filter(has_text="3 people are waiting.")).to_be_visible()
    expect(wall.locator("html")).to_have_attribute("data-sounded", re.compile(r"\d+"))
    (alert,) = [one for one in server.door.alerts() if one.key == "crowd"]
    server.door.see_to_alert(alert=alert.id, by="person:1")
    expect(wall.get_by_text("sees to it.").filter(visible=True)).to_be_visible()
    server.clear()
    expect(wall.get_by_text("Nothing needs anybody now.")).to_be_visible()


def test_a_wallboard_is_let_in_by_its_code_and_may_look_and_ask_nothing(server, opened, browser):
    elsewhere = browser.new_context(viewport=WALL)
    wall = elsewhere.new_page()
    wall.goto(f"{server.url}/manage/wall")
    page = opened("/manage/devices", filled=False)
    page.get_by_label("Code on its screen").fill(wall.locator(".pairing-code").inner_text().strip())
    page.get_by_label("Wallboard of the back office").check()
    page.get_by_label("Name").fill("Back office")
    page.get_by_role("button", name="Let it in").click()
    expect(wall.get_by_text("Nothing needs anybody now.")).to_be_visible()
    crowd(server)
    expect(wall.get_by_text("3 people are waiting.")).to_be_visible()
    screen = server.screen("wall", key=server.key("wall"))
    assert screen.ask("see_to", {"alert": server.door.alerts()[0].id})["reason"] == "unknown_question"
    assert not {"line", "rulings", "promises"} & set(screen.of("now")[-1])
    wall.goto(f"{server.url}/manage")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Sign in")
    elsewhere.close()


def test_on_a_phone_a_manager_sees_to_an_alert_and_opens_a_desk(server, opened):
    page = opened()
    crowd(server)
    alerts = page.get_by_role("region", name="Alerts")
    alerts.get_by_role("button", name="I see to it (3 people are waiting.)").click()
    expect(page.get_by_role("status")).to_have_text("You see to it. Nobody is told again while it lasts.")
    expect(alerts).to_contain_text("manager of a test sees to it")
    expect(alerts.get_by_role("button")).to_be_hidden()
    press(page, "Open it (Desk 2)")
    expect(page.get_by_role("status")).to_contain_text("Desk 2 is open in your name.")
    expect(page.get_by_role("row", name=re.compile("^Desk 2"))).to_contain_text("Free")
    assert server.door.look()[1].desks["2"].state == "open"


def test_of_an_alert_that_is_over_nobody_is_said_to_have_been_quicker(server, opened):
    crowd(server)
    eventually(lambda: "crowd" in {one.key for one in server.door.alerts()})
    (alert,) = [one for one in server.door.alerts() if one.key == "crowd"]
    server.clear()
    eventually(lambda: alert.id not in {one.id for one in server.door.alerts()})
    answer = server.screen("manage", key=server.key("manager")).ask("see_to", {"alert": alert.id})
    assert answer["said"] == "This is over. Nobody needs to see to it."


def test_an_alert_goes_to_those_whom_the_settings_name(server, opened):
    page = opened()
    crowd(server, "parking")
    expect(page.get_by_role("region", name="Alerts")).to_contain_text("3 people are waiting.")
    eventually(lambda: {one.key for one in server.door.alerts()} == {"crowd", "others", "few"})
    expect(page.get_by_role("region", name="Alerts").get_by_role("listitem")).to_have_count(1)


def test_it_is_mailed_once_whatever_happens_to_the_server(tmp_path, page):
    postman = Postman()
    with closing(postman), closing(Server(tmp_path, alerts=[MAILED], mail=MAIL | {"port": postman.port})) as server:
        crowd(server)
        eventually(lambda: server.door.store.reader.execute(SENT).fetchone()[0], seconds=20)
        server.stop(kill=True)
        server.start()
        server.enter(page.context, "manager")
        page.goto(f"{server.url}/manage")
        alerts = page.get_by_role("region", name="Alerts")
        expect(alerts).to_contain_text("3 people are waiting.")
        crowd(server)
        expect(alerts).to_contain_text("6 people are waiting.")  # it was looked at again
        (mail,) = postman.received
        assert mail["Subject"].endswith(": 3 people are waiting.")
        assert f"{server.door.settings.address}/manage" in mail.get_content()


def test_a_paused_receptionist_is_asked_back_by_a_message_at_the_desk(server, opened, browser):
    server.door.set_desk(desk="1", state="paused", reason="lunch", by="person:1")
    page = opened()
    press(page, "Ask back (Desk 1)")
    expect(page.get_by_role("status")).to_have_text("Desk 1 is asked to come back.")
    told = page.get_by_role("region", name="Decided for now")
    expect(told).to_contain_text("Please come back to your desk as soon as you can: 0 people wait.")
    told.get_by_role("button", name="Take it back (A message to Desk 1)").click()
    expect(told).to_contain_text("Everything is as the settings say.")


def test_a_service_is_stopped_at_the_kiosk_with_a_reason_and_goes_on_again(server, opened):
    page = opened()
    page.get_by_text("Stop a service").click()
    page.get_by_label("Service", exact=True).select_option("Housing")
    page.get_by_label("Why, as the kiosk's notice says it").fill("The housing team is at a fire drill.")
    press(page, "No more tickets today")
    expect(page.get_by_role("status")).to_have_text("No more tickets for Housing today.")
    told = page.get_by_role("region", name="Decided for now")
    expect(told).to_contain_text("Housing is closed")
    expect(told).to_contain_text("The housing team is at a fire drill.")
    press(page, "Give tickets again (Housing)")
    expect(page.get_by_role("status")).to_have_text("Housing is as the settings say.")
    expect(told).to_contain_text("Everything is as the settings say.")
    assert server.door.issue(service="housing", by="kiosk:lobby").visit.service == "housing"


def test_a_notice_is_put_on_the_board_and_one_too_long_stays_to_be_shortened(server, opened):
    page = opened()
    page.get_by_text("Notice on the board").click()
    page.get_by_label("What everybody should read").fill("   ")
    press(page, "Put it up")
    expect(page.get_by_role("alert").filter(visible=True)).to_have_text(
        "Write what people should read, then try again."
    )
    page.get_by_label("What everybody should read").fill("The lift is out of order.")
    press(page, "Put it up")
    expect(page.get_by_role("status")).to_have_text("The board shows it until the end of today.")
    expect(page.get_by_role("region", name="Decided for now")).to_contain_text("The lift is out of order.")


def test_what_cannot_be_done_is_refused_with_a_sentence(server):
    person = server.keys.add_person(name="Lee", sign_in="lee", role="manager", by="test")
    key = server.keys.add(name="Lee", role="manager", kind="bearer", by="test", person=person)
    screen = server.screen("manage", key=key)
    server.door.set_desk(desk="1", state="paused", reason="lunch", by="person:1")
    answer = screen.ask("open_desk", {"desk": "1"})
    assert (answer["ok"], answer["reason"]) == (False, "desk_is_anothers")
    assert screen.ask("see_to", {"alert": "nothing"})["message"].startswith("There is no such alert.")
    assert screen.ask("new_roll", {"printer": "9"})["ok"] is False
    assert screen.ask("stop", {"service": "9"})["reason"] == "unknown_service"
    assert screen.ask("go_back", {"kind": "weather", "subject": "x"})["reason"] == "unknown_kind"


def test_a_receptionist_may_press_nothing_here(server):
    with pytest.raises(socketio.exceptions.ConnectionError):
        server.screen("manage", key=server.key("receptionist"))


@pytest.mark.parametrize(("path", "size"), [("/manage/wall", WALL), ("/manage/wall", PHONE), ("/manage", PHONE)])
def test_with_everything_at_once_it_fits_and_can_be_read_by_everybody(server, opened, path, size):
    door = server.door
    door.set_desk(desk="1", state="paused", reason="lunch", by="person:1")
    door.set_desk(desk="3", state="open", by="person:3")
    door.help(desk="3", by="person:3", step="ask")
    crowd(server)
    page = opened(path, size)
    expect(page.get_by_text("3 people are waiting.").filter(visible=True).last).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    if size == WALL:
        assert page.evaluate(OVERFLOWS) == 0
