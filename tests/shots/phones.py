"""The visitor's own page in every state, in the looks that people need and in other languages."""

from playwright.sync_api import Browser

from reception.owing import Promised
from tests.fernleigh import Office
from tests.shots.camera import PHONE, take

BILL = Promised("We will send your new bill.", minutes=120)
LOOKS = {  # name: what the address asks for, and the phone's own wishes
    "": ("?language=en", {}),
    "-dark": ("?language=en", {"color_scheme": "dark"}),
    "-contrast": ("?language=en", {"contrast": "more"}),
    "-larger": ("?language=en&text=large", {}),
    "-cy": ("?language=cy", {}),
    "-ur": ("?language=ur", {}),
    "-pa-larger": ("?language=pa&text=large", {}),
}


def phones(browser: Browser, office: Office) -> None:
    door, tickets = office.door, [office.door.issue(service="council-tax", by="screen:lobby").visit for _ in range(3)]
    first, mine, late = (visit.id for visit in tickets)
    door.tell_late(visit=late, minutes=10)
    _look(browser, office, tickets[1], "waiting")
    _look(browser, office, tickets[2], "late")
    _ask(browser, office, tickets[1])
    door.call(desk="1", visit=first, by="test", reason="quick")
    door.call(desk="2", visit=mine, by="test", reason="quick")
    _look(browser, office, tickets[1], "called")
    door.hold(visit=mine, by="test", minutes=20, room="interview-1")
    _look(browser, office, tickets[1], "held")
    door.call(desk="2", visit=mine, by="test", reason="quick")
    door.step("not_here", visit=mine, by="test")
    _look(browser, office, tickets[1], "not-here")
    door.finish(visit=first, by="test", promise=BILL, signposts=["citizens-advice"])
    _look(browser, office, tickets[0], "finished")
    for look, (ask, wishes) in LOOKS.items():
        take(office.open(browser, f"/t/nobody{ask}", None, PHONE, **wishes), f"phone-page-gone{look}")


def _look(browser: Browser, office: Office, visit, state: str) -> None:
    for look, (ask, wishes) in LOOKS.items():
        page = office.open(browser, f"/t/{visit.token}{ask}", None, PHONE, **wishes)
        take(page, f"phone-page-{state}{look}", full=True)
        page.context.close()


def _ask(browser: Browser, office: Office, visit) -> None:
    for language in ("en", "cy", "ur"):
        page = office.open(browser, f"/t/{visit.token}?language={language}", None, PHONE)
        for place, name in ((0, "late"), (1, "leave")):
            page.locator("summary").nth(place).click()
            take(page, f"phone-page-asks-{name}-{language}", full=True)
        page.context.close()
