"""The greeter's page, on a tablet held in the hand."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.arrivals.conftest import found
from tests.desk.screen import says, says_not

SIZES = [(768, 1024), (1024, 768), (360, 740)]


def latest(house):
    return max(house.door.look()[1].visits.values(), key=lambda visit: visit.place)


def test_one_tap_greets_and_shows_the_number_and_how_many_are_ahead(house, tablet):
    house.tickets("tax")
    greeter = tablet()
    greeter.greet("Council Tax")
    says(greeter.card, "1 person is ahead of you for this service.")
    greeter.expect_number(latest(house).number)
    greeter.tap("Next person")
    expect(greeter.page.get_by_role("heading", name="Somebody comes in")).to_be_focused()


def test_before_a_number_is_given_it_is_seen_that_no_open_desk_takes_the_service(house, tablet):
    house.tickets("tax")
    house.door.set_desk(desk="3", state="open", by="person:3")  # takes housing alone
    greeter = tablet()
    says(greeter.button("Council Tax"), "1 ahead")
    says(greeter.button("Council Tax"), "No open desk")
    says_not(greeter.button("Housing"), "No open desk")
    expect(greeter.page.get_by_text("1 person is waiting.").filter(visible=True)).to_be_visible()
    says(greeter.page.get_by_text("The longest for"), "On time")


def test_nobody_is_next_in_the_line_while_no_open_desk_helps_them(house, tablet):
    (visit,) = house.tickets("tax")
    house.door.set_desk(desk="3", state="open", by="person:3")  # takes housing alone
    greeter = tablet()
    greeter.part("Line")
    row = greeter.row(visit.number)
    says(row, "No open desk")
    says_not(row, "Next")
    house.door.set_desk(desk="1", state="open", by="person:1")
    says(row, "Next")
    says_not(row, "No open desk")


def test_the_languages_offered_are_the_kiosks(house, tablet):
    offered = tablet().page.locator("#languages option").evaluate_all("all => all.map((one) => one.value)")
    assert offered == [one.name for one in house.door.settings.kiosk.interpreters]


def test_needs_language_remark_party_and_further_services_go_with_the_number(house, tablet):
    greeter = tablet()
    greeter.choose("Interpreter", "More time")
    greeter.page.get_by_label("Language of the interpreter").filter(visible=True).fill("Polish")
    greeter.page.get_by_text("Remark, how many, afterwards also").tap()
    greeter.page.get_by_label("Remark for whoever calls them").filter(visible=True).fill("With her daughter")
    greeter.page.get_by_label("How many of them").filter(visible=True).select_option("2")
    greeter.choose("Parking")
    greeter.greet("Housing")
    greeter.part("Line")
    row = greeter.row(latest(house).number)
    says(row, "Interpreter: Polish, More time")
    says(row, "With her daughter")
    assert (latest(house).party, latest(house).to_come) == (2, "parking")
    greeter.part("Comes in")
    assert greeter.page.locator("[data-greet] :checked:not(option)").count() == 0


def test_a_slip_goes_to_the_printer_that_this_tablet_remembers(house, tablet):
    greeter = tablet()
    greeter.page.get_by_label("Slips").select_option("Virtual printer")
    greeter.page.reload()
    greeter.greet("Council Tax")
    says(greeter.card, "A slip is printing: Virtual printer.")
    assert house.door.rows("SELECT printer FROM print_jobs WHERE visit = ?", latest(house).id) == [("virtual",)]


def test_a_slip_is_printed_again_where_this_tablet_prints(house, tablet):
    greeter = tablet()
    greeter.greet("Council Tax")
    greeter.page.get_by_role("button", name="Print the slip again").tap()
    says(greeter.card, "A slip is printing: Virtual printer.")
    made = house.door.rows("SELECT printer, kind FROM print_jobs WHERE visit = ?", latest(house).id)
    assert made == [("virtual", "reprint")]


def test_two_taps_in_one_go_give_one_number(house, tablet):
    greeter = tablet()
    greeter.page.evaluate(
        """() => { const tap = () => document.querySelector("[name=service]").click(); tap(); tap(); }"""
    )
    expect(greeter.card).to_be_visible()
    assert len(house.door.look()[1].visits) == 1


def test_a_mistaken_greeting_is_taken_back(house, tablet):
    greeter = tablet()
    greeter.greet("Council Tax")
    greeter.expect_number(latest(house).number)
    greeter.tap("Take it back")
    says(greeter.card, "This visit has ended.")
    assert house.door.look()[1].visits == {}


def test_somebody_is_checked_in_by_postcode_and_initial(house, tablet):
    booked = house.book(name="Ben Lloyd", postcode="FE7 7AA")
    greeter = tablet()
    greeter.part("Booked")
    greeter.page.get_by_label("Postcode").fill("fe77aa")
    greeter.page.get_by_label("Initial").fill("b")
    greeter.page.get_by_label("Initial").press("Enter")
    says(greeter.card, "Ben Lloyd")
    greeter.expect_number(latest(house).number)
    assert found(house.door, booked.reference).state == "arrived"


def test_somebody_is_checked_in_by_tapping_todays_list(house, tablet):
    booked = house.book(name="Ben Lloyd")
    greeter = tablet()
    greeter.part("Booked")
    greeter.tap(f"Here {booked.reference}")
    expect(greeter.card).to_be_visible()
    greeter.expect_number(latest(house).number)


def test_somebody_too_early_is_checked_in_only_if_the_greeter_insists_and_nothing_typed_is_lost(house, tablet):
    booked = house.book(minutes=150)
    greeter = tablet()
    greeter.part("Booked")
    greeter.page.get_by_label("Reference").fill(booked.reference)
    greeter.page.get_by_label("Reference").press("Enter")
    says(greeter.refusal, "They are early")
    expect(greeter.page.get_by_label("Reference")).to_have_value(booked.reference)
    greeter.tap("Check in anyway")
    expect(greeter.card).to_be_visible()
    greeter.expect_number(latest(house).number)
    expect(greeter.refusal).to_have_count(0)


def test_needs_are_noted_for_somebody_found_by_their_number(house, tablet):
    (visit,) = house.tickets("tax")
    greeter = tablet((1024, 768))
    greeter.page.get_by_label("Number", exact=True).fill(visit.number.lower())
    greeter.tap("Find")
    greeter.expect_number(visit.number)
    greeter.choose("Quiet room")
    greeter.tap("Keep these notes")
    says(greeter.card, "Kept.")
    says(greeter.row(visit.number), "Quiet room")


def test_a_number_that_nobody_has_is_said_and_stays_in_its_field(house, tablet):
    greeter = tablet((1024, 768))
    greeter.page.get_by_label("Number", exact=True).fill("Z999")
    greeter.tap("Find")
    says(greeter.refusal, "Nobody has the number Z999 today.")
    expect(greeter.page.get_by_label("Number", exact=True)).to_have_value("Z999")


def test_the_card_follows_the_line_and_keeps_what_is_being_written(house, tablet):
    first, second = house.tickets("tax", "tax")
    greeter = tablet((1024, 768))
    greeter.row(second.number).get_by_role("button", name=second.number, exact=True).tap()
    says(greeter.card, "1 person is ahead of you for this service.")
    greeter.card.get_by_label("Remark for whoever calls them").fill("Half a sentence")
    house.door.take("cancel", first)
    says(greeter.card, "You are next.")
    house.door.next("2")
    says(greeter.card, "Called to Desk 2.")
    expect(greeter.card.get_by_label("Remark for whoever calls them")).to_have_value("Half a sentence")


def test_whoever_was_not_told_is_told_and_whoever_was_not_there_is_put_back(house, tablet):
    untold, missed = house.tickets("housing", "tax")
    house.door.call(desk="1", visit=missed.id, by="person:1", reason="quick")
    house.door.take("not_here", missed)
    greeter = tablet((1024, 768))
    told = greeter.row(untold.number).get_by_role("button", name="I have told them")
    told.tap()
    expect(told).to_have_count(0)
    greeter.page.get_by_text("1 called and not there").tap()
    greeter.tap(f"Back in line {missed.number}")
    expect(greeter.page.get_by_text("called and not there")).to_be_hidden()
    assert house.door.stored(untold).acknowledged_at and house.door.stored(missed).state == "waiting"


def test_whoever_is_called_discreetly_is_to_be_fetched(house, tablet):
    visit = house.door.issue(service="tax", by="test", needs=["discreet"]).visit
    house.door.next("2")
    greeter = tablet((1024, 768))
    says(greeter.row(visit.number), re.compile("Desk 2.*Fetch them: not called aloud", re.DOTALL))


@pytest.mark.parametrize("size", SIZES)
def test_every_part_is_accessible_and_every_target_is_large_enough_for_a_thumb(house, tablet, size):
    house.tickets("tax", "housing")
    house.book()
    greeter = tablet(size)
    for part in ("Comes in", "Booked", "Line"):
        if part != "Line" or size[0] < 960:
            greeter.part(part)
        check(greeter.page)
    greeter.part("Comes in")
    greeter.greet("Council Tax")
    check(greeter.page)


def check(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    small = page.evaluate("""() =>
        [...document.querySelectorAll("main :is(button, a.button, select, input, summary, .chip)")]
        .filter((one) => one.checkVisibility() && !one.closest(".chip > *") && !one.matches("[type=checkbox]"))
        .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 120))""")
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_across_the_line_scrolls_and_the_page_itself_never(house, tablet):
    house.tickets(*["tax"] * 15)
    greeter = tablet((1024, 768))
    greeter.greet("Council Tax")
    expect(greeter.line.get_by_role("listitem")).to_have_count(16)
    assert greeter.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert greeter.line.evaluate("(line) => line.scrollHeight > line.clientHeight")


def test_the_page_reflows_at_320_pixels(house, tablet):
    greeter = tablet((320, 640))
    assert greeter.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lost_server_is_said_and_a_greeting_then_is_not_done_later(house, tablet):
    greeter = tablet()
    greeter.page.context.set_offline(True)
    expect(greeter.page.locator("html")).to_have_attribute("data-server", "lost")
    greeter.tap("Council Tax")
    says(greeter.refusal.first, "cannot reach the server")
    greeter.page.context.set_offline(False)
    expect(greeter.page.locator("html")).to_have_attribute("data-server", "here")
    assert house.door.look()[1].visits == {}
