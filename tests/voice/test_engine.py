"""The voice's own process: it speaks each language, and whatever becomes of it, somebody who asked gets an answer."""

import ctypes
import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from reception.languages import CATALOGUES
from reception.translations import catalogue
from reception.voice import Engine, NoVoice
from tests.builders import at_once
from tests.voice import speakers
from tests.voice.speakers import measured, program

ROOT = Path(__file__).parents[2]
SENTENCES = {
    "en": "What have you come about?",
    "cy": "Pam rydych chi wedi dod yma heddiw?",
    "gd": "Carson a thàinig sibh an seo an-diugh?",
    "pl": "W jakiej sprawie Pani przyszła?",
    "ro": "Pentru ce ați venit astăzi?",
    "pa": "ਤੁਸੀਂ ਕਿਸ ਕੰਮ ਲਈ ਆਏ ਹੋ?",
    "ur": "آپ کس کام کے لیے آئے ہیں؟",
    "pt": "Qual é o assunto da sua visita?",
    "es": "¿Cuál es el motivo de su visita?",
    "ar": "ما سبب زيارتك اليوم؟",
    "bn": "আপনি কী কাজে এসেছেন?",
    "gu": "તમે શા માટે આવ્યા છો?",
}
SPELLED = 0.2  # seconds a character: "Gurmukhi letter ta, Gurmukhi vowel sign u" takes five times as long
HEARD = 500  # of 32,768: a voice has about 3,000
WHISPERED = 400  # short Arabic words without their vowels come to little more
FAILURES = ["DIES", "HANGS", "GARBAGE", "NUMBERLESS", "TOO_MUCH", "CUT_SHORT", "SILENT", "GONE"]
HOW = {"speed": 150, "pitch": 50}


@pytest.mark.en301549("5.1.3.2")
@pytest.mark.parametrize("language", CATALOGUES)
def test_every_language_is_spoken_in_its_own_script_and_not_spelled_out(engine, language):
    text = SENTENCES[language]
    seconds, loudness = measured(engine.say(text, voice=language, **HOW))
    assert 0.04 * len(text) < seconds < SPELLED * len(text)
    assert loudness > HEARD


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_digit_is_a_short_word_of_its_own_in_every_language(engine, language):
    said = [measured(engine.say(digit, voice=language, **HOW)) for digit in "0123456789"]
    assert all(0.1 < seconds < 1.6 and loudness > HEARD for seconds, loudness in said)
    assert len({round(seconds, 2) for seconds, _loudness in said}) >= 5


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_ticket_s_number_is_said_character_by_character_unhurried(engine, language):
    assert 1.5 < measured(engine.say("A, 0, 1, 4.", voice=language, **HOW))[0] < 4


@pytest.mark.en301549("5.1.3.2")
@pytest.mark.parametrize("language", [tag for tag in CATALOGUES if tag != "en"])
def test_every_sentence_of_a_catalogue_is_spoken_in_its_own_script_and_not_spelled_out(engine, language):
    sentences = [message.string for message in catalogue(language) if isinstance(message.string, str)]
    said = {text: measured(engine.say(text, voice=language, **HOW)) for text in sentences if len(text) > 5}
    assert len(said) > 100
    odd = {text: one for text, one in said.items() if one[0] > 0.5 + SPELLED * len(text) or one[1] < WHISPERED}
    assert odd == {}


def test_a_faster_voice_says_the_same_in_less_time(engine):
    slow, fast = (engine.say(SENTENCES["en"], voice="en", speed=speed, pitch=50) for speed in (100, 250))
    assert measured(fast)[0] < 0.6 * measured(slow)[0]


def test_ten_thousand_characters_are_said_to_the_end(engine):
    seconds, loudness = measured(engine.say("word " * 2_000, voice="en", **HOW))
    assert seconds > 300
    assert loudness > HEARD


@pytest.mark.parametrize("text", ["", "   ", "…", "\0", "\n", "<speak>[[h@'loU]]</speak>", "\ud800", "🎫"])
def test_whatever_it_is_given_it_answers_with_a_wav_and_goes_on(engine, text):
    measured(engine.say(text, voice="en", **HOW))
    assert measured(engine.say("Desk 3.", voice="en", **HOW))[1] > HEARD


def test_a_voice_that_is_not_there_is_named(engine):
    with pytest.raises(NoVoice, match="no voice called 'klingon-2'"):
        engine.say("Desk 3.", voice="klingon-2", **HOW)


def test_many_who_ask_at_once_each_hear_their_own_phrase(engine):
    texts = ["word " * count for count in range(1, 13)]
    said = at_once(*(partial(engine.say, text, voice="en", **HOW) for text in texts))
    alone = [measured(engine.say(text, voice="en", **HOW))[0] for text in texts]
    assert [measured(one)[0] for one in said] == pytest.approx(alone, abs=0.1)


def test_a_process_that_was_killed_is_started_again_for_the_next_phrase():
    engine = Engine()
    engine.start()
    os.kill(engine._process.pid, signal.SIGKILL)
    assert measured(engine.say("Desk 3.", voice="en", **HOW))[1] > HEARD
    engine.stop()


def test_a_process_that_dies_of_a_phrase_is_given_a_second_chance(tmp_path):
    engine = Engine(speakers.dies_once(tmp_path / "died"))
    assert measured(engine.say("Desk 3.", voice="en", **HOW))[1] > HEARD
    engine.stop()


@pytest.mark.parametrize("how", FAILURES)
def test_one_that_fails_each_time_is_said_to_have_failed_and_leaves_no_process(how):
    engine = Engine(program(getattr(speakers, how)), patience=1.0)
    with pytest.raises(NoVoice, match="the voice's process (ended or hung|answered with nonsense)"):
        engine.say("Desk 3.", voice="en", **HOW)
    assert engine._process is None


def test_where_no_synthesiser_is_installed_it_says_so_once_and_is_not_started_for_every_phrase(tmp_path):
    if _system_has_one():
        pytest.skip("this machine has the system's own library")
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError")
    started = tmp_path / "started"
    engine = Engine(_without_the_package(tmp_path, started))
    engine.start()
    assert engine.missing.startswith("there is no eSpeak NG: libespeak-ng.so.1:")
    for _ in range(3):
        with pytest.raises(NoVoice, match="there is no eSpeak NG"):
            engine.say("Desk 3.", voice="en", **HOW)
    assert started.read_text() == "once "


def test_a_data_folder_with_a_long_path_is_found_all_the_same(tmp_path):
    if _system_has_one():
        pytest.skip("this machine has the system's own library")
    import espeakng_loader

    far = tmp_path / "/".join(["a-long-folder-name" for _ in range(12)])
    far.mkdir(parents=True)
    package = far / "espeakng_loader"
    package.symlink_to(Path(espeakng_loader.__file__).parent)
    path = os.pathsep.join([str(far), str(ROOT)])
    engine = Engine(("env", f"PYTHONPATH={path}", sys.executable, "-m", "reception.voice.engine"))
    assert measured(engine.say("Desk 3.", voice="en", **HOW))[1] > HEARD
    engine.stop()


def test_the_server_itself_never_loads_the_synthesiser():
    assert "espeak" not in Path("/proc/self/maps").read_text()


def _without_the_package(folder: Path, started: Path) -> tuple[str, ...]:
    path = os.pathsep.join([str(folder), str(ROOT)])
    source = f"open({str(started)!r}, 'a').write('once '); from reception.voice.engine import main; exit(main())"
    return ("env", f"PYTHONPATH={path}", *program(source))


def _system_has_one() -> bool:
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        return False
    return True
