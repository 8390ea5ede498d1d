"""What is well formed in an office's settings and still likely to go wrong. Each finding is a sentence that helps."""

import ipaddress
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, time
from pathlib import Path
from urllib.parse import urlsplit

from reception import alerting, boards
from reception.keys import ROLES
from reception.languages import CATALOGUES
from reception.office_texts import astray, office_texts, untranslated
from reception.printing.shaping import can_draw
from reception.setting_parts.feedback import READERS
from reception.setting_parts.mistakes import likely
from reception.settings import Settings
from reception.voice import Engine, NoVoice
from reception.webhooks.message import TOLD


def warnings(settings: Settings, today: date) -> Iterator[str]:
    if not settings.demo:
        yield from _address(settings)
    yield from _people(settings)
    yield from _waiting(settings)
    yield from _elsewhere(settings, today)
    yield from _feedback(settings)
    yield from _printers(settings)
    yield from _languages(settings)
    yield from _voice(settings)
    yield from alerting.doubts(settings)
    yield from _named(settings)
    yield from boards.doubts(settings)


def _address(settings: Settings) -> Iterator[str]:
    url = urlsplit(settings.office.public_url)
    if not settings.office.public_url:
        yield "office.public_url is empty: the slip's QR code leads to localhost, where no phone can follow it."
    elif url.scheme not in ("http", "https") or not url.hostname:
        yield f'office.public_url is {settings.office.public_url!r}; write it like "https://queue.example.org".'
    elif _local(url.hostname):
        yield f"office.public_url leads to {url.hostname}, which is this machine alone, so no phone can follow."
    elif url.scheme == "http":
        yield "office.public_url is not https, so what phones are sent can be read on the way."
    if not settings.server.secure_cookies:
        yield "server.secure_cookies is off, so sign-ins can be stolen on the network. Put a TLS proxy in front."
    if settings.server.host not in ("127.0.0.1", "::1", "localhost") and not settings.server.trusted_proxies:
        yield f"server.host is {settings.server.host} and no proxy is trusted: screens reach it without TLS."


def _people(settings: Settings) -> Iterator[str]:
    for service in settings.services:
        if service.key not in settings.served:
            yield f"no desk takes the service {service.key!r}: its visitors would never be called."
    yield from _breaks(settings)
    if not any(settings.hours.weekly.values()):
        yield "hours: the office is never open, so no tickets are given."
    promise = settings.promise
    if promise.near_seconds >= promise.target_seconds:
        yield "promise.near_seconds is not before promise.target_seconds, so desks get no warning."


def _breaks(settings: Settings) -> Iterator[str]:
    """Of a desk, those that no plan and no estimate can do anything sensible with."""
    weekly = [[_minutes(one) for one in spans] for spans in settings.hours.weekly.values() if spans]
    for desk in settings.desks if weekly else ():
        for span in desk.breaks:
            start, end = _minutes(span)
            said = f"desk {desk.key!r} has a break from {span[0]:%H:%M} to {span[1]:%H:%M}"
            if all(start <= opens and closes <= end for day in weekly for opens, closes in day):
                yield f"{said}, which is all of the opening hours: a desk that is never there is better left out."
            elif not any(start < closes and opens < end for day in weekly for opens, closes in day):
                yield f"{said}, when the office is never open. Write when nobody is there within the opening hours."


def _minutes(span: tuple[time, time]) -> tuple[int, int]:
    """Of the day; one that ends at 00:00 ends with it."""
    start, end = (60 * one.hour + one.minute for one in span)
    return start, end or 24 * 60


def _waiting(settings: Settings) -> Iterator[str]:
    had = {need for desk in settings.desks for need in desk.has}
    for need in settings.needs:
        if need.desk and need.key not in had:
            yield f"no desk has the need {need.key!r}, so any desk calls whoever has it; write it under a desk's has."
    rules = settings.appointments
    if rules.late_minutes > rules.not_attended_minutes:
        yield "appointments.late_minutes is after appointments.not_attended_minutes: who is in time did not attend."
    if settings.holds.minutes > settings.holds.longest_minutes:
        yield "holds.minutes is more than holds.longest_minutes, so the time offered first would be refused."


def _elsewhere(settings: Settings, today: date) -> Iterator[str]:
    months = settings.promises.signpost_months
    for signpost in settings.signposts:
        if (today - signpost.checked).days > months * 30.5:
            yield (
                f"signpost {signpost.key!r} was last checked on {signpost.checked}: make sure that it is still right,"
                " then write today's date."
            )
    for webhook in settings.webhooks:
        if webhook.url.startswith("http:"):
            yield f"webhook {webhook.key!r} is not https, so what it is told can be read on the way."
        if unknown := sorted({*webhook.steps} - {*TOLD}):
            yield f"webhook {webhook.key!r} waits for {unknown[0]!r}, but no step is called that: see docs/webhooks.md."


