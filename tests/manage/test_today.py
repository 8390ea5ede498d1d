"""What a manager decides now: it holds at once, is said with who and when, and one press goes back to the settings."""

import pytest

from reception.refusals import Refusal
from tests.builders import instant
from tests.manage.conftest import seen

BODY = "<main"


@pytest.fixture
def decide(manager):
    return lambda status=302, **form: manager.post("/manage/today", status=status, **form)


def body(manager) -> str:
    return manager.get("/manage/today").text.split(BODY)[1]


def ruled(parts, kind, subject):
    return parts.frontdesk.look()[1].ruled(kind, subject)


def kiosk(parts, name="Lobby kiosk") -> str:
    parts.keys.add(name=name, role="kiosk", kind="browser", by="test")
    return next(key.id for key in parts.keys.all() if key.name == name)


def test_a_service_is_closed_at_once_and_one_press_opens_it_again(manager, parts, decide):
    assert "Everything is as the settings say." in body(manager)
    decide(kind="service", subject="tax", value="closed", until="today")
    with pytest.raises(Refusal, match="service_closed"):
        parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    page = body(manager)
    assert "1 decision holds now." in page and "Council Tax is closed, until the end of today." in page
    assert "Manager, <time" in page
    decide(kind="service", subject="tax", back="yes")
    assert parts.frontdesk.issue(service="tax", by="kiosk:lobby").visit.number == "A001"
    page = body(manager)
    assert "Everything is as the settings say." in page
    assert page.index("Council Tax is as the settings say") < page.index("Council Tax is closed")


def test_a_decision_ends_by_itself_when_it_was_said_to(manager, parts, decide, hands):
    decide(kind="service", subject="tax", value="closed", until=str(instant("2026-03-02 10:30")))
    assert "until 10:30" in body(manager)
    hands.go(minutes=30)
    assert ruled(parts, "service", "tax") is None
    assert "Everything is as the settings say." in body(manager)


@pytest.mark.parametrize("until", ["0", "-1", "soon", "99999999999999999999", str(instant("2026-03-02 09:00"))])
def test_a_time_that_is_none_or_past_is_refused(parts, decide, until):
    assert "still to come" in decide(422, kind="service", subject="tax", value="closed", until=until).text
    assert ruled(parts, "service", "tax") is None


def test_until_changed_outlives_the_day(parts, decide, hands):
    decide(kind="service", subject="tax", value="closed", until="changed")
    hands.go(days=3)
    assert ruled(parts, "service", "tax") == "closed"


def test_a_quota_fills_the_service_and_is_raised_again(manager, parts, decide):
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    decide(kind="quota", subject="tax", value="1", until="today")
    page = body(manager)
    assert "1 of 1 tickets" in page and "Full" in page
    with pytest.raises(Refusal, match="service_full"):
        parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    decide(kind="quota", subject="tax", value="", until="today")
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")


def test_a_kiosk_is_locked_with_a_text_and_released(manager, parts, decide):
    lobby = kiosk(parts)
    decide(kind="kiosk", subject=lobby, text="Back in ten <b>minutes</b>.", until="today")
    assert parts.frontdesk.text_of(parts.frontdesk.look()[1], "kiosk", lobby) == "Back in ten <b>minutes</b>."
    page = body(manager)
    assert "Lobby kiosk is locked" in page and "ten &lt;b&gt;minutes" in page
    decide(kind="kiosk", subject=lobby, back="yes")
    assert ruled(parts, "kiosk", lobby) is None
    assert "Lobby kiosk is unlocked" in body(manager)


def test_only_a_kiosk_that_is_let_in_can_be_locked(parts, decide):
    parts.keys.add(name="Board", role="display", kind="browser", by="test")
    board = parts.keys.all()[0].id
    for subject in (board, "nobody", ""):
        decide(404, kind="kiosk", subject=subject, text="Closed", until="today")


