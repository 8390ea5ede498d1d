"""A visit's story in words, and the correction of its times with its trail, which the figures follow."""

import html
import re
from datetime import date

import pytest

from manage.story import PLAIN, WORDED
from reception.estimate.said import Said
from reception.figures import Figures
from reception.owing import Promised
from reception.visit import NEXT
from tests.builders import TEN, instant

MINUTE = 60_000


@pytest.fixture
def a_visit(parts, hands):
    """Came at ten, called at 10:02, seen at 10:03, finished at 10:09."""
    door = parts.frontdesk
    visit = door.issue(service="tax", by="kiosk:lobby").visit
    hands.go(minutes=2)
    door.call_next(desk="1", by="person:1")
    hands.go(minutes=1)
    door.step("start", visit=visit.id, by="person:1", desk="1")
    hands.go(minutes=6)
    door.finish(visit=visit.id, by="person:1", desk="1", outcome="resolved", note="Owes <i>nothing</i>")
    return visit


def story(manager, visit) -> list[str]:
    """What the page says happened, a line a step."""
    page = manager.get(f"/manage/visits/{visit.id}").text.split('<ol class="story"')[1].split("</ol>")[0]
    steps = re.findall(r"<li.*?</li>", page, re.DOTALL)
    return [html.unescape(" ".join(re.sub("<[^>]+>", " ", step).split())) for step in steps]


def correction(visit, parts, **typed) -> dict:
    """The form as a browser sends it: what was shown, unless something else was typed."""
    stored = parts.store.visit("office", visit.id)
    form = {}
    for name in ("arrived_at", "first_called_at", "seen_at", "ended_at"):
        at = getattr(stored, name)
        if at is not None:
            shown = f"{(at - TEN) // 3_600_000 + 10:02d}:{(at - TEN) // MINUTE % 60:02d}:{at // 1000 % 60:02d}"
            form |= {f"was-{name}": str(at), name: shown}
    return form | typed


def test_a_day_of_visits_leads_to_each(manager, parts, a_visit):
    parts.frontdesk.issue(service="housing", by="kiosk:lobby")
    page = manager.get("/manage/visits").text
    assert "2 people came today." in page and "finished" in page and "so far" in page
    assert f'href="/manage/visits/{a_visit.id}"' in page
    assert "Nobody came yesterday." in manager.get("/manage/visits?day=2026-03-01").text
    assert "2 people came today." in manager.get("/manage/visits?day=rubbish").text


def test_a_day_says_why_people_were_sent_on_and_what_else_was_offered(manager, parts):
    door = parts.frontdesk
    first, second, third = (door.issue(service="tax", by="kiosk:lobby").visit for _ in range(3))
    door.call(desk="1", visit=third.id, by="person:1", reason="child")
    for wanted in (False, True):
        door.offer(visit=third.id, by="person:1", service="housing", wanted=wanted)
    door.transfer(visit=first.id, by="person:1", service="housing", reason="wrong-queue")
    door.transfer(visit=second.id, by="person:1", service="housing", reason="wrong-queue")
    door.undo(visit=second.id, by="person:1")
    page = " ".join(re.sub("<[^>]+>", " ", manager.get("/manage/visits").text).split())
    assert "Sent on Wrong queue at check-in 1 time " in page
    assert "Called out of turn With small children 1 time " in page
    assert "Also offered Housing 2 times, wanted 1 " in page


def test_a_visit_is_found_by_its_number(manager, a_visit):
    assert manager.get("/manage/visits?number=a 001", status=302).location.endswith(a_visit.id)
    page = manager.get("/manage/visits?number=%3Cb%3EZ9", status=404).text
    assert "Nobody had the number &lt;B&gt;Z9 today." in page
    assert manager.get("/manage/visits?day=2026-03-01&number=A001", status=404)


def test_the_story_says_who_when_where_and_what(manager, a_visit):
    assert story(manager, a_visit) == [
        "10:00 Got the number A001 for Council Tax another program",
        "10:02 Called somebody who has left, Desk 1",
        "10:03 Was there, and helping began somebody who has left, Desk 1",
        "10:09 Finished: resolved here Recorded: a private note. somebody who has left, Desk 1",
    ]


def test_the_story_gives_reasons_in_the_offices_words(manager, parts, hands):
    door = parts.frontdesk
    visit = door.issue(service="tax", by="kiosk:lobby", needs=["bsl"]).visit
    door.issue(service="tax", by="kiosk:lobby")
    door.hold(visit=visit.id, by="person:1", minutes=5, reason="form")
    hands.go(minutes=6)
    door.catch_up()
    door.call_next(desk="2", by="person:2")
    door.transfer(visit=visit.id, by="person:2", service="housing", reason="wrong-queue")
    door.undo(by="person:2", desk="2")
    door.step("cancel", visit=visit.id, by="person:2", reason="twice")
    said = story(manager, visit)
    assert "On hold until 10:05: Filling in a form" in said[1]
    assert "The hold was over by the clock" in said[2]
    assert "Sent on to Housing: Wrong queue at check-in Nobody pressed Start" in said[4]
    assert "Taken back: Sent on to Housing: Wrong queue at check-in" in said[5]
    assert "Cancelled: Has another ticket" in said[6]
    assert "Recorded: needs." in said[0] and "Sign Language" not in " ".join(said)


