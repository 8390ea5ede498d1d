"""Who comes on a day: when, what for, how long helping them will take, how long they would wait. Pure chance.

Everything about a visitor is drawn before the day begins and from the visitor's own chance, so that one desk more, or a
lunch moved, meets the same people.
"""

import math
import random
from dataclasses import dataclass
from datetime import date, datetime

from reception.settings import Settings
from reception.simulating.habits import Habits
from reception.things import Appointment

MINUTE = 60_000
OF_DAY = (0.7, 1.25, 1.45, 1.2, 1.0, 0.85, 1.05, 0.95, 0.8, 0.5)  # how busy each tenth of a day is
WEEKDAY = (1.15, 1.02, 0.94, 0.98, 0.9, 0.8, 0.8)
QUARTER = 15 * MINUTE


@dataclass(slots=True)
class Comer:
    """One visitor as they truly are. `work` is how long helping takes in milliseconds, `patience` how long they wait
    (None: for ever); `appointment` is the id of a booking."""

    id: str
    at: int
    service: str
    work: int
    patience: int | None = None
    silent: bool = False
    outside: bool = False
    needs: str = ""
    appointment: str | None = None


class Town:
    """Where an office's visitors come from. What is true of it for good (how long its services really take) comes from
    the seed alone; each day has chance of its own."""

    def __init__(self, settings: Settings, habits: Habits, seed: object):
        self.settings, self.habits, self.seed = settings, habits, f"{seed} {settings.office.key}"
        chance = random.Random(f"{self.seed} town")
        self.minutes = {
            one.key: habits.minutes.get(one.key) or one.minutes * about(chance, habits.typed_wrong)
            for one in settings.services
        }
        self.popular = [habits.popular.get(one.key, 1.0) for one in settings.services]

    def comers(self, day: date, opens: int, closes: int) -> tuple[list[Comer], list[Appointment]]:
        """Whoever comes, and every appointment of the day, kept or not."""
        chance, habits = random.Random(f"{self.seed} {day}"), self.habits
        usual = self.a_day(opens, closes) * WEEKDAY[day.weekday()] * about(chance, habits.day_differs)
        count = _poisson(chance, usual)
        tenths, length = chance.choices(range(10), OF_DAY, k=count), (closes - opens) / 10
        found = sorted(opens + int((tenth + chance.random()) * length) for tenth in tenths)
        comers, bookings = [], []
        for nth, at in enumerate(found):
            comer = self._comer(chance, _id(at, chance), at)
            if nth and chance.random() < habits.booked and (booking := self._booking(chance, comer, day, closes)):
                bookings.append(booking)
                if chance.random() < habits.stays_away:
                    continue
                early = chance.gauss(habits.early_minutes, habits.early_differs) * MINUTE
                comer.at = min(max(opens, round(booking.booked_at - early)), closes - MINUTE)
                comer.appointment = booking.id
            comers.append(comer)
        return sorted(comers, key=lambda comer: comer.at), bookings

    def a_day(self, opens: int, closes: int) -> float:
        """How many come on an ordinary day, so that desks are as busy as the habits say."""
        if self.habits.a_day is not None:
            return self.habits.a_day
        off = sum(_length(span) for desk in self.settings.desks for span in desk.breaks)
        hidden = self.habits.hidden_a_day * self.habits.hidden_minutes * len(self.settings.desks)
        there = len(self.settings.desks) * (closes - opens) / MINUTE - off - hidden
        weights = dict(zip(self.minutes, self.popular, strict=True))
        each = sum(self.minutes[key] * weight for key, weight in weights.items()) / sum(self.popular)
        each += (sum(self.habits.walk_seconds) / 2 + self.habits.note_seconds) / 60
        return self.habits.busy * there / each

    # -- helpers ------------------------------------------------------------------------------------------------

    def _comer(self, chance: random.Random, identifier: str, at: int) -> Comer:
        habits = self.habits
        service = chance.choices(list(self.minutes), self.popular)[0]
        mean = self.minutes[service] * MINUTE
        work = chance.expovariate(1 / mean) if habits.exponential else mean * about(chance, habits.varies)
        patience = chance.lognormvariate(0, habits.patience_differs) * habits.patience_minutes * MINUTE
        return Comer(
            *(identifier, at, service, round(work), round(patience) or None),
            silent=chance.random() < habits.silently,
            outside=chance.random() < habits.outside,
            needs=self._needs(chance),
        )

    def _needs(self, chance: random.Random) -> str:
        rules, luck = self.settings.line_rules, chance.random()
        if luck < self.habits.adjusted and rules.adjusting:
            return chance.choice(sorted(rules.adjusting))
        if luck > 1 - self.habits.requiring and rules.requiring:
            return chance.choice(sorted(rules.requiring))
        return ""

    def _booking(self, chance: random.Random, comer: Comer, day: date, closes: int) -> Appointment | None:
        booked = -(-comer.at // QUARTER) * QUARTER
        if booked > closes - 2 * QUARTER:
            return None
        identifier = _id(booked - 86_400_000, chance)
        reference = identifier.replace("-", "").upper()[12:28]
        return Appointment(
            *(identifier, reference, day.isoformat(), comer.service, booked), plain=reference.casefold(), source="made"
        )


def about(chance: random.Random, variation: float) -> float:
    """1 on average, lognormal with this coefficient of variation."""
    spread = math.sqrt(math.log(1 + variation**2))
    return chance.lognormvariate(-(spread**2) / 2, spread)


def _poisson(chance: random.Random, mean: float) -> int:
    return max(0, round(chance.gauss(mean, math.sqrt(mean)))) if mean > 0 else 0


def _length(span) -> float:
    start, end = (datetime.combine(date.min, wall) for wall in span)
    return (end - start).total_seconds() / 60


def _id(at: int, chance: random.Random) -> str:
    """A UUIDv7, the same again with the same seed."""
    bits = chance.getrandbits(74)
    text = f"{at << 16 | 0x7000 | bits >> 62:016x}{1 << 63 | bits & (1 << 62) - 1:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
