"""What runs beside the requests for as long as the server does, a greenlet each: what nobody presses a button for.

Whatever fails here is logged and tried again; nothing here may end.
"""

import logging

import gevent

from reception import outages
from reception.by_the_clock import by_the_clock, still_to_turn
from reception.mail import can_mail, send_due

log = logging.getLogger(__name__)
OFTEN = 0.3  # seconds: how soon what another process did (a revoked key) is noticed
TICK = 1.0  # seconds between looking what time alone has changed
SELDOM = 20  # seconds between looking who did not attend, and noting which screens are there
ALERT_EVERY = 3  # seconds between looking whether a threshold is passed
MAIL_EVERY = 5  # seconds between looking whether there is mail to send
REMIND_EVERY = 60  # seconds between looking which dates of complaints are near
SUM_UP_AFTER = 120  # seconds from the start: summaries are made when the lobby's screens are up
PUBLISH_EVERY = 300  # seconds between looking whether a month is due to be published
SUM_UP_PAUSE = 0.2  # seconds between one past day's summary and the next


def run_beside(parts, app) -> list:
    """Starts them all; the greenlets, to be killed at the end."""
    found = [gevent.spawn(one, parts) for one in (_watch, _by_the_clock, _as_time_passes)]
    found.append(gevent.spawn_later(SUM_UP_AFTER, _sum_up, parts))
    found.append(gevent.spawn_later(REMIND_EVERY, _remind, parts, app))
    found.append(gevent.spawn(parts.staffing.serve, gevent.sleep))
    if parts.settings.waits.tell:
        found += [gevent.spawn(parts.expecting.serve), gevent.spawn(parts.expecting.catch_up)]
    if parts.settings.performance.publish == "by-itself":
        found.append(gevent.spawn_later(SUM_UP_AFTER, _publish, parts, app))
    if "/manage" in parts.faces:
        found.append(gevent.spawn(_alert, parts, app))
    if can_mail(parts.settings):
        found.append(gevent.spawn(_mail, parts))
    if parts.settings.appointments.folder:
        found.append(gevent.spawn(_watch_folder, parts, app))
    return found


def _watch(parts) -> None:
    """Tells the faces what another process changed: a command of the console, another worker."""
    frontdesk, seen = parts.frontdesk, parts.store.newest_step(parts.frontdesk.office)
    while True:
        gevent.sleep(OFTEN)
        try:
            if parts.store.newest_step(frontdesk.office) > seen:
                seen = frontdesk.tell_of_others(seen)
        except Exception:
            log.exception("Could not look for others' changes.")


def _by_the_clock(parts) -> None:
    from reception.web.alone import kiosks_heard

    since = parts.frontdesk.now()  # before, nobody could be heard
    while True:
        try:
            parts.frontdesk.catch_up()
            outages.live(parts.frontdesk)
            outages.kiosks(parts.frontdesk, *kiosks_heard(parts, since))
            there = {asker.id for face in parts.faces.values() for asker in face.askers.values() if asker.id}
            if there:
                parts.keys.heard(sorted(there))
            for face in parts.faces.values():
                face.drop_revoked()  # also whose key has run out, which nobody tells
        except Exception:
            log.exception("What happens by the clock did not happen this time.")
        gevent.sleep(SELDOM)


def _alert(parts, app) -> None:
    """Tells managers what cannot wait; the page of now knows what there is to tell."""
    watch = parts.faces["/manage"].watch(app)
    while True:
        try:
            watch.look()
        except Exception:
            log.exception("Thresholds were not looked at this time.")
        gevent.sleep(ALERT_EVERY)


def _mail(parts) -> None:
    while True:
        try:
            send_due(parts.frontdesk, parts.settings)
        except Exception:
            log.exception("Mail was not sent this time.")
        gevent.sleep(MAIL_EVERY)


def _remind(parts, app) -> None:
    """Reminds of complaints' dates, and tells teams of what is new."""
    from reception.feedback.posting import poster

    while True:
        try:
            parts.frontdesk.remind_of_feedback(poster(parts, app))
        except Exception:
            log.exception("Nobody was reminded of feedback this time.")
        gevent.sleep(REMIND_EVERY)


def _watch_folder(parts, app) -> None:
    """Takes in the files of appointments that a booking system leaves for us."""
    from reception.appointments.folder import Folder
    from reception.appointments.words import told
    from reception.web.blocking import blocking

    rules = parts.settings.appointments

    def worded(report) -> str:
        with app.app_context():
            return "\n".join([*told(report, rules.report_lines), ""])

    folder = Folder(parts.frontdesk, worded=worded, run=blocking)
    while True:
        try:
            folder.look()
        except Exception:
            log.exception("The folder of appointments was not looked into this time.")
        gevent.sleep(rules.look_seconds)


def _as_time_passes(parts) -> None:
    """A hold is over, somebody becomes due, a ruling runs out: nobody presses anything, and the screens hear of it."""
    from reception.web.alone import kiosks_alone

    frontdesk, before = parts.frontdesk, None
    while True:
        try:
            _newest, room = frontdesk.look()
            if by_the_clock(room, parts.settings):
                frontdesk.catch_up()
            now = still_to_turn(room), kiosks_alone(parts)
            if before not in (None, now):
                for face in parts.faces.values():
                    face.refresh()
            before = now
        except Exception:
            log.exception("Could not look what time has changed.")
        gevent.sleep(TICK)


def _sum_up(parts) -> None:
    """Keeps each finished day's figures, little by little, so that a year of them is there when it is asked for."""
    figures, done = parts.figures(), None
    while True:
        try:
            now = parts.frontdesk.now()
            settled = figures.today(now - figures.target_ms)
            if settled != done:
                figures.catch_up(now, pause=lambda: gevent.sleep(SUM_UP_PAUSE))
                figures.warm(now)
                done = settled
        except Exception:
            log.exception("The figures of finished days were not summed up this time.")
        gevent.sleep(SELDOM)


def _publish(parts, app) -> None:
    """Puts last month before the public on the first working day of the next."""
    from reception.scorecard.making import Making
    from reception.scorecard.paper import papers
    from reception.scorecard.publishing import publish_if_due

    making = Making(parts.figures())
    while True:
        try:
            if found := publish_if_due(parts.frontdesk, making, papers(app, parts.settings)):
                log.info("The figures of %s are published.", found.month)
        except Exception:
            log.exception("Last month was not published this time.")
        gevent.sleep(PUBLISH_EVERY)
