"""What a manager does from the page of now with one press; part of its socket (manage/live.py).

    see_to {alert}            nobody is told of it again while it lasts
    come {desk}               "I am coming", to whoever calls for help there
    open_desk {desk}          opens it in the manager's name, who goes there; `desk` in the answer says where
    take_over {desk}          the same where it is paused and somebody else's
    ask_back {desk}           a message on that desk's screen: please come back
    ask_to_call {desk}        the same, where nobody is at the open desk: please call
    ask_to_stay {desk}        the same at an open desk: please begin your break later
    ask_everybody {}          the same on every desk's screen: please open another desk
    let_take {desk, service}  that desk takes the service, too, until the end of today
    stop {service, reason}    no more tickets for it today; a reason is put up as the kiosk's notice
    notice {text}             on the board, until the end of today
    new_roll {printer}        there is a new roll in it
    go_back {kind, subject}   back to what the settings say; of a service, the notice of why it was stopped goes, too

Each is a decision like those on the page of today (manage/today.py), with who and when; its answer holds `said`, the
sentence for whoever pressed.
"""

from typing import Annotated

from flask_babel import gettext as _
from flask_babel import ngettext
from pydantic import Field

from manage import ruled
from manage.today import until_words
from reception.ruling import LONGEST
from reception.web.sockets import Question, Text
from reception.web.words import UNSEEN

Words = Annotated[str, Field(max_length=LONGEST + 1)]


class SeeTo(Question):
    alert: Text


class AtDesk(Question):
    desk: Text


class Nothing(Question):
    pass


class Taking(Question):
    desk: Text
    service: Text


class Stop(Question):
    service: Text
    reason: Words = ""


class Notice(Question):
    text: Words


class Roll(Question):
    printer: Text


class GoBack(Question):
    kind: Text
    subject: Text


