"""What was measured of days that are kept, remembered by their stamps: it is true for as long as those are there.

It forgets what was not asked for longest. A file holds it from one process to the next; without it, or with one that
another version wrote, it is measured again.
"""

import contextlib
import logging
import os
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from pathlib import Path

log = logging.getLogger(__name__)
MOST = 256 << 20  # bytes: five reports of six million visits, a thousand of an office's month


class Memory:
    """`size` of what is remembered is asked of it, where it has one."""

    def __init__(self, most: int = MOST, file: Path | None = None):
        self._most, self._file, self._known, self._size, self._new = most, file, OrderedDict(), 0, False

    def get(self, name: Hashable, make: Callable):
        """What is remembered by that name, or made now."""
        if name not in self._known:
            self.put(name, make())
        self._known.move_to_end(name)
        return self._known[name]

    def put(self, name: Hashable, value) -> None:
        self._new = True
        self._size += _size(value) - _size(self._known.pop(name, None))
        self._known[name] = value
        while self._size > self._most and len(self._known) > 1:
            self._size -= _size(self._known.popitem(last=False)[1])

    def load(self) -> None:
        """What an earlier process saved, where it was of this version."""
        with contextlib.suppress(OSError), self._file.open("rb") as file:
            try:
                if file.read(len(_version())) == _version():
                    self._known = pickle.load(file)
                    self._size = sum(map(_size, self._known.values()))
            except Exception:
                log.warning("%s cannot be read; what it held is measured again.", self._file)

    def save(self) -> None:
        if not self._new:
            return
        part = self._file.with_name(f"{self._file.name}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(_version())
                pickle.dump(self._known, file)
            os.replace(part, self._file)
        except OSError as error:
            log.warning("What was measured is not saved: %s.", error)
        self._new = False


def _size(value) -> int:
    return 0 if value is None else getattr(value, "size", 100)


def _version() -> bytes:
    """Of all that measures: what another one remembered may mean something else."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).digest()
