"""How each printer is, as the server last heard it: for desks, managers and the API. It notices changed rolls.

It talks to no printer. A face gets sentences from here: what is the matter, where, and what helps.
"""

import logging

from reception.printing.causes import remedy_of
from reception.printing.rolls import RollWatch, tickets_left

log = logging.getLogger(__name__)

NOT_HEARD_YET = {"state": "unknown", "cause": None, "heard_at": None, "since": None, "at": None}
WELL = ("ok", "near_end", "unknown")  # states in which a printer is worth sending to


class Conditions:
    """`hear` each event of a worker; `all` is how they are."""

    def __init__(self, parts):
        self.settings, self.frontdesk, self.store = parts.settings, parts.frontdesk, parts.store
        self.office = parts.settings.office.key
        self._now: dict[str, dict] = {}
        self._rolls = {printer.key: RollWatch() for printer in self.settings.printers}
        self._missing: set[str] = set()  # printers of which a visitor says that no slip came

    def hear(self, event: dict) -> None:
        key = event["printer"]
        if event["kind"] == "condition":
            self._now[key] = event
            level = log.info if event["state"] in ("ok", "unknown") else log.warning
            level("Printer %s: %s (%s)", key, event["state"], event["cause"] or "well")
        elif event["kind"] == "heard":
            self._now[key]["heard_at"] = event["at"]
        elif event["state"] == "printed":
            self._missing.discard(key)
        if event["kind"] != "job":
            self._look_at_roll(key, self._now[key]["state"])

    def visitor_says(self, printer: str, came: bool) -> None:
        """What a visitor says of a slip that the printer did not confirm."""
        (self._missing.discard if came else self._missing.add)(printer)

    def well(self, printer: str) -> bool:
        return self._now.get(printer, NOT_HEARD_YET)["state"] in WELL

    def all(self) -> list[dict]:
        """For each printer, in the settings' order:

        `{key, name, place, state, state_words, cause, sentence, remedy, since, told_at, heard_at, jobs, tickets_left,
        roll_changed_at}`; `sentence` and `remedy` are None when nothing is the matter, `told_at` is when staff were
        last told of it, `jobs` how many slips wait, `tickets_left` None where nobody knows. Instants in UTC
        milliseconds.
        """
        return [self._of(printer) for printer in self.settings.printers]

    def _of(self, printer) -> dict:
        from reception.printing import words

        now, roll = self._now.get(printer.key, NOT_HEARD_YET), self.store.roll(self.office, printer.key)
        cause = now["cause"]
        if printer.key in self._missing and self.well(printer.key):
            cause = "missing"
        remedy = remedy_of(cause)
        return {
            "key": printer.key,
            "name": printer.name,
            "place": printer.place,
            "state": now["state"],
            "state_words": str(words.CONDITIONS[now["state"]]),
            "cause": cause,
            "sentence": str(words.CAUSES[cause]) if cause else None,
            "remedy": str(words.REMEDIES[remedy]) if remedy else None,
            "since": now["since"],
            "told_at": now["at"],
            "heard_at": now["heard_at"],
            "jobs": self.store.waiting_print_jobs(self.office, printer.key),
            "tickets_left": self._tickets_left(printer, roll),
            "roll_changed_at": roll.changed_at,
        }

    def _tickets_left(self, printer, roll) -> int | None:
        if printer.kind == "virtual":
            return None
        metres = {"roll_metres": printer.roll_metres, "near_end_metres": printer.near_end_metres}
        return tickets_left(roll, **metres, slip_mm=self.settings.printing.slip_mm)

    def _look_at_roll(self, printer: str, state: str) -> None:
        if self._rolls[printer].changed(state, self.store.roll(self.office, printer)):
            self.frontdesk.roll_changed(printer=printer, by="system")
        if state in ("near_end", "out"):
            self.frontdesk.writer.do(lambda store: (store.roll_is(self.office, printer, state), None))
