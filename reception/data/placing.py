"""Files put in their place only when they are on the disk, so that a place holds a whole thing or nothing."""

import os
from pathlib import Path

from reception.keeping import KeepingError


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file whole, or leaves what was there. KeepingError where it could not be."""
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.write_bytes(content)
        put_in_place(unfinished, file)
    except OSError as error:
        raise KeepingError(f"{file} was not written: {why(error, file)}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def put_in_place(unfinished: Path, file: Path) -> None:
    """What is written goes to the disk, then to its place, then the place to the disk."""
    sync(unfinished)
    os.replace(unfinished, file)
    sync(file.parent)


def why(error: Exception, file: Path) -> str:
    """Why a file could not be written, as a clause."""
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}. Make it first, or choose another"
    return (getattr(error, "strerror", None) or str(error)).lower()


def sync(path: Path) -> None:
    """A file's or a folder's content goes to the disk."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
