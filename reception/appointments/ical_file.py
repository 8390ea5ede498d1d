"""A calendar's appointments (iCalendar, RFC 5545): each VEVENT is one, and repeats are not worked out.

The service is one of CATEGORIES, or the SUMMARY, or what stands before its colon ("Council Tax: Ann Other"). Only
whole events count, so half a file gives the appointments that are whole.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import vDuration
from icalendar.parser import Contentline
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from reception.appointments import fields, moments
from reception.appointments.booked import Booked, Known, Mistake, Reading, Wrong

PROPERTIES = frozenset(
    "UID DTSTART DTEND DURATION SUMMARY CATEGORIES ATTENDEE STATUS RRULE RDATE RECURRENCE-ID"
    " X-RECEPTION-REFERENCE X-RECEPTION-POSTCODE X-RECEPTION-NEEDS".split()
)
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
MOMENT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
LONGEST_LINE = 10_000

# A property's parameters and value, as often as it is there.
Event = dict[str, list[tuple[dict, str]]]


def unfolded(data: bytes) -> bytes:
    """Folded lines as one. Before decoding, since some programs fold in the middle of a letter."""
    return FOLD.sub(b"", data)


def read(text: str, known: Known) -> Reading:
    """`text` is unfolded. Its appointments may still name one reference twice."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", text)]
    if not any(line.upper() == "BEGIN:VCALENDAR" for line in lines[:50]):
        return Reading((), (Mistake(0, "not_calendar"),), 0)
    found, mistakes, events = [], [], 0
    calendar_cancels = any(re.fullmatch("METHOD:CANCEL", line, re.IGNORECASE) for line in lines)
    for event in _events(lines):
        if events == known.largest_rows:
            values = {"largest": known.largest_rows, "place": "event"}
            mistakes.append(Mistake(events + 1, "too_many_rows", values))
            break
        events += 1
        try:
            found.append(_booked(_properties(event), events, calendar_cancels, known))
        except Wrong as wrong:
            mistakes.append(Mistake(events, wrong.key, wrong.values | {"place": "event"}))
    else:
        if not any(line.upper() == "END:VCALENDAR" for line in lines):
            mistakes.append(Mistake(0, "calendar_cut"))
    return Reading(tuple(found), tuple(mistakes), events)


def _events(lines: list[str]) -> Iterator[list[str] | None]:
    """The lines of each VEVENT without those of what is inside it (alarms); None for one that does not end."""
    event, inside = None, []
    for line in lines:
        word = line.upper()
        if word == "BEGIN:VEVENT":
            if event is not None:
                yield None
            event, inside = [], []
        elif event is None:
            continue
        elif word == "END:VEVENT":
            yield event
            event = None
        elif word == "END:VCALENDAR":
            yield None
            event = None
        elif word.startswith("BEGIN:"):
            inside.append(word[6:])
        elif inside:
            if word == f"END:{inside[-1]}":
                inside.pop()
        else:
            event.append(line)
    if event is not None:
        yield None


def _properties(lines: list[str] | None) -> Event:
    if lines is None:
        raise Wrong("event_cut")
    event = {}
    for line in lines:
        name = re.match(r"[A-Za-z0-9-]*", line)[0].upper()
        if name not in PROPERTIES:
            continue
        if len(line) > LONGEST_LINE:
            raise Wrong("poor_property", property=name)
        try:
            _, parameters, value = Contentline(line).parts()
        except ValueError:
            raise Wrong("poor_property", property=name) from None
        event.setdefault(name, []).append(({key.upper(): given for key, given in parameters.items()}, str(value)))
    return event


