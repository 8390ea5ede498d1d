"""What people do about paper: print a ticket's slip again, say whether it came out, change the roll.

A reprint bears the same number and says that it is one. Nothing is ever printed again by itself.
"""

from dataclasses import replace

from reception.owing import Owing
from reception.refusals import Refusal
from reception.room import Move, Room
from reception.visit import Visit


class Slips(Owing):
    """The buttons about slips of tickets."""

    def reprint(
        self,
        *,
        visit: str,
        by: str,
        printer: str | None = None,
        desk: str | None = None,
        visitors_choice: bool = False,
        once=None,
    ) -> Visit:
        """The ticket's slip once more, at a printer (none named: the desk's nearest). What still waits of it elsewhere
        is dropped. `visitors_choice`: once, and not when the printer has said that it printed it."""
        key = self._printer_named(printer or self.nearest_printer(desk))

        def rule(room: Room):
            found = self._open_visit(room, visit)
            last = self.store.last_slip(found.id, turn=True)
            if last and last["state"] == "printing":
                raise Refusal("slip_is_printing", number=found.number)
            if visitors_choice and (not last or last["state"] == "printed" or last["kind"] == "reprint"):
                raise Refusal("reprint_by_staff", number=found.number)
            self.store.drop_waiting_slips(found.id, room.at)
            return [Move("reprinted", found, found, desk, note={"printer": key})], found

        return self._change(rule, by=by, once=once, printer=key)

    def slip_came(self, *, visit: str, came: bool, by: str) -> None:
        """The visitor's word on a slip of which the printer did not say that it printed it. Only the first counts; the
        print job itself stays unconfirmed."""

        def rule(room: Room):
            found = self._visit(visit, room)
            slip = self.store.last_slip(found.id, turn=True)
            if not slip or slip["state"] != "unconfirmed" or slip["visitors_word"]:
                return [], None
            self.store.keep_visitors_word(slip["id"], "came" if came else "missing")
            if not came:
                return [Move("slip_missing", found, found, note={"printer": slip["printer"]})], None
            told = replace(found, acknowledged_at=found.acknowledged_at or room.at)
            return [Move("slip_came", found, told, note={"printer": slip["printer"]})], None

        self._change(rule, by=by)

    def slip_printed_alone(self, *, visit: str, job: str, printer: str, made_at: int, **ended) -> None:
        """What became of the slip of a ticket that a kiosk gave and printed by itself (`state`, `at`, `cause`): told
        twice, it is one. Printed, it has told its visitor their number."""

        def rule(room: Room):
            found = self._visit(visit, room)
            self.store.keep_print_job(job, self.office, found.id, printer, made_at, **ended)
            if ended["state"] != "printed" or found.acknowledged_at:
                return [], None
            return [Move("print_confirmed", found, replace(found, acknowledged_at=room.at))], None

        self._change(rule, by="system")

    def roll_changed(self, *, printer: str, by: str) -> None:
        """There is a new roll in the printer, as somebody says or the printer's own word shows."""
        key = self._printer_named(printer)

        def write(store):
            store.put_in_roll(self.office, key, self.now())

        self.record("roll_changed", by=by, note={"printer": key}, write=write)

    def _printer_named(self, key: str | None) -> str:
        known = self.settings.printer
        if not known:
            raise Refusal("no_printer")
        if key not in known:
            raise Refusal("unknown_printer", status=422, printer=key, printers=", ".join(known))
        return key
