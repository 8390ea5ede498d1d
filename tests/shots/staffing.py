"""What managers see of staffing: before there is enough, while a plan is made, the week, a day, and a change tried."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.fernleigh import DEMO, STAFF, Office
from tests.manage.staffed import Staffed
from tests.shots.camera import PHONE, press, take

LUNCHES = ("12:00-12:30", "12:30-13:00", "13:00-13:30", "12:00-12:30")
WEEKDAYS = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), ["09:00-15:00"])


def staffed(folder: Path) -> Staffed:
    """Nine weeks of a busy office whose desks go to lunch, two at once."""
    desks = [{**one, "breaks": [lunch]} for one, lunch in zip(DEMO["desks"], LUNCHES, strict=True)]
    return Staffed(folder, weeks=9, busy=0.65, desks=desks, hours=WEEKDAYS)


def too_early(browser: Browser, office: Office) -> None:
    """Before anybody has come."""
    for size in (STAFF, PHONE):
        page = office.open(browser, "/manage/staffing", "Sam", size)
        page.get_by_text("cannot be said yet").wait_for()
        take(page, "staffing-too-early", full=True)


def staffing(browser: Browser, office: Staffed) -> None:
    page = office.open(browser, "/manage/staffing", "Sam")
    press(page, "Work the week out")
    page.get_by_text("Working out:").wait_for()
    take(page, "staffing-working", full=True)
    page.get_by_role("button", name="Work it out again").wait_for(timeout=300_000)
    page.locator("#now:not([data-again])").wait_for()
    take(page, "staffing-top")
    for name, scheme, size in (
        ("staffing", "light", STAFF),
        ("staffing", "light", PHONE),
        ("staffing-dark", "dark", STAFF),
    ):
        page = office.open(browser, "/manage/staffing", "Sam", size, color_scheme=scheme)
        page.get_by_label("People who come").fill("20")
        page.locator("#answer-says").get_by_text("20% more people").wait_for(timeout=120_000)
        take(page, name, full=True)
