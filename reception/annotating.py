"""What a manager writes beside an outage: why it was, for whoever reads the figures later. The outage itself stays as
it was recorded."""

from reception.finding import Finding
from reception.reading import Step
from reception.refusals import Refusal
from reception.room import Move, Room

LONGEST_NOTE = 300  # characters


class Annotating(Finding):
    """The button of notes on outages."""

    def note_outage(self, *, outage: str, text: str, by: str, before: str | None = None, once=None) -> str:
        """The note as it stands, which takes the place of the one before; an empty text takes that away. `before` is
        the note that whoever writes has seen: refused where another stands. None asks nothing."""
        words = " ".join(text.split())
        if len(words) > LONGEST_NOTE:
            raise Refusal("text_too_long", status=422, longest=LONGEST_NOTE)

        def rule(room: Room):
            if not self.store.has_outage(self.office, outage):
                raise Refusal("unknown_outage", status=404)
            stands = self.store.particulars(self.office, [outage], turn=True).get(outage, {}).get("outage", "")
            if before is not None and stands not in (before, words):
                raise Refusal("outage_note_changed")
            note = {"outage": outage}
            return [Move("outage_noted", None, {}, note=note, tells={"outage": words}, tells_about=outage)], words

        return self._change(rule, by=by, once=once)

    def outage_noted(self, outage: str) -> Step | None:
        """The step with which its note, or that there is none, was written last; None once that was deleted."""
        newest = "SELECT max(press) FROM particulars WHERE office = ? AND about = ? AND kind = 'outage'"
        ((press,),) = self.store.reader.execute(newest, (self.office, outage)).fetchall()
        return self.store.press(self.office, press)[0] if press else None