def test_every_step_that_a_visit_can_take_has_words():
    further = "issued checked_in acknowledged print_confirmed noted planned offered times_flagged corrected"
    further += " promised promise_kept promise_changed promise_withdrawn kept_for_another"
    further += " told_late told_here told"
    further += " appointment_arrived appointment_freed reprinted slip_came slip_missing"
    steps = {step for row in NEXT.values() for step in row} | {*further.split()}
    assert steps <= {*PLAIN, *WORDED}


def test_what_is_known_of_the_person_is_marked_while_it_is_kept(manager, parts, a_visit):
    page = manager.get(f"/manage/visits/{a_visit.id}").text
    kept = page.split('class="kept"')[1]
    assert "Owes &lt;i&gt;nothing&lt;/i&gt;" in kept and "Still kept, and deleted 1 day after" in kept
    assert "Owes" not in page.split('class="kept"')[0]
    parts.frontdesk.writer.do(lambda store: (store.execute("DELETE FROM particulars"), None))
    page = manager.get(f"/manage/visits/{a_visit.id}").text
    assert "Owes" not in page and "Still kept" not in page and "Recorded: a private note." in page


def test_times_are_corrected_and_what_was_there_stays_in_the_story(manager, parts, a_visit):
    manager.post(f"/manage/visits/{a_visit.id}/correct", **correction(a_visit, parts, seen_at="10:08:30"))
    assert "The figures today follow." in manager.get("/manage/visits").text
    stored = parts.store.visit("office", a_visit.id)
    assert (stored.seen_at, stored.arrived_at) == (instant("2026-03-02 10:08:30"), TEN)
    assert "Seen at 10:08:30; before, it said 10:03:00." in story(manager, a_visit)[-1]
    assert "Manager" in story(manager, a_visit)[-1]


def test_the_figures_of_a_past_day_follow_a_correction(manager, parts, a_visit, hands):
    hands.go(days=2)
    figures = Figures(parts.settings, parts.store, parts.frontdesk.writer)
    day = date(2026, 3, 2)
    figures.catch_up(hands.wall)
    assert figures.between(day, day, hands.wall)["total"]["hits"] == 1  # out of what is kept
    assert parts.store.kept_spans("office", "2026-03-02", "2026-03-02")
    manager.post(f"/manage/visits/{a_visit.id}/correct", **correction(a_visit, parts, seen_at="10:08:30"))
    total = figures.between(day, day, hands.wall)["total"]
    assert (total["hits"], total["misses"], total["longest_ms"]) == (0, 1, 510_000)
    assert "was not seen within 5 minutes on 2 March 2026" in manager.get("/manage/figures?from=2026-03-02").text


def test_a_time_that_was_not_touched_keeps_its_milliseconds(manager, parts, hands):
    hands.go(milliseconds=417)
    visit = parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit
    hands.go(minutes=5)
    parts.frontdesk.flag_times(visit=visit.id, by="person:1")
    shown = {"was-arrived_at": str(visit.arrived_at), "arrived_at": "10:00"}
    manager.post(f"/manage/visits/{visit.id}/correct", **shown)
    stored = parts.store.visit("office", visit.id)
    assert (stored.arrived_at, stored.times_wrong) == (TEN + 417, 0)
    assert "Looked at these times: they are right" in story(manager, visit)[-1]


@pytest.mark.parametrize("typed", ["09:59", "10:30", "25:00", "soon", "10:03:00+05:00:00:00", "<b>"])
def test_times_that_cannot_be_right_are_refused_and_stay_typed(manager, parts, a_visit, typed):
    """Seen before coming, seen after the end, and what is no time."""
    before = parts.store.visit("office", a_visit.id)
    form = correction(a_visit, parts, seen_at=typed)
    page = manager.post(f"/manage/visits/{a_visit.id}/correct", status=422, **form).text
    assert "These times cannot be right for A001" in page
    assert f'value="{html.escape(typed)}"' in page
    assert parts.store.visit("office", a_visit.id) == before


def test_a_flagged_visit_stands_on_top_whatever_its_day(manager, parts, a_visit, hands):
    parts.frontdesk.flag_times(visit=a_visit.id, by="person:1")
    hands.go(days=1)
    page = manager.get("/manage/visits").text
    assert page.index("Times are wrong") < page.index("A001") and "2 March, 10:00" in page
    manager.post(f"/manage/visits/{a_visit.id}/correct", **correction(a_visit, parts))
    assert "Times are wrong" not in manager.get("/manage/visits").text


