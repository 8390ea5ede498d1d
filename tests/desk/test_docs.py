"""The page for new receptionists names every key of the working screen, and no other."""

import re

from tests.serving import ROOT

PAGE = (ROOT / "docs/at-the-desk.md").read_text("utf-8")
SCREEN = "".join(
    (ROOT / "desk/templates/desk" / f"{name}.html").read_text("utf-8").split("<dialog")[0]
    for name in ("desk", "mine", "at_work")
)
OF_THE_MOMENT = {"O", "T", "Y"}  # the biggest button says these itself: open, take over, I am coming


def test_every_key_of_the_screen_stands_on_the_page():
    keys = {key.upper() for key in re.findall(r'data-shortcut="([a-z])"', SCREEN)}
    named = set(re.findall(r"\*\*([A-Z])\*\*", PAGE))
    assert len(keys) > 15
    assert keys - OF_THE_MOMENT <= named


def test_the_pictures_it_shows_are_there():
    assert all((ROOT / "docs" / path).exists() for path in re.findall(r"\]\((pictures/[^)]+)\)", PAGE))
