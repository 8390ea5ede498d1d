"""The day's appointments, as staff see and check them in."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.arrivals.conftest import book, found


def row(colleague, reference: str, path: str = "/appointments") -> str:
    """A row's words, by its reference."""
    page = colleague.client.get(path).text
    (text,) = [one for one in re.findall(r"<li class=\"booked\".*?</li>", page, re.DOTALL) if f">{reference}<" in one]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_row_says_when_who_what_for_needs_and_how_it_stands(office, robin):
    booked = book(office.door, 20, name="Ben Lloyd", needs=("quiet",))
    assert row(robin, booked.reference).startswith(
        f"10:20 Ben Lloyd {booked.reference} Housing Quiet room Expected Here {booked.reference}"
    )


def test_the_rows_are_those_of_the_day_that_is_asked_for(office, robin):
    today, tomorrow = book(office.door, 20), book(office.door, 20, days=1)
    page = robin.get("/appointments")
    assert today.reference in page and tomorrow.reference not in page
    page = robin.get("/appointments?day=2026-03-03")
    assert tomorrow.reference in page and f"Here {tomorrow.reference}" not in page
    assert "Appointments, tomorrow" in page
    assert robin.get("/appointments?day=soon").startswith("Appointments, today")


def test_one_press_checks_in_and_says_the_number_and_how_punctual_they_were(office, robin):
    booked = book(office.door, 10)
    office.door.ticket("housing"), office.door.ticket("housing")
    office.hands.go(minutes=6)
    page = robin.send("/appointments/check-in", form="/appointments", appointment=booked.id)
    visit = office.door.stored(office.store.visit("office", found(office.door, booked.reference).visit))
    assert f"{visit.number} is their number." in page and visit.acknowledged_at
    assert f"Here as {visit.number} came 4 minutes early" in row(robin, booked.reference)
    office.hands.go(minutes=10)
    office.door.call(desk="1", visit=visit.id, by=robin.by, reason="quick")
    office.door.take("start", visit)
    assert "came 4 minutes early, seen 6 minutes after" in row(robin, booked.reference)


def test_late_and_not_attended_and_cancelled_are_told_apart(office, robin):
    late, missed, gone = book(office.door, 10), book(office.door, 5), book(office.door, 40)
    office.hands.go(minutes=12)
    assert "Late" in row(robin, late.reference)
    office.hands.go(minutes=24)
    office.door.catch_up()
    office.door.cancel_appointment(appointment=gone.id, by=robin.by)
    assert "Did not attend Here" in row(robin, missed.reference)
    assert row(robin, gone.reference).endswith("Cancelled")
    assert "2 appointments: 0 came, 1 still expected, 1 did not attend." in robin.get("/appointments")


def test_who_did_not_attend_may_still_come(office, robin):
    missed = book(office.door, 5)
    office.hands.go(minutes=40)
    office.door.catch_up()
    page = robin.send("/appointments/check-in", form="/appointments", appointment=missed.id)
    assert "is their number." in page and "came 35 minutes late" in page
    assert "1 of those who came was late." in page


def test_somebody_too_early_is_asked_about_once_more(office, robin):
    booked = book(office.door, 150)
    page = robin.send("/appointments/check-in", 409, form="/appointments", appointment=booked.id)
    assert "They are early: the appointment is at 12:30, and can be checked in from 11:30" in page
    assert "Check in anyway" in page
    page = robin.send("/appointments/check-in", form="/appointments", appointment=booked.id, anyway="1")
    assert "came 2 hours 30 minutes early" in page


@pytest.mark.parametrize("appointment", ["nothing", "", "\u202e"])
def test_an_appointment_that_is_not_there_is_refused_in_words_for_staff(robin, appointment):
    page = robin.send("/appointments/check-in", 404, form="/appointments", appointment=appointment)
    assert "No appointment of today fits." in page


def test_an_appointment_of_another_day_and_a_used_one_are_refused(office, robin):
    other, used = book(office.door, 20, days=1), book(office.door, 20)
    page = robin.send("/appointments/check-in", 409, form="/appointments", appointment=other.id)
    assert "This appointment is not today: it is on Tuesday 3 March, 10:20." in page
    visit = office.door.check_in(appointment=used.id, by=robin.by).visit
    office.door.take("leave", visit)
    page = robin.send("/appointments/check-in", 409, form="/appointments", appointment=used.id)
    assert "checked in already and that visit has ended" in page


def test_cancelling_asks_once_and_is_refused_when_they_are_here(office, robin):
    booked, here = book(office.door, 20, name="Ben Lloyd"), book(office.door, 25)
    assert "Ben Lloyd , 10:20, Housing" in robin.get(f"/appointments/{booked.id}/cancel")
    page = robin.send(f"/appointments/{booked.id}/cancel")
    assert f"The appointment {booked.reference} is cancelled." in page
    office.door.check_in(appointment=here.id, by=robin.by)
    assert "checked in already" in robin.send(f"/appointments/{here.id}/cancel", 409)
    assert "No appointment of today fits." in robin.get("/appointments/nothing/cancel", status=404)


def test_how_long_after_their_time_people_were_seen_is_said_of_the_day(office, robin):
    for minutes in (0, 0, 0):
        booked = book(office.door, minutes)
        office.door.check_in(appointment=booked.id, by=robin.by)
    for desk, wait in (("1", 2), ("2", 2), ("3", 5)):
        office.hands.go(minutes=wait)
        visit = office.door.next(desk)
        office.door.take("start", visit, desk)
    page = robin.get("/appointments")
    assert "Nobody who came was late." in page
    assert "They were seen 4 minutes after their time, in the middle; 9 minutes at the longest." in page


def test_nothing_changes_without_the_forms_token(office, robin):
    booked = book(office.door, 20)
    for path in ("/appointments/check-in", f"/appointments/{booked.id}/cancel"):
        assert robin.client.post(path, data={"appointment": booked.id}).status_code == 400
    assert found(office.door, booked.reference) == booked


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (320, 640)])
def test_the_page_is_accessible_and_nothing_hangs_over_its_edge(office, robin, new_context, size):
    book(office.door, 20, needs=("quiet", "interpreter"))
    office.door.check_in(appointment=book(office.door, 10).id, by=robin.by)
    booked = book(office.door, 5)
    office.hands.go(minutes=8)
    page = robin.open(new_context, "/appointments", size)
    for path in ("/appointments", f"/appointments/{booked.id}/cancel"):
        page.goto(office.url + path)
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
