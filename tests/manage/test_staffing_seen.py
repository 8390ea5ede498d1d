"""Staffing in a real browser: worked out and tried on a small office's weeks, and laid out in each of its states."""

import re
import threading
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import make_server

from reception.staffing import BackTest, Progress
from reception.web.access import cookie
from tests.manage.planned import TUESDAY, Planned, hour_ahead, plan, trusted
from tests.manage.staffed import Staffed

SIZES = [(1280, 800), (360, 740)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
SMALL = {
    "hours": {"monday": ["09:00-12:00"], "thursday": ["09:00-12:00"]},
    "services": [{"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 12}],
    "desks": [{"key": "1", "name": "Desk 1", "breaks": ["10:30-11:00"]}, {"key": "2", "name": "Desk 2"}],
}
ASKED = f"/manage/staffing?day={TUESDAY}&desks=1"
STATES = {
    "a plan and a change": (Planned(plan(), hour_ahead()), ASKED),
    "being tried": (Planned(plan(), None, looks=1_000_000), ASKED),
    "far off": (Planned(plan(back_test=trusted(11.4, "off")), hour_ahead()), ASKED),
    "being made": (Planned(None, hour_ahead(), Progress("working", 0.4, TUESDAY)), "/manage/staffing"),
    "out of date, and a new one cut short": (
        Planned(replace(plan(), made_of={"hours": "others"}), hour_ahead(), Progress("interrupted", started_at=1)),
        ASKED,
    ),
    "nothing": (Planned(None, hour_ahead(key="no_history", ahead=())), "/manage/staffing"),
    "not tested": (Planned(plan(back_test=BackTest()), hour_ahead(key="closed", ahead=())), "/manage/staffing"),
}


@pytest.fixture
def shown(parts, app, manager, browser):
    """Opens the page as it is in a state."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = False  # closing it waits for whoever still reads the database
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    url = f"http://127.0.0.1:{server.port}"
    with app.app_context():
        name = cookie("manage")
    given = {"name": name, "value": manager.client.get_cookie(name).value, "url": url}

    def opened(state: str, size=SIZES[0], **more):
        parts.staffing, path = STATES[state]
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
        context.add_cookies([given])
        page = context.new_page()
        page.goto(url + path)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.mark.parametrize("state", STATES)
def test_each_state_keeps_the_rules_of_access_and_its_place_at_a_desk_and_on_a_phone(shown, state):
    for size in SIZES:
        page = shown(state, size)
        page.evaluate(OPEN)
        assert page.evaluate(SIDEWAYS) == 0
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_grey_advice_can_be_read_in_the_dark_too(shown):
    found = Axe().run(shown("far off", color_scheme="dark"))
    assert found.violations_count == 0, found.generate_report()


CONTRASTS = """() => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d')
  const light = (colour) => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  return [...document.querySelectorAll('#week .cell + text')].map((text) => {
    const both = [text, text.previousElementSibling].map((one) => light(getComputedStyle(one).fill))
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)
  })
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["a plan and a change", "far off"])
def test_the_numbers_in_the_weeks_cells_can_be_read_on_their_ground(shown, state, scheme):
    """Of words in drawings axe says nothing."""
    found = shown(state, color_scheme=scheme).evaluate(CONTRASTS)
    assert len(found) == 5 * 16 and min(found) >= 4.5


def test_without_scripts_the_sliders_are_a_form_and_a_link_looks_again(shown, parts):
    page = shown("not tested", java_script_enabled=False)
    page.get_by_role("link", name="Tue 10").click()
    page.get_by_label("Desks", exact=True).press("ArrowRight")
    parts.staffing.looks = 1
    page.get_by_role("button", name="Try it").click()
    page.locator("#answer").get_by_role("link", name="Look again").click()
    expect(page.locator("#answer-says")).to_contain_text("with one more desk, 80% (74–86) are seen within 5 minutes")
    expect(page.get_by_label("Desks", exact=True)).to_have_value("1")


# -- the real thing -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Staffed(tmp_path_factory.mktemp("staffed") / "office", weeks=5, **SMALL)
    yield office
    office.close()


def test_a_manager_has_the_week_worked_out_moves_a_slider_and_sees_the_range_change(office, browser):
    page = office.open(browser, "/manage/staffing", "Sam")
    page.get_by_role("button", name="Work the week out").click()
    expect(page.get_by_role("button", name="Work it out again")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("heading", name="The coming week")).to_be_visible()
    answer = page.locator("#answer-says")
    expect(answer).to_contain_text("Move a slider")
    page.get_by_label("People who come").fill("50")
    expect(answer).to_contain_text("with 50% more people,", timeout=60_000)
    worse = shares(answer)
    page.get_by_label("Desks", exact=True).fill("1")
    expect(answer).to_contain_text("with one more desk and 50% more people,", timeout=60_000)
    better = shares(answer)
    assert worse[1] == better[1]  # as it is
    assert worse[0] < better[0]
    assert "desks=1&people=50" in page.url  # which can be kept
    page.get_by_label("A break moved").select_option(label="Desk 1's, now at 10:30")
    page.get_by_label("to begin at").fill("600")
    expect(answer).to_contain_text("and Desk 1's break at 10:00,", timeout=60_000)
    page.reload()
    expect(answer).to_contain_text("50% more people and Desk 1's break at 10:00,")
    page.context.close()


def shares(answer) -> list[tuple[int, int, int]]:
    """(share, low, high) after and before, from the sentence."""
    found = re.findall(r"(\d+)% \((\d+)–(\d+)\)", answer.inner_text())
    assert len(found) == 2, answer.inner_text()
    return [tuple(map(int, one)) for one in found]
