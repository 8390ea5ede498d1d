"""What the kiosk says aloud comes from its own machine: the server's voice where it was heard, else its own."""

import pytest
import requests

from reception.voice.wav import wav
from tests.keeper.conftest import Machine

RECORDED = wav(bytes(3_200), 16_000)  # a tenth of a second of silence


@pytest.fixture
def server(make_server, tmp_path):
    recordings = tmp_path / "recordings" / "en"
    recordings.mkdir(parents=True)
    (recordings / "welcome.wav").write_bytes(RECORDED)
    return make_server(voice={"recordings": str(recordings.parent)})


def said(machine: Machine, text: str) -> bytes:
    answer = requests.get(f"{machine.url}/voice", params={"language": "en", "text": text}, timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/wav"), answer.text
    return answer.content


def test_what_the_council_recorded_is_said_and_kept_for_when_the_server_is_away(machine):
    assert said(machine, "Welcome") == RECORDED
    machine.network.is_("cut")
    machine.is_alone()
    assert said(machine, "Welcome") == RECORDED


def test_what_was_never_said_before_is_said_by_the_machine_itself(machine):
    machine.network.is_("stalled")
    made = said(machine, "Your number is A 0 2 1.")
    assert made.startswith(b"RIFF") and len(made) > 10_000
