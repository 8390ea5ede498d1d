"""What people told the office as rows for analysts, a page at a time: dates and kinds, no words."""

from collections.abc import Iterator

from reception import hours
from reception.data.wording import plain, yes


def feedback(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        "SELECT made_at, id, made_on, kind, state, source, theme, service, language, stage, answer_on, ended_at"
        " FROM feedback WHERE office = ? AND made_at >= ? AND made_at < ? AND (made_at, id) > (?, ?)"
        " ORDER BY made_at, id LIMIT ?",
        (reading.office, *span, *(place or (0, "")), limit),
    )
    for made_at, key, day, kind, state, source, theme, service, language, stage, answer_on, ended_at in rows.fetchall():
        row = {
            "office": reading.office,
            "feedback": key,
            "day": day,
            "kind": kind,
            "state": plain(state),
            "source": source,
            **reading.says.instant("made", made_at),
            "theme": theme,
            **reading.says.service("service", service),
            "language": language or None,
            "stage": stage,
            "answer_on": answer_on,
            **reading.says.instant("ended", ended_at),
        }
        yield [made_at, key], row


def stages(reading, span, place, limit) -> Iterator[tuple[list, dict]]:
    rows = reading.store.reader.execute(
        "SELECT began_at, feedback, stage, acknowledge_on, acknowledged_on, promised_on, answer_on, answered_on,"
        " finding, extended FROM feedback_stages WHERE office = ? AND began_at >= ? AND began_at < ?"
        " AND (began_at, feedback, stage) > (?, ?, ?) ORDER BY began_at, feedback, stage LIMIT ?",
        (reading.office, *span, *(place or (0, "", 0)), limit),
    )
    names = ("acknowledge_on", "acknowledged_on", "promised_on", "answer_on", "answered_on")
    for began_at, key, stage, *dates, finding, extended in rows.fetchall():
        on = dict(zip(names, dates, strict=True))
        answered = on["answered_on"]
        row = {
            "office": reading.office,
            "feedback": key,
            "stage": stage,
            "day": hours.day_of(began_at, reading.says.zone),
            **reading.says.instant("began", began_at),
            **on,
            "in_time": None if answered is None else yes(answered <= on["promised_on"]),
            "finding": plain(finding),
            "extended": extended,
        }
        yield [began_at, key, stage], row
