"""Looks after each new estimate whether it is to be warned of somebody, and tells the door. It keeps nothing: what was
told already stands in the store.
"""

import logging
from collections.abc import Callable

from reception.refusals import StoreFault
from reception.visit import Visit
from reception.warning.advice import Advice, advise
from reception.warning.due import Near, Target, due

log = logging.getLogger(__name__)


class Warner:
    """Hears of every new Picture of `expecting` (estimate/live.py). `run` runs slow work off the event loop."""

    def __init__(self, frontdesk, expecting, *, run: Callable = lambda work, *given: work(*given)):
        self.frontdesk, self._run = frontdesk, run
        if frontdesk.settings.warnings.tell:
            expecting.listeners.append(self.look)

    def look(self, picture) -> None:
        frontdesk = self.frontdesk
        waiting = picture.snapshot.line.waiting() if picture.snapshot else []
        known = frontdesk.warned_of(visit.id for visit in waiting)
        new = [visit for visit in waiting if visit.id not in known]
        try:
            frontdesk.warn(self._run(_found, picture, new, Target.of(frontdesk.settings)) if new else ())
        except StoreFault as fault:
            log.warning("Warnings were not stored (%s).", fault)


def _found(picture, waiting: list[Visit], target: Target) -> list[tuple[Near, Advice]]:
    """Of whom of `waiting` it is to be warned, and what would save them."""
    near = due(waiting, picture.visits, picture.history, picture.snapshot.at, target)
    advice = advise(picture.snapshot, picture.history, near) if near else {}
    return [(one, advice[one.visit.id]) for one in near]
