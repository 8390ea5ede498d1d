"""All that the office holds of one complaint in one file, for an ombudsman: what happened and when, what was written,
the letters, and the visit that it is about. Pure: values in, the bytes of a zip out.
"""

import csv
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from reception.data.writing import safe
from reception.feedback.letters import Page
from reception.feedback.rows import Feedback, Stage
from reception.hours import local

TIMELINE = ("at", "what", "by", "step", "more")
VISIT = ("at", "what", "by", "step", "desk")


@dataclass(frozen=True, slots=True)
class Everything:
    """What goes in. `timeline` and `visit` are rows by the columns' names, `at` in UTC milliseconds; `texts` are
    (the file's name, what it is, the text); `letters` maps a letter's key to its words."""

    office: str
    zone: ZoneInfo
    feedback: Feedback
    named: dict[str, str]  # theme and service by their names
    stages: list[Stage]
    timeline: list[dict]
    texts: list[tuple[str, str, str]]
    letters: dict[str, Page]
    visit: list[dict]
    visit_number: str | None
    made_at: int
    made_by: str


def bundle(held: Everything) -> bytes:
    """The zip. Its first file says what the others are."""
    files = [
        ("complaint.json", _("The complaint, its stages and their dates"), _complaint(held)),
        *_rows("timeline", _("Everything that happened, in order"), TIMELINE, held.timeline, held.zone),
        *((f"texts/{name}.txt", what, f"{text}\n") for name, what, text in held.texts),
        *((f"letters/{key}.txt", page.title, page.text) for key, page in held.letters.items()),
    ]
    if held.visit:
        what = _("The visit that it is about, number %(number)s", number=held.visit_number)
        files += _rows("visit", what, VISIT, held.visit, held.zone)
    whole, made = io.BytesIO(), local(held.made_at, held.zone)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in [("README.txt", _readme(held, files)), *((name, text) for name, _what, text in files)]:
            packed.writestr(_entry(f"{held.feedback.reference}/{name}", made), text.encode())
    return whole.getvalue()


def _readme(held: Everything, files: list[tuple[str, str, str]]) -> str:
    made = local(held.made_at, held.zone).isoformat(sep=" ", timespec="minutes")
    width = max(len(name) for name, _what, _text in files)
    lines = [
        _("Complaint %(reference)s, %(office)s", reference=held.feedback.reference, office=held.office),
        "",
        _("Made on %(made)s by %(who)s. It holds all that is recorded of this complaint:", made=made, who=held.made_by),
        "",
        *(f"  {name.ljust(width)}  {what}" for name, what, _text in files),
        "",
        _("Times are by the office’s clock, with their distance from UTC. The .csv and .json of a name say the same."),
        _("“promised_on” is the day that was said first; “answer_on” the day that counted in the end."),
        _("Texts are those still kept; each is deleted on its date, and what happened stays."),
        _("It names people. Hand it only to those who are to decide about the complaint."),
        "",
    ]
    return "\n".join(lines)


def _complaint(held: Everything) -> str:
    one, zone = held.feedback, held.zone
    told = {
        "office": held.office,
        **{name: getattr(one, name) for name in ("reference", "kind", "state", "source")},
        "theme": held.named.get("theme"),
        "service": held.named.get("service"),
        "language": one.language,
        "told_at": _said(one.made_at, zone),
        "ended_at": _said(one.ended_at, zone),
        "stages": [_stage(stage, zone) for stage in held.stages],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _stage(stage: Stage, zone: ZoneInfo) -> dict:
    told = {name: value for name, value in asdict(stage).items() if name != "feedback"}
    return {name: _said(value, zone) if name.endswith("_at") else value for name, value in told.items()}


def _rows(name: str, what: str, columns: tuple[str, ...], rows: list[dict], zone: ZoneInfo) -> list[tuple]:
    """The rows as a table and as JSON."""
    told = [{column: row.get(column) or "" for column in columns} | {"at": _said(row["at"], zone)} for row in rows]
    table = io.StringIO()
    written = csv.DictWriter(table, columns, lineterminator="\n")
    written.writeheader()
    written.writerows({column: safe(cell) for column, cell in row.items()} for row in told)
    as_json = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return [(f"{name}.csv", what, table.getvalue()), (f"{name}.json", what, as_json)]


def _said(at: int | None, zone: ZoneInfo) -> str | None:
    """ "2026-03-02T10:00:00+00:00"."""
    return None if at is None else local(at, zone).isoformat(timespec="seconds")


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    """A file of the zip, dated by the office's clock and for its owner's eyes."""
    entry = zipfile.ZipInfo(name, made.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry
