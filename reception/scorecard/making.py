"""A month's scorecard from what is stored: it asks the figures, the log of feedback and what was imported.

It publishes nothing (publishing.py does) and words nothing. All reading is done aside, where it holds nobody up.
"""

from reception import hours
from reception.feedback import counts, said_and_done
from reception.figures import Asked, Figures
from reception.scorecard import card as cards
from reception.scorecard.months import first_day, last_day, up_to

QUARTERS = 96
PAIRS = 4  # of what was said and done


class Making:
    """`figures` as whoever asks uses them, with their way of reading aside."""

    def __init__(self, figures: Figures):
        self.figures, self.settings, self.store = figures, figures.settings, figures.store
        self.office = self.settings.office.key

    def whole(self, month: str, now: int) -> dict:
        """The card of a month with nothing hidden."""
        return self.both(month, now)[0]

    def public(self, month: str, now: int) -> dict:
        """The card as the public may see it."""
        return self.both(month, now)[1]

    def both(self, month: str, now: int) -> tuple[dict, dict]:
        """The card of a month whole, and as the public may see it. In their trends, a month that was published is told
        as it was then; nothing else of it is measured again."""
        before = up_to(month, cards.MONTHS)[:-1]
        known = {one: found for one in before if (found := self.store.published(self.office, one))}
        made = self._cards([*(one for one in before if one not in known), month], now)
        card, earlier = made[month], self.store.published(self.office, month)
        whole, public = {}, {}
        for one in before:
            if one in known:
                whole[one] = public[one] = cards.results(known[one].card)
            else:
                whole[one], public[one] = cards.results(made[one]), cards.results(cards.public(made[one]))
        shown = cards.public(card, earlier and earlier.card)
        return cards.with_trend(card, whole), cards.with_trend(shown, public)

    def _cards(self, months: list[str], now: int) -> dict[str, dict]:
        """The cards of months as they are, without a trend."""
        reports = self.figures.of_each([Asked(first_day(month), last_day(month)) for month in months], now)
        return {month: self._card(month, report, now) for month, report in zip(months, reports, strict=True)}

    def _card(self, month: str, report: dict, now: int) -> dict:
        imported = self.store.imported_figures(self.office, month, month)
        quarters = _quarters(report["footfall"]["quarters"])
        today = self.figures.today(now)
        complaints = counts(self.store, self.office, first_day(month), last_day(month), today)
        said = self._said_and_done(month)
        return cards.whole(self.settings, month, report, quarters, complaints, imported, said)

    def _said_and_done(self, month: str) -> list[dict]:
        """What was before the public at the month's end and still is, the newest first."""
        ends = hours.day_bounds(last_day(month).isoformat(), self.settings.zone)[1]
        shown = said_and_done(self.store, self.office, limit=PAIRS, until=ends)
        language = self.settings.office.language
        return [{"said": one["said"], "did": one["did"], "language": language} for one in shown]


def _quarters(there: list[dict]) -> list[int]:
    """Arrivals in each quarter hour of the day, of those that anybody came in."""
    found = [0] * QUARTERS
    for one in there:
        found[one["minute"] * QUARTERS // (24 * 60)] = one["arrivals"]
    return found
