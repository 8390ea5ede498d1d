"""Mail about feedback: to a complaint's owner when a date is near, and to a theme's team when something new is told.

It names no visitor and repeats nothing that was written: who gets it follows the link and signs in.
"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from reception.feedback.reminding import NEW, Reminder
from reception.feedback.rows import Feedback
from reception.mail import can_mail, queue_mail
from reception.web import times
from reception.web.speaking import in_language


def poster(parts, app):
    """What `remind_of_feedback` tells with; None where the office has no mail server."""
    if not can_mail(parts.settings):
        return None

    def post(store, reminder: Reminder, at: int) -> None:
        with app.app_context(), in_language("en"):  # asked from the writer's own thread
            subject, text = words_of(reminder, parts.settings)
        for to in addresses(store, reminder, parts.settings):
            queue_mail(
                store,
                office=parts.frontdesk.office,
                to=to,
                subject=subject,
                text=text,
                at=at,
                about=reminder.feedback.id,
            )

    return post


def addresses(store, reminder: Reminder, settings) -> list[str]:
    """Of a date: its owner's, where they sign in with an address, else the team's; of what is new: the team's."""
    own = _owners(store, reminder.feedback) if reminder.when != NEW else ""
    found = own or settings.feedback.team_email(reminder.feedback.theme, settings.team)
    return [found] if found else []


def words_of(reminder: Reminder, settings) -> tuple[str, str]:
    """The subject and the text."""
    one = reminder.feedback
    day = times.day(date.fromisoformat(reminder.day))
    reference = one.reference
    if reminder.when == NEW:
        what = str({"compliment": _("compliment"), "comment": _("comment"), "complaint": _("complaint")}[one.kind])
        subject = _("%(reference)s: a new %(what)s", reference=reference, what=what)
        says = _("A %(what)s was told on %(day)s.", what=what, day=day)
    elif reminder.what == "acknowledge":
        subject = _("%(reference)s: acknowledge it by %(day)s", reference=reference, day=day)
        says = _("The complaint %(reference)s is to be acknowledged by %(day)s:", reference=reference, day=day)
        says = f"{says} {_left(reminder.left)}"
    else:
        subject = _("%(reference)s: answer it by %(day)s", reference=reference, day=day)
        says = _("The complaint %(reference)s is to be answered by %(day)s:", reference=reference, day=day)
        says = f"{says} {_left(reminder.left)}"
    where = f"{settings.address}/manage/feedback/{one.id}"
    return subject, "\n\n".join([says, where, _("What was written stands there, for those who may read it.")]) + "\n"


def _left(days: int) -> str:
    if days < 0:
        return ngettext("that was %(num)d working day ago.", "that was %(num)d working days ago.", -days)
    if days == 0:
        return _("that is today.")
    return ngettext("%(num)d working day is left.", "%(num)d working days are left.", days)


def _owners(store, feedback: Feedback) -> str:
    """The owner's address, where they sign in with one."""
    kind, _colon, key = (feedback.owner or "").partition(":")
    row = (
        kind == "person"
        and store.execute("SELECT sign_in FROM people WHERE id = ? AND left_at IS NULL", (key,)).fetchone()
    )
    return row[0] if row and "@" in row[0] else ""
