"""What a board's socket was told, asked until it is there."""

import threading

from tests.builders import eventually


def heard(socket, name: str) -> list[dict]:
    return [news["args"][0] for news in socket.get_received("/display") if news["name"] == name]


def calls(socket, count: int) -> list[dict]:
    told = []

    def enough():
        told.extend(heard(socket, "called"))
        return len(told) >= count

    eventually(enough)
    return told


def picture(socket, true=lambda picture: True) -> dict:
    """The first picture for which `true` holds."""
    return eventually(lambda: next(filter(true, heard(socket, "board")), None))


def settled(picture: dict) -> bool:
    """Whether the test's last ticket is in it: before, nobody waited once somebody had been called."""
    return bool(picture["calls"] and picture["waiting"])


def resting():
    """Made before the board is: waits until its last picture is made, and sent where anything in it is news."""
    before = set(threading.enumerate())
    return lambda: eventually(lambda: set(threading.enumerate()) <= before)