def _booked(event: Event, line: int, calendar_cancels: bool, known: Known) -> Booked:
    if any(name in event for name in REPEATS):
        raise Wrong("recurring")
    booked_at = _moment(event, "DTSTART", known)
    summary = _one(event, "SUMMARY")[:LONGEST_LINE]
    service, rest = _service(event, summary, known)
    return Booked(
        reference=_reference(event),
        service=service,
        booked_at=booked_at,
        minutes=_minutes(event, booked_at, known),
        name=fields.clean(_attendee(event) or rest, "name"),
        postcode=fields.postcode(fields.clean(_one(event, "X-RECEPTION-POSTCODE"), "postcode")),
        needs=fields.needs(fields.clean(_one(event, "X-RECEPTION-NEEDS"), "needs"), known),
        cancelled=calendar_cancels or fields.is_cancelled(_one(event, "STATUS").strip()),
        line=line,
    )


def _moment(event: Event, name: str, known: Known) -> int:
    if name not in event:
        raise Wrong("no_start")
    parameters, value = event[name][0]
    value = value.strip().upper()
    if _parameter(parameters, "VALUE").upper() == "DATE" or re.fullmatch("[0-9]{8}", value):
        raise Wrong("all_day")
    match = MOMENT.fullmatch(value)
    if not match or len(event[name]) > 1:
        raise Wrong("poor_property", property=name)
    day = moments.near(int(match[1]), int(match[2]), int(match[3]), known)
    try:
        wall = time(int(match[4]), int(match[5]), int(match[6]))
    except ValueError:
        raise Wrong("poor_property", property=name) from None
    return moments.instant(day, wall, _zone("UTC" if match[7] else _parameter(parameters, "TZID"), known.zone))


def _zone(given: str, office: ZoneInfo) -> tzinfo:
    """The zone of that name, IANA's or Windows'; without one, the office's. Never guessed from a rule in the file."""
    if not given:
        return office
    name = WINDOWS_TO_OLSON.get(given, given)
    if name not in _zones():
        raise Wrong("unknown_zone")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _reference(event: Event) -> str:
    """The council's own; else the UID, and for one of the long ones (Outlook's) a digest, the same at every reading."""
    own = fields.clean(_one(event, "X-RECEPTION-REFERENCE"), "reference")
    if own:
        return own
    uid = _one(event, "UID").strip()
    if len(uid) > fields.LONGEST["reference"]:
        return "uid-" + hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return fields.reference(fields.clean(uid, "reference"))


def _service(event: Event, summary: str, known: Known) -> tuple[str, str]:
    """The service's key, and what the summary says beside it."""
    before, rest = _split(summary, known)
    for _, value in event.get("CATEGORIES", []):
        for category in (value, *value.split(",")):
            key = fields.service_or_none(category, known)
            if key:
                return key, rest
    if before:
        return before, rest
    raise Wrong("unknown_service", services=fields.listed(known.services))


def _split(summary: str, known: Known) -> tuple[str | None, str]:
    """The service a summary is or begins with, and the rest; the longest name that fits."""
    ends = [len(summary), *(match.start() for match in re.finditer(":", summary[:200]))]
    for end in sorted(ends, reverse=True):
        key = fields.service_or_none(summary[:end], known)
        if key:
            return key, summary[end + 1 :]
    return None, ""


def _minutes(event: Event, booked_at: int, known: Known) -> int | None:
    if "DURATION" in event:
        try:
            length = vDuration.from_ical(event["DURATION"][0][1])
        except (ValueError, OverflowError):
            raise Wrong("poor_property", property="DURATION") from None
    elif "DTEND" in event:
        length = timedelta(milliseconds=_moment(event, "DTEND", known) - booked_at)
    else:
        return None
    return fields.whole_minutes(length // timedelta(minutes=1))


def _attendee(event: Event) -> str:
    """The first person invited who has a name: no room, and no address in a name's place."""
    for parameters, _ in event.get("ATTENDEE", []):
        name = _parameter(parameters, "CN")
        person = _parameter(parameters, "CUTYPE").upper() in ("", "INDIVIDUAL")
        if name and person and "@" not in name:
            return name
    return ""


def _one(event: Event, name: str) -> str:
    return event[name][0][1] if name in event else ""


def _parameter(parameters: dict, name: str) -> str:
    given = parameters.get(name, "")
    return str(given if isinstance(given, str) else given[0])
