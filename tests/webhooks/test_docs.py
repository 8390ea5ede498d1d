"""docs/webhooks.md is true: its example checks what is really sent, and it names every field, step and setting."""

import re

import pytest

from reception.visit import NEXT
from reception.webhooks.message import TOLD
from tests.builders import eventually
from tests.webhooks.conftest import DOCS, SECRET, SENDING, hook

TEXT = DOCS.read_text("utf-8")


@pytest.fixture
def arrived(sender, receiver):
    office = sender(hook(receiver)).start()
    office.door.ticket()
    return eventually(lambda: receiver.arrived)[0]


def test_the_example_believes_what_is_sent(check, arrived):
    assert check(SECRET, arrived.headers, arrived.body)


def test_the_example_believes_nothing_else(check, arrived):
    other = "whsec_" + SECRET.removeprefix("whsec_").swapcase()
    assert not check(SECRET, arrived.headers, arrived.body + b" ")
    assert not check(other, arrived.headers, arrived.body)
    for name, value in {"webhook-id": "office-2-1", "webhook-timestamp": "1772445600"}.items():
        assert not check(SECRET, arrived.headers | {name: value}, arrived.body)


def test_every_field_is_explained_and_stands_in_the_sample(arrived):
    table = TEXT.split("| field | |")[1].split("\n\n")[0]
    explained = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert explained == {"type", "timestamp", *arrived.said["data"]}
    sample = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)[1]
    assert re.findall(r'"(\w+)":', sample) == [*arrived.said, *arrived.said["data"]]


def test_every_step_that_is_told_is_named_and_every_time():
    table = TEXT.split("| step | |")[1].split("\n\n")[0]
    named = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(TOLD)
    assert {step for row in NEXT.values() for step in row} <= {*TOLD}
    assert all(f"`{name}`" in TEXT for name in SENDING)
