"""Whatever is asked by a socket is answered with a sentence, and loses nothing: every question of every face."""

import pytest

from desk.live import Desk
from kiosk.live import Kiosk
from reception.web.words import visible
from tests.builders import eventually

ROLES = {"kiosk": "kiosk", "desk": "desk", "display": "display", "manage": "manager"}
TRICKS = ["\u202eabc", "a\x00b", "a\u200bb", "\U0001f600", "\ud800", "", " ", "x" * 61, "x" * 30_000, "%s%(service)s"]
WRONG = [3, True, 1.5, ["tax"], {"a": 1}, None]
FIELDS = [
    (face.face, question, field)
    for face in (Kiosk, Desk)
    for question, payload in face.questions.items()
    for field in payload.model_fields
]


@pytest.mark.parametrize(("face", "question", "field"), FIELDS)
def test_tricks_and_wrong_types_in_every_field_are_answered_in_words(server, face, question, field):
    screen = server.screen(face, key=server.key(ROLES[face]))
    usual = {"service": "tax", "desk": "1", "visit": "nobody"}
    named = {Kiosk.face: Kiosk, Desk.face: Desk}[face].questions[question].model_fields
    for value in (*TRICKS, *WRONG):
        asked = {name: usual[name] for name in named if name in usual} | {field: value}
        answer = screen.ask(question, asked)
        if not answer["ok"]:
            assert answer["reason"] != "fault", (asked, "".join(server.log)[-3_000:])
            assert visible(answer["message"]) == answer["message"] and len(answer["message"]) < 500
    assert screen.connected
    numbers = [visit.number for visit in server.door.look()[1].visits.values()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("payload", [[], "tax", 3, True, {"surprise": 1}, {"\u202e\ud800": 1}])
@pytest.mark.parametrize("face", ["kiosk", "desk"])
def test_a_payload_of_another_shape_is_refused(server, face, payload):
    screen = server.screen(face, key=server.key(ROLES[face]))
    answer = screen.ask({"kiosk": "issue", "desk": "call_next"}[face], payload)
    if payload == []:  # as good as nothing said
        assert answer["reason"] != "fault"
    else:
        assert (answer["ok"], answer["reason"]) == (False, "wrong_values")
        assert visible(answer["message"]) == answer["message"]


@pytest.mark.parametrize("face", ROLES)
def test_ten_megabytes_end_the_connection_and_nothing_else(server, face):
    other = server.screen(face, key=server.key(ROLES[face]))
    screen = server.screen(face, key=server.key(ROLES[face]))
    screen.client.emit("issue", {"service": "x" * 10_000_000}, namespace=screen.namespace)
    eventually(lambda: not screen.connected)
    assert other.connected
    assert other.ask("nothing")["reason"] == "unknown_question"
