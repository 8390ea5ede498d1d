"""A receptionist at a desk: calls, waits for the walk, helps, and does what a day brings besides."""

import time

from demo.day import COMES_BACK, PROMISED, Day
from demo.doors import Lobby

HELD = (1, 2, 3)  # real minutes: the office's clock ends a hold
AWAY = (0.5, 4.0)  # minutes, of the lobby's, until somebody who was not there is back
SAID = ("Has the form already, needs it stamped.", "Wants to pay in instalments.", "Bring the tenancy file, please.")
NOTES = ("", "", "Was upset about the bill; better now.", "Asked for a copy by post.")


class Receptionist:
    """`door` is how the desk asks (doors.py), `choices` what the office lets it choose from (/api/choices)."""

    def __init__(self, lobby: Lobby, day: Day, door, choices: dict, services: list[str], desks: list[str]):
        self.lobby, self.day, self.door, self.choices = lobby, day, door, choices
        self.services, self.other_desks = services, [desk for desk in desks if desk != door.desk]
        self._away: list[tuple[float, str]] = []  # when somebody who was not there will be back

    def work(self) -> None:
        while self.lobby.wait(self.day.pause()):
            self._look_up()
            getattr(self, self.day.between_calls())()

    def _look_up(self) -> None:
        """Somebody is back who was not there; a colleague calls for help."""
        while self._away and self._away[0][0] <= time.monotonic():
            self.door.ask("reinstate", visit=self._away.pop(0)[1])
        calling = [desk for desk in self.lobby.asking_for_help if desk != self.door.desk]
        if calling:
            self.lobby.asking_for_help.remove(calling[0])
            self.door.ask("help", desk=calling[0], step="answer")

    # -- between calls ------------------------------------------------------------------------------------------

    def call_next(self) -> None:
        visit = self.door.ask("call_next")
        if visit and self.day.slips():
            self.door.ask("undo")
        elif visit:
            self._receive(visit)

    def walk_in(self) -> None:
        visit = self.door.ask("walk_in", service=self.day.service())
        if visit:
            self._help(visit)

    def pause(self) -> None:
        self.door.ask("pause", reason=self._reason("pause"))
        self.lobby.wait(self.day.about(4))
        self.door.ask("open")

    def call_for_help(self) -> None:
        self.door.ask("help", step="ask")
        self.lobby.asking_for_help.append(self.door.desk)
        self.lobby.wait(self.day.about(3))
        if self.door.desk in self.lobby.asking_for_help:
            self.lobby.asking_for_help.remove(self.door.desk)
        self.door.ask("help", step="end")

    def call_out_of_turn(self) -> None:
        """Somebody who has just sat down looks unwell: the newest is called first."""
        visit = self.door.ask("walk_in", service=self.day.service(), wait=True)
        if visit and self.lobby.wait(self.day.walk()):
            called = self.door.ask("call", visit=visit["id"], reason=self._reason("out_of_turn"))
            if called:
                self._receive(called)

    def leave_it(self) -> None:
        """A ticket that nobody holds any more."""
        visit = self.door.ask("walk_in", service=self.day.service(), wait=True)
        if visit and self.lobby.wait(self.day.walk()):
            self.door.ask("cancel", visit=visit["id"], reason=self._reason("cancel"))

    # -- with a visitor -----------------------------------------------------------------------------------------

    def _receive(self, visit: dict) -> None:
        self.lobby.wait(self.day.walk())
        if self.day.is_here():
            self.door.ask("start", visit=visit["id"])
            self._help(visit)
            return
        self.door.ask("recall", visit=visit["id"])
        self.lobby.wait(self.day.walk())
        if self.door.ask("not_here", visit=visit["id"]) and self.day.happens(COMES_BACK):
            minutes = AWAY[0] + self.day.about(AWAY[1])
            self._away.append((time.monotonic() + minutes * 60 / self.lobby.speed, visit["id"]))
            self._away.sort()

    def _help(self, visit: dict) -> None:
        self.lobby.wait(self.day.helping(visit["service"]))
        getattr(self, self.day.with_them())(visit)

    def finish(self, visit: dict) -> None:
        outcome = self.day.outcome()
        said = {"outcome": outcome, "party": self.day.one_of((1, 1, 1, 2, 3)), "note": self.day.one_of(NOTES)}
        if outcome in PROMISED:
            team = self.day.one_of(self.choices["teams"])
            what = self.day.one_of(team["sentences"])
            said |= {"promise": {"what": what, "team": team["key"], "days": team["days"]}, "print": True}
        if outcome == "signposted":
            said["signposts"] = [self.day.one_of(self.choices["signposts"])["key"]]
        self.door.ask("finish", visit=visit["id"], **said)

    def hold(self, visit: dict) -> None:
        where = {"room": self.day.one_of(self.choices["rooms"])["key"]} if self.day.happens(0.4) else {}
        how = {"minutes": self.day.one_of(HELD), "mine": self.day.happens(0.5), "reason": self._reason("hold")}
        self.door.ask("hold", visit=visit["id"], **how, **where)

    def send_on(self, visit: dict) -> None:
        how = {"reason": self._reason("transfer"), "said": self.day.one_of(SAID), "come_back": self.day.happens(0.3)}
        if self.day.happens(0.4):
            how["to"] = f"desk:{self.day.one_of(self.other_desks)}"
        else:
            how["service"] = self.day.one_of([key for key in self.services if key != visit["service"]])
        self.door.ask("transfer", visit=visit["id"], **how)

    def offer_more(self, visit: dict) -> None:
        """ "You may also want": where they do, finishing sends them on."""
        other = self.day.one_of([key for key in self.services if key != visit["service"]])
        self.door.ask("offer", visit=visit["id"], service=other, wanted=self.day.happens(0.6))
        self.finish(visit)

    def put_back(self, visit: dict) -> None:
        self.door.ask("return_to_line", visit=visit["id"])

    def _reason(self, kind: str) -> str:
        return self.day.one_of(self.choices["reasons"][kind])["key"]
