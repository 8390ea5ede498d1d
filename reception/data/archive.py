"""The archive: each finished day's tables as files, each finished month's as a database for analysts, with what proves
them. It is added to and never taken from: what is corrected later stands beside what was.

A day or a month is made beside its place and gets its name when all of it is on the disk, so that a power cut or a full
disk leaves whole ones or none. Run again, it makes what is missing, and nothing twice; a file that any version has lost
is put back where it still comes out, or stands in another, as it was. Where the newest is not whole, another stands
beside it.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from reception import __version__
from reception.data import database, files
from reception.data.placing import put_in_place, sync
from reception.data.reading import Reading, Wanted
from reception.data.tables import TABLES
from reception.figures import Figures
from reception.figures.kept import OfficeFacts, month_of
from reception.figures.rules import DEFINITIONS
from reception.keeping import KeepingError

FORM = 1  # the version of how an archive is laid out
MANIFEST, PROGRESS = "manifest.json", "archive.json"
DAY = timedelta(days=1)
OF_A_DAY = tuple(name for name in TABLES if name not in ("figures_by_month", "figures_by_service"))
KINDS = {"csv": "csv.gz", "json": "json.gz"}


class Archive:
    """One office's archive in a folder. `figures` measures, `now` is when it is made."""

    def __init__(self, figures: Figures, folder: Path, now: int):
        self.figures, self.store, self.office = figures, figures.store, figures.office
        self.folder, self.now = folder, now

    def catch_up(self) -> Iterator[Path]:
        """Makes whatever is missing, lost files and corrections first, and gives each file that is put back and each
        day's and month's folder as it is made. KeepingError where the disk does not take it; what was made stays."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                newest, days = self._look()
                months = sorted({day[:7] for day in days})
                for day in days:
                    yield from self._put_back("days", day, self._day)
                for month in months:
                    yield from self._put_back("months", month, self._month)
                for day in sorted(self._touched(newest) & set(days)):
                    if self._of("days", day):
                        yield from self._made("days", day, self._day, again=True)
                for day in days:
                    if not self._newest("days", day):
                        yield from self._made("days", day, self._day)
                for month in self._missing(months, days):
                    yield from self._made("months", month, self._month)
                self._write(self.folder / PROGRESS, {"archive": FORM, "office": self.office, "changes": newest})
        except OSError as error:
            raise KeepingError(
                f"The archive in {self.folder} is not complete: {error.strerror or error}. What is in it is whole; the"
                " next run goes on."
            ) from error

    # -- what is missing --------------------------------------------------------------------------------------------

    def _look(self) -> tuple[int, list[str]]:
        """The newest step, and the days that are over and done with, from the first on which anybody came."""
        with self.figures.look():
            own = OfficeFacts(self.store, self.office, self.figures.history())
            newest, began = self.store.newest_step(self.office), self.store.first_arrival(self.office)
            unfinished, today = self.store.open_arrivals(self.office), self.figures.today(self.now)
            first = today if began is None else self.figures.today(began)
            days = [first + number * DAY for number in range((today - first).days)]
            return newest, [day.isoformat() for day in days if own.is_finished(day, self.now, unfinished)]

    def _touched(self, newest: int) -> set[str]:
        """The days of visits that have changed since the archive was last complete."""
        since = _progress(self.folder)
        rows = self.store.reader.execute(
            "SELECT DISTINCT visits.day FROM steps JOIN visits ON visits.id = steps.visit"
            " WHERE steps.office = ? AND steps.number > ? AND steps.number <= ?",
            (self.office, since, newest),
        )
        return {day for (day,) in rows.fetchall()}

    def _missing(self, months: list[str], days: list[str]) -> list[str]:
        """The months that are over, all of whose days are here, and that have no database or one of before a
        correction."""
        there, found = set(days), []
        for month in months:
            first, last = month_of(date.fromisoformat(f"{month}-01"))
            since = max(first, date.fromisoformat(days[0]))
            own = [(since + number * DAY).isoformat() for number in range((last - since).days + 1)]
            if set(own) <= there:
                newest = max(_told(self._newest("days", day))["changes"] for day in own)
                made = self._newest("months", month)
                if made is None or _told(made)["changes"] < newest:
                    found.append(month)
        return found

    def _newest(self, kind: str, key: str) -> Path | None:
        """The newest version of a day or a month, if it is whole."""
        there = self._there(kind, key)
        return there[-1] if there and _told(there[-1]) and not _lost(there[-1]) else None

    def _of(self, kind: str, key: str) -> list[Path]:
        """Every version's folder that has its manifest, the first first."""
        return [place for place in self._there(kind, key) if _told(place)]

    def _there(self, kind: str, key: str) -> list[Path]:
        """Every version's folder, whole or not."""
        found: list[Path] = []
        while (place := self._place(kind, key, len(found) + 1)).exists():
            found.append(place)
        return found

    def _place(self, kind: str, key: str, version: int) -> Path:
        return self.folder / kind / key[:4] / (key if version == 1 else f"{key}.{version}")

    # -- making -----------------------------------------------------------------------------------------------------

    def _made(self, kind: str, key: str, fill, *, again: bool = False) -> Iterator[Path]:
        """Fills a folder and gives it its name. One that would say the same as the last version is not kept. A folder
        that nothing proves stays as it is: this one stands beside it."""
        before, version = self._of(kind, key), len(self._there(kind, key)) + 1
        place = self._place(kind, key, version)
        with self._unfinished(kind, key) as unfinished:
            told = fill(key, unfinished)
            if again and before and _said(told) == _said(_told(before[-1])):
                return
            head = {"archive": FORM, "office": self.office, kind[:-1]: key, "version": version}
            self._write(unfinished / MANIFEST, head | told)
            put_in_place(unfinished, place)
            sync(place.parent.parent)
        yield place

    def _put_back(self, kind: str, key: str, fill) -> Iterator[Path]:
        """The files that a version has lost, the newest first: each as it comes out now or stands in another version,
        if that is what its manifest says. An older one's come out as the newest's, or not at all any more."""
        there = self._of(kind, key)[::-1]
        for place in there:
            if _lost(place):
                with self._unfinished(kind, key) as unfinished:
                    if place == there[0]:
                        fill(key, unfinished)
                    yield from self._found_again(place, [unfinished, *there], unfinished)

    def _found_again(self, place: Path, where: list[Path], unfinished: Path) -> Iterator[Path]:
        for name, checksum in _lost(place).items():
            for file in (one / name for one in where):
                if file.is_file() and files.sha256(file) == checksum:
                    copy = unfinished / f"{name}.copy"
                    shutil.copyfile(file, copy)
                    put_in_place(copy, place / name)
                    yield place / name
                    break

    @contextmanager
    def _unfinished(self, kind: str, key: str):
        """A folder to fill, beside where it will stand; what is left of it goes."""
        unfinished = self._place(kind, key, 1).with_name(f".{key}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        try:
            yield unfinished
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _day(self, day: str, place: Path) -> dict:
        """A day's tables, each as CSV and as JSON; of an empty one only that it is."""
        on, tables = date.fromisoformat(day), {}
        with self.figures.look():
            reading = Reading(self.figures, self.office, self.now)
            for name in OF_A_DAY:
                table, held = TABLES[name], {}
                pages = list(reading.pages(table, Wanted(self.office, on, on)))  # a day's rows stand in memory
                rows, head = sum(len(page) for page in pages), files.head_of(table, reading)
                for kind, ending in KINDS.items() if rows else ():
                    file = place / f"{name}.{ending}"
                    files.fill(table, head, pages, file, kind, packed=True)
                    held[file.name] = {"sha256": files.sha256(file), "bytes": file.stat().st_size}
                tables[name] = {"rows": rows, "files": held}
            return self._proof(reading) | {"tables": tables}

    def _month(self, month: str, place: Path) -> dict:
        first, last = month_of(date.fromisoformat(f"{month}-01"))
        file = place / f"front-desk-{month}.db"
        counts = database.write(self.figures, file, self.now, first, last, [self.office])
        database.write_metadata(self.figures.settings, place / database.METADATA, file.stem)
        with self.figures.look():
            reading = Reading(self.figures, self.office, self.now)
        held = {
            one.name: {"sha256": files.sha256(one), "bytes": one.stat().st_size}
            for one in (file, place / database.METADATA)
        }
        return self._proof(reading) | {"tables": {name: {"rows": rows} for name, rows in counts.items()}, "files": held}

    def _proof(self, reading: Reading) -> dict:
        return {
            "made_at": self.now,
            "definitions": DEFINITIONS,
            "basis": reading.basis,
            "changes": self.store.newest_step(self.office),
            "reception": __version__,
            "licence": self.figures.settings.data.licence,
        }

    def _write(self, file: Path, told: dict) -> None:
        unfinished = file.with_name(f".{file.name}.part")
        unfinished.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        put_in_place(unfinished, file)

    @contextmanager
    def _alone(self):
        """Two at once would make the same days."""
        with (self.folder / ".lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise KeepingError(f"Another run is at work on {self.folder}. Let it finish.") from error
            yield


def _progress(folder: Path) -> int:
    """The newest step when the archive was last complete; 0, from which all is looked at, where nothing says it."""
    try:
        return int(json.loads((folder / PROGRESS).read_text("utf-8"))["changes"])
    except (OSError, ValueError, LookupError, TypeError):
        return 0


def _told(place: Path) -> dict | None:
    """What a folder's manifest says; None where none can be read, so that nothing proves what is in the folder."""
    try:
        told = json.loads((place / MANIFEST).read_text("utf-8"))
        _proofs(told)
        return told if told["tables"] and isinstance(told["changes"], int) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _proofs(told: dict) -> dict[str, str]:
    """Each file's name and checksum."""
    held = dict(told.get("files", {}))
    for table in told["tables"].values():
        held |= table.get("files", {})
    return {name: proof["sha256"] for name, proof in held.items()}


def _lost(place: Path) -> dict[str, str]:
    """The checksum of each file that a folder's manifest names and that is not in it."""
    told = _told(place)
    return {name: proof for name, proof in _proofs(told).items() if not (place / name).is_file()} if told else {}


def _said(told: dict) -> dict:
    """What tells one version from another: the files, not when they were made."""
    return told["tables"]


# -- proving ----------------------------------------------------------------------------------------------------------


def wrong(folder: Path) -> list[str]:
    """What is not as its manifest says, or has none, a sentence each."""
    if not folder.is_dir():
        return [f"{folder} does not exist."]
    found = []
    for place in sorted(one for kind in ("days", "months") for one in folder.glob(f"{kind}/*/[!.]*")):
        told = _told(place)
        if told is None:
            found.append(f"{place} has no {MANIFEST} that can be read: nothing proves what is in it.")
        for name, checksum in _proofs(told).items() if told else ():
            file = place / name
            if not file.is_file():
                found.append(f"{file} is missing.")
            elif files.sha256(file) != checksum:
                found.append(f"{file} is not what was written: its checksum differs.")
    return found
