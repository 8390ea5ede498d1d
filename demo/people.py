"""Who comes in: visitors one after another, people with an appointment, and what else is left at the welcome desk."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.day import Day
from demo.doors import Api, Lobby

BETWEEN_BOOKINGS = 12.0  # minutes, on average
LONGEST_AHEAD = 90  # real minutes for which appointments are made at the start
MOST = 120  # of them
EARLIER = (42, 38, 9, 4, 1)  # real minutes ago that some were booked: two of them did not attend
MISSED_AFTER = 30  # real minutes, as the office's settings have it
BETWEEN_CALL_BACKS = 15.0  # minutes


def visitors(lobby: Lobby, day: Day, take) -> None:
    """People come one after another; `take(service=…)` gives each a ticket."""
    while lobby.wait(day.until_next_visitor()):
        take(service=day.service())


def appointments(lobby: Lobby, day: Day, zone: ZoneInfo) -> list[dict]:
    """Today's, as a booking system sends them. Booked times are real, for that is the clock they are held against."""
    now = datetime.now(zone)
    apart = max(BETWEEN_BOOKINGS * 60 / lobby.speed, LONGEST_AHEAD * 60 / MOST)
    ahead = [-minutes * 60 for minutes in EARLIER] + [apart * (place + 1) for place in range(MOST)]
    return [
        {
            "reference": f"FN-{now:%H%M%S}-{place:03d}",
            "service": day.service(),
            "start": f"{now + timedelta(seconds=seconds):%Y-%m-%dT%H:%M}",
            "minutes": 20,
            "name": day.name(),
            "postcode": f"FN{place % 9 + 1} {place % 8 + 1}AB",
            **{name: value for name, value in day.needs().items() if name == "needs"},
        }
        for place, seconds in enumerate(ahead)
        if (now + timedelta(seconds=seconds)).date() == now.date()
    ]


def keep_appointments(lobby: Lobby, day: Day, booked: list[dict], zone: ZoneInfo, at_kiosk, at_welcome: Api) -> None:
    """Each comes early, on time, late or not at all, and checks in: at the kiosk by reference, or postcode and initial,
    or with somebody standing in the lobby. `at_kiosk(**how)` checks in there."""
    coming = []
    for one in booked:
        late, at = day.minutes_late(), datetime.fromisoformat(one["start"]).replace(tzinfo=zone).timestamp()
        if late is not None and at > time.time() - MISSED_AFTER * 60:
            coming.append((at + late * 60, one))
    for at, one in sorted(coming, key=lambda found: found[0]):
        if lobby.over.wait(max(day.about(1) * 60 / lobby.speed, at - time.time())):
            return
        how = day.one_of(("reference", "postcode", "greeter"))
        if how == "greeter":
            at_welcome.post("/api/check-in", reference=one["reference"], greeted=True, anyway=True)
        elif how == "postcode":
            at_kiosk(postcode=one["postcode"], initial=one["name"].split()[-1][0])
        else:
            at_kiosk(reference=one["reference"])


def greeted(lobby: Lobby, day: Day, api: Api) -> None:
    """Somebody with a tablet welcomes people, notes what they need and hands over a number."""
    while lobby.wait(day.until_next_visitor()):
        needs = day.needs()
        remark = {"remark": "Has a pushchair; came with her sister."} if needs else {}
        party = {"party": 2} if needs else {}
        api.post("/api/tickets", service=day.service(), greeted=True, **needs, **remark, **party)


def owed(lobby: Lobby, day: Day, api: Api) -> None:
    """Papers are handed in, people ask to be rung back, and now and then something promised is kept."""
    while lobby.wait(day.about(BETWEEN_CALL_BACKS)):
        if day.happens(0.5):
            api.post("/api/owed", what="Passport, two payslips", kind="documents", service="benefits", print=True)
        else:
            contact = f"{day.name()}, 07700 900 {100 + round(day.about(300)) % 900}"
            api.post("/api/owed", what="Asks when the repair is", kind="call_back", contact=contact, service="housing")
        open_ones = (api.get("/api/owed") or {}).get("owed", [])
        if len(open_ones) > 2 and day.happens(0.5):
            api.post(f"/api/owed/{day.one_of(open_ones)['id']}/keep")