def test_a_notice_and_a_message_hold_their_text_where_it_can_be_deleted(manager, parts, decide):
    decide(kind="notice", subject="board", text="The lift is out of order.", until="changed")
    decide(kind="message", subject="all", text="Fire drill at three.", until="today")
    room = parts.frontdesk.look()[1]
    assert parts.frontdesk.text_of(room, "notice", "board") == "The lift is out of order."
    assert parts.frontdesk.text_of(room, "message", "all") == "Fire drill at three."
    assert "lift" not in str(parts.store.steps("office")) and "drill" not in str(parts.store.steps("office"))
    assert "Fire drill at three." in body(manager)


def test_who_serves_what_changes_the_line_at_once(manager, parts, decide):
    parts.frontdesk.issue(service="tax", by="kiosk:lobby")
    assert parts.frontdesk.call_next(desk="3", by="person:3") is None
    form = {"takes-housing": "main", "takes-tax": "helps", "takes-parking": ""}
    decide(kind="serves", subject="3", until="today", **form)
    assert "Desk 3 takes Housing and helps with Council Tax" in body(manager)
    assert parts.frontdesk.call_next(desk="3", by="person:3").number == "A001"


def test_what_was_typed_stays_when_it_is_refused(manager, decide):
    page = decide(422, kind="quota", subject="tax", value="a few", until="changed").text
    assert "A quota is a number of tickets" in page and 'value="a few"' in page
    assert '<option value="changed" selected>' in page
    page = decide(422, kind="serves", subject="3", until="today", **{"takes-tax": ""}).text
    assert "would take nothing" in page
    page = decide(422, kind="message", subject="2", text="x" * 301, until="today").text
    assert "too long" in page and "x" * 300 in page and '<option value="2" selected>' in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "service"},
        {"kind": "service", "subject": "nothing", "value": "closed"},
        {"kind": "service", "subject": "tax", "value": "perhaps"},
        {"kind": "quota", "subject": "tax", "value": "-1"},
        {"kind": "notice", "subject": "moon", "text": "x"},
        {"kind": "notice", "subject": "board", "text": " \u202e "},
        {"kind": "message", "subject": "99", "text": "x"},
        {"kind": "everything", "subject": "tax", "value": "closed"},
    ],
)
def test_a_form_that_is_none_is_refused_with_a_sentence_and_decides_nothing(manager, parts, form):
    answer = manager.client.post("/manage/today", data=form)
    assert answer.status_code == 400  # without the form's token
    answer = manager.post("/manage/today", status=404 if form.get("subject") == "99" else 422, **form)
    assert 'role="alert"' in answer.text
    assert not parts.frontdesk.look()[1].rulings


def test_the_record_says_each_decision_as_it_was(manager, parts, decide, hands):
    for value in ("12", "20", "7"):
        decide(kind="quota", subject="tax", value=value, until="today")
        hands.go(minutes=1)
    page = body(manager).split('id="record"')[1]
    places = [page.index(f"gives {count} tickets a day, until the end of today") for count in (7, 20, 12)]
    assert places == sorted(places)


def test_a_receptionist_decides_nothing(receptionist, parts):
    assert "may not do that" in receptionist.get("/manage/today", status=403).text
    receptionist.post("/manage/today", status=403, kind="service", subject="tax", value="closed", until="today")
    assert not parts.frontdesk.look()[1].rulings


# -- two managers with the page open -----------------------------------------------------------------------------------

OPEN = "Nothing was done: this has changed since you opened the page. "


