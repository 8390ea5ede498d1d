"""People at work, on a desk's socket and in its picture: pausing with a reason, handing over, the silent call for help,
a manager's messages, how somebody likes to work. Each question is one method of the front desk; it decides nothing.

    desk  {…, preferences: {keys: {step: key}, letter_keys, and_next, name_on_phone},
           pause: {since_at, reason_name} | null,                  of this screen's own desk
           desks: [{…, pause}],                                    and of each
           own_help: {person_name, since_at, coming_name, can_end} | null,
           helps: [{key, name, person_name, since_at, coming_name, coming_mine, can_end}],    of other desks, by age
           messages: [{key, text, by_name, at}]}                   what a manager says, the newest first

Steps are the screen's own names (`data-step`); the server keeps them and does not know what they mean.
"""

from typing import Annotated, Literal

from flask_socketio import emit
from pydantic import Field, StrictBool, StringConstraints

from reception.keys import Holder
from reception.room import Room
from reception.settings import Settings
from reception.things import Desk
from reception.web.sockets import Question, Text

# a screen's, where nothing was preferred
PREFERENCES = {"keys": {}, "letter_keys": True, "and_next": False, "name_on_phone": False}
COLLEAGUES = ("receptionist", "manager")

Step = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
Key = Annotated[str, StringConstraints(pattern=r"^\S$")]


class AtDesk(Question):
    desk: Text | None = None


class Pause(AtDesk):
    reason: Text | None = None


class HandOver(AtDesk):
    to: Text


class Help(AtDesk):
    step: Literal["ask", "answer", "end"]


class Prefer(Question):
    name: Text
    value: StrictBool | Annotated[dict[Step, Key], Field(max_length=60)]


class AtWork:
    """A mixin of the desk's face, which knows at which desk somebody asks."""

    at_work = {"pause": Pause, "hand_over": HandOver, "colleagues": Question, "help": Help, "prefer": Prefer}

    def pause(self, asker: Holder, question: Pause) -> dict:
        return self._set(self._desk(asker, question), "paused", asker, reason=question.reason)

    def colleagues(self, asker: Holder, question: Question) -> dict:
        """Those to whom a desk can be handed over."""
        people = [(f"person:{one.id}", one) for one in self.parts.keys.people() if one.role in COLLEAGUES]
        return {"people": [{"id": by, "name": one.name} for by, one in people if by != asker.by]}

    def hand_over(self, asker: Holder, question: HandOver) -> dict:
        """Answers who has the desk now, and whom they found: the number at the desk and how many are kept for them."""
        desk = self._desk(asker, question)
        now = self.parts.frontdesk.hand_over(desk=desk, by=asker.by, to=question.to)
        _newest, room = self.parts.frontdesk.look()
        at_desk = room.at_desk(desk)
        return {
            "person_name": self.parts.keys.name_of(now.person),
            "number": at_desk and at_desk.number,
            "kept": sum(visit.kept_for == now.person and visit != at_desk for visit in room.visits.values()),
        }

    def help(self, asker: Holder, question: Help) -> dict:
        desk = self._desk(asker, question)
        now = self.parts.frontdesk.help(desk=desk, by=asker.by, step=question.step)
        return {"help": {"since_at": now.help_at, "coming_name": self.parts.keys.name_of(now.help_coming)}}

    def prefer(self, asker: Holder, question: Prefer) -> None:
        self.parts.frontdesk.prefer(who=asker.by, name=question.name, value=question.value)
        emit(self.picture_name, self.picture(asker))  # before the answer, so that the next key is the new one
        self.refresh()  # for their other screens: it is no step, so nobody else says so

    def with_people(self, picture: dict, room: Room, asker: Holder, desk: str | None) -> dict:
        """A desk's picture with the people at work in it."""
        settings, name_of = self.parts.settings, self.parts.keys.name_of
        kept = self.parts.store.preferences(asker.office, asker.by)
        calls = helps(settings, room, name_of, asker.by)
        return {
            **picture,
            "preferences": {name: kept.get(name, usual) for name, usual in PREFERENCES.items()},
            "pause": paused(settings, room.desks.get(desk)),
            "desks": [{**row, "pause": paused(settings, room.desks.get(row["key"]))} for row in picture["desks"]],
            "own_help": next((one for one in calls if one["key"] == desk), None),
            "helps": [one for one in calls if one["key"] != desk],
            "messages": [
                {**message, "text": self.parts.frontdesk.text_of(room, "message", message["key"])}
                for message in messages(room, name_of, desk)
            ],
        }


def paused(settings: Settings, desk: Desk | None) -> dict | None:
    """Since when a desk is paused and why; None when it is not."""
    if desk is None or desk.state != "paused":
        return None
    names = {reason.key: reason.name for reason in settings.reasons.pause}
    return {"since_at": desk.since_at, "reason_name": names.get(desk.reason)}


def helps(settings: Settings, room: Room, name_of, by: str) -> list[dict]:
    """The calls for help, as whoever is `by` sees them."""
    calling = sorted((desk for desk in room.desks.values() if desk.help_at), key=lambda desk: desk.help_at)
    named = settings.desk_named
    return [
        {
            "key": desk.key,
            "name": named[desk.key].name if desk.key in named else desk.key,
            "person_name": name_of(desk.help_by),
            "since_at": desk.help_at,
            "coming_name": name_of(desk.help_coming),
            "coming_mine": desk.help_coming == by,
            "can_end": desk.help_by == by,
        }
        for desk in calling
    ]


def messages(room: Room, name_of, shown: str | None) -> list[dict]:
    """What a manager has to say to the desk `shown`, or to all."""
    ruled = [room.rulings[f"message:{to}"] for to in ("all", shown) if to and room.ruled("message", to) is not None]
    return [
        {"key": one.subject, "by_name": name_of(one.by), "at": one.at} for one in sorted(ruled, key=lambda one: -one.at)
    ]
