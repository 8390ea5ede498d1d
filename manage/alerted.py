"""What managers are told and warned of now, and how today is going, in sentences."""

import logging
import time

from flask_babel import gettext as _
from flask_babel import ngettext

from manage import words
from reception.figures.asking import Asked
from reception.web.alert_words import sentence
from reception.web.warning_words import groups, standing

log = logging.getLogger(__name__)
EVERY = 20  # seconds for which today's share is good enough
NOBODY = {"n": 0, "share": None, "interval": None}


def alerted(parts, values: dict[tuple[str, str], float], troubles: list[dict]) -> list[dict]:
    """`{id, subject, sentence, since, told_at, sounds, who, seen, seen_by_name, seen_at}` of each alert that stands:
    those that nobody sees to yet, then the others, the newest first.

    `values` are what thresholds were compared with last; `subject` is a device's key, a desk's or a service's.
    """
    thresholds = {one.key: one for one in parts.settings.alerts}
    found = []
    for alert in reversed(parts.frontdesk.alerts()):
        if threshold := thresholds.get(alert.key):
            value = values.get((alert.key, alert.subject), alert.value)
            found.append(
                {
                    "id": alert.id,
                    "subject": alert.subject,
                    "sentence": sentence(parts.settings, threshold, alert.subject, value, troubles),
                    "since": alert.began_at,
                    "told_at": alert.told_at,
                    "sounds": threshold.sound and not alert.seen_by,
                    "who": threshold.who,
                    "seen": bool(alert.seen_by),
                    "seen_by_name": alert.seen_by and words.by(alert.seen_by, parts.keys.name_of(alert.seen_by)),
                    "seen_at": alert.seen_at,
                }
            )
    return sorted(found, key=lambda one: one["seen"])


def warned(parts, room, line) -> list[dict]:
    """What `groups` says of those who are likely to wait too long, together whom one step would save, and `told_at` and
    `sounds`; `press` is a question of acting.py, where one press does it."""
    if not parts.settings.warnings.tell:
        return []
    found = groups(parts.settings, room, line, standing(parts.frontdesk.warnings(), room, line))
    return [{**one, "told_at": one["warned_at"], "sounds": parts.settings.warnings.sound} for one in found]


def meant_for(picture: dict, asker, parts) -> dict:
    """The picture with the alerts that are for this manager: by their role, or the name that they sign in with."""
    if not any(alert["who"] for alert in picture["alerts"]):
        return picture
    people = {person.id: person.sign_in.casefold() for person in parts.keys.people()}
    names = {asker.role, people.get(asker.person, "")}
    mine = [alert for alert in picture["alerts"] if names & {name.casefold() for name in alert["who"]}]
    return {**picture, "alerts": mine}


class SoFar:
    """How today is going, looked up at most every so many seconds."""

    def __init__(self, parts):
        self.parts, self._at, self._total = parts, None, NOBODY

    def share(self) -> tuple[float, int] | None:
        """Today's share within the target and of how many; None of nobody."""
        total = self._look()
        return (total["share"], total["n"]) if total["n"] else None

    def says(self) -> str:
        """ "82% of 214 people were seen within 5 minutes today (76 to 87).". Who came less than the target ago is not
        judged yet, seen or not."""
        total, target = self._look(), words.span(self.parts.settings.promise.target_seconds * 1000)
        if not total["n"]:
            return _("It cannot be said yet how many were seen within %(target)s today.", target=target)
        between = words.interval(total["interval"])
        said = ngettext(
            "%(share)s of %(many)s person was seen within %(target)s today",
            "%(share)s of %(many)s people were seen within %(target)s today",
            total["n"],
            many=words.number(total["n"]),
            share=words.percent(total["share"]),
            target=target,
        )
        return f"{said} ({between})." if between else f"{said}."

    def _look(self) -> dict:
        """`total` of the report of today (docs/figures.md); as it was, where it cannot be measured just now."""
        if self._at is None or time.monotonic() - self._at > EVERY:
            self._at = time.monotonic()  # first: while one look is under way, others take what there is
            parts = self.parts
            now, figures = parts.frontdesk.now(), parts.figures()
            day = figures.today(now)
            try:
                self._total = figures.of(Asked(day, day), now)["total"]
            except Exception:
                log.exception("Today's share could not be measured.")
        return self._total
