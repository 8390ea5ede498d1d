"""What managers are told of now, and how today is going, in sentences."""

import time

from flask_babel import gettext as _
from flask_babel import ngettext

from manage import words
from reception.figures import Figures
from reception.figures.asking import Asked
from reception.web.blocking import blocking
from reception.web.watching import Watch

EVERY = 20  # seconds for which today's share is good enough


def alerted(parts) -> list[dict]:
    """`{id, sentence, since, sounds, told_at, seen, seen_by_name}` of each alert that stands, the newest first."""
    thresholds = {one.key: one for one in parts.settings.alerts}
    watch = Watch(parts, None, share=lambda: None, troubles=lambda: [])
    return [
        {
            "id": alert.id,
            "sentence": watch.sentence(thresholds[alert.key], alert),
            "since": alert.began_at,
            "told_at": alert.told_at,
            "sounds": thresholds[alert.key].sound and not alert.seen_by,
            "seen": bool(alert.seen_by),
            "seen_by_name": alert.seen_by and words.by(alert.seen_by, parts.keys.name_of(alert.seen_by)),
        }
        for alert in reversed(parts.frontdesk.alerts())
        if alert.key in thresholds
    ]


class SoFar:
    """How today is going, looked up at most every so many seconds."""

    def __init__(self, parts):
        self.parts, self._at, self._total = parts, None, None

    def share(self) -> tuple[float, int] | None:
        """Today's share within the target and of how many; None of nobody."""
        total = self._look()
        return (total["share"], total["n"]) if total["n"] else None

    def says(self) -> str:
        """ "82% of 214 people were seen within 5 minutes today (76 to 87)."."""
        total, target = self._look(), words.span(self.parts.settings.promise.target_seconds * 1000)
        if not total["n"]:
            return _("Nobody has been seen yet today.")
        between = words.interval(total["interval"])
        said = ngettext(
            "%(share)s of %(num)d person was seen within %(target)s today",
            "%(share)s of %(num)d people were seen within %(target)s today",
            total["n"],
            share=words.percent(total["share"]),
            target=target,
        )
        return f"{said} ({between})." if between else f"{said}."

    def _look(self) -> dict:
        """`total` of the report of today (docs/figures.md)."""
        if self._at is None or time.monotonic() - self._at > EVERY:
            parts = self.parts
            now, figures = parts.frontdesk.now(), Figures(parts.settings, parts.store, parts.frontdesk.writer, blocking)
            day = figures.today(now)
            self._total, self._at = figures.of(Asked(day, day), now)["total"], time.monotonic()
        return self._total
