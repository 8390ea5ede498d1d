"""The page that says how right warnings were, in a sentence and a table."""

import re

from flask_babel import force_locale

from manage.warnings import saved, says
from reception.warning.quality import Quality
from tests.builders import Counter
from tests.warning.test_weeks import lived, warn

WEEK = Quality(missed=40, foreseen=38, early=30, warned=45, kept=5, left=2)


def test_before_the_first_warning_it_says_so(manager):
    assert "Nobody has been warned of yet." in manager.get("/manage/warnings").text


def test_weeks_stand_in_a_table_with_what_became_of_their_warnings(manager, parts, hands):
    lived(Counter(parts.settings, parts.store, clock=hands.clock), hands)
    hands.go(minutes=10)
    page = manager.get("/manage/warnings").text
    row = page[page.index(">2 March 2026<") :]
    assert re.findall(r'figure">([^<]*)', row)[:6] == ["3", "67%", "33%", "4", "67%", "1"]


def test_warnings_that_stand_now_are_counted(manager, parts, hands):
    door = Counter(parts.settings, parts.store, clock=hands.clock)
    warn(door, door.ticket())
    page = manager.get("/manage/warnings").text
    assert "1 warning stands now: what becomes of it is still to be seen." in page and "been warned of yet" not in page


def test_receptionists_may_not_look(receptionist):
    receptionist.get("/manage/warnings", status=403)


def test_a_week_is_named_by_its_days(manager, parts, hands):
    hands.go(days=3)  # the first warning came on a Thursday
    lived(Counter(parts.settings, parts.store, clock=hands.clock), hands)
    hands.go(days=1)
    page = manager.get("/manage/warnings").text
    assert "5 March 2026 to 6 March 2026" in page and "Week from" not in page


def test_switched_off_it_says_so(manager, parts):
    assert "switched off" not in manager.get("/manage/warnings").text
    off = parts.settings.warnings.model_copy(update={"tell": False})
    parts.settings = parts.settings.model_copy(update={"warnings": off})
    assert "switched off" in manager.get("/manage/warnings").text


def test_it_says_how_many_were_warned_of_in_time_and_how_many_came_true(app):
    with app.test_request_context(), force_locale("en"):
        said, after_all = says(WEEK), saved(WEEK)
    assert said == (
        "Of 40 people who waited longer than promised, 38 (95%) were warned of in time, and 30 (75%) with two minutes"
        " left to call them. Of 43 warnings, 38 (88%) came true."
    )
    assert after_all == (
        "5 people who were warned of were seen in time after all: the warning was wrong, or somebody heeded it."
    )


def test_of_a_few_it_says_how_many_and_no_percent(app):
    few = Quality(missed=1, foreseen=0, early=0, warned=1, kept=1)
    with app.test_request_context(), force_locale("en"):
        said, after_all = says(few), saved(few)
    assert said == (
        "Of 1 person who waited longer than promised, none was warned of in time, and none with two minutes left to"
        " call them. The one warning did not come true."
    )
    assert after_all.startswith("1 person who was warned of was seen in time after all")
