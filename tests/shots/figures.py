"""The managers' figures of some weeks, and the visits behind them."""

from datetime import timedelta

from playwright.sync_api import Browser

from reception.hours import local
from tests.fernleigh import STAFF, Office
from tests.shots.camera import PHONE, see, take


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
    away(office)
    times_told(office)
    days = {"first": today - timedelta(days=56), "last": today}
    for size in (STAFF, PHONE):
        for name, path in pages.items():
            take(office.open(browser, path.format(**days), "Sam", size), name, full=True)
    dark = office.open(browser, pages["figures-weeks"].format(**days), "Sam", STAFF, color_scheme="dark")
    take(dark, "figures-weeks-dark", full=True)
    paper = office.open(browser, pages["figures-weeks"].format(**days), "Sam", (794, 1123))
    paper.emulate_media(media="print")
    take(paper, "figures-weeks-paper", full=True)
    for size in (STAFF, PHONE):
        noting = office.open(browser, pages["figures-weeks"].format(**days), "Sam", size)
        noting.get_by_text("Write why").first.click()
        noting.get_by_label("Why it was, in a sentence").first.scroll_into_view_if_needed()
        take(noting, "figures-noting")
        office.door.note_outage(outage="server", text="The cleaners needed the socket.", by=office.by["Robin"])
        noting.get_by_label("Why it was, in a sentence").first.fill("Somebody stood on the cable.")
        noting.get_by_role("button", name="Save").first.click()
        see(noting, "Nothing was saved")
        take(noting, "figures-noted-meanwhile", full=True)
        office.door.note_outage(outage="server", text="", by=office.by["Robin"])


def times_told(office: Office) -> None:
    """Everybody was told by when to expect the call, and of most that came true."""
    told = "UPDATE visits SET first_by_at = coalesce(first_called_at, ended_at) + (place * 7919 % 14 - 1) * 60000"
    office.door.writer.do(lambda store: (store.execute(told), None))


def away(office: Office) -> None:
    """The server was away a week ago, and a kiosk twice; a manager knows why of the first time."""
    door, by, hour = office.door, office.by["Sam"], 3_600_000
    kiosk, now = next(key.id for key in office.keys.all() if key.role == "kiosk"), door.now()

    def turn(store):
        store.add_outage(door.office, "server", "server_away", now - 169 * hour, now - 168 * hour)
        store.add_outage(door.office, "kiosk-1", "kiosk_away", now - 74 * hour, now - 73 * hour, kiosk)
        store.add_outage(door.office, "kiosk-2", "kiosk_away", now - 25 * hour, now - 24 * hour, kiosk)
        return None, None

    door.writer.do(turn)
    door.note_outage(outage="kiosk-1", text="Somebody pulled the plug; it has a cover now.", by=by)
