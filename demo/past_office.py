"""An office as its past is made up of: what people come for, when, and who helps them. From its settings; pure chance.

Chances are demo/day.py's where it has them. An office that never closes is lived in as one with a council's hours.
"""

import math
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush

from demo.day import POPULAR, SERVICE, VARIATION
from demo.past_telling import PastTelling
from reception import hours, workdays
from reception.settings import Settings

MINUTE = 60_000
ALL_DAY = 20 * 60 * MINUTE  # an office open for so long never closes
WEEKDAY = {1: 1.22, 2: 1.02, 3: 0.94, 4: 0.98, 5: 0.84, 6: 0.45, 7: 0.35}
# Little beside the two months before: those are what staffing plans by, and its page is grey where it was far off.
MONTH = {1: 1.0, 2: 1.0, 3: 1.04, 4: 1.08, 5: 1.02, 6: 1.0, 7: 0.98, 8: 0.95, 9: 0.99, 10: 1.01, 11: 1.0, 12: 0.94}
OF_DAY = (0.7, 1.25, 1.45, 1.2, 1.0, 0.85, 1.05, 0.95, 0.75, 0.55)  # how busy each tenth of a day is
BUSY = 0.72  # the share of the day that desks are to be serving
CHANNELS = {"kiosk": 66, "greeter": 18, "desk": 6, "api": 10}
PLANS = {"cancelled": 8, "not_there": 45, "undone": 4, "put_back": 8, "held": 30, "sent_on": 70}  # of a thousand
OUTCOMES = {"resolved": 62, "passed_on": 14, "appointment_made": 6, "signposted": 6, "not_ours": 4, None: 8}
READS = 0.12  # of visitors choose another language
BREAK = 30 * MINUTE


@dataclass
class PastDesk:
    """A desk, and from when on it is free. `takes` empty: everything."""

    key: str
    takes: frozenset[str]
    by: str
    break_at: int = 0
    free: int = 0
    since: int = 0
    state: str = "closed"
    forgotten: bool = False


@dataclass(order=True)
class Owed:
    """A promise that somebody will keep, if anybody does: `at` is when."""

    at: int
    id: str
    visit: str | None = field(compare=False)
    due_on: str = field(compare=False)
    due_at: int = field(compare=False)


