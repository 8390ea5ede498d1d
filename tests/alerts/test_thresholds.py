"""When somebody is told, and how often: thresholds, what is measured and time in; what begins, goes on and ends out."""

import pytest

from reception.alerts import Alert, changed, passed
from reception.setting_parts.alerts import AlertPart
from tests.builders import TEN

MINUTE = 60_000
HERE = "long", ""


def threshold(**parts) -> AlertPart:
    return AlertPart(**{"key": "long", "what": "longest_wait", "limit": 10} | parts)


def look(part, *, value=12.0, since=TEN, standing=(), told=(), at=TEN):
    """What a look at `at` changes where the wait has been too long since an instant; None: it is not."""
    now = {HERE: value} if value is not None else {}
    return changed({part.key: part}, now, {HERE: since}, standing, dict(told), at)


def begun(**fields) -> Alert:
    return Alert(**{"id": "1", "key": "long", "subject": "", "value": 12, "began_at": TEN, "told_at": TEN} | fields)


def names(found) -> list[str]:
    return [move.step for move in found.moves]


def test_exactly_the_threshold_is_no_alert():
    more, fewer = threshold(), threshold(what="desks_open", limit=2)
    assert passed([more], {("longest_wait", ""): 10.0}) == {}
    assert passed([more], {("longest_wait", ""): 10.1}) == {HERE: 10.1}
    assert passed([fewer], {("desks_open", ""): 2}) == {}
    assert passed([fewer], {("desks_open", ""): 1}) == {HERE: 1}


def test_one_services_threshold_looks_at_its_line_alone_and_the_offices_at_all():
    measured = {("longest_wait", ""): 12, ("longest_wait", "tax"): 12, ("longest_wait", "parking"): 3}
    assert passed([threshold(service="parking")], measured) == {}
    assert passed([threshold(service="tax")], measured) == {("long", "tax"): 12}
    assert passed([threshold()], measured) == {HERE: 12}


def test_each_paused_desk_and_each_device_is_an_alert_of_its_own():
    parts = [threshold(key="pause", what="paused", limit=15), threshold(key="faults", what="device", limit=None)]
    measured = {("paused", "1"): 16, ("paused", "2"): 20, ("paused", "3"): 4, ("device", "printer lobby"): 1}
    assert set(passed(parts, measured)) == {("pause", "1"), ("pause", "2"), ("faults", "printer lobby")}


def test_what_passes_within_its_minutes_is_told_to_nobody():
    part = threshold(for_minutes=2)
    assert names(look(part, at=TEN + 2 * MINUTE - 1)) == []
    found = look(part, at=TEN + 2 * MINUTE)
    assert names(found) == ["alert_began"]
    assert [(one.began_at, one.value) for one in found.tell] == [(TEN + 2 * MINUTE, 12.0)]


def test_while_it_lasts_it_is_told_again_only_so_often():
    part = threshold(again_minutes=30)
    assert names(look(part, standing=[begun()], at=TEN + 30 * MINUTE - 1)) == []
    found = look(part, value=41.0, standing=[begun()], at=TEN + 30 * MINUTE)
    assert names(found) == ["alert_told"]
    assert [(one.id, one.told_at, one.value) for one in found.tell] == [("1", TEN + 30 * MINUTE, 41.0)]


def test_whoever_sees_to_it_is_not_told_again():
    seen = begun(seen_at=TEN, seen_by="person:1")
    assert names(look(threshold(), standing=[seen], at=TEN + 600 * MINUTE)) == []


def test_it_ends_when_the_threshold_is_kept_again_or_taken_out_of_the_settings():
    assert names(look(threshold(), value=None, standing=[begun()], at=TEN + 9)) == ["alert_over"]
    assert names(look(threshold(key="other"), value=None, standing=[begun()])) == ["alert_over"]


def test_what_comes_and_goes_is_shown_each_time_and_told_once():
    part, at = threshold(again_minutes=30), TEN + 29 * MINUTE
    found = look(part, told={HERE: TEN}.items(), at=at, since=at)
    assert (names(found), found.tell) == (["alert_began"], ())
    (again,) = (move.after for move in found.moves)
    assert names(look(part, standing=[again], at=TEN + 30 * MINUTE)) == ["alert_told"]
    assert len(look(part, told={HERE: TEN}.items(), at=TEN + 30 * MINUTE).tell) == 1


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"limit": None}, "needs a limit"),
        ({"what": "device", "limit": 1}, "takes no limit"),
        ({"what": "paused", "service": "tax"}, "not of a service"),
        ({"mail": ["nobody"]}, "e-mail address"),
        ({"again_minutes": 0}, "greater than 0"),
        ({"who": []}, "at least 1"),
    ],
)
def test_a_threshold_that_means_nothing_is_refused(part, why):
    with pytest.raises(ValueError, match=why):
        threshold(**part)
