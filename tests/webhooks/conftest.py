"""Receivers on real ports, and hooks that deliver to them from a real database by a clock the test sets."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from reception.webhooks import Webhooks
from tests.builders import Hands, open_door
from tests.webhooks.receiver import Receiver

DOCS = Path(__file__).parents[2] / "docs" / "webhooks.md"
SECRET = "whsec_cmVjZXB0aW9uLXRlc3RzLXNpZ24td2l0aC10aGlz"
SENDING = {"timeout_seconds": 5, "retry_seconds": 10, "longest_retry_seconds": 60, "give_up_hours": 2, "batch": 4}


class Sender:
    """An office with hooks. `stop` and `start` are a restart on the same database; `go` lets time pass."""

    def __init__(self, path, hooks: list[dict], sending: dict):
        self.hands = Hands()
        self.path, self.parts = path, {"webhooks": hooks, "sending": SENDING | sending}
        self.open()

    def open(self, **parts) -> None:
        self.parts |= parts
        self.door = open_door(self.path, self.hands, **self.parts)
        self._wired = SimpleNamespace(settings=self.door.settings, store=self.door.store, frontdesk=self.door)
        self.hooks = None

    def start(self):
        self.hooks = Webhooks(self._wired, chance=lambda: 0)
        self.hooks.start()
        return self

    def close(self) -> None:
        if self.hooks:
            self.hooks.stop()
        self.door.store.close()

    def go(self, **by) -> None:
        self.hands.go(**by)
        self.hooks.told(None)

    def condition(self, key: str = "crm") -> dict:
        return next(found for found in self.hooks.conditions() if found["key"] == key)


def hook(receiver: Receiver, key: str = "crm", **fields) -> dict:
    return {"key": key, "url": receiver.url, "secret": SECRET, **fields}


@pytest.fixture
def receiver():
    with Receiver() as made:
        yield made


@pytest.fixture
def sender(tmp_path):
    """Opens an office whose hooks are given as dicts; `sending` lies over SENDING. Not started yet."""
    made = []

    def open_sender(*hooks: dict, **sending) -> Sender:
        made.append(Sender(tmp_path / "reception.db", list(hooks), sending))
        return made[-1]

    yield open_sender
    for one in made:
        one.close()


@pytest.fixture
def check():
    """The docs' own example of a receiver: (secret, headers, body) -> whether to believe them."""
    text, found = DOCS.read_text("utf-8"), {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], found)
    return found["is_from_reception"]
