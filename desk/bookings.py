"""Today's appointments of those who are not here yet, with what is known of each: read once, until one changes."""

from reception.door import News
from reception.things import Appointment
from reception.web.parts import Parts


def may_change(news: News) -> bool:
    """Whether an appointment, or something promised, may be another now."""
    return any(step.about or step.step == "appointments_taken_in" for step in news.steps)


class Bookings:
    def __init__(self, parts: Parts):
        self.parts = parts
        self._kept: tuple[str, list] | None = None  # (day, what `of` answers)

    def of(self, day: str) -> list[tuple[Appointment, dict[str, str]]]:
        """The earliest first, each with its particulars."""
        if self._kept is None or self._kept[0] != day:
            store, frontdesk = self.parts.store, self.parts.frontdesk
            booked = [one for one in frontdesk.appointments(day) if one.state == "booked"]
            known = store.particulars(frontdesk.office, [one.id for one in booked])
            self._kept = day, [(one, known.get(one.id, {})) for one in booked]
        return self._kept[1]

    def hear(self, news: News) -> None:
        if may_change(news):
            self._kept = None
