"""What the journeys through the door share: a refusal by its key, and somebody who works here."""

from contextlib import contextmanager

import pytest

from reception.keys import Keys
from reception.refusals import Refusal


@contextmanager
def refused(key: str):
    """What happens inside is refused with this key."""
    with pytest.raises(Refusal) as refusal:
        yield refusal
    assert refusal.value.key == key


def a_kiosk(door) -> str:
    """The id of a kiosk's key."""
    keys = Keys(door)
    return keys.holder(keys.add(name="Lobby", role="kiosk", kind="browser", by="test"), "browser").id


def somebody(door, name: str) -> str:
    """A receptionist of the office, as steps name them."""
    door.writer.do(
        lambda store: (
            store.execute("INSERT INTO people VALUES (?, 'office', ?, ?, 'receptionist', NULL, 0, NULL)", (name,) * 3),
            None,
        )
    )
    return f"person:{name}"
