"""Whoever looks after the office learns when nobody speaks, what may be recorded, and how it sounds."""

import os
import re
from datetime import date
from html import unescape

import pytest

from reception.checking import warnings
from tests.builders import eventually, office
from tests.outside import Browser, Server

MONDAY = date(2026, 3, 2)


@pytest.fixture
def nobody_speaks(tmp_path, monkeypatch):
    """As on a machine where the synthesiser could not be installed."""
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError")
    (tmp_path / "libespeak-ng.so.1").write_text("no library")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))


def about_voice(**rules) -> list[str]:
    told = warnings(office(voice=rules, catalogues={"offered": ["en", "cy"]}), MONDAY)
    return [sentence for sentence in told if re.match("voice|nothing is said|kiosks cannot", sentence)]


def test_check_is_silent_where_every_language_has_a_voice():
    assert about_voice() == []


def test_check_names_a_voice_that_is_not_there():
    assert about_voice(voices={"cy": "gog"}) == ["nothing is said in Welsh: eSpeak NG has no voice called 'gog'."]


def test_check_names_a_folder_that_is_not_there(tmp_path):
    (told,) = about_voice(recordings=str(tmp_path / "none"))
    assert told.endswith("and there is no such folder: nothing recorded is said.")


def test_check_says_when_nobody_speaks_and_what_helps(nobody_speaks):
    (told,) = about_voice()
    assert told.startswith("kiosks cannot read aloud and boards only chime: there is no eSpeak NG: ")
    assert told.endswith("On Debian: apt install libespeak-ng1")


def test_check_asks_for_no_voice_where_the_office_wants_none(nobody_speaks):
    assert about_voice(on=False) == []


def test_without_a_voice_kiosks_offer_none_managers_are_told_and_tickets_go_on(tmp_path, nobody_speaks):
    (tmp_path / "office").mkdir()
    server = Server(tmp_path / "office")
    try:
        kiosk, manager = Browser(server), Browser(server)
        kiosk.cookies.set("reception-kiosk", server.key("kiosk", "browser"))
        manager.cookies.set("reception-manage", server.key("manager", "browser"))
        eventually(lambda: "data-listen" not in kiosk.get("/kiosk/").text)
        assert "no voice is installed" in manager.get("/manage/devices").text
        assert kiosk.get("/voice?language=en&text=Desk+3").status_code == 503
        assert server.screen("kiosk", key=server.key("kiosk")).ask("issue", {"service": "tax"})["ok"]
    finally:
        server.close()


def test_managers_hear_a_call_in_each_language(office_server):
    manager = Browser(office_server)
    manager.cookies.set("reception-manage", office_server.key("manager", "browser"))
    found = re.findall(r'<audio[^>]* src="([^"]+)"', manager.get("/manage/devices").text)
    assert [re.search("language=(..)", address)[1] for address in found] == ["en", "cy", "ur"]
    assert all(manager.get(unescape(address)).status_code == 200 for address in found)


def test_what_may_be_recorded_is_listed_with_its_files(office_server):
    listed = office_server.typed("recordings", "cy").splitlines()
    assert "missing  recordings/cy/a.wav  A" in listed
    assert "missing  recordings/cy/0.wav  0" in listed
    assert any(line.endswith("Desk 3.") or line.endswith("Desg 3.") for line in listed)
