"""How many desks it takes, as a manager reads it: now, the week, a change tried, and how right it was."""

import html
import re
from dataclasses import replace

import pytest

from reception.staffing import BackTest, Changes, Progress, Share, Shortfall
from reception.staffing.made_of import made_of
from tests.builders import instant
from tests.manage.planned import (
    MONDAY,
    TUESDAY,
    Planned,
    closed_day,
    day,
    half_hours,
    hour_ahead,
    plan,
    share,
    short_day,
    trusted,
)

DESKS = [
    {"key": "1", "name": "Desk 1", "breaks": ["15:00-15:15", "12:00-12:30"]},
    {"key": "2", "name": "Desk 2"},
    {"key": "3", "name": "Desk 3", "services": ["housing"]},
]


@pytest.fixture
def settings_parts() -> dict:
    return {"desks": DESKS}


@pytest.fixture
def planned(parts):
    parts.staffing = Planned(plan(), hour_ahead())
    return parts.staffing


def words(answer) -> str:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1]))
    return html.unescape(re.sub(r" (?=[,.])", "", said))


def test_it_begins_with_what_the_week_comes_to(manager, planned):
    page = words(manager.get("/manage/staffing"))
    assert "One of the next 5 open days has hours in which the roster falls short: Tuesday." in page
    assert "The promise: 80% of people are seen within 5 minutes." in page
    assert "Closed: Saturday 14 March and Sunday 15 March." in page


def test_a_week_without_a_short_hour_and_one_with_nothing_else_are_said_so(manager, planned):
    planned.plan = plan(day(MONDAY.isoformat()), day(TUESDAY))
    assert "The roster keeps the promise at all hours of the next 2 open days." in words(
        manager.get("/manage/staffing")
    )
    planned.plan = plan(short_day())
    assert "The one day that is open has hours in which the roster falls short." in words(
        manager.get("/manage/staffing")
    )


def test_where_it_falls_short_stands_with_ranges_what_helps_and_the_days_it_rests_on(manager, planned):
    page = words(manager.get("/manage/staffing"))
    assert "Tuesday 10 March from the last 8 Tuesdays" in page
    assert "10:30–12:00: 3 desks give 61% (53–69) within 5 minutes; a fourth gives 86% (80–92)." in page
    assert "12:00–13:00: 2½ desks give 71% (63–79) within 5 minutes; one more like Desk 3 gives 78% (71–85)," in page
    assert "still under 80%." in page


def test_a_share_that_misses_the_promise_by_less_than_a_point_is_said_to(manager, planned):
    planned.plan = plan(short_day(shortfalls=(Shortfall(630, 720, 3, share(0.796), share(0.798), None),)))
    said = "10:30–12:00: 3 desks give just under 80% (72–88) within 5 minutes; a fourth gives just under 80% (72–88)."
    assert said in words(manager.get("/manage/staffing"))


def test_half_hours_that_take_more_than_the_roster_has_are_said_drawn_and_in_a_table(manager, planned):
    page = manager.get(f"/manage/staffing?day={TUESDAY}")
    assert "It takes more desks than the roster has at 10:30–13:30." in words(page)
    assert page.text.count('class="bar-late"') == 6
    assert "12:30 7.2 3 Desk 1, Desk 2, Desk 3 2 " in words(page)


def test_a_half_hour_that_no_number_of_desks_saves_is_no_quiet_one(manager, planned):
    first, *others = half_hours()
    planned.plan = plan(day(TUESDAY, half_hours=(replace(first, needed=None, share=share(0.2), skills=()), *others)))
    page = manager.get("/manage/staffing")
    assert "It takes more desks than the roster has at 09:00–09:30." in words(page)
    assert page.text.count('class="bar-late"') == 1
    assert "++: more than the office could open." in words(page) and "09:00 2.4 ++ – 3 20% (12–28)" in words(page)


def test_what_is_needed_beyond_all_desks_makes_the_hours_at_least_so_many(manager, planned):
    page = words(manager.get("/manage/staffing"))
    assert "Over the seven days it takes about 93½ desk-hours; the roster has 115 desk-hours." in page
    planned.plan = plan(day(TUESDAY, at_least=True))
    page = words(manager.get("/manage/staffing"))
    assert "Over the seven days it takes at least 17½ desk-hours; the roster has 23 desk-hours." in page
    assert " at least 17½ 23 " in page


