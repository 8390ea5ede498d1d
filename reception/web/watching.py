"""Looks every few seconds whether a threshold is passed, with or without a manager at a screen.

What is measured is what managers see; what becomes of it is decided in reception/alerts.py.
"""

from flask_babel import gettext as _

from reception import hours
from reception.alerts import Alert, passed
from reception.web.alert_words import sentence
from reception.web.parts import Parts
from reception.web.speaking import ENGLISH, in_language
from reception.web.times import time_of_day

MINUTE_MS = 60_000
FEW = 30  # of whom a share is asked: fewer say nothing


class Watch:
    """`look()` every few seconds. `share()` gives (today's share within the target, of how many), or None; `troubles()`
    the devices that need somebody, each with `key`, `where` and `matter`. `values` is what it saw last."""

    def __init__(self, parts: Parts, app, share, troubles):
        self.parts, self.app, self.share, self.troubles = parts, app, share, troubles
        self.values: dict[tuple[str, str], float] = {}  # (threshold's key, subject) -> by how much it is passed
        self._since: dict[tuple[str, str], int] = {}  # since when a threshold is passed: a restart begins it anew

    def look(self) -> None:
        parts = self.parts
        if not parts.settings.alerts and not parts.frontdesk.alerts():
            return
        with self.app.app_context(), in_language(ENGLISH):
            now, troubles = parts.frontdesk.now(), self.troubles()
            self.values = passed(parts.settings.alerts, self.measured(troubles))
            self._since = {where: self._since.get(where, now) for where in self.values}
            parts.frontdesk.alert(
                self.values, self._since, worded=lambda threshold, alert: self._mail(threshold, alert, troubles)
            )

    def measured(self, troubles: list[dict]) -> dict[tuple[str, str], float]:
        """(what, subject) -> value, as alerts.Measured."""
        parts, (_newest, room) = self.parts, self.parts.frontdesk.look()
        settings, waiting = parts.settings, parts.frontdesk.line(room).waiting()
        found = of_waits(waiting, room.at, settings)
        if waiting or hours.is_open(room.at, settings.zone, settings.hours.weekly, settings.hours.closed_on):
            found["desks_open", ""] = sum(room.desks[key].state == "open" for key in _there(room, settings))
        for key in _there(room, settings):
            if room.desks[key].state == "paused":
                found["paused", key] = (room.at - room.desks[key].since_at) / MINUTE_MS
        is_asked = any(one.what == "share" for one in settings.alerts)  # it would keep the figures' process awake
        share, n = (is_asked and self.share()) or (None, 0)
        if n >= FEW:
            found["share", ""] = 100 * share
        return found | {("device", one["key"]): 1 for one in troubles}

    def _mail(self, threshold, alert: Alert, troubles: list[dict]) -> tuple[str, str]:
        """An alert as a mail: its subject and its text."""
        settings = self.parts.settings
        said = sentence(settings, threshold, alert.subject, alert.value, troubles)
        text = _(
            "%(said)s\n\nThat was at %(time)s. Look, and say that you see to it: %(address)s/manage",
            said=said,
            time=time_of_day(alert.told_at, settings.zone),
            address=settings.address,
        )
        return f"{settings.office.name}: {said}", text + "\n"


def of_waits(waiting: list, at: int, settings) -> dict[tuple[str, str], float]:
    """What is measured of who waits: of the office ("") and of each service. Whoever is past the target is late, and
    at risk before that, from the moment that settings call near."""
    near, target = settings.promise.near_seconds * 1000, settings.promise.target_seconds * 1000
    found = {}
    for subject in ("", *settings.service):
        waits = [at - visit.waits_from for visit in waiting if subject in ("", visit.service)]
        found["waiting", subject] = len(waits)
        found["longest_wait", subject] = max(waits, default=0) / MINUTE_MS
        found["late", subject] = sum(wait > target for wait in waits)
        found["at_risk", subject] = sum(near <= wait <= target for wait in waits)
    return found


def _there(room, settings) -> list[str]:
    """The desks that the settings still have."""
    return [key for key in room.desks if key in settings.desk_named]
