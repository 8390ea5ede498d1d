"""What the lobby hears: the chime, then each call in words, one after another, in a real browser with a real voice."""

import pytest
from playwright.sync_api import expect

from tests.builders import eventually
from tests.outside import Server
from tests.serving import ROOT

DESKS = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}]
HEAR = """
    window.said = []; window.notes = 0; window.playing = 0; window.most = 0;
    let asked = null;
    const { fetch } = window;
    window.fetch = (address, ...more) => { asked = new URL(address, location); return fetch(address, ...more); };
    const ring = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { notes += 1; return ring.call(this, at); };
    const play = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function () {
        said.push({ language: asked.searchParams.get("language"), text: asked.searchParams.get("text"), notes });
        most = Math.max(most, ++playing);
        this.addEventListener("ended", () => playing--);
        return play.call(this);
    };
"""


@pytest.fixture
def lobby(tmp_path, page):
    """Starts an office with these settings and opens its board, listened to; gives (office, page)."""
    made = []

    def start(**parts):
        office = Server(tmp_path, desks=DESKS, **{"announcer": {"times": 1}} | parts)
        made.append(office)
        office.enter(page.context, "display", office.key("display", "browser"))
        page.add_init_script(HEAR)
        page.goto(f"{office.url}/display")
        page.locator("html[data-server=here]").wait_for()
        return office, page

    yield start
    for office in made:
        office.close()


def call(office, desk: str = "1", **arriving) -> str:
    office.door.issue(service="tax", by="test", **arriving)
    return office.door.call_next(desk=desk, by="test").number


def heard(page, count: int) -> list[str]:
    page.wait_for_function("(count) => said.length >= count && playing === 0", arg=count, timeout=30_000)
    return [phrase["text"] for phrase in page.evaluate("said")]


def test_after_the_chime_a_call_is_said_twice_number_by_number_and_its_desk(lobby):
    office, page = lobby(announcer={"times": 2})
    call(office)
    assert heard(page, 4) == ["A, 0, 0, 1.", "Desk 1."] * 2
    assert page.evaluate("said[0].notes") == 4  # two notes, each a tone and its octave


def test_calls_made_together_are_said_in_turn_and_never_two_at_once(lobby):
    office, page = lobby()
    for desk in ("1", "2"):
        call(office, desk)
    assert heard(page, 4) == ["A, 0, 0, 1.", "Desk 1.", "A, 0, 0, 2.", "Desk 2."]
    assert page.evaluate("most") == 1


def test_a_call_is_said_in_each_language_of_the_board_in_turn(lobby):
    texts = {"texts.cy": {'"Desk 1"': "Desg 1"}}
    office, page = lobby(catalogues={"offered": ["en", "cy"]}, **texts)
    call(office)
    assert heard(page, 4) == ["A, 0, 0, 1.", "Desk 1.", "A, 0, 0, 1.", "Desg 1."]
    assert page.evaluate("said.map((phrase) => phrase.language)") == ["en", "en", "cy", "cy"]


def test_the_board_is_silent_while_a_kiosk_speaks_and_then_says_what_waited(lobby):
    office, page = lobby()
    kiosk = office.screen("kiosk", key=office.key("kiosk"))
    assert kiosk.ask("speaking", {"on": True})["ok"]
    number = call(office)
    expect(page.get_by_role("article")).to_contain_text(number)
    assert page.evaluate("[notes, said.length]") == [0, 0]
    kiosk.ask("speaking", {"on": False})
    assert heard(page, 2) == ["A, 0, 0, 1.", "Desk 1."]


def test_what_a_kiosk_breaks_off_is_said_again_from_there(lobby):
    office, page = lobby()
    kiosk = office.screen("kiosk", key=office.key("kiosk"))
    call(office)
    page.wait_for_function("() => playing === 1")
    kiosk.ask("speaking", {"on": True})
    page.wait_for_function("() => playing === 0")
    kiosk.ask("speaking", {"on": False})
    assert heard(page, 3) == ["A, 0, 0, 1.", "A, 0, 0, 1.", "Desk 1."]


def test_a_kiosk_that_never_ends_does_not_silence_the_lobby(lobby):
    office, page = lobby(announcer={"times": 1, "hush_seconds": 1})
    kiosk = office.screen("kiosk", key=office.key("kiosk"))
    kiosk.ask("speaking", {"on": True})
    call(office)
    assert heard(page, 2) == ["A, 0, 0, 1.", "Desk 1."]


def test_an_old_call_is_passed_over_where_others_wait_behind_it(lobby):
    _office, page = lobby()
    page.evaluate("""async () => {
        const { announcing } = await import("/display/static/announcer.js");
        const { announce } = announcing({ volume: [["00:00", 1]], times: 1, hushSeconds: 60, onSound: () => {} });
        const called = (text) => announce({ say: [{ language: "en", text }], called_at: Date.now() - 90_000 });
        await Promise.all([called("Desk 1."), called("Desk 2.")]);
    }""")
    assert heard(page, 1) == ["Desk 2."]


def test_without_a_voice_the_board_chimes_and_managers_are_told(lobby):
    office, page = lobby(voice={"on": False})
    manager = office.screen("manage", key=office.key("manager"))
    call(office)
    page.wait_for_function("() => notes === 4")
    page.wait_for_function("() => !document.querySelector('[data-sound-off]:not([hidden])')")

    def told():
        return [trouble["matter"] for news in manager.of("now")[-1:] for trouble in news["troubles"]]

    assert eventually(lambda: any("cannot say who is called" in matter for matter in told()))
    assert page.evaluate("said") == []


@pytest.mark.wcag("1.4.2")
@pytest.mark.parametrize(
    ("time", "level"), [("08:59", 0.3), ("09:00", 0.8), ("17:59", 0.8), ("18:00", 0.3), ("23:59", 0.3)]
)
def test_how_loud_it_is_follows_the_time_of_day(page, time, level):
    script = (ROOT / "display/static/announcer.js").read_text("utf-8")
    pure = script[script.index("export function levelAt") :].removeprefix("export ")
    found = page.evaluate(f"(time) => {{ {pure} return levelAt([['09:00', 0.8], ['18:00', 0.3]], time); }}", time)
    assert found == level
