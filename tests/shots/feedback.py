"""What managers see of feedback: half a year of it behind an ordinary morning."""

import re
import time

from playwright.sync_api import Browser, Page

from reception.frontdesk import FrontDesk
from reception.settings import load
from reception.store import Store
from tests.builders import Hands
from tests.fernleigh import HOUR, STAFF, Office
from tests.shots.camera import PHONE, press, see, take

DAY = 24 * HOUR
OMBUDSMAN = {"name": "the Local Government and Social Care Ombudsman", "phone": "0300 061 0614", "web": "lgo.org.uk"}
TOLD = (  # days ago, what, about, and what became of it
    (171, "complaint", "waiting", "upheld"), (160, "compliment", "staff", "feedback_passed_on"),
    (149, "comment", "building", "feedback_closed"), (140, "complaint", "decision", "not_upheld"),
    (133, "complaint", "waiting", "partly"), (121, "compliment", "staff", "feedback_passed_on"),
    (109, "complaint", "information", "upheld"), (96, "compliment", "staff", "feedback_passed_on"),
    (88, "complaint", "waiting", "upheld"), (80, "comment", "building", "feedback_closed"),
    (64, "complaint", "staff", "no_finding"), (61, "compliment", "staff", "feedback_passed_on"),
    (40, "complaint", "waiting", "upheld"), (33, "comment", "building", "feedback_closed"),
    (20, "compliment", "staff", "feedback_passed_on"), (16, "complaint", "decision", "not_upheld"),
    (9, "complaint", "information", None), (5, "complaint", "waiting", None), (1, "compliment", "staff", None),
)  # fmt: skip


class Told(Office):
    """An office to which people have told something for half a year."""

    def _begin(self) -> None:
        hands = Hands(time.time_ns() // 1_000_000 - 180 * DAY)
        door = FrontDesk(load(self.office, env=self._env), Store(self.data / "reception.db"), clock=hands.clock)
        now, services = hands.wall + 180 * DAY, list(door.settings.service)
        for ago, kind, theme, became in TOLD:
            hands.go(milliseconds=now - ago * DAY - hands.wall)
            for place in range(70):
                door.issue(service=services[place % 2], by="screen:lobby")
            told = door.give_feedback(kind=kind, theme=theme, source="phone", by="visitor", service=services[0])
            if became and kind == "complaint":
                hands.go(days=2)
                door.answer_feedback(feedback=told.id, by="system", finding=became, answer="We have looked into it.")
            elif became:
                door.end_feedback(feedback=told.id, by="system", step=became)
        door.store.close()
        super()._begin()


def told(folder) -> Office:
    return Told(folder, lived=True, feedback={"ombudsman": OMBUDSMAN})


def feedback(browser: Browser, office: Office) -> None:
    """The log, a complaint from its words to its letter, noting one, how it goes over time, and what was done."""
    door = office.door
    visit = next(iter(door.look()[1].visits.values()))
    text = "I waited for forty minutes with a small child.\nNobody said why, and two desks stood empty."
    one = door.give_feedback(
        kind="complaint", theme="waiting", source="desk", by=office.by["Robin"], visit=visit.id, text=text,
        contact="Ms Lee, 01632 960 777",
    )  # fmt: skip
    door.assign_feedback(feedback=one.id, owner=office.by["Sam"], by=office.by["Sam"])
    for said, did in (
        ("The waiting room is cold in the mornings.", "The heating now starts at seven."),
        ("I never know how long it will take.", "The screen and your phone now say when we expect to call you."),
    ):
        door.say_what_was_done(said=said, did=did, by=office.by["Sam"])
    pages = {
        "feedback": "/manage/feedback",
        "feedback-one": f"/manage/feedback/{one.id}",
        "feedback-new": "/manage/feedback/new",
        "feedback-over-time": "/manage/feedback/trends",
        "feedback-said": "/manage/feedback/said",
    }
    for size in (STAFF, PHONE):
        for name, path in pages.items():
            take(office.open(browser, path, "Sam", size), f"manage-{name}", full=True)
    take(office.open(browser, pages["feedback"], "Sam", STAFF, color_scheme="dark"), "manage-feedback-dark")
    backwards = office.open(browser, "/manage/feedback?from=2026-03-09&to=2026-03-02", "Sam")
    take(backwards, "manage-feedback-backwards", full=True)
    sam, late = (office.open(browser, pages["feedback-one"], "Sam") for _both in range(2))
    press(sam, "Save the answer")
    put_off(sam, "3", "We wait for the landlord’s papers, which come on Thursday.")
    see(sam, "The answer is put off")
    take(sam, "manage-feedback-put-off", full=True)
    put_off(late, "5", "The landlord has not written yet.")
    see(late, "Nothing was done")
    take(late, "manage-feedback-changed")
    late.get_by_label("What was found").select_option("Upheld")
    late.get_by_role("textbox", name="The answer").fill("You were right to complain.\nA second desk is open now.")
    door.answer_feedback(feedback=one.id, by=office.by["Robin"], finding="partly", answer="In part, yes.")
    press(late, "Save the answer")
    see(late, "What you typed")
    take(late, "manage-feedback-answered-meanwhile")
    sam.get_by_role("link", name=re.compile("takes longer")).click()
    see(sam, "takes longer")
    take(sam, "manage-feedback-letter", full=True)
    sam.set_viewport_size({"width": 794, "height": 1123})
    sam.emulate_media(media="print")
    take(sam, "manage-feedback-letter-paper", full=True)


def put_off(page: Page, days: str, why: str) -> None:
    page.get_by_text("Put the answer off").first.click()
    page.get_by_label("By how many working days").fill(days)
    page.get_by_label("Why", exact=True).fill(why)
    press(page, "Put it off")
