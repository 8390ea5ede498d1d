"""The edges of what can be asked of the figures by another system: a sentence, or figures that are null."""

import pytest


def every(found, name: str):
    """What stands under a name anywhere in an answer."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == name:
                yield value
            yield from every(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from every(value, name)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("from=2026-03-02&to=2026-03-01", "The period ends before it begins"),
        ("from=2999-03-02", "2999-03-02 has not come yet"),
        ("from=1986-03-02&to=2026-03-02", "From 1986-03-02 to 2026-03-02 is longer than 20 years"),
        ("with=before", "here is one side alone; ask again for the other, without 'with'"),
        ("from=1969-12-31&to=1970-01-01", "1969-12-31 is too long ago. Choose a day from 1970-01-01 on."),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(api, asked, says):
    answer = api.get(f"/api/figures?{asked}")
    assert answer.status_code == 422 and says in answer.json()["detail"]


@pytest.mark.parametrize("asked", ["services=tex", "services=tax,tex", "desks=99", "channels=pigeon", "need=fish"])
def test_what_nobody_has_heard_of_is_refused_with_what_there_is(api, asked):
    answer = api.get(f"/api/figures?{asked}")
    assert answer.status_code == 404
    part, key = asked.replace("tax,", "").split("=")
    assert answer.json()["code"] == f"figures_unknown_{part.removesuffix('s')}" and key in answer.json()["detail"]


@pytest.mark.parametrize(
    "asked", ["from=2020-02-03", "from=2012-01-01&to=2026-01-01", "channels=greeter", "need=quiet&from=2020-02-03"]
)
def test_where_nobody_came_every_share_and_wait_is_null(api, asked):
    found = api.get(f"/api/figures?{asked}").json()
    assert found["total"]["n"] == found["total"]["arrivals"] == 0
    for name in ("share", "share_of_all", "interval", "median_ms", "longest_ms", "p90_ms"):
        assert set(every({part: found[part] for part in ("total", "services", "hours")}, name)) == {None}
    assert found["footfall"] == {"days": [], "quarters": [], "week": [], "cells": []}
    assert found["total"]["validated"] is None
