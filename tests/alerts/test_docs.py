"""The managers' page of instructions says what the settings take."""

import re
import tomllib
from pathlib import Path
from typing import get_args

from reception.setting_parts.alerts import OF_SERVICES, AlertPart
from tests.builders import office

PAGE = (Path(__file__).parents[2] / "docs/now.md").read_text("utf-8")


def test_its_examples_are_settings():
    found = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    settings = office(**found[0], **found[1])
    assert len(settings.alerts) == 4 and settings.mail.server


def test_its_table_lists_every_threshold_those_of_a_service_first():
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.split("| `what` |")[1], re.MULTILINE)
    assert listed == list(get_args(AlertPart.model_fields["what"].annotation))
    assert tuple(listed[:4]) == OF_SERVICES
