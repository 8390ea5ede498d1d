"""What the board hears: the picture of the last calls, and `called` the moment somebody is called or called again.

    board   {step, now, office, open, turns_at, opens, notice, waiting,
             calls: [{id, number, desk, desk_name, called_at, recalls}, …]}   newest first
    called  {step, id, number, desk, desk_name, recall}                       chime and speech

Instants are UTC milliseconds. `open` holds until `turns_at` (or null), then the opposite; `opens` says in words when a
closed office opens ("Monday 09:00"). Never a name, never a service: a number and a desk are all a lobby may know; and
nothing of a discreet call, whose visitor somebody fetches.
"""

from reception import hours
from reception.door import News
from reception.web.sockets import Face
from reception.web.times import weekday_and_time

LARGE_AT_MOST = 4  # calls shown large at once: as many as board.css has room for; the last ones stand below them


class Board(Face):
    face = "display"
    picture_name = "board"
    for_visitors = True

    def picture(self, asker) -> dict:
        frontdesk, settings = self.parts.frontdesk, self.parts.settings
        newest, room = frontdesk.look()
        since = hours.day_bounds(room.day, settings.zone)[0]
        rows = self.parts.store.recent_calls(settings.office.key, since, settings.board.recent + LARGE_AT_MOST)
        calls = [
            {**self._place(desk), "id": visit, "number": number, "called_at": at, "recalls": recalls}
            for visit, number, desk, at, recalls in rows
        ]
        return {
            "step": newest,
            "now": room.at,
            "office": settings.office.name,
            **self._doors(room.at),
            "notice": frontdesk.text_of(room, "notice", "board") or settings.board.notice or None,
            "waiting": sum(visit.state == "waiting" for visit in room.visits.values()),
            "calls": calls,
        }

    def momentary(self, news: News) -> None:
        # Somebody without a ticket stands at the desk already: nobody in the lobby is looking for that call.
        here_already = {step.visit for step in news.steps if step.step == "issued"}
        looking = {visit.id: visit for visit in news.visits if not (visit.id in here_already or visit.discreet)}
        for step in news.steps:
            if step.step in ("called", "recalled") and step.visit in looking:
                call = {"id": step.visit, "number": looking[step.visit].number, **self._place(step.desk)}
                self.emit("called", {"step": step.number, "recall": step.step == "recalled", **call}, room=news.office)

    def _place(self, desk: str) -> dict:
        named = self.parts.settings.desk_named.get(desk)
        return {"desk": desk, "desk_name": named.name if named else desk}

    def _doors(self, at: int) -> dict:
        settings = self.parts.settings
        timetable = (settings.zone, settings.hours.weekly, settings.hours.closed_on)
        closes = next((end for start, end in hours.openings(at, *timetable) if start <= at < end), None)
        if closes:
            return {"open": True, "turns_at": closes, "opens": None}
        opens = hours.next_opening(at, *timetable)
        return {"open": False, "turns_at": opens, "opens": opens and weekday_and_time(opens, settings.zone)}
