"""Somebody's own keys at a desk, in a real browser: shown, changed, switched off, and the same on another machine."""

import pytest
from playwright.sync_api import expect

from tests.desk.screen import Working, says


def keys_of(screen: Working):
    """The dialog of keys, opened."""
    dialog = screen.page.get_by_role("dialog", name="Your keys")
    screen.button("Keys").click()
    expect(dialog).to_be_visible()
    return dialog


def change(screen: Working, dialog, name: str, key: str) -> None:
    dialog.get_by_role("button", name=name, exact=False).first.click()
    says(dialog, f"Press the new key for “{name}”")
    screen.press(key)


def another_browser(house, screen: Working, new_context) -> Working:
    """The same person on another machine."""
    context = new_context(viewport={"width": 1024, "height": 768})
    secret = house.keys.add(name="other", role="receptionist", kind="browser", by="test", person=screen.person.person)
    context.add_cookies([{"name": "reception-desk", "value": secret, "url": house.url}])
    page = context.new_page()
    page.goto(f"{house.url}/desk/{screen.desk}")
    expect(page.locator("[data-situation=joining]")).to_have_count(0)
    return Working(page, screen.person, screen.desk)


@pytest.mark.wcag("2.1.4")
def test_a_key_of_ones_own_works_after_a_reload_and_on_another_browser(house, sit, new_context):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    change(screen, dialog := keys_of(screen), "Next", "j")
    says(dialog, "“Next” has the key J now.")
    screen.press("Escape")
    screen.page.reload()
    says(screen.main, f"Calls {first.number}")
    expect(screen.main).to_have_attribute("aria-keyshortcuts", "J")
    screen.press("n")
    screen.press("j")
    screen.expect_visitor(first)
    other = another_browser(house, screen, new_context)
    other.expect_visitor(first)
    other.press("f", "1")
    other.expect_nobody()
    other.press("j")
    other.expect_visitor(second)


def test_a_key_that_another_step_has_is_refused_with_a_sentence(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    change(screen, dialog := keys_of(screen), "Pause", "n")
    says(dialog, "N is the key for “Next” already, so nothing was changed.")
    change(screen, dialog, "Pause", "y")
    says(dialog, "Y is the key for “I am coming” already")
    screen.press("Escape", "n")
    screen.expect_visitor(visit)


def test_steps_of_different_dialogs_may_have_one_key(house, sit):
    screen = sit()
    change(screen, dialog := keys_of(screen), "Help now", "n")
    says(dialog, "“Help now” has the key N now.")
    screen.press("Escape", "w", "1", "n")
    says(screen.mine, "With you")


def test_escape_and_keys_that_need_another_leave_a_key_as_it_is(sit):
    screen = sit()
    change(screen, dialog := keys_of(screen), "Next", "F2")
    says(dialog, "This key cannot be used")
    change(screen, dialog, "Next", "Shift+J")
    says(dialog, "This key cannot be used")
    change(screen, dialog, "Next", "Escape")
    expect(dialog.get_by_role("button", name="Next N")).to_be_visible()


def test_one_press_brings_the_usual_keys_back(sit):
    screen = sit()
    change(screen, dialog := keys_of(screen), "Next", "j")
    expect(dialog.get_by_role("button", name="Next J")).to_be_visible()
    dialog.get_by_role("button", name="Back to the usual keys").click()
    expect(dialog.get_by_role("button", name="Next N")).to_be_visible()


@pytest.mark.wcag("2.1.4")
def test_letter_keys_can_be_turned_off_and_stay_off_wherever_one_sits(house, sit, new_context):
    (visit,) = house.tickets("tax")
    screen = sit()
    keys_of(screen).get_by_label("Letter keys").uncheck()
    other = another_browser(house, screen, new_context)
    for one in (screen, other):
        one.page.reload()
        says(one.main, f"Calls {visit.number}")
        expect(one.main.locator("kbd").first).to_be_hidden()
        expect(one.page.locator("[aria-keyshortcuts]")).to_have_count(0)
        one.press("n", "w")
        expect(one.page.get_by_role("dialog")).to_have_count(0)
    screen.main.click()
    screen.expect_visitor(visit)
    assert [one.step for one in house.door.store.steps_of(visit.id) if one.by != "system"] == ["called", "issued"]


def test_letter_keys_can_be_turned_off_on_the_list_of_desks(house, sit):
    screen = sit()
    screen.page.goto(f"{house.url}/desk")
    says(screen.button("Desk 2"), "Nobody sits here")
    screen.page.get_by_label("Letter keys").uncheck()
    expect(screen.page.locator("html[data-shortcuts=off]")).to_have_count(1)
    screen.press("2")
    expect(screen.page).to_have_title("Choose your desk – Customer services")


def test_every_step_of_the_screen_and_its_dialogs_is_in_the_list_of_keys(sit):
    screen = sit()
    listed = keys_of(screen).locator("[data-change]").evaluate_all("(all) => all.map((one) => one.dataset.change)")
    there = screen.page.locator("[data-step], [data-press]:not([data-visit])").evaluate_all(
        "(all) => all.filter((one) => one.dataset.shortcut).map((one) => one.dataset.step ?? one.dataset.press)"
    )
    assert set(there) <= set(listed)
    assert {"start", "open", "take_over", "walk_in", "help", "answer_help", "call_number", "give_number"} <= set(listed)
