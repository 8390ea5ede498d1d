"""What a receptionist does with visitors all day, by keyboard, on the working screen in a real browser."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reception.appointments.booked import Booked
from tests.builders import eventually
from tests.desk.screen import says


def greeted(house, service: str = "tax", **told):
    """A ticket whose taker told what they need."""
    return house.door.issue(service=service, by="greeter", **told).visit


@pytest.fixture
def helping(house, sit):
    """Robin's screen with somebody being helped at desk 1."""
    (visit,) = house.tickets("tax")
    screen = sit()
    screen.press("n")
    says(screen.main, "Start")
    screen.press("s")
    says(screen.mine, "With you")
    return screen, visit


def test_an_outcome_takes_two_presses(house, helping):
    screen, visit = helping
    screen.press("f", "3")
    screen.expect_nobody()
    assert (house.door.stored(visit).state, house.door.stored(visit).outcome) == ("completed", "appointment_made")


def test_next_still_finishes_in_one_press_without_asking(house, helping):
    screen, visit = helping
    (other,) = house.tickets("tax")
    says(screen.main, f"Finishes {visit.number} and calls {other.number}")
    screen.press("n")
    screen.expect_visitor(other)
    assert (house.door.stored(visit).state, house.door.stored(visit).outcome) == ("completed", None)


def test_passed_on_with_what_happens_next_and_by_when_by_keyboard_alone(house, helping):
    screen, visit = helping
    screen.press("f", "w")
    says(screen.dialog, re.compile(r"By \w+day \d+ \w+"))
    expect(screen.dialog.get_by_role("button", name="We will send a bill.")).to_be_focused()
    screen.press("Enter")
    expect(screen.page.get_by_label("What happens next, in a sentence")).to_have_value("We will send a bill.")
    screen.press("Enter")
    screen.expect_nobody()
    (promise,) = house.door.promises_of(visit.id)
    told = rf"Reference {promise.reference}: We will send a bill by \w+day \d+ \w+( \d+)?\."
    says(screen.mine, re.compile(rf"{told}\s+Council Tax team, 01632 960 101"))
    stored = house.door.stored(visit)
    assert (stored.outcome, promise.team, stored.page_until) == ("passed_on", "tax", promise.due_at)


def test_the_day_of_a_promise_follows_its_team_and_its_days(house, helping):
    screen, visit = helping
    screen.press("f", "w")
    screen.dialog.get_by_label("Who does it").select_option("Repairs team")
    says(screen.dialog, f"By {said(house, team='repairs')}")
    screen.dialog.get_by_label("Within working days").fill("9")
    says(screen.dialog, f"By {said(house, days=9)}")
    screen.dialog.get_by_label("What happens next, in a sentence").fill("We will mend the door.")
    screen.dialog.get_by_role("button", name="Passed on").click()
    screen.expect_nobody()
    (promise,) = house.door.promises_of(visit.id)
    assert (promise.team, promise.due_on) == ("repairs", house.door.by_when(days=9))


def said(house, **asked) -> str:
    """The day as the server says it."""
    return house.person("Ask").socket().ask("by_when", {"desk": "1", **asked})["words"]


def test_a_promise_without_words_is_refused_in_the_panel_which_keeps_what_was_typed(house, helping):
    screen, visit = helping
    screen.press("f", "w")
    screen.dialog.get_by_label("Within working days").fill("7")
    screen.dialog.get_by_role("button", name="Passed on").click()
    says(screen.dialog.get_by_role("alert"), "Write what happens next, in a sentence.")
    screen.press("Escape")
    expect(screen.dialog).to_be_hidden()
    screen.press("f")
    expect(screen.dialog.get_by_label("Within working days")).to_have_value("7")
    assert house.door.stored(visit).state == "serving"


def test_services_party_and_signposts_go_with_the_outcome(house, helping):
    screen, visit = helping
    screen.press("f", "g")
    says(screen.dialog, re.compile(r"Citizens Advice.*0800 000 001.*Every day.*Last checked 2 March 2026", re.DOTALL))
    advice = screen.dialog.get_by_role("checkbox", name="Citizens Advice")
    expect(advice).to_be_focused()
    screen.press("Space", "Escape", "f")
    expect(advice).to_be_checked()
    screen.press("s")
    screen.dialog.get_by_role("checkbox", name="Parking").check()
    screen.dialog.get_by_label("How many people").fill("3")
    screen.press("Enter")
    screen.expect_nobody()
    stored = house.door.stored(visit)
    assert (stored.outcome, stored.delivered, stored.party) == ("signposted", "tax parking", 3)


