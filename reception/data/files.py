"""One table as a file: CSV or JSON, compressed where its name ends in .gz, put in its place when it is on the disk."""

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

from reception.data.columns import Table
from reception.data.placing import put_in_place, sync, why
from reception.data.reading import Reading
from reception.data.writing import as_csv, as_json
from reception.figures.rules import DEFINITIONS
from reception.keeping import KeepingError


def write(table: Table, head: dict, pages: Iterable[list[tuple]], file: Path, kind: str) -> int:
    """Writes a file whole, or leaves what was there; how many rows it has. KeepingError where it could not be."""
    unfinished = file.with_name(f".{file.name}.part")
    try:
        count = fill(table, head, pages, unfinished, kind, packed=file.suffix == ".gz")
        put_in_place(unfinished, file)
    except OSError as error:
        raise KeepingError(f"{file} was not written: {why(error, file)}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def fill(table: Table, head: dict, pages: Iterable[list[tuple]], file: Path, kind: str, *, packed: bool) -> int:
    """Writes the file itself, onto the disk; how many rows. `head` is said in JSON before them (`head_of`). The same
    rows make the same bytes."""
    counted = [0]

    def counting():
        for rows in pages:
            counted[0] += len(rows)
            yield rows

    pieces = as_csv(table, counting()) if kind == "csv" else as_json(table, head, counting())
    with file.open("wb") as raw:
        if packed:
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as squeezed:
                squeezed.writelines(piece.encode() for piece in pieces)
        else:
            raw.writelines(piece.encode() for piece in pieces)
    sync(file)
    return counted[0]


def head_of(table: Table, reading: Reading) -> dict:
    return {"table": table.name, "office": reading.office, "definitions": DEFINITIONS, "basis": reading.basis}


def sha256(file: Path) -> str:
    with file.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()
