"""Alerts through the front desk's door: what begins and ends is stored with the mail that tells of it, and somebody
says that they see to it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reception.alerts import Alert, changed
from reception.finding import Finding
from reception.mail import can_mail, drop_mails, queue_mail
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.setting_parts.alerts import BELOW, AlertPart
from reception.settings import Settings

NEVER_TOLD = frozenset({"receptionist", "greeter", "desk", "kiosk", "display", "figures"})
Worded = Callable[[AlertPart, Alert], tuple[str, str]]  # an alert as a mail: its subject and its text


def doubts(settings: Settings) -> Iterator[str]:
    """What is likely to go wrong with alerts and warnings, for `reception check`."""
    if settings.warnings.tell and not settings.waits.tell:
        yield "warnings.tell is on and waits.tell is off: no wait is estimated, so nobody is warned of a long one."
    for one in settings.alerts:
        if one.mail and not can_mail(settings):
            yield f"alerts: {one.key!r} is to be mailed and mail.server is empty, so it is on screens alone."
        if one.what == "desks_open" and one.limit > len(settings.desks):
            yield f"alerts: {one.key!r} asks for more desks than there are, so it never ends."
        if one.what in BELOW and one.limit == 0:
            yield f"alerts: {one.key!r} is of fewer than 0, so it never begins."
        for name in sorted({*one.who} & NEVER_TOLD):
            yield (
                f"alerts: {one.key!r} is for {name!r}, whose screens show no alerts. Write manager, admin, wall, or the"
                " names that managers sign in with."
            )


class Alerting(Finding):
    """What the watch and managers ask."""

    def alert(self, now_passed: dict, since: dict[tuple[str, str], int], *, worded: Worded) -> None:
        """Begins, repeats and ends alerts, for the thresholds that are passed now (alerts.py)."""
        thresholds = {one.key: one for one in self.settings.alerts}
        standing = self.alerts()
        if not now_passed and not standing:
            return

        def rule(room: Room):
            open_ones = self.alerts(turn=True)
            found = changed(thresholds, now_passed, since, open_ones, self._told_before(), room.at)
            for move in found.moves:  # those that ended, and those whose earlier mail is no longer true
                drop_mails(self.store, office=self.office, about=move.after.id)
            for alert in found.tell if can_mail(self.settings) else ():
                subject, text = worded(thresholds[alert.key], alert)
                for to in thresholds[alert.key].mail:
                    queue_mail(
                        self.store, office=self.office, to=to, subject=subject, text=text, at=room.at, about=alert.id
                    )
            return list(found.moves), None

        if self._would_change(thresholds, now_passed, since, standing):
            self._change(rule, by="system")

    def see_to_alert(self, *, alert: str, by: str) -> Alert:
        """Somebody sees to it: nobody is told of it again while it lasts."""

        def rule(room: Room):
            found = self.store.thing(Alert, self.office, alert, turn=True)
            if not found:
                raise Refusal("unknown_alert", status=404)
            if found.ended_at or found.seen_by:
                return [], found
            after = replace(found, seen_at=room.at, seen_by=by)
            return [Move("alert_seen_to", found, after)], after

        return self._change(rule, by=by)

    def alerts(self, *, turn: bool = False) -> list[Alert]:
        """Those that stand, the oldest first."""
        return self.store.things(Alert, self.office, "AND ended_at IS NULL ORDER BY began_at, id", turn=turn)

    # -- helpers ------------------------------------------------------------------------------------------------

    def _would_change(self, thresholds, now_passed, since, standing) -> bool:
        """Whether a turn is worth taking: most looks change nothing."""
        found = changed(thresholds, now_passed, since, standing, {}, self.now())
        return bool(found.moves)

    def _told_before(self) -> dict[tuple[str, str], int]:
        """(key, subject) -> when somebody was told of it last, of those that have ended."""
        sql = "SELECT key, subject, max(told_at) FROM alerts WHERE office = ? AND ended_at IS NOT NULL GROUP BY 1, 2"
        return {(key, subject): at for key, subject, at in self.store.execute(sql, (self.office,))}