def test_the_councils_reference_goes_with_the_outcome_and_is_shown_to_nobody_again(house, helping):
    screen, visit = helping
    screen.press("f", "r")
    screen.page.keyboard.type("ct 204-11")
    screen.press("Enter")
    screen.expect_nobody()
    assert house.door.stored(visit).outcome == "resolved"
    (digest,) = house.door.rows("SELECT text FROM particulars WHERE about = ? AND kind = 'matter'", visit.id)
    assert "20411" not in digest[0]
    screen.press("u")
    says(screen.mine, "With you")
    assert house.door.rows("SELECT text FROM particulars WHERE about = ? AND kind = 'matter'", visit.id) == []
    screen.press("e")
    screen.dialog.get_by_label("Council’s reference").fill("CT20411")
    screen.press("Enter")
    expect(screen.dialog).to_be_hidden()
    assert house.door.rows("SELECT text FROM particulars WHERE about = ? AND kind = 'matter'", visit.id) == [digest]
    screen.button("Notes E").click()
    expect(screen.dialog.get_by_label("Council’s reference")).to_have_value("")


def test_what_they_may_also_want_is_a_further_part_that_the_next_press_sends_them_on_to(house, helping):
    screen, visit = helping
    screen.press("f")
    says(screen.dialog, "Could they need Parking, too?")
    screen.dialog.get_by_role("button", name="Yes, afterwards").click()
    says(screen.dialog, "Afterwards they are sent on to Parking.")
    screen.press("1")
    says(screen.mine, "Nobody is at your desk.")
    says(screen.line.get_by_role("listitem").filter(has_text=visit.number), re.compile("Parking.*Sent on", re.DOTALL))


