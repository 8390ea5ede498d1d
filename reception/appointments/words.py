"""The sentence of every mistake and note in a file of appointments: what was found, what is true, what helps."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _

from reception.appointments.booked import Mistake

SENTENCES = {
    # the whole file
    "too_large": _("The file is larger than %(largest)s MB. Give it in parts."),
    "empty_file": _("The file is empty. Its first line names the columns, such as reference, service, start."),
    "not_text": _("This is not a text file but perhaps a workbook. Save it as CSV UTF-8, then give that file."),
    "not_calendar": _("There is no calendar in this file. Export it again as iCalendar (.ics), or as CSV."),
    "calendar_cut": _("The calendar stops before its end, so some of it may be missing. Export it again."),
    "no_columns": _("No column has a name known here. Let the first line name them: reference, service, start."),
    "missing_columns": _("These columns are missing: %(missing)s. Found were: %(found)s. Add them to the first line."),
    "column_twice": _("There are two columns for %(column)s. Rename or remove the one that is not meant."),
    "letters_guessed": _("The file is not UTF-8 and was read as Windows text. See whether names look right."),
    # a row or an event
    "too_many_rows": _("Only the first %(largest)s were read. Give the rest in another file."),
    "too_many_cells": _(
        "There are %(found)s cells for %(expected)s columns. Put quotes around text that contains the separator."
    ),
    "too_few_cells": _("There are %(found)s cells for %(expected)s columns. The file may be cut short."),
    "poor_quotes": _(
        "Its quotation marks do not fit. The file may be cut short; write a quotation mark in text twice."
    ),
    "nul": _("The %(column)s holds a NUL byte, which is not text. Export the file again as UTF-8."),
    "overlong": _("The %(column)s is longer than %(longest)s characters. Shorten it."),
    "empty_reference": _("There is no reference, by which it would be found. Give it one of its own."),
    "reference_twice": _("It has the reference of %(first)s and says something else. Give it a reference of its own."),
    "said_again": _("It says the same as %(first)s, so it was taken in once."),
    "unknown_service": _("Its service is not one of this office. The services are: %(services)s."),
    "unknown_need": _("A need is not one of this office's. Put ; between needs. The needs are: %(needs)s."),
    "poor_date": _("There is no such date. Write it as year, month and day, such as 2026-03-02, or as 02/03/2026."),
    "american_date": _("The date has the month first, which is not read here. Write it as 2026-03-02 or 02/03/2026."),
    "maybe_american_date": _(
        "The date may have the month first, as another date in this file does. Write all dates as 2026-03-02."
    ),
    "too_far": _("%(day)s is more than %(longest)s days away. See whether the year is right."),
    "poor_time": _("There is no such time. Write it as 09:30, or as 9:30am."),
    "poor_start": _("The start is not a date with a time. Write it as 2026-03-02 09:30."),
    "no_such_time": _("There is no %(time)s on %(day)s: the clocks go forward. Choose another time."),
    "poor_minutes": _("How long it takes is not 1 to %(longest)s minutes. Write a whole number, or nothing."),
    "event_cut": _("The event is not whole. Export the calendar again."),
    "no_start": _("The event has no DTSTART, so it has no time. Give it one."),
    "all_day": _("The event lasts all day, so nobody can be called for it. Give it a time."),
    "recurring": _("The event repeats, and which of its days are meant is not worked out. Export single events."),
    "unknown_zone": _("Its time zone is not known. Use one such as Europe/London, or UTC."),
    "wrong_fields": _("These are missing or of the wrong type: %(fields)s."),
    "unknown_fields": _("It has fields that are not known here. Known are: %(fields)s."),
    "poor_property": _("Its %(property)s cannot be read, or is there twice. Export the calendar again."),
}
COLUMNS = {
    "reference": _("reference"),
    "service": _("service"),
    "date": _("date"),
    "time": _("time"),
    "start": _("start"),
    "minutes": _("minutes"),
    "name": _("name"),
    "postcode": _("postcode"),
    "needs": _("needs"),
    "status": _("status"),
}
PLACES = {
    # Translators: as in "Line 7: There is no such date."
    "line": _("Line %(line)s: %(sentence)s"),
    "event": _("Event %(line)s: %(sentence)s"),
    "item": _("Item %(line)s: %(sentence)s"),
}
FIRSTS = {"line": _("line %(line)s"), "event": _("event %(line)s"), "item": _("item %(line)s")}


COUNTS = _("%(read)s read: %(new)s new, %(changed)s changed, %(same)s as before, %(cancelled)s cancelled.")
KEPT = _("%(kept)s were left as they are: they have arrived, or their day is over.")
WRONG = _("%(wrong)s could not be taken in:")
NOTED = _("Worth knowing:")
MORE = _("… and %(more)s more.")


def told(report, most: int) -> Iterator[str]:
    """The lines of a report (`taking_in.Report`): how many, then at most `most` mistakes and notes."""
    taken = report.taken
    counts = {"new": taken.new, "changed": taken.changed, "same": taken.same, "cancelled": taken.cancelled}
    yield str(COUNTS) % {"read": report.read, **counts}
    if taken.kept:
        yield str(KEPT) % {"kept": taken.kept}
    for heading, mistakes in ((str(WRONG) % {"wrong": len(report.mistakes)}, report.mistakes), (NOTED, report.notes)):
        if mistakes:
            yield str(heading)
            yield from map(sentence, mistakes[:most])
        if len(mistakes) > most:
            yield str(MORE) % {"more": len(mistakes) - most}


def sentence(mistake: Mistake) -> str:
    """In the reader's language, with its place."""
    values = dict(mistake.values)
    place = values.pop("place", "line")
    if "first" in values:
        values["first"] = str(FIRSTS[place]) % {"line": values["first"]}
    if "column" in values:
        values["column"] = str(COLUMNS[values["column"]])
    for name in ("missing", "found"):
        if isinstance(values.get(name), tuple):
            values[name] = ", ".join(str(COLUMNS[column]) for column in values[name])
    for name in ("services", "needs", "fields"):
        if name in values:
            values[name] = ", ".join(values[name])
    told = str(SENTENCES[mistake.key]) % values
    return str(PLACES[place]) % {"line": mistake.line, "sentence": told} if mistake.line else told
