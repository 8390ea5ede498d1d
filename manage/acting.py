"""What a manager does from the page of now with one press; part of its socket (manage/live.py).

    see_to {alert}          -> {}    nobody is told of it again while it lasts
    ask_back {desk}         -> {}    a message on that desk's screen: please come back
    ask_everybody {}        -> {}    the same on every desk's screen: please open another desk
    stop {service}          -> {}    no more tickets for it today; go_back takes it back
    go_back {kind, subject} -> {}    back to what the settings say

Each is a decision like those on the page of today (manage/today.py), with who and when.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from reception.web.sockets import Question, Text


class SeeTo(Question):
    alert: Text


class AskBack(Question):
    desk: Text


class AskEverybody(Question):
    pass


class Stop(Question):
    service: Text


class GoBack(Question):
    kind: Text
    subject: Text


class Acting:
    """A mixin of the managers' face."""

    of_acting = {
        "see_to": SeeTo,
        "ask_back": AskBack,
        "ask_everybody": AskEverybody,
        "stop": Stop,
        "go_back": GoBack,
    }

    def see_to(self, asker, question: SeeTo) -> None:
        self.parts.frontdesk.see_to_alert(alert=question.alert, by=asker.by)

    def ask_back(self, asker, question: AskBack) -> None:
        text = _("Please come back to your desk as soon as you can: %(waiting)s.", waiting=self._waiting_words())
        self._decide(asker, "message", question.desk, "shown", text)

    def ask_everybody(self, asker, question: AskEverybody) -> None:
        text = _("Whoever can: please open another desk. %(waiting)s.", waiting=self._waiting_words().capitalize())
        self._decide(asker, "message", "all", "shown", text)

    def stop(self, asker, question: Stop) -> None:
        frontdesk = self.parts.frontdesk
        self._decide(asker, "service", question.service, "closed", until_at=frontdesk.day_ends_at())

    def go_back(self, asker, question: GoBack) -> None:
        self._decide(asker, question.kind, question.subject, None)

    def _decide(self, asker, kind: str, subject: str, value: str | None, text: str = "", until_at=None) -> None:
        self.parts.frontdesk.rule(kind=kind, subject=subject, value=value, text=text, until_at=until_at, by=asker.by)

    def _waiting_words(self) -> str:
        frontdesk = self.parts.frontdesk
        waiting = len(frontdesk.line(frontdesk.look()[1]).waiting())
        return ngettext("%(num)d person waits", "%(num)d people wait", waiting)