def test_what_a_colleague_decided_meanwhile_is_said_and_stands_until_the_next_press(manager, admin, parts, hands):
    form = {"kind": "quota", "subject": "tax", "until": "today"}
    first, second = (seen(one.get("/manage/today").text) for one in (manager, admin))
    manager.post("/manage/today", value="12", **form, seen=first)
    hands.go(minutes=4)
    page = admin.post("/manage/today", 409, value="20", **form, seen=second).text
    said = OPEN + "Manager, 10:00: Council Tax gives 12 tickets a day, until the end of today. Look at it again,"
    assert said in page and "What you typed is still there." in page
    assert "0 of 12 tickets" in page and 'value="20"' in page
    assert ruled(parts, "quota", "tax") == "12"
    admin.post("/manage/today", value="20", **form, seen=seen(page))
    assert ruled(parts, "quota", "tax") == "20"


@pytest.mark.parametrize(
    ("kind", "subject", "theirs", "mine", "typed"),
    [
        ("service", "tax", {"value": "closed"}, {"value": "open"}, "Council Tax is closed"),
        ("serves", "3", {"takes-tax": "main"}, {"takes-housing": "main"}, "takes it first"),
        ("notice", "board", {"text": "The lift is out."}, {"text": "We shut at 3."}, "We shut at 3.</textarea>"),
        ("notice", "kiosk", {"text": "No printer."}, {"text": "No paper."}, "No paper.</textarea>"),
        ("message", "all", {"text": "Fire drill at three."}, {"text": "Cake at four."}, "Cake at four.</textarea>"),
        ("message", "2", {"text": "Please ring me."}, {"text": "Well done."}, '<option value="2" selected>'),
    ],
)
def test_nothing_of_any_kind_takes_the_place_of_what_nobody_has_seen(
    manager, admin, parts, kind, subject, theirs, mine, typed
):
    form = {"kind": kind, "subject": subject, "until": "today"}
    opened = seen(admin.get("/manage/today").text)
    manager.post("/manage/today", **form, **theirs, seen=opened)
    stands = parts.frontdesk.look()[1].rulings
    page = admin.post("/manage/today", 409, **form, **mine, seen=opened).text
    assert OPEN + "Manager, 10:00: " in page and typed in page and theirs.get("text", "") in page
    assert parts.frontdesk.look()[1].rulings == stands
    admin.post("/manage/today", **form, **mine, seen=seen(page))
    assert parts.frontdesk.look()[1].rulings[f"{kind}:{subject}"].by == f"person:{admin.person}"


def test_a_locked_kiosk_is_not_released_by_a_page_from_before_its_new_words(manager, admin, parts):
    form = {"kind": "kiosk", "subject": kiosk(parts), "until": "today"}
    manager.post("/manage/today", **form, text="Back in ten minutes.")
    opened = seen(admin.get("/manage/today").text)
    manager.post("/manage/today", **form, text="Back at two.", seen=opened)
    page = admin.post("/manage/today", 409, **form, back="yes", seen=opened).text
    assert OPEN + "Manager, 10:00: Lobby kiosk is locked" in page
    assert "What you typed is still there." not in page and "Back at two.</textarea>" in page
    admin.post("/manage/today", **form, back="yes", seen=seen(page))
    assert ruled(parts, "kiosk", form["subject"]) is None


def test_what_was_decided_about_something_else_keeps_nobody_from_a_decision(manager, admin, parts):
    opened = seen(admin.get("/manage/today").text)
    manager.post("/manage/today", kind="service", subject="tax", value="closed", until="today", seen=opened)
    admin.post("/manage/today", kind="service", subject="housing", value="closed", until="today", seen=opened)
    assert ruled(parts, "service", "tax") == ruled(parts, "service", "housing") == "closed"


@pytest.mark.parametrize("more", [{"until": "today", "text": "The lift is out."}, {"back": "yes"}])
def test_a_press_that_comes_twice_is_done_once(manager, parts, more):
    manager.post("/manage/today", kind="notice", subject="board", until="changed", text="The lift is slow.")
    opened = seen(manager.get("/manage/today").text)
    for _press in range(2):
        manager.post("/manage/today", kind="notice", subject="board", **more, seen=opened)
    assert len(parts.store.steps_about(parts.frontdesk.office, "notice:board")) == 2
