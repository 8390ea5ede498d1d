"""Files of appointments as booking systems write them, read by an office with two services and two needs."""

from datetime import date
from zoneinfo import ZoneInfo

from reception.appointments.booked import Booked
from reception.appointments.reading import Reading, read

LONDON = ZoneInfo("Europe/London")
SERVICES = {"tax": "Council Tax", "housing": "Housing"}
NEEDS = {"bsl": "Sign language", "step-free": "Step-free"}
HEADER = "reference,service,date,time,minutes,name,postcode,needs,status"
HALF_PAST_NINE = 1_772_443_800_000  # 2026-03-02 09:30 in London, where it is winter


def reading(data: str | bytes, name: str = "bookings.csv", **given) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    office = {"zone": LONDON, "services": SERVICES, "needs": NEEDS, "today": date(2026, 3, 1), "largest_rows": 1_000}
    return read(data, name, **office | given)


def rows(*lines: str, header: str = HEADER, **given) -> Reading:
    return reading("\n".join((header, *lines)) + "\n", **given)


def booked(**given) -> Booked:
    plain = {"reference": "A1", "service": "tax", "booked_at": HALF_PAST_NINE, "minutes": None, "name": ""}
    return Booked(**plain | {"postcode": "", "needs": (), "cancelled": False, "line": 2} | given)


def calendar(*events: str, end: str = "END:VCALENDAR", method: str = "PUBLISH") -> bytes:
    """Each event's lines, put in a VEVENT; lines end as the standard says."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join((*lines, end)).encode() + b"\r\n"


def mistakes(found: Reading) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.key) for mistake in found.mistakes]
