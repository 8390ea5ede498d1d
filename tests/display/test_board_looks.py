"""A board in each of its themes and states, its slides, and what it does when its office's settings have changed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

LOST = 10_000  # ms
UPSTAIRS = '[[boards]]\nkey = "up"\nname = "Upstairs"\ntheme = "light"\n'
URDU = (
    '[catalogues]\noffered = ["en", "ur"]\n[texts.ur]\n"Desk 1" = "ڈیسک 1"\n'
    '"The lift is out of order." = "لفٹ خراب ہے۔"\n'
)
SLIDES = """
[[slides]]
key = "bins"
title = "New bin days"
text = "From Monday, green bins are emptied on Tuesdays."
picture = "bins.png"
words = "A green bin."
[[slides]]
key = "warm"
title = "Warm spaces"
"""


def large(page):
    return page.get_by_role("region", name="Now calling").get_by_role("article")


def keeps_the_rules(page) -> None:
    page.wait_for_function("() => document.getAnimations().length === 0")
    found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def with_slides(tmp_path, make_office):
    """An office whose board shows slides as soon as a call has had its second."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    Image.new("RGB", (60, 40), "green").save(pictures / "bins.png")

    def make(theme: str = "dark"):
        board = f'theme = "{theme}"\nslides_after_seconds = 1\npictures = "{pictures}"'
        return make_office(keep_seconds=1, board=board, more=SLIDES)

    return make


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_each_state_keeps_the_rules_of_access_in_each_theme(with_slides, board, theme):
    office = with_slides(theme)
    page = board(office)
    keeps_the_rules(page)  # nobody called yet
    office.door.rule(kind="notice", subject="board", value="shown", text="The lift is out of order.", by="test")
    for desk in ("1", "2"):
        office.call(desk)
    expect(page.get_by_role("heading", name="New bin days")).to_be_visible()
    expect(page.locator("[data-part]")).to_have_text("The lift is out of order.")
    keeps_the_rules(page)
    office.stop()
    expect(page.get_by_role("alert")).to_contain_text("Not up to date since", timeout=LOST)
    keeps_the_rules(page)


def test_the_screen_has_the_theme_of_the_board_it_was_let_in_as(make_office, board):
    office = make_office(more=UPSTAIRS)
    assert board(office, "Upstairs").locator("html").get_attribute("data-scheme") == "light"
    assert board(office, "Lobby").locator("html").get_attribute("data-scheme") == "dark"


@pytest.mark.wcag("1.1.1", "1.4.5")
def test_slides_have_the_place_while_nobody_is_called_and_give_it_up_at_once(with_slides, board):
    office = with_slides()
    page = board(office)
    first = office.call("1")
    expect(page.get_by_role("img", name="A green bin.")).to_be_visible()
    expect(page.get_by_role("region", name="Called before").get_by_role("listitem")).to_contain_text([first])
    expect(large(page)).to_have_count(0)
    second = office.call("2")
    expect(large(page)).to_contain_text([second])
    expect(page.get_by_role("region", name="News")).to_be_hidden()


@pytest.mark.wcag("2.2.2")
def test_slides_change_by_a_cut(with_slides, board):
    office = with_slides()
    page = board(office)
    office.call("1")
    for title in ("New bin days", "Warm spaces", "New bin days"):
        expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=30_000)
        expect(page.locator(".slide:visible")).to_have_count(1)
        assert page.evaluate("() => document.querySelector('.slides').getAnimations({subtree: true}).length") == 0


def test_only_a_board_and_only_the_slides_pictures_are_answered(with_slides, board, browser):
    office = with_slides()
    page = board(office)
    assert page.request.get(f"{office.url}/display/pictures/bins.png").status == 200
    assert page.request.get(f"{office.url}/display/pictures/office.toml").status == 404
    stranger = browser.new_context().request.get(f"{office.url}/display/pictures/bins.png", max_redirects=0)
    assert stranger.status == 302


@pytest.mark.wcag("3.1.2")
def test_every_part_in_another_language_says_so_and_which_way_it_runs(make_office, board):
    office = make_office(board='notice = "The lift is out of order."', more=URDU)
    page = board(office)
    office.call("1")
    expect(page.get_by_role("article").get_by_text("ڈیسک 1")).to_be_visible()
    ours = page.locator('main [lang="ur"]:visible')
    assert ours.count() >= 2
    assert set(ours.evaluate_all("(parts) => parts.map((part) => part.dir)")) == {"rtl"}
    keeps_the_rules(page)


def test_where_urdu_comes_first_the_whole_board_is_turned_round(make_office, board):
    office = make_office(more=URDU)
    office.stop()
    text = office.office.read_text("utf-8")
    office.office.write_text(text.replace("[office]\n", '[office]\nlanguage = "ur"\n'), "utf-8")
    office.start()
    page = board(office)
    assert page.locator("html").get_attribute("dir") == "rtl"
    office.call("1")
    call, before = page.locator(".call"), page.locator(".before")
    expect(call).to_be_visible()
    assert call.bounding_box()["x"] > before.bounding_box()["x"]
    keeps_the_rules(page)


def test_a_board_whose_office_has_changed_loads_itself_again(make_office, board):
    office = make_office(board='theme = "dark"')
    page = board(office)
    office.stop()
    office.office.write_text(office.office.read_text("utf-8").replace('theme = "dark"', 'theme = "light"'), "utf-8")
    office.start()
    expect(page.locator("html[data-scheme=light]")).to_be_attached(timeout=20_000)