@pytest.mark.parametrize("settings_parts", [{"desks": [{"key": "3", "name": "Desk 3", "services": ["tax"]}]}])
def test_a_service_that_no_desk_serves_is_said_above_the_week_with_a_change_to_try(manager, planned):
    planned.plan = plan(day(TUESDAY, unserved=(("housing", 12.0), ("tax", 30.0), ("closed-down", 3.0))))
    page = manager.get("/manage/staffing")
    everybody = sum(one.people for one in half_hours())
    said = f"No desk serves Housing, which {12 / everybody:.0%} come for."
    assert words(page).index(said) < words(page).index("The coming week") and words(page).count("No desk serves") == 1
    assert f'href="/manage/staffing?day={TUESDAY}&amp;skill=3:housing#what-if"' in page.text


def test_another_day_is_a_press_away_and_says_when_the_roster_is_enough(manager, planned):
    page = manager.get(f"/manage/staffing?day={MONDAY}")
    assert "With the roster, 93% (89–97) of about 84 people are seen within 5 minutes." in words(page)
    assert "No half hour takes more desks than the roster has." in words(page)
    assert 'class="bar-late"' not in page.text


def test_the_next_hour_is_said_in_words_and_no_finer_than_it_is_known(manager, planned):
    page = words(manager.get("/manage/staffing"))
    assert "The promise may be missed soon. Opening Desk 3 would help." in page
    assert "for about 7 people: as it is about 35% with Desk 3 open as well about 10%" in page
    planned.now = hour_ahead(0.012, 0.001)
    page = words(manager.get("/manage/staffing"))
    assert "The promise is likely to hold for the next hour." in page and "as it is under 5%" in page


@pytest.mark.parametrize(
    ("chance", "said", "beside"),
    [
        (0.5, "may be missed soon", "about 50%"),
        (0.6, "will probably be missed soon", "about 60%"),
        (0.88, "will very likely be missed soon", "about 90%"),
        (0.99, "will very likely be missed soon", "over 95%"),
    ],
)
def test_the_next_hour_in_words_fits_the_chance_beside_them(manager, planned, chance, said, beside):
    planned.now = hour_ahead(chance, chance)
    page = words(manager.get("/manage/staffing"))
    assert f"The promise {said}, and one more desk would change little." in page and f"as it is {beside}" in page


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("closed", "The office is closed now."),
        ("no_history", "Too little has been recorded to say how the next hour goes."),
        ("no_desks", "The settings name no desk that serves anything."),
    ],
)
def test_where_nothing_can_be_said_of_the_next_hour_it_says_why(manager, planned, key, said):
    planned.now = hour_ahead(key=key, ahead=())
    assert said in words(manager.get("/manage/staffing"))


# -- a change tried -----------------------------------------------------------------------------------------------


def test_a_change_shows_before_and_after_each_with_its_range(manager, planned):
    page = words(manager.get(f"/manage/staffing?day={TUESDAY}&desks=1&people=-10"))
    assert planned.asked == [(TUESDAY, Changes(desks=1, people=-10))]
    assert (
        "On Tuesday, with one more desk and 10% fewer people, 84% (78–90) are seen within 5 minutes, instead of"
        " 74% (68–80). It rests on the last 8 Tuesdays." in page
    )
    assert "11:00 62% (53–71) 72% (63–81)" in page  # half hour by half hour


def test_a_skill_a_break_and_earlier_doors_are_asked_and_said(manager, planned):
    asked = "desks=0&earlier=30&skill=3:tax&lunch=1&lunch-at=690"
    page = words(manager.get(f"/manage/staffing?day={TUESDAY}&{asked}"))
    assert planned.asked == [(TUESDAY, Changes(earlier=30, skills=(("3", "tax"),), lunches=(("1", 690),)))]
    assert "doors open 30 minutes earlier, Desk 3 serving Council Tax as well and Desk 1's break at 11:30" in page


