"""A month as managers have it and as everybody sees it, in the looks that people need and in other languages."""

from datetime import date

from playwright.sync_api import Browser

from reception.hours import day_of
from reception.scorecard.months import asked, up_to
from reception.scorecard.publishing import publish
from tests.fernleigh import STAFF, Office
from tests.scorecard.months import Came, lived, making
from tests.shots.camera import PHONE, take


def published(browser: Browser, office: Office) -> None:
    door = office.door
    take(office.open(browser, "/performance", None, PHONE), "performance-nothing", full=True)
    last = asked(None, date.fromisoformat(day_of(door.now(), door.settings.zone)))
    for place, month in enumerate(up_to(last, 10)):
        late = Came(30 - 2 * place, "housing", minutes=9, outcome="passed_on")
        lived(door, month, Came(90 + place, "council-tax"), Came(60, "benefits"), late, Came(3, "parking"))
    take(office.open(browser, "/manage/charter", "Sam"), "manage-charter-to-publish", full=True)
    publish(door, making(door), last, by=office.by["Sam"], paper=lambda *_given: {})
    take(office.open(browser, "/manage/charter", "Sam"), "manage-charter", full=True)
    lived(door, last, Came(12, "benefits"))
    take(office.open(browser, "/manage/charter", "Sam"), "manage-charter-changed", full=True)
    take(office.open(browser, "/manage/charter", "Sam", PHONE), "manage-charter-phone", full=True)
    take(office.open(browser, "/performance/definitions", None, STAFF), "performance-definitions", full=True)
    for name, size in (("", STAFF), ("-phone", PHONE)):
        for look, ask, wishes in (("", "", {}), ("-dark", "", {"color_scheme": "dark"}), ("-ur", "?language=ur", {})):
            page = office.open(browser, f"/performance{ask}", None, size, **wishes)
            take(page, f"performance{name}{look}", full=True)
            page.context.close()
