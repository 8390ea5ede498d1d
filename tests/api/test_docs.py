"""docs/api.md says what is there: every route, every step, every role, every namespace and its questions."""

import re
from pathlib import Path

import pytest

from desk.greeter import Greeter
from desk.live import Desk
from display.live import Board
from kiosk.live import Kiosk
from manage.live import Manage
from manage.wall import Wall
from reception.web.access import ROLES
from reception.web.api.visits import STEP_NAMES

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
ROWS = {row.split("|")[1].strip(): row for row in TEXT.splitlines() if row.startswith("|")}


def test_every_route_is_named(api):
    named = re.findall(r"/(?:api|health)[^`,\s\"?]*|(?<=`)/[a-z-]+(?=`)", TEXT)
    for _method, path in api.routes():
        assert path in named or f"/{path.rpartition('/')[2]}" in named, path


def test_every_step_is_named():
    assert all(f"`{step.replace('_', '-')}`" in TEXT for step in STEP_NAMES)


@pytest.mark.parametrize("face", [Kiosk, Desk, Greeter, Board, Manage, Wall])
def test_every_namespace_is_named_with_who_may_what_it_hears_and_asks(face):
    row = ROWS[f"`/{face.face}`"].split("|")
    assert row[2].strip().split(", ") == list(ROLES[face.face])
    assert f"`{face.picture_name}`" in row[3]
    assert re.findall(r"`(\w+)`", row[4]) == list(face.questions)
