"""The page's player (voice.js): one phrase after another, silent at once, and without a server what it has kept."""

import re

import pytest

from tests.outside import Server

# Keeps when each sound began and ended, by the page's clock.
WATCH = """
window.sounds = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
    const sound = { began: performance.now() };
    window.sounds.push(sound);
    this.addEventListener("ended", () => (sound.ended = performance.now()));
    return start.apply(this, given);
};
"""
ENGLISH = '{ language: "en", text: "Desk %s." }'


@pytest.fixture
def run(page, office_server):
    """Runs a script at a kiosk's page, with `voice` the player; returns what it returns."""

    def made(server=office_server):
        server.enter(page.context, "kiosk")
        page.add_init_script(WATCH)
        page.goto(f"{server.url}/kiosk")
        page.locator("html[data-server=here]").wait_for()
        return lambda script: page.evaluate(
            f"async () => {{ const voice = await import('/static/voice.js'); {script} }}"
        )

    return made


def phrases(*numbers) -> str:
    return f"[{', '.join(ENGLISH % number for number in numbers)}]"


def test_phrases_are_said_one_after_another_and_never_two_at_once(run):
    sounds = run()(
        f"const first = voice.say({phrases(1, 2)}); const second = voice.say({phrases(3)});"
        " const all = [await first, await second]; await new Promise(requestAnimationFrame);"
        " return [...all, window.sounds];"
    )
    assert sounds[:2] == [True, True]
    (one, two, three) = sounds[2]
    assert one["began"] < one["ended"] <= two["began"] < two["ended"] <= three["began"] < three["ended"]


def test_hush_ends_what_is_said_and_all_that_was_waiting(run):
    said = run()(
        f"const waiting = [voice.say({phrases(1, 2)}), voice.say({phrases(3)})];"
        " while (!document.documentElement.hasAttribute('data-speaking')) await new Promise(requestAnimationFrame);"
        " voice.hush(); const silent = !document.documentElement.hasAttribute('data-speaking');"
        f" return [...(await Promise.all(waiting)), silent, await voice.say({phrases(4)}), window.sounds.length];"
    )
    assert said == [False, False, True, True, 2]


def test_whoever_listens_is_told_when_a_voice_begins_and_when_the_last_has_ended(run):
    told = run()(
        "const told = []; voice.onSpeaking((on) => told.push(on));"
        f" await Promise.all([voice.say({phrases(1)}), voice.say({phrases(2)})]);"
        f" voice.say({phrases(3)}); voice.hush(); return told;"
    )
    assert told == [True, False, True, False]


def test_what_nobody_can_say_is_passed_over_and_told(run):
    script = f'return [await voice.say([{{ language: "xx", text: "?" }}, {ENGLISH % 1}]), window.sounds.length];'
    assert run()(script) == [False, 1]


def test_a_phrase_that_never_comes_holds_up_none_behind_it(run, page):
    page.add_init_script("""
        window.late = [];
        AbortSignal.timeout = () => {
            const end = new AbortController();
            late.push(() => end.abort());
            return end.signal;
        };
    """)
    page.route(re.compile("/voice.*Desk.1"), lambda route: None)  # nobody answers
    said = run()(
        f"const both = [voice.say({phrases(1)}), voice.say({phrases(2)})]; window.late[0](); return Promise.all(both);"
    )
    assert said == [False, True]


def test_what_was_kept_is_said_without_a_server(run, tmp_path):
    server = Server(tmp_path)
    try:
        script = run(server)
        script(f"await voice.say({phrases(1)}); voice.keep({phrases(2)});")
        script(f"await voice.say({phrases(2)});")
        server.stop()
        assert script(f"return [await voice.say({phrases(1, 2)}), await voice.say({phrases(3)})];") == [True, False]
    finally:
        server.close()
