"""What nobody knows is refused with what there is; what past visits had can be asked for whatever the settings say."""

import pytest

from reception.figures import Asked
from reception.refusals import Refusal
from reception.web.words import sentence
from tests.figures.a_monday import MONDAY, TUESDAY, a_monday, figures_of, with_kept

PARTS = {"services": "service", "desks": "desk", "channels": "channel", "languages": "language", "need": "need"}


def asked(part: str, key: str) -> Asked:
    return Asked(MONDAY, TUESDAY, **{part: key if part == "need" else (key,)})


@pytest.fixture(params=[figures_of, lambda door: with_kept(door, door.now())], ids=["fresh", "kept"])
def monday(door, hands, request):
    a_monday(door, hands)
    door.writer.do(lambda store: (store.execute("UPDATE visits SET reads = 'tlh' WHERE place = 1"), None))
    door.writer.do(lambda store: (store.execute("UPDATE visits SET channel = 'pigeon' WHERE place = 1"), None))
    return request.param(door)


@pytest.mark.parametrize("part", PARTS)
def test_what_neither_settings_nor_visits_know_is_refused(monday, hands, part):
    with pytest.raises(Refusal) as refused:
        monday.of(asked(part, "nowhere"), hands.wall)
    found = refused.value
    assert (found.key, found.status, found.values["given"]) == (f"figures_unknown_{PARTS[part]}", 404, "nowhere")
    assert found.values["there"] not in ("", "–")
    assert "nowhere" in sentence(found, monday.settings) and found.values["there"] in sentence(found, monday.settings)


def test_what_past_visits_had_stays_when_the_settings_have_it_no_longer(door, monday, hands):
    """Housing had two, the pigeon and Klingon one."""
    left = [one for one in door.settings.services if one.key != "housing"]
    monday.settings = door.settings.model_copy(update={"services": left})
    found = [
        monday.of(asked(part, key), hands.wall)["total"]["arrivals"]
        for part, key in (("services", "housing"), ("channels", "pigeon"), ("languages", "tlh"))
    ]
    assert found == [2, 1, 1]


def test_a_service_that_people_were_sent_on_from_is_known(door, monday, hands):
    """They came for it, wherever they are now."""
    visit = door.ticket("parking")
    door.transfer(visit=visit.id, service="tax", by="person:1")
    left = [one for one in door.settings.services if one.key != "parking"]
    monday.settings = door.settings.model_copy(update={"services": left})
    hands.go(minutes=10)
    assert monday.of(asked("services", "parking"), hands.wall)["total"]["arrivals"] == 1


def test_nobody_of_what_the_settings_have_is_no_mistake(monday, hands):
    assert monday.of(asked("services", "parking"), hands.wall)["total"]["arrivals"] == 0
    assert monday.of(asked("desks", ""), hands.wall)["total"]["arrivals"] == 2
