"""The watched folder: a new file of appointments is taken in, then moved to done/ or failed/ with a report beside it.

A file is left alone until it has stopped growing. What cannot be read or moved is said once in the log and tried again
later. Files in done/ and failed/ hold names and postcodes, so they are deleted after some days.
"""

import errno
import logging
import os
import time
from pathlib import Path

from reception.appointments.booked import Mistake
from reception.appointments.keeping import TakenIn
from reception.appointments.taking_in import Report, here, take_file
from reception.refusals import Refusal, StoreFault

log = logging.getLogger(__name__)
SUFFIXES = (".csv", ".ics")
REPORT = ".report.txt"
MEGABYTE = 1024 * 1024
Stamp = tuple[int, int]  # size and last change: the same at two looks means that nobody is writing


class Folder:
    """`look()` every few seconds; it raises nothing that the next look would not. `run(function, …)` may do what is
    slow elsewhere than on the event loop, `worded(report)` is a report's text."""

    def __init__(self, frontdesk, *, worded, run=here):
        self.frontdesk, self.rules = frontdesk, frontdesk.settings.appointments
        self.path = Path(self.rules.folder)
        self._worded, self._run = worded, run
        self._seen: dict[str, Stamp] = {}
        self._taken: dict[str, tuple[Stamp, Report]] = {}  # taken in, and not moved yet
        self._said: dict[str, str] = {}  # file ("" for the folder) -> what is the matter with it

    def look(self) -> None:
        try:
            found = self._run(_files, self.path)
            self._run(_forget, self.path, self.rules.kept_days)
        except OSError as error:
            return self._say("", error)
        self._said = {name: what for name, what in self._said.items() if name in found}
        still = {name for name, stamp in found.items() if stamp[0] and stamp == self._seen.get(name)}
        self._seen = found
        for name in sorted(still):
            self._take(name, found[name])

    def _take(self, name: str, stamp: Stamp) -> None:
        try:
            before, report = self._taken.get(name, (None, None))
            if before != stamp:
                report = self._read(name)
                self._taken[name] = stamp, report
            failed = bool(report.mistakes) and report.taken == TakenIn()
            text = self._run(self._worded, report)
            moved = self._run(_put_away, self.path, name, stamp, "failed" if failed else "done", text)
        except (OSError, Refusal, StoreFault) as error:
            return self._say(name, error)
        del self._taken[name]
        if moved:
            log.info("%a: %d read, %d wrong; it is in %s now.", name, report.read, len(report.mistakes), moved)

    def _read(self, name: str) -> Report:
        largest = self.rules.largest_megabytes
        data = self._run(_bytes, self.path / name, largest * MEGABYTE + 1)
        if len(data) > largest * MEGABYTE:
            return Report(name, 0, TakenIn(), (Mistake(0, "too_large", {"largest": largest}),))
        return take_file(self.frontdesk, data, name, by="folder", source="folder", run=self._run)

    def _say(self, name: str, error: Exception) -> None:
        what = error.strerror or str(error) if isinstance(error, OSError) else error.key
        if self._said.get(name) != what:
            log.warning("Appointments: %a cannot be taken in now (%s). It is tried again.", str(self.path / name), what)
        self._said[name] = what


# -- on the disk, which may be slow ------------------------------------------------------------------------------


def _files(folder: Path) -> dict[str, Stamp]:
    """The files that are meant for us. What a link points to is nobody's to move."""
    with os.scandir(folder) as entries:
        files = [one for one in entries if one.name.lower().endswith(SUFFIXES) and one.is_file(follow_symlinks=False)]
        return {one.name: _stamp(one.stat(follow_symlinks=False)) for one in files}


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns


def _bytes(path: Path, most: int) -> bytes:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read(most)


def _put_away(folder: Path, name: str, stamp: Stamp, where: str, text: str) -> str | None:
    """Moves the file, with its report beside it; None when somebody has written to it meanwhile."""
    file, to = folder / name, folder / where
    if _stamp(file.lstat()) != stamp:
        return None
    to.mkdir(exist_ok=True)
    if to.is_symlink():  # others write into the folder, and we never where they point to
        raise NotADirectoryError(errno.ENOTDIR, "it is a link", str(to))
    new = _free(to, name)
    report = _report_of(new)
    with report.open("x", encoding="utf-8") as written:
        written.write(text)
    try:
        file.rename(new)
    except OSError:
        report.unlink()
        raise
    return f"{where}/"


def _free(to: Path, name: str) -> Path:
    """A path there that nothing has: bookings.csv, bookings-2.csv, …"""
    stem, suffix = os.path.splitext(name)
    number, new = 1, to / name
    while os.path.lexists(new) or os.path.lexists(_report_of(new)):
        number += 1
        new = to / f"{stem}-{number}{suffix}"
    return new


def _report_of(file: Path) -> Path:
    return file.with_name(file.name + REPORT)


def _forget(folder: Path, days: int) -> None:
    """Deletes files that were taken in so many days ago; the report, which is ours, tells when."""
    for where in ("done", "failed"):
        if (folder / where).is_symlink():
            continue
        for report in (folder / where).glob(f"*{REPORT}"):
            if report.stat().st_mtime < time.time() - days * 86_400:
                report.with_name(report.name.removesuffix(REPORT)).unlink(missing_ok=True)
                report.unlink()
