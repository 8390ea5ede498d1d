"""Looks after each new estimate whether it is to be warned of somebody, and tells the door. It keeps nothing: what was
told already stands in the store.
"""

import logging
from collections.abc import Callable

from reception.refusals import StoreFault
from reception.warning.advice import advise
from reception.warning.due import Target, due

log = logging.getLogger(__name__)


class Warner:
    """Hears of every new Picture of `expecting` (estimate/live.py). `run` runs slow work off the event loop."""

    def __init__(self, frontdesk, expecting, *, run: Callable = lambda work, *given: work(*given)):
        self.frontdesk, self._run = frontdesk, run
        if frontdesk.settings.warnings.tell:
            expecting.listeners.append(self.look)

    def look(self, picture) -> None:
        frontdesk, snapshot = self.frontdesk, picture.snapshot
        if snapshot is None:
            return
        target = Target.of(frontdesk.settings)
        near = due(snapshot.line.waiting(), picture.visits, picture.history, snapshot.at, target)
        known = frontdesk.warned_of(one.visit.id for one in near)
        new = [one for one in near if one.visit.id not in known]
        advice = self._run(advise, snapshot, picture.history, new) if new else {}
        try:
            frontdesk.warn([(one, advice[one.visit.id]) for one in new])
        except StoreFault as fault:
            log.warning("Warnings were not stored (%s).", fault)
