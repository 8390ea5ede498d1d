"""What the lobby sees and hears, in a real browser on a real server."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reception.keys import Keys

PULSES = """() => [...document.querySelectorAll(".call")].flatMap((call) =>
    call.getAnimations().map((pulse) => pulse.effect.getTiming().iterations))"""
WHOLE = """() => [...document.querySelectorAll("[data-fit] > span")].every((text) => {
    const [inner, outer] = [text, text.closest("section, .notice, .strip")].map((box) => box.getBoundingClientRect());
    return !text.checkVisibility() || (inner.left >= outer.left && inner.right <= outer.right
        && inner.top >= outer.top && inner.bottom <= outer.bottom);
})"""
LOST = 10_000  # ms: within this time a board says that it has lost its server
NOTES = """
    window.notes = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
        notes.push({ hertz: this.frequency.value, from: at });
        return start.call(this, at);
    };
    const stop = OscillatorNode.prototype.stop;
    OscillatorNode.prototype.stop = function (at) {
        notes.find((note) => !note.until).until = at;
        return stop.call(this, at);
    };
"""


def large(page):
    return page.get_by_role("region", name="Now calling")


def notice(page):
    """What is seen of it; the whole is there for screen readers."""
    return page.locator("[data-part]")


def before(page):
    return page.get_by_role("region", name="Called before").get_by_role("listitem")


def test_before_the_first_call_the_board_says_what_will_happen(office, board):
    page = board(office)
    expect(large(page)).to_contain_text("Please take a seat")
    expect(page.get_by_text("Nobody is waiting")).to_be_visible()
    expect(page).to_have_title("Now calling – Fernleigh Council")


def test_a_call_shows_number_and_desk_and_how_many_wait(office, board):
    page = board(office)
    office.call("2")
    office.door.ticket()
    expect(large(page).get_by_role("article")).to_have_text(re.compile(r"A001\s*Desk 2"))
    expect(page.get_by_text("1 person is waiting")).to_be_visible()


def test_the_board_never_names_a_service(office, board):
    page = board(office)
    office.call()
    expect(large(page)).to_contain_text("A001")
    assert "Council Tax" not in page.content()


def test_calls_made_together_all_stay_large_for_a_while(office, board):
    page = board(office)
    for desk in ("1", "2", "3"):
        office.call(desk)
    expect(large(page).get_by_role("article")).to_have_text(
        ["A003 Desk 3", "A002 Desk 2", "A001 Desk 1"], use_inner_text=False
    )


def test_after_a_while_only_the_newest_call_is_large(quick_office, board):
    page = board(quick_office)
    for desk in ("1", "2"):
        quick_office.call(desk)
    expect(before(page)).to_have_text([re.compile(r"A001\s*Desk 1")])
    expect(large(page).get_by_role("article")).to_have_text([re.compile(r"A002\s*Desk 2")])


def test_somebody_put_back_in_the_line_leaves_the_board(office, board):
    page = board(office)
    office.call()
    expect(large(page)).to_contain_text("A001")
    office.door.take("return_to_line", office.door.visits()[0], "1")
    expect(large(page)).not_to_contain_text("A001")


def test_a_call_put_back_and_then_undone_is_not_announced_again(office, board):
    page = board(office)
    office.call()
    expect(large(page)).to_contain_text("A001")
    assert page.evaluate(PULSES) == [2]
    office.door.take("return_to_line", office.door.visits()[0], "1")
    expect(large(page)).not_to_contain_text("A001")
    office.door.undo(desk="1", by="person:1")
    expect(large(page)).to_contain_text("A001")
    assert page.evaluate(PULSES) == []


def test_a_discreet_call_is_neither_seen_nor_heard(office, board, page):
    page.add_init_script(NOTES)
    board(office)
    quiet = office.door.issue(service="tax", by="test", needs=["discreet"]).visit
    assert office.door.next("1").id == quiet.id
    heard = office.call("2")
    expect(large(page).get_by_role("article")).to_have_text([re.compile(rf"{heard}\s*Desk 2")])
    assert quiet.number not in page.content()
    assert page.evaluate("() => notes.length") <= 4  # one call's


def test_a_managers_notice_is_on_the_board_at_once_and_still(office, board):
    page = board(office)
    words = "The lift is out of order."
    office.door.rule(kind="notice", subject="board", value="shown", text=words, by="test")
    expect(notice(page)).to_have_text(words)
    assert page.evaluate("() => document.querySelector('.notice').getAnimations({subtree: true}).length") == 0
    office.door.rule(kind="notice", subject="board", value=None, by="test")
    expect(notice(page)).to_be_hidden()


def test_the_board_keeps_the_rules_of_access(office, board):
    page = board(office)
    for desk in ("1", "2"):
        office.call(desk)
    office.door.rule(kind="notice", subject="board", value="shown", text="The lift is out of order.", by="test")
    expect(notice(page)).to_have_text("The lift is out of order.")
    page.wait_for_function("() => document.getAnimations().length === 0")
    found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()


def test_a_frozen_server_is_noticed_and_the_board_is_right_again_by_itself(office, board):
    page = board(office)
    with office.frozen():
        expect(page.get_by_role("alert")).to_contain_text("Not up to date since", timeout=LOST)
        office.call()
    expect(large(page)).to_contain_text("A001", timeout=15_000)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_server_started_again_finds_its_board(office, board):
    page = board(office)
    office.stop()
    expect(page.get_by_role("alert")).to_contain_text("Not up to date since", timeout=LOST)
    office.call("3")
    office.start()
    expect(large(page)).to_contain_text("Desk 3", timeout=15_000)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_board_that_may_no_longer_listen_asks_to_be_paired(office, board):
    page = board(office)
    Keys(office.door).revoke(next(key.id for key in Keys(office.door).all() if key.kind == "browser"), by="test")
    expect(page.get_by_role("heading", name="Pair this screen")).to_be_visible(timeout=15_000)


def test_a_new_screen_goes_on_by_itself_once_a_manager_approves_its_code(office, page):
    page.goto(f"{office.url}/display")
    code = page.locator("output").text_content()
    page.locator("html[data-server=here]").wait_for()
    Keys(office.door).approve_pairing(code=code, name="Lobby", role="display", by="test")
    page.wait_for_url(f"{office.url}/display**")
    expect(large(page)).to_contain_text("Please take a seat")


def test_the_chime_is_two_soft_notes_and_chimes_wait_their_turn(office, board, page):
    page.add_init_script(NOTES)
    board(office)
    office.call("1")
    expect(large(page)).to_contain_text("A001")
    office.call("2")
    page.wait_for_function("() => notes.length === 8")  # two calls, two notes, each a tone and its octave
    first, second = page.evaluate("[notes.slice(0, 4), notes.slice(4)]")
    assert all(500 <= note["hertz"] <= 1000 for note in (first[0], first[2]))
    assert min(note["from"] for note in second) >= max(note["until"] for note in first)


def test_a_recall_is_heard_again(office, board, page):
    page.add_init_script(NOTES)
    board(office)
    office.call()
    page.wait_for_function("() => notes.length === 4")
    office.door.take("recall", office.door.visits()[0], "1")
    page.wait_for_function("() => notes.length === 8")


def test_a_browser_that_holds_the_sound_back_says_so_and_one_press_brings_it(
    office, browser_type, browser_type_launch_args
):
    browser = browser_type.launch(
        **browser_type_launch_args | {"args": ["--autoplay-policy=document-user-activation-required"]}
    )
    try:
        page = browser.new_page()
        page.goto(office.link())
        mark = page.get_by_role("button", name="Sound is off")
        mark.click()
        expect(mark).to_be_hidden()
    finally:
        browser.close()


@pytest.mark.wcag("2.2.2", "2.3.1")
def test_the_board_pulses_twice_unless_asked_for_no_motion(office, board):
    page = board(office)
    office.call()
    expect(large(page)).to_contain_text("A001")
    assert page.evaluate(PULSES) == [2]
    page.emulate_media(reduced_motion="reduce")
    office.call("2")
    expect(large(page)).to_contain_text("A002")
    assert page.evaluate(PULSES) in ([2], [])  # the first call's may still run; the second has none


def test_no_number_and_no_desk_is_ever_cut(office, board):
    page = board(office)
    office.door.store.execute(
        "INSERT INTO counters (office, day, letter, last) VALUES (?, ?, 'A', 999)",
        (office.door.office, office.door.look()[1].day),
    )
    office.call("4")
    for size in ((1920, 1080), (1080, 1920), (1280, 720)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(large(page)).to_contain_text("A1000")
        page.wait_for_function(WHOLE)


def test_an_idle_board_asks_for_nothing_but_the_heartbeat(office, board):
    page = board(office)
    with page.expect_websocket() as opened:
        page.reload()
    page.locator("html[data-server=here]").wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(2):
        opened.value.wait_for_event("framereceived", lambda frame: frame == "2")
    assert asked == []
    page.reload()
    assert asked != []


def test_the_board_weighs_at_most_150_kb_without_what_it_says(office, board):
    page = board(office)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes, speech = [], set()
    session.on(
        "Network.requestWillBeSent",
        lambda event: "/voice?" in event["request"]["url"] and speech.add(event["requestId"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: event["requestId"] in speech or sizes.append(event["encodedDataLength"]),
    )
    page.reload()
    page.locator("html[data-server=here]").wait_for()
    office.call()
    expect(large(page)).to_contain_text("A001")
    assert 20_000 < sum(sizes) <= 150_000