def test_the_break_that_can_be_moved_is_the_first_of_the_day(manager, planned):
    assert "Desk 1's, now at 12:00" in words(manager.get(f"/manage/staffing?day={TUESDAY}"))


def test_without_a_change_nothing_is_worked_out(manager, planned):
    page = words(manager.get(f"/manage/staffing?day={TUESDAY}&desks=0&people=0&earlier=0&skill=&lunch=&lunch-at=720"))
    assert planned.asked == [] and "Move a slider, and this says what it would do" in page


def test_while_it_is_worked_out_a_link_looks_again_and_the_form_keeps_what_was_asked(manager, planned):
    planned.looks = 1
    where = f"/manage/staffing?day={TUESDAY}&desks=2"
    page = manager.get(f"{where}&endpoint=x&_external=1")
    assert f'href="/manage/staffing?day={TUESDAY}&amp;desks=2&amp;look=1#what-if"' in page.text
    assert 'id="desks" name="desks" min="-2" max="3" step="1" value="2"' in page.text
    assert "with 2 more desks" in words(manager.get(where))


def test_a_change_that_could_not_be_worked_out_says_so_and_shows_the_day_as_it_is(manager, planned):
    planned.fails = True
    page = manager.get(f"/manage/staffing?day={TUESDAY}&desks=1")
    assert "This could not be worked out. The server's log says why." in words(page)
    assert "with its range: 74% (68–80)." in page.text


@pytest.mark.parametrize("asked", ["desks=9", "people=many", "skill=3:nothing", "lunch=2", "lunch=1&lunch-at=7"])
def test_a_change_that_there_is_not_is_refused_in_a_sentence_and_the_week_stays(manager, planned, asked):
    page = words(manager.get(f"/manage/staffing?day={TUESDAY}&{asked}", 422))
    assert "The plan knows no such change." in page and "The coming week" in page
    assert planned.asked == []


def test_a_day_beyond_the_plan_is_refused_in_a_sentence(manager, planned):
    for asked in ("2026-05-01", "tomorrow"):
        assert f"{asked} is not among the days of the plan." in words(manager.get(f"/manage/staffing?day={asked}", 404))


# -- making it, and before there is one ---------------------------------------------------------------------------


def test_a_plan_is_begun_and_stopped_by_a_press(manager, planned):
    assert "Work it out again" in words(manager.get("/manage/staffing"))
    manager.post("/manage/staffing/plan")
    planned.making = Progress("working", 0.4, TUESDAY)
    page = manager.get("/manage/staffing")
    assert "Working out: Tuesday 10 March 40%" in words(page) and "Work it out again" not in page.text
    manager.post("/manage/staffing/plan/cancel")
    assert planned.asked == ["start", "cancel"]
    planned.making = Progress("cancelled")
    assert "It was stopped, and the plan from before stays." in words(manager.get("/manage/staffing"))


def test_a_plan_that_a_stop_of_the_server_cut_short_is_said_and_offered_again(manager, planned):
    planned.making = Progress("interrupted", started_at=instant("2026-03-09 04:05"))
    for planned.plan, offer in ((plan(), "Work it out again"), (None, "Work the week out")):
        page = words(manager.get("/manage/staffing"))
        assert "The server stopped while a plan was being worked out (begun 9 March, 04:05)." in page
        assert offer in page and "Working out:" not in page


def test_a_plan_of_other_opening_hours_and_desks_says_first_that_it_is_out_of_date(manager, parts, planned):
    made = made_of(parts.settings)
    planned.plan = replace(plan(), made_of=made)
    assert "out of date" not in manager.get("/manage/staffing").text
    planned.plan = replace(plan(), made_of=made | {"hours": "others", "desks": "others"})
    page = words(manager.get("/manage/staffing"))
    assert (
        "This plan is out of date. The settings have changed since it was worked out: the opening hours and the desks."
        " Work it out again to plan by them." in page
    )


