"""A kiosk worked by keys alone: a keyboard, or a keypad of a few keys beside the screen."""

import pytest
from playwright.sync_api import expect

from reception.appointments.booked import Booked
from tests.kiosk.conftest import DESKS, OFFICE, SERVICES
from tests.outside import Server

STRIP = ["Help from a person", "Larger text", "Contrast", "Lower down"]
NAME = "(document.activeElement.textContent ?? '').trim().replace(/\\s+/g, ' ')"


@pytest.fixture
def keys(kiosk):
    """Presses keys, one after another."""
    kiosk.at_start()
    return lambda *names: [kiosk.page.keyboard.press(name) for name in names]


def go_to(kiosk, name: str) -> None:
    """Down and down again, until a control's name begins so."""
    seen = []
    while not (here := kiosk.page.evaluate(NAME)).startswith(name):
        assert len(seen) < 60, seen
        seen.append(here)
        kiosk.page.keyboard.press("ArrowDown")


@pytest.mark.wcag("1.3.2", "2.1.2", "2.4.3")
def test_down_goes_through_the_screen_and_the_strip_and_round_again(kiosk, keys):
    names = []
    for _ in range(40):
        keys("ArrowDown")
        names.append(kiosk.page.evaluate(NAME))
        if len(names) > 1 and names[-1] == names[0]:
            break
    assert names[0].startswith("Council Tax and benefits")
    assert [name for name in names[:-1] if name in STRIP] == STRIP
    assert names[-1] == names[0]
    keys("ArrowUp", "ArrowUp")
    assert kiosk.page.evaluate(NAME) == names[-3]


@pytest.mark.en301549("5.1.6", "5.9")
def test_a_ticket_needs_three_keys_and_no_other(kiosk, keys):
    go_to(kiosk, "Housing")
    keys("Enter")
    go_to(kiosk, "Nothing, thank you")
    keys("Enter")
    assert kiosk.number.startswith("B")


def test_an_appointment_is_checked_in_by_up_down_and_select_alone(kiosk, lobby, keys):
    booked = Booked("QX7", "births", lobby.door.now() + 20 * 60_000, 20, "Ann Other", "AB1 2CD", (), False, 1)
    lobby.door.take_in([booked], by="key:1", source="test")
    expect(kiosk.button("I have an appointment")).to_be_visible()
    for name in ("I have an appointment", "My reference", "Q", "X", "7", "Check in", "Nothing, thank you"):
        go_to(kiosk, name)
        keys("Enter")
    assert kiosk.number.startswith("E")


def test_figures_choose_and_stand_on_the_choices_once_a_key_was_used(kiosk, keys):
    shown = "getComputedStyle(document.querySelector('[data-service=housing]').closest('li'), '::before').content"
    assert kiosk.page.evaluate(shown) == "none"
    keys("2")
    expect(kiosk.button("Nothing, thank you")).to_be_visible()
    assert kiosk.page.evaluate(shown) != "none"


def test_back_and_help_have_keys_of_their_own(kiosk, keys):
    keys("1")
    expect(kiosk.heading).to_have_text("Council Tax and benefits")
    keys("F1")
    expect(kiosk.page.get_by_role("dialog", name="Help from a person")).to_be_visible()
    keys("Escape")
    expect(kiosk.page.get_by_role("dialog")).to_be_hidden()
    expect(kiosk.heading).to_have_text("Council Tax and benefits")
    keys("Escape")
    kiosk.at_start()


@pytest.mark.wcag("2.5.2")
def test_a_finger_that_slides_off_presses_nothing_and_one_that_lifts_does(kiosk):
    page, box = kiosk.page, kiosk.button("Housing").bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] - 200)
    page.mouse.up()
    kiosk.at_start()
    page.mouse.move(box["x"] + 50, box["y"] + 20)
    page.mouse.down()
    kiosk.at_start()
    page.mouse.up()
    expect(kiosk.button("Nothing, thank you")).to_be_visible()


@pytest.fixture(scope="module")
def office_with_a_keypad(tmp_path_factory):
    """Its keypad is a telephone's, and says its keys so."""
    keypad = {"up": "2", "down": "8", "select": "5", "back": "4"}
    server = Server(
        tmp_path_factory.mktemp("keypad"),
        office=OFFICE,
        services=SERVICES[2:],
        desks=DESKS,
        kiosk={"keypad": keypad, "asks_appointment": "always"},
    )
    yield server
    server.close()


def test_each_makers_keypad_is_named_in_settings_and_no_field_keeps_its_keys(office_with_a_keypad, kiosk_at):
    kiosk = kiosk_at(office_with_a_keypad)
    press, here = kiosk.page.keyboard.press, lambda: kiosk.page.evaluate(NAME)
    press("8")
    assert here().startswith("I have an appointment")
    press("5")
    kiosk.press("My reference")
    press("8")
    press("8")
    assert here() == "1"
    press("5")
    expect(kiosk.page.get_by_role("textbox")).to_have_value("1")
    press("4")
    expect(kiosk.heading).to_have_text("How shall we find your appointment?")
