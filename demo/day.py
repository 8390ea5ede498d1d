"""How people come, what they need and how long things take, on a council's ordinary morning. Pure chance, no server.

Minutes at speed 1. Visitors come as a Poisson process, a service takes a lognormal time (CV 0.8, as councils measure).
"""

import math
import random

BETWEEN_VISITORS = 3.0  # minutes on average: three desks just keep up, the fourth is for whoever looks on
WAYS_IN = 4  # the kiosk's page, its socket, the API and a greeter each bring as many
SERVICE = {"council-tax": 4.0, "benefits": 6.0, "housing": 7.0, "parking": 2.5, "other": 3.0}
POPULAR = {"council-tax": 5, "benefits": 3, "housing": 3, "parking": 2, "other": 1}
VARIATION = 0.8
WALK = 0.4  # from the seats to the desk
NOT_HERE = 0.06  # of those called
COMES_BACK = 0.7  # of those who were not there
PAUSE_BETWEEN = 0.3  # a receptionist's note before the next call
MISTAKE = 0.04  # of presses are undone at once

NEEDING = 0.15  # of visitors
NEEDS = {"seated": 4, "accessible": 3, "time": 3, "interpreter": 3, "loop": 2, "bsl": 2, "quiet": 2, "discreet": 1}
LANGUAGES = ("Polish", "Romanian", "Panjabi", "Urdu", "Arabic")
BETWEEN_CALLS = {"call_next": 84, "walk_in": 5, "pause": 4, "call_for_help": 2, "call_out_of_turn": 3, "leave_it": 2}
WITH_THEM = {"finish": 76, "hold": 8, "send_on": 9, "offer_more": 5, "put_back": 2}
OUTCOMES = {"resolved": 60, "passed_on": 15, "appointment_made": 8, "signposted": 8, "not_ours": 5, "left": 4}
PROMISED = ("passed_on", "appointment_made")  # outcomes after which something happens next
STAY_AWAY = 0.15  # of those with an appointment
EARLY, SPREAD = 4.0, 5.0  # real minutes before the booked time that people come, and how much that differs
FIRST_NAMES = ("Robin", "Sam", "Ana", "Tomasz", "Gurpreet", "Elin", "Yusuf", "Maria", "Chidi", "Rhys")
LAST_NAMES = ("Ahmed", "Brown", "Davies", "Kowalski", "Lee", "Popescu", "Singh", "Taylor", "Okafor", "Wood")


class Day:
    def __init__(self, seed: int | None = None):
        self._random = random.Random(seed)

    # -- who comes ----------------------------------------------------------------------------------------------

    def until_next_visitor(self) -> float:
        return self.about(BETWEEN_VISITORS * WAYS_IN)

    def service(self) -> str:
        return self._one(POPULAR)

    def needs(self) -> dict:
        """What somebody needs, as a ticket says it; mostly nothing."""
        if not self.happens(NEEDING):
            return {}
        need = self._one(NEEDS)
        return {"needs": [need], **({"language": self.one_of(LANGUAGES)} if need == "interpreter" else {})}

    def name(self) -> str:
        return f"{self.one_of(FIRST_NAMES)} {self.one_of(LAST_NAMES)}"

    def minutes_late(self) -> float | None:
        """How long after the booked time somebody comes, in real minutes; None: not at all."""
        return None if self.happens(STAY_AWAY) else self._random.gauss(-EARLY, SPREAD)

    # -- what a receptionist does -------------------------------------------------------------------------------

    def between_calls(self) -> str:
        return self._one(BETWEEN_CALLS)

    def with_them(self) -> str:
        return self._one(WITH_THEM)

    def outcome(self) -> str:
        return self._one(OUTCOMES)

    def helping(self, service: str) -> float:
        spread = math.sqrt(math.log(1 + VARIATION**2))
        return self._random.lognormvariate(math.log(SERVICE.get(service, 4.0)) - spread**2 / 2, spread)

    def walk(self) -> float:
        return self._random.uniform(0.5, 1.5) * WALK

    def pause(self) -> float:
        return self.about(PAUSE_BETWEEN)

    def is_here(self) -> bool:
        return not self.happens(NOT_HERE)

    def slips(self) -> bool:
        return self.happens(MISTAKE)

    # -- chance itself ------------------------------------------------------------------------------------------

    def about(self, minutes: float) -> float:
        """So long on average; often less, now and then far more."""
        return self._random.expovariate(1 / minutes)

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def one_of(self, things):
        return self._random.choice(things)

    def _one(self, weights: dict[str, float]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]
