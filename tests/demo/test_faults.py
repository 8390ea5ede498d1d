"""The day on which the printer, the network and the server each fail once, played faster: the lobby never stops."""

import threading

import pytest

from demo import faults
from demo.__main__ import _numbers
from demo.day import Day
from demo.doors import Lobby
from demo.office import Office
from reception.running import parts_for
from reception.settings import load
from reception.writer import Writer
from tests.fakes.printer import FakePrinter
from tests.serving import free_port


@pytest.fixture
def hurried(monkeypatch):
    for name, seconds in {"QUIET": 0.5, "LASTS": 2, "EVERY": 0.3}.items():
        monkeypatch.setattr(faults, name, seconds)


def test_whatever_fails_people_get_numbers_and_all_are_in_the_line(tmp_path, monkeypatch, hurried):
    monkeypatch.setenv("RECEPTION_PORT", str(free_port()))
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))
    said = []
    lobby = Lobby("", 12, say=said.append)
    with FakePrinter() as printer:
        office = Office(faults.settings(tmp_path, printer))
        parts = parts_for(load(office.file), writer=Writer)
        key = parts.keys.add(name=faults.KIOSK, role="kiosk", kind="bearer", by="demo")
        kiosk = faults.Kiosk(tmp_path, office, key, free_port())
        coming = threading.Thread(target=kiosk.visitors, args=(lobby, Day(1)), daemon=True)
        coming.start()
        day = faults.Faults(lobby, kiosk, printer, office, lambda: _numbers(parts))
        try:
            day.play()
        finally:
            lobby.over.set()
            coming.join(10)
            kiosk.close()
            office.stop()
            parts.store.close()
    assert day.ok, "\n".join(said)
    assert len([words for words in said if words.startswith("  Meanwhile")]) == 3
