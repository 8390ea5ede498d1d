"""What was once made is kept, by what it is: `data/speech/<key>.wav`. Beyond its size the least lately heard goes."""

import contextlib
import os
import threading
from pathlib import Path

ROOM = 0.9  # of the size is left when some had to go, so that it need not be looked through at every phrase


class Kept:
    """`get` and `put` by key. A disk that is full or read-only keeps nothing and stops nobody from speaking."""

    def __init__(self, folder: Path, largest: int):
        self.folder, self.largest = folder, largest
        self._turn = threading.Lock()
        self._size: int | None = None  # bytes in the folder, once it has been looked at

    def get(self, key: str) -> bytes | None:
        path = self.folder / f"{key}.wav"
        try:
            made = path.read_bytes()
            os.utime(path)  # heard just now
        except OSError:
            return None
        return made

    def put(self, key: str, made: bytes) -> None:
        with contextlib.suppress(OSError):
            self._write(key, made)
            with self._turn:
                self._size = self._found() if self._size is None else self._size + len(made)
                if self._size > self.largest:
                    self._size = self._make_room()

    def _write(self, key: str, made: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f"{key}.{os.getpid()}.{threading.get_ident()}.part"
        try:
            part.write_bytes(made)
            part.replace(self.folder / f"{key}.wav")  # whoever reads meanwhile reads all of it or nothing
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _found(self) -> int:
        return sum(size for _heard, size, _path in self._files())

    def _make_room(self) -> int:
        files = sorted(self._files())
        size = sum(size for _heard, size, _path in files)
        for _heard, length, path in files:
            if size <= ROOM * self.largest:
                break
            Path(path).unlink(missing_ok=True)
            size -= length
        return size

    def _files(self) -> list[tuple[int, int, str]]:
        """(when last heard, bytes, path) of each."""
        with os.scandir(self.folder) as entries:
            return [(found.st_mtime_ns, found.st_size, entry.path) for entry in entries if (found := entry.stat())]
