"""A file of appointments from its upload to the report by line; the day's list with who came and how punctually."""

import csv
import io
import re

import pytest

from manage.appointments import REPORTS, SHOWN
from tests.builders import instant

HEAD = "reference,service,start,minutes,name"
GOOD = f"{HEAD}\nR1,tax,2026-03-02 10:30,20,Ann Other\nR2,housing,2026-03-02 11:00,,\n"


@pytest.fixture
def give(manager):
    """Uploads a file; the page that says what became of it."""

    def given(text, name="bookings.csv") -> str:
        data = text if isinstance(text, bytes) else text.encode()
        answer = manager.post("/manage/appointments", file=(io.BytesIO(data), name))
        return manager.get(answer.location).text

    return given


def download(manager, page) -> list[list[str]]:
    way = re.search(r'href="(/manage/appointments/reports/\d+\.csv)"', page)[1]
    return list(csv.reader(io.StringIO(manager.get(way).text)))


def booked(parts, day="2026-03-02") -> list[str]:
    return [one.reference for one in parts.frontdesk.appointments(day)]


def test_a_file_is_taken_in_and_the_same_again_changes_nothing(give, manager, parts):
    page = give(GOOD)
    assert "2 appointments are new." in page and "What was left out" not in page
    assert booked(parts) == ["R1", "R2"]
    steps = len(parts.store.steps("office"))
    page = give(GOOD)
    assert "Nothing is changed: all of this was here already." in page
    assert "2 were here already and are unchanged" in page
    assert len(parts.store.steps("office")) == steps


def test_what_has_changed_since_is_said(give, parts):
    give(GOOD)
    page = give(GOOD.replace("10:30", "10:45") + "R3,tax,2026-03-02 12:00,,\n")
    assert "1 appointment is new, 1 has changed." in page
    assert parts.frontdesk.appointments("2026-03-02")[0].booked_at == instant("2026-03-02 10:45")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("who,what,when\nA,B,C\n", "No column has a name known here."),
        ("reference,date\nR1,2026-03-02\n", "These columns are missing: service, time."),
        (b"PK\x03\x04workbook", "This is not a text file but perhaps a workbook."),
    ],
)
def test_a_file_that_is_none_is_said_to_be(give, parts, text, said):
    page = give(text)
    assert "Nothing was taken in." in page and said in page
    assert booked(parts) == []


def test_good_lines_are_kept_and_each_bad_one_is_said_by_its_line(give, manager, parts):
    page = give(
        f"{HEAD}\n"
        "R1,tax,2026-03-02 10:30,20,Ann\n"
        "R2,dentist,2026-03-02 11:00,,\n"
        "R3,tax,03/31/2026 09:00,,\n"
        "R4,tax,03/04/2026 09:00,,\n"
        "R1,tax,2026-03-02 12:30,20,Ann\n"
        "R5,housing,2026-03-02 13:00,,\n"
        "R6,housing,2026-03"
    )
    assert "2 appointments are new; 5 lines could not be read." in page
    for line, said in {3: "not one of this office", 4: "month first", 5: "may have the month first"}.items():
        assert re.search(f"Line {line}: [^<]*{said}", page)
    assert re.search("Line 6: It has the reference of line 2", page) and "Line 8: There are 3 cells for 5" in page
    assert booked(parts) == ["R1", "R5"]
    rows = download(manager, page)
    assert rows[0] == ["line", "kind", "what is the matter"]
    assert [row[0] for row in rows[1:]] == ["3", "4", "5", "6", "8"]


def test_a_calendar_is_taken_in_too(give, parts):
    event = "BEGIN:VEVENT\r\nUID:c1\r\nDTSTART:20260302T113000Z\r\nSUMMARY:Council Tax: Ann\r\nEND:VEVENT\r\n"
    cut = "BEGIN:VEVENT\r\nUID:c2\r\nDTSTART:2026"
    page = give(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}{cut}", "diary.ics")
    assert "1 appointment is new" in page and "Event 2: The event is not whole." in page
    assert booked(parts) == ["c1"]


