"""The visitor's page for every eye, ear, language and phone: access, larger text, scripts, old browsers, weight."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.phone.visits import PHONE, issue, walk
from tests.serving import ROOT

LETTERS_OF_OTHERS = r"vendor/(noto-.*|.*-ext)\.woff2$"
HEARD = """
    window.heard = [];
    const spoken = () => {
      const text = document.querySelector("[role=status] .main-line:not([hidden])").innerText.trim();
      if (text && text !== heard.at(-1)) heard.push(text);
    };
    new MutationObserver(spoken).observe(document.querySelector("[role=status]"), {
      subtree: true, characterData: true, childList: true,
    });
"""
STATES = ("waiting", "late", "held", "called", "serving", "no_show", "completed", "cancelled")
WAYS = {  # how the page is looked at: scheme, contrast, and what its address asks for
    "light": ("light", "no-preference", ""),
    "dark": ("dark", "no-preference", ""),
    "contrast": ("light", "more", "?text=large"),
    "welsh": ("light", "no-preference", "?language=cy"),
    "urdu": ("dark", "more", "?language=ur&text=large"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("needs", [[], ["discreet"]], ids=["", "discreet"])
def test_every_state_keeps_the_rules_of_access_on_a_narrow_phone(lobby, follow, page, needs, way):
    scheme, contrast, ask = WAYS[way]
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    for state in STATES:
        lobby.clear()
        mine = issue(lobby, needs=needs, to_come=["housing"] if state == "waiting" else [])
        walk(lobby, mine, state)
        follow(mine, ask)
        page.set_viewport_size({"width": 320, "height": 640})
        for question in page.locator("summary:visible").all():
            question.click()
        found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}})
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, state


@pytest.mark.wcag("1.4.4")
def test_twice_as_large_it_still_fits_its_width(lobby, follow, page):
    follow(issue(lobby), "?text=large")
    page.set_viewport_size({"width": 180, "height": 370})  # 360 px at 200%
    assert page.evaluate("document.documentElement.scrollWidth") <= 180


def test_text_is_larger_at_one_press_and_the_alert_stays_on(lobby, follow, page):
    follow(issue(lobby))
    page.get_by_role("button", name="Alert me when I am called").click()
    before = page.get_by_text("Keep this page open.").bounding_box()["height"]
    page.get_by_role("link", name="Larger text").click()
    assert page.get_by_text("Keep this page open.").bounding_box()["height"] > 1.4 * before
    expect(page.get_by_role("button", name="This phone will alert you")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Usual text").click()
    assert page.get_by_text("Keep this page open.").bounding_box()["height"] == before


@pytest.mark.wcag("4.1.3")
def test_a_screen_reader_hears_each_change_once_and_a_call_at_once(lobby, follow, page):
    issue(lobby)
    follow(issue(lobby))
    page.evaluate(HEARD)
    lobby.door.call_next(desk="1", by="test")
    expect(page.get_by_role("status")).to_contain_text("You are next.")
    assert page.evaluate("heard") == ["You are next."]
    lobby.door.call_next(desk="2", by="test")
    expect(page.get_by_role("alert")).to_contain_text("Desk 2")


def test_the_page_is_read_in_another_language_at_one_press(lobby, follow, page):
    mine = issue(lobby)
    follow(mine)
    page.get_by_role("navigation", name="Text and language").get_by_role("link", name="اردو").click()
    page.locator("html[data-server=here]").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    number, edge = page.locator(".number").bounding_box(), page.viewport_size["width"]
    assert number["x"] + number["width"] > edge / 2


def test_a_language_that_is_only_named_brings_no_letters(lobby, follow, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    follow(issue(lobby))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith(".woff2")] == [f"{lobby.url}/static/vendor/atkinson-400.woff2"]


# -- old phones ----------------------------------------------------------------------------------------------------


def without(*names: str):
    """Hands over files as a browser reads them that does not know these names."""

    def answer(route):
        path = urlsplit(route.request.url).path
        file = ROOT / ("phone" if path.startswith("/t/") else "reception/web") / path[path.index("static/") :]
        text = file.read_text("utf-8")
        for name in names:
            text = text.replace(name, f"{name[0]}x-{name[1:]}")
        route.fulfill(body=text, content_type="text/css" if file.suffix == ".css" else "text/javascript")

    return answer


def test_without_scripts_the_page_loads_itself_again_while_it_may_change_and_says_so(lobby, plain):
    mine = issue(lobby)
    for state, again in (("waiting", 1), ("completed", 0)):
        walk(lobby, mine, state)
        plain.goto(f"{lobby.url}/t/{mine.token}")
        assert plain.locator("meta[http-equiv=refresh]").count() == again
        assert plain.locator("noscript > p").count() == again


def test_a_browser_too_old_for_the_scripts_loads_the_page_again(lobby, page):
    mine = issue(lobby)
    page.route("**/*.js", without("import ", "export "))
    page.clock.install()
    page.goto(f"{lobby.url}/t/{mine.token}")
    expect(page.get_by_text("You are next.")).to_be_visible()
    lobby.door.call_next(desk="1", by="test")
    page.clock.run_for(31_000)
    expect(page.get_by_role("alert")).to_contain_text("Desk 1")


def test_a_browser_without_layers_and_todays_colours_shows_it_readably(lobby, page):
    page.route("**/*.css", without("@layer", "oklch("))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    page.goto(f"{lobby.url}/t/{issue(lobby).token}")
    expect(page.get_by_text("You are next.")).to_be_visible()
    expect(page.get_by_text("Please go to")).to_be_hidden()
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# -- weight --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ask", ["", "?language=cy&text=large", "?language=ur"])
def test_the_page_weighs_at_most_60_kb_and_what_another_alphabet_needs(lobby, follow, page, ask):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    addresses, sizes = {}, {}
    session.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    session.on("Network.loadingFinished", lambda end: sizes.update({end["requestId"]: end["encodedDataLength"]}))
    mine = issue(lobby)
    walk(lobby, mine, "completed")
    follow(mine, ask)
    page.wait_for_load_state("networkidle")
    own = [size for key, size in sizes.items() if not re.search(LETTERS_OF_OTHERS, addresses[key])]
    assert 20_000 < sum(own) <= 60_000
