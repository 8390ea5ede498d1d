"""The small front desk on a kiosk's own machine: the same buttons, with numbers that were lent to it.

It knows nobody but whom it gave a ticket, so it says nothing of people ahead, and finds no appointments. How it went is
told to the server alone, where somebody answers it.
"""

from kiosk.keeping.clock import KeptClock
from kiosk.keeping.cupboard import Cupboard
from reception.blocks import next_number
from reception.clock import Clock
from reception.frontdesk import FrontDesk
from reception.refusals import Refusal
from reception.room import Room
from reception.things import Block, Desk, Ruling
from reception.visit import Visit


class AsHeard(Clock):
    """The server's time as it is known now: put right when it is heard, also backwards."""

    def __init__(self, kept: KeptClock):
        super().__init__(wall=kept.now, monotonic=kept.steady)

    def now(self, after: int = 0) -> int:
        return self._wall()

    def stepped(self) -> None:
        return None


class SmallDesk(FrontDesk):
    """`blocks` are the numbers lent to this machine; `out_of_use` says why the kiosk gives none, if so."""

    blocks: tuple[Block, ...] = ()
    out_of_use = None  # a lazy sentence, once it must not
    cupboard: Cupboard
    kept_clock: KeptClock

    def check_in(self, **asked):
        raise Refusal("appointments_away")

    def give_feedback(self, **said):
        raise Refusal("feedback_away")

    def people_ahead(self, room: Room, visit: Visit) -> None:
        return None

    def text_of(self, room: Room, kind: str, subject: str, language: str = "", *, turn: bool = False) -> str | None:
        if kind == "kiosk" and self.out_of_use:
            return str(self.out_of_use)
        return super().text_of(room, kind, subject, language, turn=turn)

    def know(self, desks: dict[str, str], rulings: list[dict]) -> None:
        """The desks and a manager's rulings as the server has them now."""
        at = self.now()

        def turn(store):
            store.open_visits(self.office, store.last_step(self.office)[0])
            for key, state in desks.items():
                store.save_thing(self.office, Desk(key, state, since_at=at))
            for ruling in rulings:
                values = {name: ruling[name] for name in ("kind", "subject", "value", "until_at")}
                found = Ruling(**values, by="server", at=at)
                store.save_thing(self.office, found)
                if ruling["text"] is not None:
                    store.save_particular(self.office, found.id, "text", ruling["text"], press=0, delete_at=None)
            return None, None

        self.writer.do(turn)

    # -- rules' helpers -----------------------------------------------------------------------------------------

    def _arrival(self, room: Room, service: str, channel: str, **more) -> Visit:
        given = self.store.numbers_given(self.office, room.day, turn=True)
        found = next_number(self.blocks, room.day, self._service(service).letter, given)
        if found is None:
            raise Refusal("no_numbers_left")
        visit = super()._arrival(room, service, channel, held=found, **more)
        self.cupboard.add_moment(visit.id, self.kept_clock.moment())
        return visit
