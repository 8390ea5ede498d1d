"""How often people complain, month by month, beside how many came: on the managers' page."""

import html
import re

from reception.feedback.rates import FEWEST


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1])))


def tell(parts, kind: str, theme: str = "waiting", **more):
    return parts.frontdesk.give_feedback(kind=kind, source="desk", by="person:1", theme=theme, **more)


def came(parts, count: int) -> None:
    for _one in range(count):
        parts.frontdesk.issue(service="tax", by="kiosk:lobby")


def test_before_anybody_has_told_anything_the_page_says_so(manager):
    page = words_of(manager.get("/manage/feedback/trends").text)
    assert "Nobody has told anything in a year." in page
    assert "Too few months have enough visits" in page
    assert "none was due" in page


def test_complaints_stand_beside_how_many_came_with_what_chance_may_do(manager, parts, hands):
    came(parts, FEWEST)
    for theme in ("waiting", "waiting", "staff"):
        tell(parts, "complaint", theme)
    tell(parts, "compliment", "staff", text="Very kind.")
    hands.go_to("2026-04-09 10:00")
    came(parts, 3)
    tell(parts, "comment")
    hands.go(hours=1)
    page = words_of(manager.get("/manage/feedback/trends").text)
    assert "3 complaints, 1 comment and 1 compliment since March 2026." in page
    assert f"March 2026 {FEWEST} 1 0 3 15 (3.0 to 44)" in page
    assert "April 2026 so far 3 0 1 0 too few" in page
    assert "Waiting 0 1 2" in page and "The staff 1 0 1" in page
    assert "Very kind." not in page


def test_whether_complaints_were_answered_in_time_is_told_by_what_was_said_first(manager, parts, hands):
    late, kept = tell(parts, "complaint"), tell(parts, "complaint")
    parts.frontdesk.extend_feedback(feedback=late.id, by="person:1", reason="The file is elsewhere.", days=20)
    parts.frontdesk.answer_feedback(feedback=kept.id, by="person:1", finding="upheld", answer="Yes.")
    hands.go_to("2026-03-10 10:00")
    page = words_of(manager.get("/manage/feedback/trends").text)
    assert "Stage 1 answered in time 50%" in page and "1 of 2" in page


def test_trends_are_for_managers(receptionist):
    receptionist.get("/manage/feedback/trends", 403)
