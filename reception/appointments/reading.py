"""From the bytes of a file (or a list of items) to its appointments, and to what is wrong with the rest. Pure; nothing
here raises.

Good lines are kept whatever the others are like. What a file says is data: a cell that looks like a formula is text.
A large file takes seconds, so it is read in a thread.
"""

import codecs
from collections.abc import Iterable
from dataclasses import replace

from reception.appointments import csv_file, listed
from reception.appointments.booked import Booked, Known, Mistake, Reading
from reception.appointments.fields import by_name

__all__ = ["Booked", "Mistake", "Reading", "read"]

CALENDARS = (".ics", ".ical", ".ifb", ".vcs")
# A workbook (also OpenDocument), an old workbook, a PDF.
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(data: bytes, name: str, **office) -> Reading:
    """Reads CSV or iCalendar, told apart by content and then by the file's `name`.

    `office` is its zone, services, needs, today, largest_rows and furthest_days (400). `services` and `needs` map keys
    to names; a file may write either, in any case. Appointments more than `furthest_days` from `today`, and rows after
    the first `largest_rows`, are mistakes.
    """
    known = _known(**office)
    if data.startswith(NOT_TEXT):
        return Reading((), (Mistake(0, "not_text"),), 0)
    calendar = _is_calendar(data, name)
    if calendar:
        from reception.appointments import ical_file  # it weighs 3 MB, which offices without calendars do without

        if data.startswith(UTF_16):
            data = data.decode("utf-16", "replace").encode("utf-8", "replace")
        text, notes = _text(ical_file.unfolded(data))
        found = ical_file.read(text, known)
    else:
        text, notes = _text(data)
        found = csv_file.read(text, known)
    return _each_once(found, "event" if calendar else "line", notes)


def read_items(items: Iterable[dict], **office) -> Reading:
    """The same of items in JSON; `office` is what `read` needs to know of it."""
    return _each_once(listed.read(items, _known(**office)), "item")


def _known(*, zone, services, needs, today, largest_rows, furthest_days: int = 400) -> Known:
    return Known(zone, by_name(services), by_name(needs), today, furthest_days, largest_rows)


def _is_calendar(data: bytes, name: str) -> bool:
    beginning = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return beginning.upper().startswith(b"BEGIN:VCALENDAR") or name.lower().endswith(CALENDARS)


def _text(data: bytes) -> tuple[str, tuple[Mistake, ...]]:
    """The text, and a note where its letters had to be guessed. Half a letter at the end is no reason to guess."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        cut = error.end == len(data) and error.reason == "unexpected end of data"
        if cut and not data[: error.start].isascii():
            return data.decode("utf-8-sig", "replace"), ()
    return data.decode("cp1252", "replace"), (Mistake(0, "letters_guessed"),)


def _each_once(found: Reading, place: str, notes: tuple[Mistake, ...] = ()) -> Reading:
    """The first of each reference, with notes of the same said again; mistakes where it says something else."""
    first, again, twice = {}, [], []
    for one in found.appointments:
        before = first.setdefault(one.reference, one)
        if before is one:
            continue
        values = {"first": before.line} | ({"place": place} if place != "line" else {})
        if replace(one, line=before.line) == before:
            again.append(Mistake(one.line, "said_again", values))
        else:
            twice.append(Mistake(one.line, "reference_twice", values))
    mistakes = sorted((*found.mistakes, *twice), key=lambda mistake: mistake.line)
    return Reading(tuple(first.values()), tuple(mistakes), found.read, (*notes, *found.notes, *again))
