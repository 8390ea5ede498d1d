"""People at work, as their screens show them, in real browsers on a real server."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.desk.screen import Working, says, says_not


def calls(screen: Working):
    """Who calls for help, as this screen shows it."""
    return screen.page.get_by_role("complementary", name="Calls for help")


def desks(screen: Working):
    return screen.page.get_by_role("region", name="Desks")


def test_help_is_called_by_a_key_and_enter_answered_in_one_press_and_ended(sit):
    robin, kim = sit("Robin"), sit("Kim", desk="2")
    robin.press("q")
    says(robin.page.get_by_role("dialog"), "Call colleagues without a sound?")
    robin.press("Enter")
    says(robin.page.get_by_role("region", name="Your work"), "Called, no answer yet")
    says(calls(kim), re.compile(r"Desk 1 calls for help\s*Robin, since \d\d:\d\d"))
    expect(calls(robin).get_by_role("listitem")).to_have_count(0)
    kim.press("y")
    says(robin.page.get_by_role("region", name="Your work"), "Kim is coming")
    says(calls(kim), "You are coming.")
    robin.press("q", "Enter")
    expect(calls(kim).get_by_role("listitem")).to_have_count(0)
    expect(calls(kim).locator("[aria-live]")).to_have_text("")
    says_not(robin.page.get_by_role("region", name="Your work"), "is coming")


def test_one_key_alone_calls_nobody(house, sit):
    robin = sit("Robin")
    robin.press("q")
    expect(robin.page.get_by_role("dialog")).to_be_visible()
    robin.press("Escape")
    expect(robin.page.get_by_role("dialog")).to_be_hidden()
    assert house.door.look()[1].desks["1"].help_at is None


def test_a_call_for_help_reaches_into_an_open_dialog_and_stays_there_when_it_closes(house, sit):
    kim = sit("Kim", desk="2")
    kim.press("w")
    dialog = kim.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    robin = house.person("Robin")
    house.door.set_desk(desk="1", state="open", by=robin.by)
    house.door.help(desk="1", by=robin.by, step="ask")
    says(dialog, "Desk 1 calls for help")
    expect(dialog.get_by_role("button", name="I am coming")).to_be_visible()
    kim.press("Escape")
    expect(dialog).to_be_hidden()
    says(calls(kim), "Desk 1 calls for help")
    kim.press("w", "y")
    says(kim.page.get_by_role("dialog"), "You are coming.")


@pytest.mark.wcag("4.1.3")
def test_a_call_for_help_is_said_to_a_screen_reader_at_once_and_once(house, sit):
    kim = sit("Kim", desk="2")
    heard = calls(kim).locator("[aria-live=assertive]")
    robin = house.person("Robin")
    house.door.set_desk(desk="1", state="open", by=robin.by)
    house.door.help(desk="1", by=robin.by, step="ask")
    says(heard, "Desk 1 calls for help")
    kim.press("w")
    expect(heard).to_have_text("")
    kim.press("Escape")
    expect(heard).to_have_text("")


def test_whoever_chooses_a_desk_sees_a_call_for_help_too(house, sit):
    kim = sit("Kim", desk="2", opened=False)
    kim.page.goto(f"{house.url}/desk")
    robin = house.person("Robin")
    house.door.set_desk(desk="1", state="open", by=robin.by)
    house.door.help(desk="1", by=robin.by, step="ask")
    calls(kim).get_by_role("button", name="I am coming").click()
    says(calls(kim), "You are coming.")


def test_a_pause_is_two_keys_and_every_screen_says_why_and_how_long(sit):
    robin, kim = sit("Robin"), sit("Kim", desk="2")
    robin.press("p", "2")
    says(robin.mine, re.compile(r"Lunch for 0:\d\d"))
    says(desks(kim).get_by_role("listitem").filter(has_text="Robin"), re.compile(r"Lunch\s*0:\d\d"))
    robin.press("o")
    says_not(robin.mine, "Lunch")
    says(desks(kim).get_by_role("listitem").filter(has_text="Robin"), "free")


def test_a_desk_is_handed_over_and_the_screen_says_what_went_along(house, sit):
    here, kept, _other = house.tickets("tax", "tax", "tax")
    robin = sit("Robin")
    kim = house.person("Kim at two")
    robin.press("n")
    robin.expect_visitor(here)
    house.door.hold(visit=kept.id, by=robin.person.by, desk="1", mine=True)
    robin.press("v")
    dialog = robin.page.get_by_role("dialog", name="Hand Desk 1 over to whom?")
    dialog.get_by_label("Kim at two").check()
    robin.press("Enter")
    done = robin.page.get_by_role("dialog", name="Kim at two has Desk 1 now")
    says(done, f"{here.number} stays at the desk.")
    says(done, "Visitors now kept for Kim at two: 1.")
    done.get_by_role("link", name="Choose another desk").click()
    says(robin.button("Desk 1"), "Kim at two")
    assert house.door.look()[1].desks["1"].person == kim.by
    assert house.door.stored(here).state == "called"


def test_finishing_calls_the_next_for_whoever_wants_that(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    screen.page.get_by_label("Finishing calls the next").check()
    screen.page.reload()
    expect(screen.page.get_by_label("Finishing calls the next")).to_be_checked()
    screen.press("n")
    screen.expect_visitor(first)
    screen.press("f", "1")
    screen.expect_visitor(second)
    assert house.door.stored(first).outcome == "resolved"


def test_a_managers_message_is_shown_and_said_until_it_ends(house, sit):
    screen = sit()
    sam = house.person("Sam", "manager").by
    house.door.rule(kind="message", subject="all", value="yes", text="Fire drill at three.", by=sam)
    part = screen.page.get_by_role("region", name="From a manager")
    says(part, re.compile(r"Fire drill at three\.\s*Sam, \d\d:\d\d"))
    says(screen.page.get_by_role("status").filter(has_text="Fire drill"), "Fire drill at three.")
    house.door.rule(kind="message", subject="all", value=None, by=sam)
    expect(part).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_people_at_work_see_is_within_reach_of_everybody(house, sit, scheme):
    robin, kim = sit("Robin", color_scheme=scheme), sit("Kim", desk="2", color_scheme=scheme)
    sam = house.person("Sam", "manager").by
    house.door.rule(kind="message", subject="all", value="yes", text="Fire drill at three.", by=sam)
    robin.press("q", "Enter")
    says(calls(kim), "Desk 1 calls for help")
    found = {}
    for name, screen, keys in [
        ("called", kim, ""), ("coming", kim, "y"), ("pause", kim, "p"), ("own", robin, ""), ("help", robin, "q"),
    ]:  # fmt: skip
        screen.press(*keys)
        found[name] = faults(screen)
    for name, key in (("keys", "k"), ("hand over", "v")):
        robin.press("Escape", key)
        expect(robin.page.get_by_role("dialog")).to_be_visible()
        found[name] = faults(robin)
    house.door.rule(kind="message", subject="all", value=None, by=sam)
    assert found == dict.fromkeys(found, [])


def faults(screen: Working) -> list:
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(screen.page).response["violations"]]


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
def test_a_call_for_help_and_a_message_move_nothing_that_can_be_pressed(house, sit, size):
    house.tickets("tax", "tax", "tax")
    kim = sit("Kim", desk="2")
    kim.page.set_viewport_size({"width": size[0], "height": size[1]})
    pressable = [
        kim.main,
        kim.line.get_by_role("button", name="Call").nth(1),
        kim.button("Undo"),
        kim.button("Hand over"),
    ]
    before = [one.bounding_box() for one in pressable]
    sam, robin = house.person("Sam", "manager").by, house.person("Robin").by
    house.door.set_desk(desk="1", state="open", by=robin)
    house.door.rule(kind="message", subject="all", value="yes", text="Fire drill at three. " * 8, by=sam)
    house.door.help(desk="1", by=robin, step="ask")
    says(calls(kim), "Desk 1 calls for help")
    says(kim.page.get_by_role("region", name="From a manager"), "Fire drill")
    assert [one.bounding_box() for one in pressable] == before
    house.door.rule(kind="message", subject="all", value=None, by=sam)


def test_whoever_is_signed_out_elsewhere_keeps_what_they_were_typing(house, sit):
    house.tickets("tax")
    robin = sit("Robin")
    robin.press("n")
    says(robin.main, "Start")
    robin.press("e")
    note = robin.page.get_by_role("dialog").get_by_label("Note for staff")
    note.fill("Bring the tenancy agreement")
    robin.person.sign_out()
    told = robin.page.get_by_role("dialog", name="You were signed out")
    expect(told).to_be_visible()
    expect(note).to_be_hidden()
    again = house.keys.add(name="again", role="receptionist", kind="browser", by="test", person=robin.person.person)
    robin.page.context.add_cookies([{"name": "reception-desk", "value": again, "url": house.url}])
    expect(told).to_be_hidden()
    expect(note).to_have_value("Bring the tenancy agreement")