class PastOffice:
    """One office's past as it goes on from day to day. `random` is its own, so that offices do not hang together."""

    def __init__(self, settings: Settings, seed: object, a_day: float):
        self.settings, self.key, self.zone = settings, settings.office.key, settings.zone
        self.random = random.Random(f"{seed} {self.key}")
        self.a_day, self.number, self.owed = a_day, 0, []
        self.walk_ms = settings.promise.walking_allowance_seconds * 1000
        self.keeps_place_ms = round(settings.line.come_back_minutes * MINUTE)
        self.cool_down_ms = round(settings.line.cool_down_seconds * 1000)
        self.services = [service.key for service in settings.services]
        self.popular = [POPULAR.get(key, 2) for key in self.services]
        self.letters = {service.key: service.letter for service in settings.services}
        self.teams = [team.key for team in settings.teams]
        self.languages = [tag for tag in settings.languages if tag != settings.office.language] or [""]
        self._spread = math.sqrt(math.log(1 + VARIATION**2))
        self.pace, at_work = self._staffed()
        self.desks = [
            PastDesk(
                one.key,
                frozenset((*one.services, *one.helps)) if one.services else frozenset(),
                f"person:past-{one.key}",
            )
            for one in settings.desks[:at_work]
        ]
        self.telling = PastTelling(settings, self.desks)
        self._due: dict[tuple, tuple[str, int]] = {}

    def _staffed(self) -> tuple[float, int]:
        """How long helping takes beside the usual, and how many desks are at work, for waits as offices have them."""
        usual = sum(SERVICE.get(key, 4.0) * weight for key, weight in zip(self.services, self.popular, strict=True))
        work = self.a_day * (usual / sum(self.popular) + 1) / (8 * 60)  # with the walk, and the note after
        at_work = max(1, min(len(self.settings.desks), math.ceil(work / BUSY)))
        return min(1.4, BUSY * at_work / work), at_work

    # -- a day ------------------------------------------------------------------------------------------------------

    def stated(self, day: date) -> tuple[int, int] | None:
        """When the office opens and closes on a day, as its settings say; None: it does not."""
        timetable = self.settings.hours
        found = hours.openings(self._at(day, time(12)), self.zone, timetable.weekly, timetable.closed_on)
        return (found[0][0], max(end for _start, end in found)) if found else None

    def opening(self, day: date) -> tuple[int, int] | None:
        """When people are helped on a day; None: nobody comes. An office that never closes has ordinary hours here."""
        stated = self.stated(day)
        if stated is None or stated[1] - stated[0] < ALL_DAY:
            return stated
        works = day.isoweekday() <= 5 and workdays.is_working_day(day, nation=self.settings.office.nation)
        return (self._at(day, time(9)), self._at(day, time(17))) if works else None

    def settles_at(self, day: date) -> int:
        """When the system ends whoever is still here: some time after closing, at the latest with the day."""
        ends = hours.day_bounds(day.isoformat(), self.zone)[1]
        return min(self.stated(day)[1] + self.settings.closing.after_minutes * MINUTE, ends)

    def _at(self, day: date, wall: time) -> int:
        return round(datetime.combine(day, wall, self.zone).timestamp() * 1000)

    def arrivals(self, day: date, opens: int, closes: int) -> list[int]:
        """When people come on this day, the earliest first; some are there before the door opens."""
        chance, usual = self.random, self.a_day * WEEKDAY[day.isoweekday()] * MONTH[day.month]
        count = max(0, round(chance.gauss(usual, math.sqrt(usual) + usual * 0.08)))
        tenths, length = chance.choices(range(10), OF_DAY, k=count), (closes - opens) / 10
        found = [opens + int((tenth + chance.random()) * length) for tenth in tenths]
        early = round(count * 0.02)
        return sorted(
            at if place >= early else opens - int(chance.random() * 6 * MINUTE) for place, at in enumerate(found)
        )

    # -- a visitor --------------------------------------------------------------------------------------------------

    def service(self, besides: str = "") -> str:
        found = self.random.choices(self.services, self.popular)[0]
        others = [key for key in self.services if key != besides] if found == besides else None
        return self.random.choice(others) if others else found

    def channel(self) -> str:
        return self.random.choices(list(CHANNELS), list(CHANNELS.values()))[0]

    def reads(self) -> str:
        return self.random.choice(self.languages) if self.random.random() < READS else ""

    def helping(self, service: str) -> float:
        """Minutes."""
        usual = SERVICE.get(service, 4.0) * self.pace
        return self.random.lognormvariate(math.log(usual) - self._spread**2 / 2, self._spread)

    def walking(self) -> int:
        return int(min(80_000, max(4_000, self.random.gauss(27_000, 9_000))))

    def plan(self) -> str:
        luck = self.random.random() * 1000
        for plan, share in PLANS.items():
            if luck < share:
                return plan
            luck -= share
        return "plain"

    def patience(self) -> int:
        return int(self.random.lognormvariate(3.6, 0.7) * MINUTE)

    def outcome(self) -> str | None:
        return self.random.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]

    def identifier(self, at: int) -> str:
        """A UUIDv7, the same again with the same seed."""
        return identifier(self.random, at)

    # -- what is owed -----------------------------------------------------------------------------------------------

    def due(self, day: date, days: int) -> tuple[str, int]:
        """The date so many working days on, and the last instant of it."""
        if (day, days) not in self._due:
            if len(self._due) > 100:
                self._due.clear()
            on = workdays.by_when(day, days, nation=self.settings.office.nation)
            self._due[day, days] = on.isoformat(), hours.day_bounds(on.isoformat(), self.zone)[1] - 1
        return self._due[day, days]

    def kept_when(self, made_at: int, due_at: int) -> int | None:
        """When somebody means to keep a promise: mostly in time, now and then days late, a few never."""
        luck = self.random.random()
        if luck < 0.05:
            return None
        if luck < 0.15:
            return due_at + int(self.random.uniform(0.3, 5) * 86_400_000)
        return made_at + int((due_at - made_at) * self.random.uniform(0.25, 0.98))

    def will_keep(self, owed: Owed) -> None:
        heappush(self.owed, owed)

    def kept_by(self, at: int) -> list[Owed]:
        """What is to be kept before an instant; each once."""
        found = []
        while self.owed and self.owed[0].at < at:
            found.append(heappop(self.owed))
        return found


def identifier(chance: random.Random, at: int) -> str:
    bits = chance.getrandbits(74)
    high, low = bits >> 62, bits & (1 << 62) - 1
    text = f"{at << 16 | 0x7000 | high:016x}{1 << 63 | low:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def days_between(first: date, last: date):
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
