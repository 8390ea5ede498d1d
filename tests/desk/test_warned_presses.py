"""One press for a warning: on the desk whose step it is, and what it never does."""

import pytest
from playwright.sync_api import expect

from reception.warning.advice import Advice
from reception.warning.due import Near
from tests.builders import at_once
from tests.desk.screen import says

HOUR = 3_600_000


def warn(house, visit, *advice) -> None:
    """As if it had been found just now; the target is an hour away, so that nobody hurries the test. A desk stands free
    meanwhile, so that the server itself has nothing to warn of first."""
    house.door.warn([(Near(visit, 0.9, HOUR, visit.arrived_at + HOUR), Advice(*advice))])


def silent(house, visit, desk: str = "1") -> None:
    warn(house, visit, "silent", desk, 1, "call", desk, 0.1)


@pytest.fixture
def free(house, sit):
    """Robin at desk 1, free; two wait, and desk 1 has not called."""
    working = sit()
    first, second = house.tickets("tax", "tax")
    silent(house, second)
    return working, first, second


def the_press(working, number: str):
    return working.button(f"Call {number}, next for you")


def test_a_free_desk_calls_whoever_is_next_with_one_press(house, free):
    working, first, second = free
    says(working.page.locator("main"), f"{second.number} will probably wait longer than promised.")
    the_press(working, first.number).click()
    working.expect_visitor(first)
    expect(working.page.get_by_role("button", name="next for you")).to_have_count(0)
    assert (house.door.stored(first).state, house.door.stored(second).state) == ("called", "waiting")


def test_a_desk_with_somebody_has_no_press_that_would_finish_them(house, free):
    working, first, second = free
    expect(the_press(working, first.number)).to_be_visible()
    (third,) = house.tickets("tax")
    warn(house, third, "break", "1", None, "break", "1", 0.1)
    house.door.call_next(desk="1", by=working.person.by)
    working.expect_visitor(first)
    says(working.page.locator("main"), "If your break begins later, they are seen in time.")
    expect(working.page.get_by_role("button", name="next for you")).to_have_count(0)


def test_whoever_is_no_longer_next_is_called_only_with_a_reason(house, free):
    working, first, second = free
    button = the_press(working, first.number)
    expect(button).to_be_visible()
    # The screen's last picture, as it stands when somebody came to be next in the moment of the press.
    button.evaluate("(button, id) => { button.dataset.visit = id; button.click(); }", second.id)
    says(working.dialog, f"{second.number} is not next. Why now?")
    working.press("1")
    working.expect_visitor(second)
    (note,) = [step.note for step in house.door.store.steps_of(second.id) if step.step == "called"]
    assert note == {"out_of_turn": "upset"}


def test_a_desk_that_is_closed_opens_with_one_press(house, sit):
    working = sit()
    (visit,) = house.tickets("tax")
    warn(house, visit, "closed", None, None, "open", "1", 0.1)
    house.door.set_desk(desk="1", state="closed", by=working.person.by)
    working.button("Open this desk").click()
    expect(working.button("Open this desk")).to_be_hidden()
    assert house.door.look()[1].desks["1"].state == "open"
    assert house.door.stored(visit).state == "waiting"


def test_only_the_desk_whose_step_it_is_has_the_press(house, sit):
    other = sit("Kim", "2")
    house.door.set_desk(desk="1", state="open", by="person:1")
    (visit,) = house.tickets("tax")
    silent(house, visit, "1")
    says(other.page.locator("main"), "Desk 1 can call now.")
    expect(other.page.get_by_role("button", name="next for you")).to_have_count(0)


def test_of_two_desks_that_press_at_once_one_calls_and_the_other_is_told(house):
    robin, kim = house.person("Robin").socket(), house.person("Kim").socket()
    (visit,) = house.tickets("tax")
    asked = {"visit": visit.id, "leaving": None}
    answers = at_once(
        lambda: robin.ask("call", {**asked, "desk": "1"}), lambda: kim.ask("call", {**asked, "desk": "2"})
    )
    (refused,) = [answer for answer in answers if not answer["ok"]]
    at = house.door.stored(visit).desk
    assert refused["message"] == f"{visit.number} has already been called to Desk {at}."


def test_somebody_who_has_gone_meanwhile_is_not_called(house, free):
    working, first, second = free
    socket = working.person.socket()
    house.door.step("leave", visit=first.id, by="phone")
    answer = socket.ask("call", {"desk": "1", "visit": first.id, "leaving": None})
    assert answer["reason"] == "visit_ended" and first.number in answer["message"]
    expect(the_press(working, second.number)).to_be_visible()


COVERED = """() => {
    const shown = [...document.querySelectorAll("main :is(button, h2)")].filter(
        (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".visually-hidden, dialog"));
    return shown.filter((one) => {
        one.matches("button") ? one.focus() : one.scrollIntoView({ block: "nearest" });
        const { left, top, width, height } = one.getBoundingClientRect();
        return !one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }).map((one) => one.textContent.trim());
}"""  # once it has the focus, or is looked for


@pytest.mark.wcag("1.4.4", "2.4.11")
@pytest.mark.parametrize("zoom", [1, 2])
def test_a_warning_covers_nothing_and_leaves_the_line_usable(house, sit, zoom):
    working = sit()
    page, by = working.page, working.person.by
    page.set_viewport_size({"width": 1280 // zoom, "height": 800 // zoom})
    for missed in house.tickets("tax", "tax"):
        house.door.call_next(desk="1", by=by)
        house.door.step("not_here", visit=missed.id, by=by, desk="1")
    house.door.set_desk(desk="2", state="open", by="person:2")
    warned = house.tickets("tax", "tax")
    silent(house, warned[0])
    warn(house, warned[1], "break", "2", None, "break", "2", 0.1)
    house.tickets(*["tax"] * 16)
    told = page.get_by_role("region", name="Likely to wait too long")
    says(told, "Let the break of Desk 2 begin later.")
    says(working.line, "18 people are waiting")
    missing = page.get_by_role("heading", name="Not here when called")
    expect(missing).to_be_visible()
    if zoom == 1:
        for seen in (told, missing, working.line.get_by_role("listitem").nth(7)):
            expect(seen).to_be_in_viewport(ratio=1)
    assert page.evaluate(COVERED) == []