def test_a_long_report_shows_its_beginning_and_downloads_whole(give, manager):
    page = give(f"{HEAD}\n" + "".join(f"R{i},dentist,2026-03-02 10:00,,\n" for i in range(SHOWN + 7)))
    assert page.count("Its service is not one") == SHOWN and "and 7 more, in the download" in page
    assert len(download(manager, page)) == 1 + SHOWN + 7


def test_neither_page_nor_download_repeats_what_a_cell_says(give, manager):
    page = give(f"{HEAD}\nR1,=cmd|calc,2026-03-02 10:00,,Ann <b>Other</b>\nR2,tax,never,,Ann\n", "<b>x</b>.csv")
    assert "Ann" not in page and "cmd" not in page and "&lt;b&gt;x&lt;/b&gt;.csv" in page
    assert "Ann" not in str(download(manager, page))


def test_a_report_is_for_whoever_gave_the_file_and_for_a_while(give, manager, admin):
    address = manager.post("/manage/appointments", file=(io.BytesIO(GOOD.encode()), "a.csv")).location
    assert "That report is not kept any more." in admin.get(address, status=404).text
    for _ in range(REPORTS):
        give(GOOD)
    assert "nothing is taken in twice" in manager.get(address, status=404).text
    manager.get(f"{address}.csv", status=404)


def test_no_file_is_a_sentence(manager):
    assert "Choose a file first" in manager.post("/manage/appointments", status=422).text
    nothing = (io.BytesIO(b""), "")
    assert "Choose a file first" in manager.post("/manage/appointments", status=422, file=nothing).text


def test_the_example_is_taken_in_as_it_stands(give, manager, parts):
    page = give(manager.get("/manage/appointments/example.csv").text)
    assert "2 appointments are new." in page and booked(parts, "2026-03-03") == ["EX-1001", "EX-1002"]
    page = manager.get("/manage/appointments/columns").text
    assert "booking reference" in page and "tax, parking, housing" in page


def test_only_a_signed_in_manager_may_send_much_and_only_here(manager, receptionist, parts):
    much = GOOD.encode() + b"#" * 200_000
    manager.post("/manage/appointments", file=(io.BytesIO(much), "a.csv"))
    receptionist.post("/manage/appointments", status=413, file=(io.BytesIO(much), "a.csv"))
    manager.post("/manage/today", status=413, kind="service", value="x" * 200_000)
    parts.keys.end_person(manager.person, by="test")
    manager.post("/manage/appointments", status=413, file=(io.BytesIO(much), "a.csv"))


def test_more_than_the_settings_allow_is_refused_with_the_size_that_is(manager):
    most = 20 * 1024 * 1024
    answer = manager.post("/manage/appointments", status=413, file=(io.BytesIO(b"x" * most), "a.csv"))
    assert "At most 20 MB can be sent." in answer.text


def test_the_days_list_says_who_came_and_how_punctually(give, manager, parts, hands):
    give(GOOD + "R3,tax,2026-03-02 09:50,,\nR4,tax,2026-03-02 15:00,,\nR5,tax,2026-03-03 15:00,,\n")
    hands.go_to("2026-03-02 10:24")
    parts.frontdesk.catch_up()
    number = parts.frontdesk.check_in(reference="R1", by="kiosk:lobby").visit.number
    hands.go_to("2026-03-02 11:07")
    page = manager.get("/manage/appointments").text
    assert "4 appointments today." in page
    assert "1 came, 1 is not here yet, 1 did not attend, 1 is to come." in " ".join(page.split())
    row = page.split("R1,")[1].split("</li>")[0]
    assert number in row and "6 minutes early" in row and "Came" in row
    assert "Ann" not in page  # a name is for the desk that calls
    assert "1 appointment on 3 March 2026." in manager.get("/manage/appointments?day=2026-03-03").text


def test_a_receptionist_gives_no_file(receptionist, parts):
    for path in ("", "/columns", "/example.csv", "/reports/1", "/reports/1.csv"):
        receptionist.get(f"/manage/appointments{path}", status=403)
    receptionist.post("/manage/appointments", status=403, file=(io.BytesIO(GOOD.encode()), "a.csv"))
    assert booked(parts) == []