def test_finishing_calls_the_next_by_itself_for_whoever_prefers_that(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    house.door.prefer(who=screen.person.by, name="and_next", value=True)
    screen.press("n")
    says(screen.page.get_by_role("region", name="Desks"), f"calling {first.number}")
    screen.press("f")
    says(screen.dialog, "Then the next is called by itself.")
    screen.press("1")
    screen.expect_visitor(second)
    assert house.door.stored(first).outcome == "resolved"


def test_somebody_on_hold_stands_in_the_list_and_comes_back_by_themselves(house, helping):
    screen, visit = helping
    screen.press("d")
    says(screen.dialog, f"Hold {visit.number}")
    screen.dialog.get_by_label("Where they wait").select_option("Interview room 1")
    screen.dialog.get_by_role("button", name="Hold").click()
    held = screen.page.get_by_role("region", name="On hold")
    says(held, re.compile(rf"{visit.number}.*until \d\d:\d\d.*Interview room 1", re.DOTALL))
    house.time_is_up(visit)
    expect(held).to_be_hidden()
    says(screen.main, f"Calls {visit.number}")


def test_hold_takes_its_usual_time_with_enter_and_is_undone_with_one_press(house, helping):
    screen, visit = helping
    screen.press("d", "Enter")
    says(screen.button("Undo"), f"holding {visit.number}")
    stored = house.door.stored(visit)
    minutes = (stored.held_until - house.door.now()) / 60_000
    assert 9 < minutes <= 10
    screen.press("u")
    screen.expect_visitor(visit, "With you")
    assert house.door.stored(visit).seen_at == stored.seen_at


def test_whoever_is_held_for_me_is_called_back_with_one_press(house, helping):
    screen, visit = helping
    screen.press("d", "m", "Enter")
    held = screen.page.get_by_role("region", name="On hold")
    says(held, "for you")
    held.get_by_role("button", name="Call").click()
    screen.expect_visitor(visit)


def test_somebody_sent_to_a_desk_is_kept_for_it_and_what_was_said_is_seen_there(house, helping, sit):
    screen, visit = helping
    sam = sit("Sam", desk="2")
    screen.press("m", "3")
    screen.dialog.get_by_label("To whom?").select_option("Desk 2 – Sam")
    screen.dialog.get_by_label("What the next receptionist should know").fill("Is about the roof.")
    screen.press("Enter")
    screen.expect_nobody()
    says(screen.line.get_by_role("listitem").filter(has_text=visit.number), "Kept for Desk 2")
    says(sam.mine, re.compile(rf"{visit.number} is kept for you\..*Sent on: Is about the roof\.", re.DOTALL))
    sam.press("n")
    sam.expect_visitor(visit, "Sent on: Is about the roof.")
    assert house.door.stored(visit).service == "housing"


def test_nobody_is_sent_to_a_closed_service_and_what_was_typed_stays(house, helping):
    screen, visit = helping
    screen.press("m", "4")
    says(screen.dialog, "Planning (closed)")
    screen.dialog.get_by_label("What the next receptionist should know").fill("A shed.")
    screen.press("Enter")
    says(screen.dialog.get_by_role("alert"), "Planning is closed, so nobody can be sent there.")
    expect(screen.dialog.get_by_label("What the next receptionist should know")).to_have_value("A shed.")
    assert house.door.stored(visit).state == "serving"


def test_needs_and_why_are_seen_before_the_call(house, sit):
    visit = greeted(house, needs=["bsl", "quiet"], remark="With a helper")
    screen = sit()
    says(screen.mine, f"{visit.number} has waited longest")
    says(screen.mine, re.compile(r"British Sign Language\s+Start the BSL interpreter's video call"))
    says(screen.mine, "With a helper")
    row = screen.line.get_by_role("listitem").filter(has_text=visit.number)
    says(row, re.compile("British Sign Language.*Quiet room.*Remark", re.DOTALL))
    screen.press("n")
    screen.expect_visitor(visit, "British Sign Language")


def test_a_need_that_puts_somebody_first_is_said_in_a_sentence(house, sit):
    house.tickets("tax")
    visit = greeted(house, needs=["time"])
    screen = sit()
    says(screen.mine, f"{visit.number} is next: with this need, a wait counts as 10 minutes longer.")


def test_needs_and_notes_are_written_at_the_desk_and_seen_at_once(house, helping):
    screen, visit = helping
    screen.press("e", "5")
    screen.dialog.get_by_label("Interpreter’s language").fill("Polish")
    screen.dialog.get_by_label("Note for staff").fill("Wants it in writing.")
    screen.dialog.get_by_role("button", name="Save").click()
    says(screen.mine, re.compile("Interpreter.*Language: Polish.*Wants it in writing.", re.DOTALL))
    screen.press("e")
    expect(screen.dialog.get_by_role("checkbox", name="Interpreter")).to_be_checked()
    expect(screen.dialog.get_by_label("Note for staff")).to_have_value("Wants it in writing.")


def test_a_note_takes_away_nothing_that_a_colleague_has_written_meanwhile(house, helping):
    screen, visit = helping
    screen.press("e")
    screen.dialog.get_by_label("Note for staff").fill("Wants it in writing.")
    house.door.note(visit=visit.id, by="person:greeter", needs=["bsl"], remark="Two of us, please")
    screen.dialog.get_by_role("button", name="Save").click()
    says(screen.mine, re.compile("British Sign Language.*Two of us, please.*Wants it in writing.", re.DOTALL))


def test_a_desk_paused_with_somebody_at_it_is_opened_again_by_a_key(house, helping):
    screen, visit = helping
    screen.press("p", "1")
    expect(screen.button("Pause")).to_be_hidden()
    screen.press("o")
    expect(screen.button("Pause")).to_be_visible()
    screen.expect_visitor(visit)


def test_a_day_on_which_the_office_is_closed_is_said_before_it_is_promised(house, helping):
    screen, _visit = helping
    screen.press("f", "w")
    screen.dialog.get_by_label("Or on a date").fill(f"{date.today().year + 1}-12-25")
    says(screen.dialog, "when the office is closed")


def test_times_are_marked_as_wrong_and_more_services_planned_from_the_notes(house, helping):
    screen, visit = helping
    screen.press("e", "t")
    says(screen.mine, "The times are marked as wrong.")
    screen.press("e", "s")
    screen.dialog.get_by_role("checkbox", name="Housing").check()
    screen.press("Enter")
    says(screen.mine, "Afterwards: Housing")
    says(screen.main, f"Sends {visit.number} on to Housing")


def test_whoever_waits_can_be_noted_held_sent_on_or_cancelled_from_the_line(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit()
    row = screen.line.get_by_role("listitem").filter(has_text=second.number)
    row.get_by_role("button", name="More").click()
    says(screen.dialog, f"{second.number} Council Tax")
    screen.press("2", "1")
    screen.dialog.get_by_role("button", name="Save").click()
    says(row, "Call at their seat")
    row.get_by_role("button", name="More").click()
    says(screen.dialog, "Cancel the visit")
    screen.press("5")
    says(screen.dialog, f"Cancel {second.number}: why?")
    screen.press("2")
    expect(row).to_have_count(0)
    assert (house.door.stored(first).state, house.door.stored(second).state) == ("waiting", "cancelled")


def test_a_cancelled_visit_takes_its_reason_and_comes_back_whole_with_undo(house, helping):
    screen, visit = helping
    screen.press("x")
    says(screen.dialog, f"Cancel {visit.number}: why?")
    screen.press("Enter")
    says(screen.button("Undo"), f"cancelling {visit.number}")
    screen.press("u")
    screen.expect_visitor(visit, "With you")
    assert house.door.stored(visit).ended_at is None


def test_undo_takes_back_an_end_with_its_promise(house, helping):
    screen, visit = helping
    screen.press("f", "w")
    expect(screen.dialog.get_by_role("button", name="We will send a bill.")).to_be_focused()
    screen.press("Enter", "Enter")
    says(screen.button("Undo"), f"finishing {visit.number}")
    screen.press("u")
    screen.expect_visitor(visit, "With you")
    assert [promise.state for promise in house.door.promises_of(visit.id)] == ["withdrawn"]


def test_an_appointment_that_comes_to_the_desk_is_checked_in_with_one_press(house, sit):
    booked = Booked("X1", "tax", house.door.now() - 60_000, None, "Ms Green", "", (), False, 1)
    house.door.take_in([booked], by="test", source="test")
    screen = sit()
    due = screen.page.get_by_role("region", name="Appointments due")
    says(due, re.compile(r"\d\d:\d\d\s+Ms Green\s+Council Tax"))
    due.get_by_role("button", name="They are here").click()
    expect(due).to_be_hidden()
    says(screen.line, re.compile(r"Council Tax.*Booked\s+\d\d:\d\d", re.DOTALL))
    says(screen.mine, "Ms Green")


def test_a_line_of_a_hundred_draws_no_more_rows_than_settings_say(house, sit):
    for _ in range(100):
        house.door.ticket("tax")
    screen = sit()
    says(screen.line, "100 people are waiting")
    expect(screen.line.get_by_role("listitem")).to_have_count(20)
    says(screen.line, "and 80 more")
    screen.press("n")
    says(screen.line, "99 people are waiting")
    expect(screen.line.get_by_role("listitem")).to_have_count(20)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
def test_the_page_does_not_scroll_and_every_step_is_in_sight(house, sit, size):
    for _ in range(30):
        greeted(house, needs=["bsl", "interpreter"], language="Polish")
    screen = sit()
    screen.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    for key, situation in (("", "free"), ("n", "called"), ("s", "serving")):
        screen.press(*key)
        expect(screen.page.locator(f"[data-situation={situation}]")).to_be_visible()
        assert screen.page.evaluate("document.documentElement.scrollHeight") <= size[1]
        for button in screen.mine.locator("[data-press]").filter(visible=True).all():
            expect(button).to_be_in_viewport(ratio=1)


def test_the_next_thing_to_press_stays_where_it_is(house, sit):
    greeted(house, needs=["bsl", "loop", "interpreter"], language="Polish", remark="With a helper")
    screen = sit()
    places = [screen.main.bounding_box()]
    for key, words in (("n", "Start"), ("s", "Finish")):
        screen.press(key)
        says(screen.main, words)
        places.append(screen.main.bounding_box())
    assert places[1:] == places[:1] * 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_question_is_within_reach_of_everybody(house, sit, scheme):
    greeted(house, needs=["bsl"], remark="With a helper")
    house.tickets("tax")
    screen = sit(color_scheme=scheme, reduced_motion="reduce")  # colours do not pass through others
    screen.press("n")
    says(screen.main, "Start")
    found = {}
    for key, words in {
        "f": "What came of it",
        "d": "Hold",
        "m": "Send",
        "e": "Needs and notes",
        "x": "Cancel",
        "w": "without a ticket",
    }.items():
        screen.press(key)
        says(screen.dialog, words)
        if key == "f":
            screen.press("w")
        found[words] = [fault["id"] for fault in Axe().run(screen.page).response["violations"]]
        screen.press("Escape")
        expect(screen.dialog).to_be_hidden()
    assert found == dict.fromkeys(found, [])


def test_what_staff_are_told_of_somebody_never_reaches_the_board(house, sit):
    board = house.screen("display", key=house.key("display"))
    visit = greeted(house, needs=["bsl"], remark="With a helper", language="Polish")
    screen = sit()
    screen.press("n")
    screen.expect_visitor(visit, "With a helper")
    heard = eventually(lambda: visit.number in str(board.heard) and str(board.heard))
    assert not [secret for secret in ("Polish", "bsl", "helper") if secret in heard]


def test_a_fingers_second_tap_presses_nothing_wherever_the_first_one_fell(house, sit):
    first, second = house.tickets("tax", "tax")
    screen = sit(has_touch=True)
    tap_both = """(taps) => taps.forEach((one) =>
        one.dispatchEvent(new PointerEvent("click", { pointerType: "touch", bubbles: true, cancelable: true })))"""
    heading = screen.page.get_by_role("heading", name="Line").element_handle()
    screen.page.evaluate(tap_both, [heading, screen.main.element_handle()])
    screen.page.wait_for_function(
        "(then) => performance.now() > then + 600", arg=screen.page.evaluate("performance.now()")
    )
    assert house.door.stored(first).state == "waiting"
    screen.page.evaluate(tap_both, [screen.main.element_handle()] * 2)  # long enough after, the first of them counts
    screen.expect_visitor(first)
    assert house.door.stored(second).state == "waiting"
