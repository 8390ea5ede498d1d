"""The receptionist's working screen, in a real browser on a real server."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from reception.passwords import hasher
from tests.builders import eventually
from tests.desk.screen import Working, says, says_not

PASSWORD = "three quiet words"
PICTURE = '42/desk,["desk"'  # how a picture begins on the wire
ANSWER = "43/desk,"  # and an answer
LOST = 12_000  # ms: within this time a screen says that it has lost its server


def until(page, true) -> None:
    """Waits for something that the test is told of only while the browser is asked."""
    eventually(lambda: page.evaluate("null") or true())


def held_down(page, key: str) -> None:
    """What a browser tells a page while a key stays pressed."""
    for repeat in ("false", "true", "true"):
        page.evaluate(
            f"""document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
                {{ key: "{key}", repeat: {repeat}, bubbles: true, cancelable: true }}))"""
        )


@pytest.mark.wcag("2.1.1")
def test_a_morning_by_keyboard_alone(house, page):
    robin = house.person("Robin")
    house.keys.set_password(robin.person, hasher().hash(PASSWORD))
    first, second, third = house.tickets("tax", "housing", "tax")
    screen = Working(page, robin, "1")

    page.goto(f"{house.url}/desk")
    page.get_by_label("Your name").press_sequentially(house.keys.people()[-1].sign_in)
    screen.press("Tab")
    page.keyboard.type(PASSWORD)
    screen.press("Enter")

    says(page.get_by_role("button", name="Desk 1"), "Nobody sits here")
    screen.press("1")
    expect(page).to_have_title(re.compile("Desk 1"))
    screen.expect_nobody()

    says(screen.main, re.compile(rf"Next\s*N\s*Calls {first.number}"))
    screen.press("n")
    screen.expect_visitor(first, "Council Tax")
    says(screen.main, "Start")
    screen.press("s")
    says(screen.main, f"Finishes {first.number} and calls {second.number}")
    screen.press("n")
    screen.expect_visitor(second, "Housing")
    screen.press("h")
    screen.expect_nobody()
    screen.press("n")
    screen.expect_visitor(third)
    screen.press("s")
    says(screen.main, f"{third.number} has been helped")
    screen.press("f", "1")
    says(screen.mine, "nobody is waiting for it")

    screen.press("p", "2")
    says(screen.mine, "Paused")
    screen.press("o")
    says_not(screen.mine, "Paused")
    screen.press("l")
    expect(page).to_have_title(re.compile("Choose your desk"))
    assert [house.door.stored(visit).state for visit in (first, second, third)] == ["completed", "no_show", "completed"]


def test_every_step_shows_its_key_and_no_key_has_two_steps(house, sit):
    house.tickets("tax", "tax")
    screen = sit()
    screen.press("n")
    says(screen.main, "Start")
    buttons = screen.page.locator("[data-shortcut]").filter(visible=True)
    shown = buttons.evaluate_all("""(all) => all.map((one) => [one.dataset.shortcut,
        [...(one.labels?.[0] ?? one).querySelectorAll("kbd")].filter((key) => key.checkVisibility())
            .map((key) => key.textContent.toLowerCase()).join("")])""")
    assert all(key == text for key, text in shown)
    keys = [key for key, _ in shown]
    assert len(keys) == len(set(keys)) and set("plsahfnbxwucdme") <= set(keys)


def test_next_pressed_twice_in_one_go_calls_one_visitor_and_says_so(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    screen.page.clock.install()
    screen.page.clock.pause_at(datetime.now() + timedelta(hours=1))
    screen.press("n")
    screen.expect_visitor(first)
    screen.press("n")
    screen.page.clock.run_for(100)
    says(screen.refusal, "Only your first press counted.")
    screen.expect_visitor(first)
    screen.page.clock.run_for(1_000)
    screen.press("n")
    screen.expect_visitor(second)


def test_presses_while_one_is_being_answered_do_not_count(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    screen.main.evaluate("(one) => [1, 2, 3].forEach(() => one.click())")
    screen.expect_visitor(first)
    assert house.door.stored(second).state == "waiting"


@pytest.mark.en301549("5.7")
def test_a_key_held_down_presses_once(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    screen.main.focus()
    held_down(screen.page, "n")
    screen.expect_visitor(first)
    held_down(screen.page, "Enter")
    screen.expect_visitor(first)
    assert house.door.stored(second).state == "waiting"


def test_letters_typed_into_a_field_or_with_ctrl_press_nothing(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("c")
    expect(screen.page.get_by_label("Call a number")).to_be_focused()
    screen.page.keyboard.type("nn")
    expect(screen.page.get_by_label("Call a number")).to_have_value("nn")
    screen.press("Escape", "Control+n", "Alt+n", "Shift+N")
    screen.expect_nobody()
    assert house.door.stored(visit).state == "waiting"


def test_anybody_in_the_line_and_any_number_can_be_called(house, sit):
    first, second, third = house.tickets("tax", "tax", "tax")
    screen = sit()
    screen.line.get_by_role("button", name=f"Call {second.number}").click()
    says(screen.dialog, f"{second.number} is not next. Why now?")
    screen.press("1")
    screen.expect_visitor(second)
    screen.press("f", "1")
    screen.expect_nobody()
    screen.press("c")
    screen.page.keyboard.type(third.number.lower())
    screen.press("Enter")
    says(screen.dialog, f"{third.number} is not next. Why now?")
    screen.dialog.get_by_role("button", name="A manager asked").click()
    screen.expect_visitor(third)
    screen.press("s")
    says(screen.mine, "With you")
    expect(screen.page.get_by_label("Call a number")).to_have_value("")
    assert house.door.stored(first).state == "waiting"


@pytest.mark.wcag("3.3.1")
def test_a_number_that_nobody_has_is_refused_with_a_sentence_and_stays_to_be_mended(house, sit):
    screen = sit()
    screen.press("c")
    screen.page.keyboard.type("Z999")
    screen.press("Enter")
    expect(screen.refusal).to_have_text("Nobody has the number Z999 today. Check it on their ticket.")
    expect(screen.page.get_by_label("Call a number")).to_have_value("Z999")


def test_an_old_screen_is_refused_with_a_sentence_and_passes_nobody_over(house, sit):
    old = []

    def stays_old(page):
        def carry(socket):
            server = socket.connect_to_server()
            server.on_message(lambda text: None if old and text.startswith(PICTURE) else socket.send(text))

        page.route_web_socket(re.compile("socket.io"), carry)

    first, second = house.tickets("tax", "tax")
    screen = sit(before=stays_old)
    says(screen.main, f"Calls {first.number}")
    old.append(True)
    house.door.call_next(desk="1", by=screen.person.by)
    screen.main.click()
    says(screen.refusal, f"Nothing was done: this screen was out of date. Desk 1 now has {first.number}.")
    assert house.door.stored(second).state == "waiting"
    old.clear()
    house.door.step("recall", visit=first.id, by=screen.person.by, desk="1")
    screen.expect_visitor(first)


def test_a_press_shows_what_it_did_once_the_next_one_counts(house, sit):
    answers, pictures = [], []

    def answered_late(page):
        def carry(socket):
            def hear(text: str) -> None:
                if text.startswith(ANSWER):
                    answers.append(lambda: socket.send(text))
                    return
                pictures.append(text.startswith(PICTURE))
                socket.send(text)

            socket.connect_to_server().on_message(hear)

        page.route_web_socket(re.compile("socket.io"), carry)

    (first,) = house.tickets("tax")
    screen = sit(before=answered_late)
    says(screen.main, f"Calls {first.number}")
    before = sum(pictures)
    screen.press("n")
    until(screen.page, lambda: answers and sum(pictures) > before)
    says(screen.main, f"Calls {first.number}")
    answers.pop()()
    says(screen.main, "Start")
    screen.press("s")
    until(screen.page, lambda: answers)
    answers.pop()()
    says(screen.mine, "With you")


def test_somebody_without_a_ticket_is_given_a_number_or_helped_now(house, sit):
    house.tickets("housing")
    screen = sit()
    screen.press("w", "3", "g")
    says(screen.mine, re.compile(r"Their number is B\d{3}\.\s*1 person is ahead of them\."))
    screen.press("w", "1", "h")
    says(screen.mine, re.compile(r"A\d{3}.*Council Tax.*With you", re.DOTALL))


def test_a_walk_in_without_a_service_asks_for_one(house, sit):
    screen = sit()
    screen.press("w", "h")
    expect(screen.page.get_by_role("dialog")).to_be_visible()
    screen.press("Escape")
    expect(screen.page.get_by_role("dialog")).to_be_hidden()
    screen.expect_nobody()


def test_a_slip_is_printed_again_for_my_visitor_and_for_anybody_in_the_line(house, sit):
    mine, other = house.tickets("tax", "tax")
    screen = sit()
    screen.press("n")
    screen.expect_visitor(mine)
    screen.press("e", "r")
    says(screen.dialog, f"Print the slip of {mine.number} again: where?")
    screen.press("1")
    says(screen.mine, f"The slip of {mine.number} is printing: Virtual printer.")
    screen.line.get_by_role("listitem").filter(has_text=other.number).get_by_role("button", name="More").click()
    screen.dialog.get_by_role("button", name="Print the slip again").click()
    says(screen.dialog, f"Print the slip of {other.number} again: where?")
    screen.press("1")
    says(screen.mine, f"The slip of {other.number} is printing: Virtual printer.")
    made = house.door.rows("SELECT visit, kind FROM print_jobs WHERE visit IN (?, ?)", mine.id, other.id)
    assert sorted(made) == sorted([(mine.id, "reprint"), (other.id, "reprint")])


@pytest.mark.wcag("3.3.4")
def test_undo_says_what_it_takes_back_and_takes_it_back(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("n")
    says(screen.button("Undo"), f"calling {visit.number}")
    screen.press("u")
    screen.expect_nobody()
    says(screen.main, f"Calls {visit.number}")


def test_after_enough_calls_not_here_is_the_next_thing_and_one_press_brings_them_back(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("n")
    says(screen.main, "Start")
    for calls in (2, 3):
        screen.press("a")
        says(screen.mine, f"Called {calls} times.")
    says(screen.mine, "If they are not here, say so.")
    assert house.door.stored(visit).recalls == 2
    accent = screen.main.evaluate("(one) => getComputedStyle(one).backgroundColor")
    screen.press("h")
    missed = screen.page.get_by_role("region", name="Not here when called")
    says(missed, visit.number)
    expect(screen.main).not_to_have_css("background-color", accent)
    missed.get_by_role("button", name="Back in line").click()
    says(screen.main, f"Calls {visit.number}")
    expect(missed).to_be_hidden()


def test_whom_no_open_desk_helps_is_shown_with_the_remedy(house, sit):
    screen = sit(desk="3")
    (tax,) = house.tickets("tax")
    notice = screen.page.get_by_role("region", name="No open desk helps with")
    says(notice, re.compile(r"Council Tax:\s*1 waits, the longest 0:\d\d\.\s*Open Desk 1 or Desk 2\."))
    says(screen.line.get_by_role("listitem").filter(has_text=tax.number), "No open desk")
    house.door.set_desk(desk="2", state="open", by="person:2")
    expect(notice).to_be_hidden()


@pytest.mark.wcag("1.4.1")
def test_a_wait_that_nears_its_target_says_so_in_words(house, sit):
    screen = sit()
    (visit,) = house.tickets("tax")
    row = screen.line.get_by_role("listitem").filter(has_text=visit.number)
    says(row, "On time")
    eventually(lambda: house.door.stored(visit).said_at)  # news of it sets the screen's clock right
    screen.page.clock.install()
    near = row.get_by_text("Target near")
    for _news in range(3):
        screen.page.clock.fast_forward(200_000)
        with suppress(PlaywrightTimeout):
            near.wait_for(timeout=5_000)
            break
    expect(near).to_be_visible()
    screen.page.clock.fast_forward(120_000)
    expect(row.get_by_text("Past target")).to_be_visible()


def test_the_line_stays_still_under_the_pointer(house, sit):
    first, second, third = house.tickets("tax", "tax", "tax")
    screen = sit()
    button = screen.line.get_by_role("button", name=f"Call {second.number}")
    button.hover()
    before = button.bounding_box()
    house.door.next("2")
    says(screen.line.get_by_role("listitem").filter(has_text=first.number), "No longer waiting")
    assert button.bounding_box() == before
    screen.page.mouse.move(5, 5)
    expect(screen.line.get_by_role("listitem")).to_have_count(2)


def test_a_desk_that_was_taken_over_says_so_and_presses_nothing(house, sit):
    house.tickets("tax")
    robin, sam = sit("Robin"), sit("Sam", opened=False)
    says(sam.mine, "Robin is at this desk now")
    sam.press("t")
    dialog = sam.page.get_by_role("dialog")
    says(dialog, "Take over Desk 1?")
    sam.press("t")
    sam.expect_nobody()
    says(robin.mine, "Sam is at this desk now")
    robin.press("n", "w")
    expect(robin.page.get_by_role("dialog")).to_be_hidden()


def test_signing_out_leaves_the_desk_unless_somebody_is_there(house, sit):
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("n")
    screen.expect_visitor(visit)
    screen.button("Sign out").click()
    says(screen.refusal, f"{visit.number} is still at Desk 1.")
    screen.press("f", "1")
    says(screen.mine, "nobody is waiting")
    screen.button("Sign out").click()
    expect(screen.page).to_have_title(re.compile("Sign in"))
    assert house.door.look()[1].desks["1"].state == "closed"


def test_a_signed_out_screen_goes_to_the_sign_in_page(house, sit):
    screen = sit()
    screen.person.sign_out()
    expect(screen.page).to_have_title(re.compile("Sign in"), timeout=LOST)


def test_a_lost_server_is_said_and_what_is_true_is_shown_when_it_is_back(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    screen.press("n")
    screen.expect_visitor(first)
    house.stop(kill=True)
    banner = screen.page.get_by_role("alert").filter(has_text="cannot reach the server. What it shows may be old")
    expect(banner).to_be_visible(timeout=LOST)
    expect(banner).to_contain_text(re.compile(r"It shows what was known at \d\d:\d\d\."))
    screen.press("s")
    expect(screen.refusal.filter(has_text="Nothing was done")).to_be_visible()
    house.door.finish(visit=first.id, by="test")
    house.start()
    expect(banner).to_be_hidden(timeout=LOST)
    screen.expect_nobody()
    expect(screen.refusal).to_have_count(0)
    screen.press("n")
    screen.expect_visitor(second)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_screen_is_within_reach_of_everybody(house, sit, scheme):
    house.tickets("tax", "tax", "housing")
    screen = sit(color_scheme=scheme)
    found = {}
    for name, keys in (("free", ""), ("called", "n"), ("serving", "s"), ("walk-in", "w")):
        screen.press(*keys)
        if name != "walk-in":
            expect(screen.page.locator(f"[data-situation={name}]")).to_be_visible()
        found[name] = [fault["id"] for fault in Axe().run(screen.page).response["violations"]]
    assert found == dict.fromkeys(found, [])


@pytest.mark.parametrize("width", [320, 1024, 1280])
def test_nothing_is_cut_off_at_any_width(house, sit, width):
    house.tickets(*["housing"] * 30)
    screen = sit("Robin with a rather long name for a header")
    screen.page.set_viewport_size({"width": width, "height": 768})
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        screen.page.evaluate("""[...document.querySelectorAll(".button")].filter((one) => one.checkVisibility()
        && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.trim())""")
        == []
    )