def test_before_there_is_enough_it_says_what_it_takes_and_has_nothing_to_press(manager, parts):
    parts.staffing = Planned(None, hour_ahead(key="no_history", ahead=()))
    page = manager.get("/manage/staffing")
    assert "How many desks it takes cannot be said yet: too little has been recorded." in words(page)
    assert "after 3 weeks it can be relied on" in words(page) and "Work the week out" not in page.text


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["closed"] * 7, "The office is closed for the next seven days."),
        (["no_desks"] * 5 + ["closed"] * 2, "The settings name no desk that serves anything"),
        (["no_history"] * 5 + ["closed"] * 2, "How many desks it takes cannot be said yet"),
    ],
)
def test_a_week_without_any_half_hour_says_why(manager, planned, keys, said):
    planned.plan = plan(*(closed_day(f"2026-03-{9 + nth:02d}", key) for nth, key in enumerate(keys)))
    page = manager.get("/manage/staffing")
    assert said in words(page) and "<svg role" not in page.text


def test_a_day_with_few_like_it_and_one_after_a_holiday_say_so(manager, planned):
    planned.plan = plan(short_day(key="few_days", days=2, after_holiday=True))
    page = words(manager.get("/manage/staffing"))
    assert "from the last 2 days after a holiday" in page and "Those are few: believe it less." in page


def test_one_desk_nobody_there_and_nobody_coming_are_said_as_they_are(manager, planned):
    alone = Shortfall(540, 570, 1, share(0.5), Share(), None)
    nobody = Shortfall(570, 600, 0, Share(), share(0.9), None)
    planned.plan = plan(day(TUESDAY, shortfalls=(alone, nobody), whole=Share()))
    page = words(manager.get("/manage/staffing"))
    assert "09:00–09:30: 1 desk gives 50% (42–58) within 5 minutes." in page
    assert "09:30–10:00: nobody is there to help." in page
    assert "Nobody is expected on this day." in page


# -- how right it was ---------------------------------------------------------------------------------------------


def test_how_right_it_was_stands_week_by_week(manager, planned):
    page = words(manager.get("/manage/staffing"))
    assert "Over these four weeks it was off by 2 points, within the 5 that we allow." in page
    assert "2 March 388 88% 86% +2" in page


@pytest.mark.parametrize(("off", "said"), [(11.4, "11 points more"), (-7.0, "7 points less")])
def test_advice_that_was_far_off_is_grey_and_says_so_first(manager, planned, off, said):
    assert " data-off" not in manager.get("/manage/staffing").text
    planned.plan = plan(back_test=trusted(off, "off"))
    page = manager.get("/manage/staffing")
    assert f"Do not plan by this page at present. Over these four weeks it expected {said} than came true." in words(
        page
    )
    assert '<div class="advice" data-off>' in page.text


def test_advice_that_was_off_by_more_than_chance_explains_says_what_such_weeks_come_to(manager, planned):
    planned.plan = plan(back_test=trusted(11.4, "off"))
    page = words(manager.get("/manage/staffing"))
    assert "Chance hardly explains it: such weeks come to anything from 90% to 98%, and 82% came true. Its" in page


def test_advice_that_was_off_by_chance_stays_as_it_is_and_says_so(manager, planned):
    planned.plan = plan(back_test=trusted(6.6, "chance"))
    page = manager.get("/manage/staffing")
    assert "data-off" not in page.text and "Do not plan by this page" not in page.text
    assert (
        "Over these four weeks it expected 7 points more than came true. That may be chance: such weeks come to"
        " anything from 81% to 97%, and 82% came true." in words(page)
    )


def test_a_verdict_of_an_earlier_version_is_said_without_what_it_does_not_know(manager, planned):
    planned.plan = plan(back_test=replace(trusted(11.4, "off"), happened=None, low=None, high=None))
    page = words(manager.get("/manage/staffing"))
    assert "it expected 11 points more than came true. Its advice is shown in grey." in page


def test_before_four_weeks_it_says_that_it_was_not_put_to_the_test(manager, planned):
    planned.plan = plan(back_test=BackTest())
    assert "It has not been put to the test yet" in words(manager.get("/manage/staffing"))


def test_staffing_is_for_managers(receptionist, planned):
    receptionist.get("/manage/staffing", 403)
    receptionist.post("/manage/staffing/plan", 403)
    assert planned.asked == []
