"""What a board hears: the picture of the last calls, `called` the moment somebody is called, and `hush`.

    board   {step, now, page, office, open, turns_at, opens, said: [{opens}, …], notice,
             notices: [{lang, dir, text}, …], waiting, counted_at, waits: [{lang, dir, service, wait}, …],
             calls: [{id, number, desk, desk_name, names, called_at, recalls, say}, …]}   newest first
    called  {step, id, number, desk, desk_name, names, called_at, recall, say}   called, or called again
    hush    {on}                                                            a kiosk beside it speaks, or has ended

Instants are UTC milliseconds. `open` holds until `turns_at` (or null), then the opposite; `opens` says in words when a
closed office opens ("Monday 09:00"), and `said` does in each of the board's languages. `names` is the desk's name in
these, `say` what is said of the call: [{language, text}, …]. `waits` says of each service what whoever takes a number
now may expect, each of the board's languages in turn; of whom we call, there is never a name, never a service: a number
and a desk are all a lobby may know; and nothing of a discreet call, whose visitor somebody fetches. A board of some
desks hears of these, and of what they help with, alone. `counted_at` is when the kiosk was last heard that has given
numbers by itself since, or null. `page` names what the page was made of: a board with another one loads itself again.
"""

from functools import cache
from hashlib import sha256
from typing import Literal

from display import slides
from display.speaking import Speaking, phrases
from display.words import marks, names_in
from reception import hours
from reception.boards import Screen, screen_named, screens
from reception.door import News
from reception.web import expected
from reception.web.alone import kiosks_alone
from reception.web.sockets import Face, Question
from reception.web.speaking import in_language, said
from reception.web.times import weekday_and_time

LARGE_AT_MOST = 4  # calls shown large at once: as many as calls.css has room for
AT_ONCE = 8  # further calls that are told of: of many at once none is lost
MISSED_MS = 60_000  # a call is still announced by a board that was away for less


class Sound(Question):
    state: Literal["on", "held_back", "no_voice"]


