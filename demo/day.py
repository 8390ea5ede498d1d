"""How people come and how long things take, on a council's ordinary morning. Pure chance, no server.

Minutes at speed 1. Visitors come as a Poisson process, a service takes a lognormal time (CV 0.8, as councils measure).
"""

import math
import random

BETWEEN_VISITORS = 1.4  # minutes on average; four desks just keep up
WAYS_IN = 3  # the kiosk's page, its socket and the API each bring a third of them
SERVICE = {"council-tax": 4.0, "benefits": 6.0, "housing": 7.0, "parking": 2.5, "other": 3.0}
POPULAR = {"council-tax": 5, "benefits": 3, "housing": 3, "parking": 2, "other": 1}
VARIATION = 0.8
WALK = 0.4  # from the seats to the desk
NOT_HERE = 0.06  # of those called
PAUSE_BETWEEN = 0.3  # a receptionist's note before the next call
MISTAKE = 0.04  # of presses are undone at once


class Day:
    def __init__(self, seed: int | None = None):
        self._random = random.Random(seed)

    def until_next_visitor(self) -> float:
        return self._random.expovariate(1 / (BETWEEN_VISITORS * WAYS_IN))

    def service(self) -> str:
        return self._random.choices(list(POPULAR), list(POPULAR.values()))[0]

    def helping(self, service: str) -> float:
        spread = math.sqrt(math.log(1 + VARIATION**2))
        return self._random.lognormvariate(math.log(SERVICE.get(service, 4.0)) - spread**2 / 2, spread)

    def walk(self) -> float:
        return self._random.uniform(0.5, 1.5) * WALK

    def pause(self) -> float:
        return self._random.expovariate(1 / PAUSE_BETWEEN)

    def is_here(self) -> bool:
        return self._random.random() > NOT_HERE

    def slips(self) -> bool:
        return self._random.random() < MISTAKE