class Acting:
    """A mixin of the managers' face."""

    of_acting = {
        "see_to": SeeTo,
        "come": AtDesk,
        "open_desk": AtDesk,
        "take_over": AtDesk,
        "ask_back": AtDesk,
        "ask_to_call": AtDesk,
        "ask_to_stay": AtDesk,
        "ask_everybody": Nothing,
        "let_take": Taking,
        "stop": Stop,
        "notice": Notice,
        "new_roll": Roll,
        "go_back": GoBack,
    }

    def see_to(self, asker, question: SeeTo) -> dict:
        seen = self.parts.frontdesk.see_to_alert(alert=question.alert, by=asker.by)
        if seen.ended_at:
            return {"said": _("This is over. Nobody needs to see to it.")}
        if seen.seen_by != asker.by:
            name = self.parts.keys.name_of(seen.seen_by) or _("Somebody else")
            return {"said": _("%(name)s was quicker, and sees to it.", name=name)}
        return {"said": _("You see to it. Nobody is told again while it lasts.")}

    def come(self, asker, question: AtDesk) -> dict:
        desk = self.parts.frontdesk.help(desk=question.desk, by=asker.by, step="answer")
        return {"said": _("%(desk)s sees that somebody is coming.", desk=self._desk_name(desk.key))}

    def take_over(self, asker, question: AtDesk) -> dict:
        return self.open_desk(asker, question, take_over=True)

    def open_desk(self, asker, question: AtDesk, take_over: bool = False) -> dict:
        desk = self.parts.frontdesk.set_desk(desk=question.desk, state="open", by=asker.by, take_over=take_over)
        name = self._desk_name(desk.key)
        return {"said": _("%(desk)s is open in your name. Go there, or ask somebody to.", desk=name), "desk": desk.key}

    def ask_back(self, asker, question: AtDesk) -> dict:
        text = _("Please come back to your desk as soon as you can: %(waiting)s.", waiting=self._waiting_words())
        self._decide(asker, "message", question.desk, "shown", text)
        return {"said": _("%(desk)s is asked to come back.", desk=self._desk_name(question.desk))}

    def ask_to_call(self, asker, question: AtDesk) -> dict:
        name = self.parts.settings.find_desk(question.desk).name
        _newest, room = self.parts.frontdesk.look()
        if visitor := room.at_desk(question.desk):
            return {"said": _("%(desk)s has called %(number)s already.", desk=name, number=visitor.number)}
        text = _("Please call whoever is next for you now: %(waiting)s.", waiting=self._waiting_words())
        return self._ask_there(asker, question.desk, text, _("%(desk)s is asked to call.", desk=name))

    def ask_to_stay(self, asker, question: AtDesk) -> dict:
        name = self.parts.settings.find_desk(question.desk).name
        text = _("Please begin your break later, if you can: %(waiting)s.", waiting=self._waiting_words())
        said = _("%(desk)s is asked to begin its break later.", desk=name)
        return self._ask_there(asker, question.desk, text, said)

    def ask_everybody(self, asker, question: Nothing) -> dict:
        text = _("Whoever can, please open another desk: %(waiting)s.", waiting=self._waiting_words())
        self._decide(asker, "message", "all", "shown", text)
        return {"said": _("All desks are asked to help.")}

    def let_take(self, asker, question: Taking) -> dict:
        """What was decided about that desk before holds as long as it did. Whoever decides about it in the same moment
        is not overruled: then this is refused."""
        frontdesk, settings, service = self.parts.frontdesk, self.parts.settings, question.service
        newest, room = frontdesk.look()
        desk = settings.find_desk(question.desk)
        takes, holds = frontdesk.line(room).rules.desks[desk.key], room.ruled("serves", desk.key)
        says = ruled.serves_words(desk.name, [self._named("service", service)], [])
        if service in takes.main:
            return {"said": _("%(what)s already.", what=says)}
        main = [key for key in settings.service if key in takes.main] + [service]
        helps = [key for key in settings.service if key in takes.helps - {service}]
        value = f"{' '.join(main)}|{' '.join(helps)}"
        until_at = room.rulings[f"serves:{desk.key}"].until_at if holds else frontdesk.day_ends_at()
        frontdesk.rule(kind="serves", subject=desk.key, value=value, until_at=until_at, seen=newest, by=asker.by)
        return {"said": _("%(what)s, %(until)s.", what=says, until=until_words(until_at))}

    def stop(self, asker, question: Stop) -> dict:
        until_at, why = self.parts.frontdesk.day_ends_at(), _clean(question.reason)
        self.parts.frontdesk.rule(
            kind="service", subject=question.service, value="closed", notice=why, until_at=until_at, by=asker.by
        )
        return {"said": _("No more tickets for %(service)s today.", service=self._named("service", question.service))}

    def notice(self, asker, question: Notice) -> dict:
        text = _clean(question.text)
        self._decide(asker, "notice", "board", "shown", text, self.parts.frontdesk.day_ends_at())
        return {"said": _("The board shows it until the end of today.")}

    def new_roll(self, asker, question: Roll) -> dict:
        self.parts.frontdesk.roll_changed(printer=question.printer, by=asker.by)
        return {"said": _("A new roll is in: %(printer)s.", printer=self.parts.settings.printer[question.printer].name)}

    def go_back(self, asker, question: GoBack) -> dict:
        self._decide(asker, question.kind, question.subject, None)
        return {"said": ruled.sentence(self.parts, question.kind, question.subject, None) + "."}

    def _decide(self, asker, kind: str, subject: str, value: str | None, text: str = "", until_at=None) -> None:
        self.parts.frontdesk.rule(kind=kind, subject=subject, value=value, text=text, until_at=until_at, by=asker.by)

    def _ask_there(self, asker, desk: str, text: str, said: str) -> dict:
        """A message on a desk's screen, if somebody is there to read it."""
        _newest, room = self.parts.frontdesk.look()
        if desk not in room.desks or room.desks[desk].state != "open":
            return {"said": _("%(desk)s is not open now, so nobody there was asked.", desk=self._desk_name(desk))}
        self._decide(asker, "message", desk, "shown", text)
        return {"said": said}

    def _waiting_words(self) -> str:
        frontdesk = self.parts.frontdesk
        waiting = len(frontdesk.line(frontdesk.look()[1]).waiting())
        return ngettext("%(num)d person waits", "%(num)d people wait", waiting)

    def _desk_name(self, key: str) -> str:
        return self.parts.settings.desk_named[key].name

    def _named(self, kind: str, subject: str) -> str:
        return ruled.named(self.parts, kind, subject)


def _clean(text: str) -> str:
    return UNSEEN.sub(" ", text).strip()
