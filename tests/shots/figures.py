"""The managers' figures of some weeks, and the visits behind them."""

from datetime import timedelta

from playwright.sync_api import Browser

from reception.hours import local
from tests.fernleigh import STAFF, Office
from tests.shots.camera import PHONE, take


def figures_of_weeks(browser: Browser, office: Office) -> None:
    """All that a manager can ask of eight weeks, on a screen, in the dark, on a phone and on paper."""
    pages = {
        "figures-weeks": "/manage/figures?from={first}&to={last}",
        "figures-compared": "/manage/figures?from={first}&to={last}&service=housing&with=service:benefits",
        "figures-visits": "/manage/visits?from={first}&to={last}&what=misses&order=longest",
        "figures-definitions": "/manage/figures/definitions",
        "figures-backwards": "/manage/figures?from={last}&to={first}&service=housing",
    }
    today = local(office.door.now(), office.door.settings.zone).date()
    days = {"first": today - timedelta(days=56), "last": today}
    for size in (STAFF, PHONE):
        for name, path in pages.items():
            take(office.open(browser, path.format(**days), "Sam", size), name, full=True)
    dark = office.open(browser, pages["figures-weeks"].format(**days), "Sam", STAFF, color_scheme="dark")
    take(dark, "figures-weeks-dark", full=True)
    paper = office.open(browser, pages["figures-weeks"].format(**days), "Sam", (794, 1123))
    paper.emulate_media(media="print")
    take(paper, "figures-weeks-paper", full=True)
