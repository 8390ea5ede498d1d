"""Looks every few seconds whether a threshold is passed, with or without a manager at a screen, and words what is told.

What is measured is what managers see; what becomes of it is decided in reception/alerts.py.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from reception import hours
from reception.alerts import Alert, passed
from reception.web.parts import Parts
from reception.web.saying import service_name
from reception.web.speaking import ENGLISH, in_language

MINUTE_MS = 60_000
FEW = 20  # of whom a share is asked: fewer say nothing


class Watch:
    """`look()` every few seconds. `share()` gives (today's share within the target, of how many), or None; `troubles()`
    the devices that need somebody, each with `key` and `where`."""

    def __init__(self, parts: Parts, app, share, troubles):
        self.parts, self.app, self.share, self.troubles = parts, app, share, troubles
        self._since: dict[tuple[str, str], int] = {}  # since when a threshold is passed: a restart begins it anew

    def look(self) -> None:
        parts = self.parts
        if not parts.settings.alerts and not parts.frontdesk.alerts():
            return
        with self.app.app_context(), in_language(ENGLISH):
            now = parts.frontdesk.now()
            beyond = passed(parts.settings.alerts, self.measured())
            self._since = {where: self._since.get(where, now) for where in beyond}
            parts.frontdesk.alert(beyond, self._since, worded=self.mail)

    def measured(self) -> dict[tuple[str, str], float]:
        """(what, subject) -> value, as alerts.Measured."""
        parts, (_newest, room) = self.parts, self.parts.frontdesk.look()
        settings, waiting = parts.settings, parts.frontdesk.line(room).waiting()
        found = of_waits(waiting, room.at, settings)
        open_desks = sum(desk.state == "open" for key, desk in room.desks.items() if key in settings.desk_named)
        if waiting or hours.is_open(room.at, settings.zone, settings.hours.weekly, settings.hours.closed_on):
            found["desks_open", ""] = open_desks
        for desk in room.desks.values():
            if desk.state == "paused" and desk.key in settings.desk_named:
                found["paused", desk.key] = (room.at - desk.since_at) / MINUTE_MS
        for one in self.troubles():
            found["device", one["key"]] = 1
        share, n = self.share() or (None, 0)
        if n >= FEW:
            found["share", ""] = 100 * share
        return found

    def mail(self, threshold, alert: Alert) -> tuple[str, str]:
        """An alert as a mail. It names no visitor and no colleague."""
        settings = self.parts.settings
        said = self.sentence(threshold, alert)
        text = _(
            "%(said)s\n\nLook, and say that you see to it: %(address)s/manage", said=said, address=settings.address
        )
        return f"{settings.office.name}: {said}", text + "\n"

    def sentence(self, threshold, alert: Alert) -> str:
        """What is the matter, in a sentence with the value as it was when it was told."""
        value, settings = round(alert.value), self.parts.settings
        of = service_name(alert.subject, settings) if alert.subject in settings.service else ""
        said = {
            "waiting": lambda: ngettext("%(num)d person waits", "%(num)d people wait", value),
            "longest_wait": lambda: ngettext(
                "Somebody has waited %(num)d minute", "Somebody has waited %(num)d minutes", value
            ),
            "at_risk": lambda: ngettext(
                "%(num)d person is about to wait too long", "%(num)d people are about to wait too long", value
            ),
            "late": lambda: ngettext(
                "%(num)d person waits longer than promised", "%(num)d people wait longer than promised", value
            ),
            "paused": lambda: _(
                "%(desk)s has been paused for %(minutes)s minutes", desk=self._desk(alert.subject), minutes=value
            ),
            "desks_open": lambda: (
                ngettext("Only %(num)d desk is open", "Only %(num)d desks are open", value)
                if value
                else _("No desk is open")
            ),
            "share": lambda: _("Only %(share)s%% were seen in time today", share=value),
            "device": lambda: self._device(alert.subject),
        }[threshold.what]()
        return _("%(said)s for %(service)s.", said=said, service=of) if of else f"{said.rstrip('.')}."

    def _desk(self, key: str) -> str:
        desk = self.parts.settings.desk_named.get(key)
        return desk.name if desk else key

    def _device(self, key: str) -> str:
        found = next((one for one in self.troubles() if one["key"] == key), None)
        return f"{found['where']}: {found['matter']}" if found else _("A device needed somebody")


def of_waits(waiting: list, at: int, settings) -> dict[tuple[str, str], float]:
    """What is measured of who waits: of the office ("") and of each service. Whoever is past the target is late, and
    at risk from the moment that settings call near."""
    near, target = settings.promise.near_seconds * 1000, settings.promise.target_seconds * 1000
    found = {}
    for subject in ("", *settings.service):
        waits = [at - visit.waits_from for visit in waiting if subject in ("", visit.service)]
        found["waiting", subject] = len(waits)
        found["longest_wait", subject] = max(waits, default=0) / MINUTE_MS
        found["late", subject] = sum(wait > target for wait in waits)
        found["at_risk", subject] = sum(wait >= near for wait in waits)
    return found