def test_the_last_step_is_taken_back_and_offered_only_while_it_can_be(manager, parts, a_visit, hands):
    assert "Finished: resolved here" in manager.get(f"/manage/visits/{a_visit.id}").text.split("Take back")[1]
    manager.post(f"/manage/visits/{a_visit.id}/undo")
    assert parts.store.visit("office", a_visit.id).state == "serving"
    hands.go(hours=1)
    assert "Take back" not in manager.get(f"/manage/visits/{a_visit.id}").text
    assert "cannot be undone" in manager.post(f"/manage/visits/{a_visit.id}/undo", status=409).text


def test_a_visit_is_cancelled_with_a_reason_of_the_list(manager, parts):
    visit = parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit
    manager.post(f"/manage/visits/{visit.id}/cancel", status=422, reason="because")
    manager.post(f"/manage/visits/{visit.id}/cancel", reason="mistake")
    assert parts.store.visit("office", visit.id).state == "cancelled"
    assert "Cancel A001" not in manager.get(f"/manage/visits/{visit.id}").text


def test_a_promise_stands_in_the_story_without_its_words(manager, parts, a_visit):
    parts.frontdesk.promise(Promised("We will write to Ann.", days=1), visit=a_visit.id, by="person:1")
    said = story(manager, a_visit)[-1]
    assert "Promised by 3 March 2026" in said and "Ann" not in said


def test_a_visit_that_is_not_there_is_said_so(manager):
    for path in ("/manage/visits/nobody", "/manage/visits/%F0%9F%92%A9"):
        assert "No visit has this id" in manager.get(path, status=404).text


def test_a_receptionist_sees_and_corrects_no_visit(receptionist, parts, a_visit):
    receptionist.get("/manage/visits", status=403)
    receptionist.get(f"/manage/visits/{a_visit.id}", status=403)
    before = parts.store.visit("office", a_visit.id)
    for way in ("correct", "cancel", "undo"):
        receptionist.post(f"/manage/visits/{a_visit.id}/{way}", status=403, seen_at="10:08")
    assert parts.store.visit("office", a_visit.id) == before


def test_a_time_told_anew_reads_as_later_with_why_or_as_sooner(manager, parts):
    door = parts.frontdesk
    visit = door.issue(service="tax", by="kiosk:lobby").visit
    for minutes, why in ((20, None), (30, "desk_closed"), (10, None)):
        said = Said("range", TEN, 0, minutes, TEN + minutes * MINUTE, later=bool(why), why=why)
        door.tell_expected({visit.id: said})
    lines = [line for line in story(manager, visit) if "Told" in line]
    words = (
        "Told to expect the call by 10:20",
        "Told that it is later than was said: by 10:30",
        "Told that it is sooner than was said: by 10:10",
    )
    assert [said in line for said, line in zip(words, lines, strict=True)] == [True] * 3
    assert ["A desk had closed" in line for line in lines] == [False, True, False]


# -- two managers with the same visit open ---------------------------------------------------------------------------


def test_times_that_somebody_else_has_corrected_are_not_corrected_unawares(manager, admin, parts, a_visit):
    where, office = f"/manage/visits/{a_visit.id}/correct", parts.frontdesk.office
    mine = correction(a_visit, parts, first_called_at="10:02:30", seen_at="10:08:30")
    theirs = correction(a_visit, parts, seen_at="10:09:00")
    manager.post(where, **mine)
    page = admin.post(where, 409, **theirs).text
    assert f"Nothing was saved: the times of {a_visit.number} have changed since you opened the page." in page
    assert 'value="10:09:00"' in page and 'value="10:02:30"' in page  # theirs, and what they left alone as it stands
    stands = parts.store.visit(office, a_visit.id)
    fields = dict(re.findall(r'name="(was-\w+)" value="(\d+)"', page))
    assert fields["was-seen_at"] == str(stands.seen_at)
    admin.post(where, **correction(stands, parts, seen_at="10:09:00"))
    assert parts.store.visit(office, a_visit.id).seen_at == stands.seen_at + 30_000


def test_the_last_step_is_taken_back_once_however_many_saw_it(manager, admin, parts, a_visit):
    where = f"/manage/visits/{a_visit.id}"
    (press,) = re.findall(r'name="press" value="(\d+)"', manager.get(where).text)
    manager.post(f"{where}/undo", press=press)
    assert "cannot be undone" in admin.post(f"{where}/undo", 409, press=press).text
    steps = [step.step for step in parts.store.steps(parts.frontdesk.office, visit=a_visit.id)]
    assert steps.count("undone") == 1