class Board(Face):
    face = "display"
    picture_name = "board"
    expects = True
    for_visitors = True
    repeats = False
    questions = {"sound": Sound}

    def __init__(self, app, parts):
        super().__init__(app, parts)
        self.screens = screens(parts.settings)
        self.page = page_version(parts.settings, slides.last_month(parts))
        self.speaking = Speaking(parts.settings.announcer.hush_seconds)
        self.sounds: dict[str, str] = {}  # key's id -> what its board says of its sound
        self._names = cache(lambda desk, languages: names_in(languages, self._place(desk)["desk_name"]))

    # -- who is told what ------------------------------------------------------------------------------------------

    def room(self, asker) -> str:
        return self._room(self._screen(asker))

    def _room(self, screen: Screen) -> str:
        return f"{self.parts.settings.office.key}/{screen.key}"

    def _screen(self, asker) -> Screen:
        return screen_named(self.parts.settings, asker.name) if asker else self.screens[-1]

    def send_pictures(self) -> None:
        there = {self._screen(asker).key for asker in list(self.askers.values())}
        with in_language(self._first):
            for screen in self.screens:
                if screen.key in there:
                    self.show(self._room(screen), self._picture(screen))

    def seen(self, picture: dict) -> dict:
        """Not what is said of a call: only a board that was away has it from a picture."""
        calls = [call | {"say": None} for call in picture["calls"]]
        return super().seen(picture) | {"calls": calls}

    def joined(self, asker) -> None:
        if self.speaking.beside(self._screen(asker)):
            self.emit("hush", {"on": True}, room=self.room(asker))

    def hush(self, kiosk, on: bool) -> None:
        """A kiosk (the holder of its key) begins or ends to speak: the boards beside it are silent meanwhile."""
        self.speaking.tell(kiosk.id, kiosk.name, on)
        for screen in self.screens:
            if screen.beside(kiosk.name):
                self.emit("hush", {"on": self.speaking.beside(screen)}, room=self._room(screen))

    def sound(self, asker, question: Sound) -> None:
        """How a board's sound is, for managers."""
        if self.sounds.get(asker.id) != question.state:
            self.sounds[asker.id] = question.state
            if manage := self.parts.faces.get("/manage"):
                manage.refresh()

    def momentary(self, news: News) -> None:
        if any(step.step == "scorecard_published" for step in news.steps):
            self.page = page_version(self.parts.settings, slides.last_month(self.parts))
        # Somebody without a ticket stands at the desk already: nobody in the lobby is looking for that call.
        here_already = {step.visit for step in news.steps if step.step == "issued"}
        looking = {visit.id: visit for visit in news.visits if not (visit.id in here_already or visit.discreet)}
        for step in news.steps:
            if step.step in ("called", "recalled") and step.visit in looking:
                self._call(step, looking[step.visit])

    def _call(self, step, visit) -> None:
        call = {"step": step.number, "called_at": step.at, "recall": step.step == "recalled"}
        call |= {"id": visit.id, "number": visit.number}
        for screen in self.screens:
            if screen.shows(step.desk):
                with self.app.app_context():
                    told = {**call, **self._worded(screen, step.desk, visit.number, visit.reads)}
                self.emit("called", told, room=self._room(screen))
                self._on_screen.pop(self._room(screen), None)  # undone, it has to go again

    # -- the picture -----------------------------------------------------------------------------------------------

    def picture(self, asker) -> dict:
        return self._picture(self._screen(asker))

    def _picture(self, screen: Screen) -> dict:
        frontdesk, settings = self.parts.frontdesk, self.parts.settings
        newest, room = frontdesk.look()
        texts = frontdesk.texts_of(room, "notice", "board")
        notices = self._notices(texts)
        return {
            "step": newest,
            "now": room.at,
            "page": self.page,
            "office": settings.office.name,
            **self._doors(room.at, screen.languages),
            "notice": notices[0]["text"] if notices else None,
            "notices": notices,
            "waiting": self._waiting(screen, room),
            "counted_at": min((one["since"] for one in kiosks_alone(self.parts)), default=None),
            "waits": self._waits(screen, room) if settings.board.waits else [],
            "calls": self._calls(screen, room),
        }

    def _calls(self, screen: Screen, room) -> list[dict]:
        settings = self.parts.settings
        since = hours.day_bounds(room.day, settings.zone)[0]
        wanted = settings.board.recent + LARGE_AT_MOST + AT_ONCE
        rows = self.parts.store.recent_calls(settings.office.key, since, wanted, screen.desks)
        found = []
        for visit, number, desk, at, recalls in rows:
            reads = room.visits[visit].reads if visit in room.visits else ""
            say = phrases if room.at - at < MISSED_MS else None
            worded = self._worded(screen, desk, number, reads, say)
            found.append({**worded, "id": visit, "number": number, "called_at": at, "recalls": recalls})
        return found

    def _worded(self, screen: Screen, desk: str, number: str, reads: str, say=phrases) -> dict:
        place = self._place(desk)
        return {
            **place,
            "names": self._names(desk, screen.languages),
            "say": say(self.parts.settings, screen, number, place["desk_name"], reads) if say else [],
        }

    def _place(self, desk: str) -> dict:
        named = self.parts.settings.desk_named.get(desk)
        return {"desk": desk, "desk_name": named.name if named else desk}

    def _waiting(self, screen: Screen, room) -> int:
        """How many wait; on a board of some desks, how many whom these may call."""
        waiting = [visit.service for visit in room.visits.values() if visit.state == "waiting"]
        if screen.desks is None:
            return len(waiting)
        taken = self._taken(screen, room)
        return sum(service in taken for service in waiting)

    def _taken(self, screen: Screen, room) -> frozenset[str]:
        """The services that the desks of a board of some take."""
        desks = self.parts.frontdesk.line(room).rules.desks
        return frozenset().union(*(desks[key].main | desks[key].helps for key in screen.desks))

    def _waits(self, screen: Screen, room) -> list[dict]:
        settings, found = self.parts.settings, []
        taken = settings.service if screen.desks is None else self._taken(screen, room)
        for key, service in settings.service.items():
            expects = expected.of_service(self.parts, key) if key in taken else None
            for tag in screen.languages if expects else ():
                with in_language(tag):
                    if wait := expected.short(expects, settings):
                        found.append({**marks(tag), "service": said(service.name), "wait": wait})
        return found

    def _notices(self, texts: dict[str, str]) -> list[dict]:
        """`{lang, dir, text}` in each language that it was written in; a manager's stands over the settings'."""
        settings, found = self.parts.settings, {}
        for tag in settings.languages:
            with in_language(tag):
                text = texts.get(tag) if texts else said(settings.board.notice)
            if text:
                found.setdefault(text, tag)
        return [{**marks(tag), "text": text} for text, tag in found.items()]

    def _doors(self, at: int, languages) -> dict:
        settings = self.parts.settings
        timetable = (settings.zone, settings.hours.weekly, settings.hours.closed_on)
        closes = next((end for start, end in hours.openings(at, *timetable) if start <= at < end), None)
        if closes:
            return {"open": True, "turns_at": closes, "opens": None, "said": []}
        opens, told = hours.next_opening(at, *timetable), []
        for tag in languages:
            with in_language(tag):
                told.append({"opens": opens and weekday_and_time(opens, settings.zone)})
        return {"open": False, "turns_at": opens, "opens": told[0]["opens"], "said": told}


def page_version(settings, published=None) -> str:
    """Changes when anything does that a board's page is made of; `published` is the month that a slide tells of."""
    parts = ("office", "catalogues", "texts", "board", "boards", "slides", "announcer")
    made_of = [*(getattr(settings, part) for part in parts), published and (published.month, published.version)]
    return sha256(repr(made_of).encode()).hexdigest()[:12]
