"""How often a phone's connection is asked whether it is still there."""

import json

import requests


def opened(server, ask: str = "") -> dict:
    """What a connection is told at its beginning."""
    answer = requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling{ask}", timeout=30)
    return json.loads(answer.text.removeprefix("0"))


def test_phones_let_their_radio_rest_and_the_lobby_s_screens_are_asked_often(server):
    assert opened(server, "&pace=slow")["pingInterval"] == 15_000
    assert [opened(server, ask)["pingInterval"] for ask in ("", "&pace=fast")] == [4_000, 4_000]


def test_a_phone_that_is_asked_seldom_is_not_dropped_in_between(server):
    session = opened(server, "&pace=slow")["sid"]
    assert requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling&sid={session}", timeout=60).text == "2"
