"""One table as a file: CSV or JSON, compressed where its name ends in .gz, put in its place when it is on the disk."""

import gzip
import hashlib
from pathlib import Path

from reception.data.columns import Table
from reception.data.placing import put_in_place
from reception.data.reading import Reading, Wanted
from reception.data.writing import as_csv, as_json
from reception.figures.rules import DEFINITIONS
from reception.keeping import KeepingError


def write(reading: Reading, table: Table, wanted: Wanted, file: Path, kind: str) -> tuple[int, str]:
    """How many rows were written, and the SHA-256 of the file. The same rows make the same bytes."""
    unfinished, counted = file.with_name(f".{file.name}.part"), [0]

    def pages():
        for rows in reading.pages(table, wanted):
            counted[0] += len(rows)
            yield rows

    if kind == "csv":
        pieces = as_csv(table, pages())
    else:
        head = {"table": table.name, "office": reading.office, "definitions": DEFINITIONS, "basis": reading.basis}
        pieces = as_json(table, head, pages())
    try:
        with unfinished.open("wb") as raw:
            if file.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                    packed.writelines(piece.encode() for piece in pieces)
            else:
                raw.writelines(piece.encode() for piece in pieces)
        with unfinished.open("rb") as written:
            told = hashlib.file_digest(written, "sha256").hexdigest()
        put_in_place(unfinished, file)
    except OSError as error:
        raise KeepingError(f"{file} was not written: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counted[0], told
