"""How last month went, on a board that is on the wall already: its page comes anew when a month is published."""

from datetime import date

from playwright.sync_api import expect

from reception.hours import day_of
from reception.scorecard.months import asked
from reception.scorecard.publishing import publish
from tests.display.test_board_looks import keeps_the_rules
from tests.scorecard.months import Came, lived, making

SLIDE = "[performance]\nslide = true\npublish = 'by-hand'\n"


def test_a_month_is_told_on_the_wall_as_soon_as_it_is_published(make_office, board):
    office = make_office(keep_seconds=1, board="slides_after_seconds = 1", more=SLIDE)
    page, door = board(office), office.door
    office.call("1")
    news = page.get_by_role("region", name="News")
    expect(news).to_be_hidden()
    last = asked(None, date.fromisoformat(day_of(door.now(), door.settings.zone)))
    lived(door, last, Came(80), Came(40, minutes=9))
    publish(door, making(door), last, by="test", paper=lambda *_given: {})
    expect(news.get_by_role("heading")).to_contain_text("How we did in", timeout=30_000)
    expect(news).to_contain_text("67% of 120 people were seen within 5 minutes.")
    keeps_the_rules(page)
