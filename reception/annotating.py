"""What a manager writes beside an outage: why it was, for whoever reads the figures later. The outage itself stays as
it was recorded."""

from reception.finding import Finding
from reception.refusals import Refusal
from reception.room import Move, Room

LONGEST_NOTE = 300  # characters


class Annotating(Finding):
    """The button of notes on outages."""

    def note_outage(self, *, outage: str, text: str, by: str, once=None) -> str:
        """The note as it stands, which takes the place of the one before; an empty text takes that away."""
        words = " ".join(text.split())
        if len(words) > LONGEST_NOTE:
            raise Refusal("text_too_long", status=422, longest=LONGEST_NOTE)

        def rule(room: Room):
            if not self.store.has_outage(self.office, outage):
                raise Refusal("unknown_outage", status=404)
            note = {"outage": outage}
            return [Move("outage_noted", None, {}, note=note, tells={"outage": words}, tells_about=outage)], words

        return self._change(rule, by=by, once=once)