def _feedback(settings: Settings) -> Iterator[str]:
    for theme in settings.feedback.themes:
        if theme.team and not settings.feedback.team_email(theme.key, settings.team):
            yield f"feedback: the theme {theme.key!r} has a team without an email, which then hears of nothing."
    if not settings.feedback.readers:
        yield "feedback.readers is empty: nobody may read what was written, so no complaint can be answered."
    for role in sorted({*settings.feedback.readers} & {*ROLES} - {*READERS}):
        yield f"feedback.readers: {role!r} has no page that shows what was written. Write manager, admin, or names."
    for stage in settings.feedback.stages:
        if (stage.acknowledge_days or 0) > stage.answer_days:
            yield (
                f"feedback.stages: a complaint is to be answered within {stage.answer_days} working days and"
                f" acknowledged within {stage.acknowledge_days}, which is later."
            )


def _named(settings: Settings) -> Iterator[str]:
    """Whoever the settings name and nobody signs in as, where the database is there to be looked at."""
    known = _sign_ins(settings)
    named = [(f"alerts: {one.key!r} is for", name) for one in settings.alerts for name in one.who]
    named += [("feedback.readers names", name) for name in settings.feedback.readers]
    for says, name in named if known is not None else ():
        if name not in ROLES and name.casefold() not in known:
            yield f"{says} {name!r}, and nobody signs in with that name{likely(name, known) or '.'}"


def _sign_ins(settings: Settings) -> set[str] | None:
    """The names that people sign in with; None where that cannot be seen. Nothing is changed or made."""
    asked = "SELECT sign_in FROM people WHERE office = ? AND left_at IS NULL"
    try:
        file = (settings.server.data / "reception.db").resolve().as_uri()
        with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
            return {sign_in.casefold() for (sign_in,) in database.execute(asked, (settings.office.key,))}
    except sqlite3.Error:
        return None


def _printers(settings: Settings) -> Iterator[str]:
    for printer in settings.printers:
        if printer.kind == "virtual" and not settings.demo:
            yield f"printer {printer.key!r} is virtual: slips are pictures on /kiosk/printer, not paper."
        if printer.kind == "network" and printer.confirm == "none":
            yield f"printer {printer.key!r} is not asked to confirm, so no slip is ever known to be printed."
    if lacking := [CATALOGUES[tag].name for tag in settings.languages if not can_draw(tag)]:
        yield (
            f"no slip can be printed in {' or '.join(lacking)}, because this machine has no libfribidi0: it is in the"
            " office's first language instead. As root: apt install libfribidi0"
        )


def _languages(settings: Settings) -> Iterator[str]:
    for tag in settings.languages:
        name = CATALOGUES[tag].name
        if tag not in settings.catalogues.reviewed:
            yield (
                f"catalogues: {name} is offered and no council has reviewed it, which its pages say to visitors."
                f" Have it read as docs/languages.md tells, then write {tag!r} under catalogues.reviewed."
            )
        if missing := untranslated(settings, tag):
            first = ", ".join(repr(text) for text in missing[:3])
            yield (
                f"texts.{tag}: {len(missing)} of the office's own texts have no words in {name} and stay as they are,"
                f" such as {first}. To have them all for writing: reception texts {tag}"
            )
    for tag in settings.texts:
        if tag not in settings.languages:
            yield f"texts.{tag}: {CATALOGUES[tag].name} is not offered, so nobody sees these. See catalogues.offered."
        for text in astray(settings, tag):
            yield f"texts.{tag}: {text!r} is no text of this office{likely(text, office_texts(settings)) or '.'}"


def _voice(settings: Settings) -> Iterator[str]:
    if not settings.voice.on:
        return
    folder = settings.voice.recordings
    if folder and not Path(folder).is_dir():
        yield f"voice.recordings is {folder!r}, and there is no such folder: nothing recorded is said."
    engine = Engine()
    engine.start()
    if engine.missing:
        yield f"kiosks cannot read aloud and boards only chime: {engine.missing}. On Debian: apt install libespeak-ng1"
        return
    for tag in settings.languages:
        try:
            engine.say("0", voice=settings.voice.voices.get(tag, tag), speed=150, pitch=50)
        except NoVoice as error:
            yield f"nothing is said in {CATALOGUES[tag].name}: {error}."
    engine.stop()


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
