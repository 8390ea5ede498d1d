"""What is owed, told as stories on a tablet and read by two colleagues at once."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reception.owing import Promised


def row(page, reference: str):
    return page.get_by_role("listitem").filter(has_text=reference)


def test_papers_handed_in_are_receipted_listed_and_kept_in_one_press_on_every_screen(house, robin, kim, new_context):
    elsewhere = kim.open(new_context, "/owed", (1280, 800))
    expect(elsewhere.locator("html")).to_have_attribute("data-server", "here")
    page = robin.open(new_context, "/greeter")
    page.get_by_role("link", name="Papers handed in").filter(visible=True).click()
    page.get_by_label("Which papers").fill("Tenancy agreement, two payslips")
    page.get_by_label("Who does it").select_option("Council Tax team")
    page.get_by_label("Receipt with the reference").select_option("Lobby")
    page.get_by_role("button", name="Put on the list").click()

    (made,) = house.door.promises()
    expect(page.get_by_role("heading", level=1)).to_have_text(made.reference)
    assert house.jobs() == [("promise", "lobby", made.id)]
    expect(row(elsewhere, made.reference)).to_contain_text("Tenancy agreement, two payslips")

    page.get_by_role("link", name="Owed", exact=True).click()
    page.get_by_role("button", name=f"Kept {made.reference}").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{made.reference} is kept.")
    expect(row(page, made.reference)).to_contain_text(re.compile("Kept.*Robin, today 10:00", re.DOTALL))
    expect(row(elsewhere, made.reference)).to_contain_text("Robin, today 10:00")


def test_a_call_back_is_due_and_then_late_without_anybody_loading_the_page(house, robin, new_context):
    page = robin.open(new_context, "/owed/new/call_back")
    page.get_by_label("Whom to ring").fill("Ms Lee, 01632 960 777")
    page.get_by_label("What about").fill("The damp")
    page.get_by_label("Within").select_option("1 hour")
    page.get_by_role("button", name="Put on the list").click()
    (made,) = house.door.promises()
    page.get_by_role("link", name="Owed", exact=True).click()
    expect(row(page, made.reference)).to_contain_text("1 hour left")
    house.hands.go(minutes=75)
    house.door.promise(Promised("Anything else"), by=robin.by)  # the list is told to look again
    expect(row(page, made.reference)).to_contain_text("15 minutes late")
    expect(page.get_by_role("region", name="Late")).to_contain_text("The damp")


def test_the_focus_stays_on_its_button_while_the_list_is_drawn_anew(house, robin, new_context):
    made = house.door.promise(Promised("We will write."), by=robin.by)
    page = robin.open(new_context, "/owed")
    expect(page.locator("html")).to_have_attribute("data-server", "here")
    button = page.get_by_role("button", name=f"Kept {made.reference}")
    button.focus()
    house.door.promise(Promised("Anything else"), by=robin.by)
    expect(page.get_by_text("Anything else")).to_be_visible()
    expect(button).to_be_focused()


def test_a_list_that_is_drawn_anew_takes_no_button_from_under_a_finger(house, robin, new_context):
    made = house.door.promise(Promised("We will write."), by=robin.by)
    page = robin.open(new_context, "/owed")
    expect(page.locator("html")).to_have_attribute("data-server", "here")
    page.get_by_role("button", name=f"Kept {made.reference}").hover()
    page.mouse.down()
    with page.expect_response(lambda answer: answer.request.headers.get("x-requested-with") == "look-again"):
        house.door.promise(Promised("Anything else"), by=robin.by)
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    page.mouse.up()
    expect(page.get_by_role("status").first).to_contain_text(f"{made.reference} is kept.")
    expect(page.get_by_text("Anything else")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (320, 640)])
def test_the_pages_are_accessible_and_nothing_hangs_over_their_edge(house, robin, new_context, size):
    made = house.door.promise(Promised("We will write.", team="tax"), by=robin.by)
    house.door.promise(Promised("The damp", kind="call_back", contact="Ms Lee", minutes=30), by=robin.by)
    house.hands.go(minutes=45)
    page = robin.open(new_context, "/owed", size)
    for path in ("/owed", f"/owed/{made.id}", "/owed/new/documents", "/owed/new/call_back"):
        page.goto(house.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
