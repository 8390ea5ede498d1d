"""What is played for a phrase: a council's recording, else what was kept, else what is made now."""

from pathlib import Path

import pytest

from reception.voice import Engine, NoVoice, Voice
from reception.voice.kept import Kept
from reception.voice.recordings import file_name
from reception.voice.wav import seconds, wav
from tests.builders import office
from tests.voice import speakers
from tests.voice.speakers import program

SILENCE = {length: wav(bytes(2 * round(22_050 * length)), 22_050) for length in (0.1, 0.2, 0.3, 0.4)}


@pytest.fixture
def voice(tmp_path, engine):
    def made(engine=engine, **rules) -> Voice:
        rules = {"recordings": str(tmp_path / "recordings")} | rules
        return Voice(office(server={"data": tmp_path}, voice=rules), engine=engine)

    return made


def record(folder: Path, language: str, name: str, file: bytes) -> None:
    path = folder / "recordings" / language / f"{name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file)


def test_a_phrase_that_was_made_is_kept_and_needs_nobody_the_second_time(voice):
    made = voice().make("en", "Desk 3.")
    nobody = voice(Engine(program(speakers.GONE)))
    assert nobody.wav("en", "Desk 3.") == made
    with pytest.raises(NoVoice):
        nobody.wav("en", "Desk 4.")


@pytest.mark.parametrize("other", [{"words_per_minute": 200}, {"pitch": 70}, {"voices": {"en": "en-gb-scotland"}}])
def test_what_was_kept_of_another_voice_is_not_played(voice, other):
    voice().make("en", "Desk 3.")
    assert voice(**other).ready("en", "Desk 3.") is None


def test_what_was_kept_in_one_language_is_not_played_in_another(voice):
    voice().make("en", "Desk 3.")
    assert voice().ready("cy", "Desk 3.") is None


def test_a_recording_comes_before_the_synthesiser(voice, tmp_path):
    record(tmp_path, "cy", "desg-tri", SILENCE[0.3])
    assert voice().wav("cy", "Desg tri.") == SILENCE[0.3]
    assert voice().wav("en", "Desg tri.") != SILENCE[0.3]


def test_a_number_may_be_recorded_character_by_character(voice, tmp_path):
    for name, length in (("a", 0.1), ("0", 0.2), ("1", 0.3), ("4", 0.4)):
        record(tmp_path, "cy", name, SILENCE[length])
    assert seconds(voice().wav("cy", "A, 0, 1, 4.")) == pytest.approx(1.0 + 3 * 0.12, abs=0.01)


def test_a_number_is_never_half_recorded_and_half_made(voice, tmp_path):
    record(tmp_path, "cy", "a", SILENCE[0.1])
    assert voice().ready("cy", "A, 0, 1, 4.") is None


@pytest.mark.parametrize("odd", [b"no sound at all", wav(bytes(200), 44_100)], ids=["no WAV", "another format"])
def test_recordings_that_cannot_be_joined_leave_the_number_to_the_synthesiser(voice, tmp_path, odd):
    record(tmp_path, "cy", "a", SILENCE[0.1])
    record(tmp_path, "cy", "7", odd)
    assert seconds(voice().wav("cy", "A, 7.")) > 0.5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Desg tri.", "desg-tri"),
        ("0", "0"),
        ("Your number is", "your-number-is"),
        ("Ștefan  cel Mare!", "ștefan-cel-mare"),
        ("ਡੈਸਕ 3", "ਡੈਸਕ-3"),
        ("ڈیسک ۳", "ڈیسک-۳"),
        ("../../etc/passwd", "etc-passwd"),
        ("…", ""),
    ],
)
def test_a_file_name_is_the_phrase_in_small_letters_with_dashes(text, name):
    assert file_name(text) == name


def test_long_phrases_have_short_names_that_differ():
    one, other = (file_name("Please take a seat and watch the board. " * 3 + end) for end in ("Thank you", "Goodbye"))
    assert one != other
    assert all(len(name) <= 67 and name.startswith("please-take-a-seat") for name in (one, other))


def test_what_is_kept_stays_within_its_size_and_the_least_lately_heard_goes_first(tmp_path):
    kept = Kept(tmp_path, 10_000)
    for number in range(9):
        kept.put(str(number), bytes(1_000))
    assert kept.get("0")
    for number in range(9, 30):
        kept.get("0")
        kept.put(str(number), bytes(1_000))
    names = {path.stem for path in tmp_path.iterdir()}
    assert {"0", "29"} <= names
    assert "1" not in names
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10_000


def test_a_folder_that_cannot_be_written_keeps_nothing_and_the_phrase_is_said_all_the_same(voice, tmp_path):
    (tmp_path / "speech").write_text("a file where the folder should be")
    assert seconds(voice().wav("en", "Desk 3.")) > 0.3


def test_an_office_that_wants_no_voice_has_none(voice):
    silent = voice(on=False)
    assert not silent.can_speak
    with pytest.raises(NoVoice):
        silent.wav("en", "Desk 3.")


def test_without_a_synthesiser_recordings_are_still_said(voice, tmp_path):
    record(tmp_path, "en", "desk-3", SILENCE[0.2])
    only = voice(Engine(program('print(\'{"missing": "none"}\')')))
    only.start()
    assert (only.missing, only.can_speak, only.wav("en", "Desk 3.")) == ("none", True, SILENCE[0.2])
