"""eSpeak NG by way of its C library: text in, samples out. Only the voice's own process (engine.py) loads it.

The system's library comes first, since the distribution mends it; else the one that espeakng-loader carries.
"""

import ctypes
import os
from collections.abc import Iterator

SYNCHRONOUS, DONT_EXIT = 2, 0x8000  # espeak_Initialize: samples come while Synth runs; an error is told, not exit(1)
RATE, PITCH = 1, 3  # espeak_SetParameter: words a minute; 0 to 100
UTF8 = 1  # plain text: neither SSML nor phoneme names are read in it

Samples = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """`say(…)` returns 16-bit mono samples at `rate` Hz; `name` is engine and version. OSError where there is none."""

    def __init__(self):
        self._library, self.rate, data = _first()
        self._said = bytearray()
        self._take = Samples(self._samples)  # kept: the library calls it for as long as it lives
        self._library.espeak_SetSynthCallback(self._take)
        self._library.espeak_Info.restype = ctypes.c_char_p
        self.name = f"eSpeak NG {self._library.espeak_Info(None).decode()} ({data or 'of the system'})"

    def say(self, text: str, *, voice: str, speed: int, pitch: int) -> bytes:
        """LookupError for a voice that this library has not; OSError where it could not speak."""
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise LookupError(f"eSpeak NG has no voice called {voice!r}")
        self._library.espeak_SetParameter(RATE, speed, 0)
        self._library.espeak_SetParameter(PITCH, pitch, 0)
        self._said.clear()
        said = text.replace("\0", " ").encode("utf-8", "replace") + b"\0"
        if self._library.espeak_Synth(said, ctypes.c_size_t(len(said)), 0, 1, 0, UTF8, None, None):
            raise OSError("eSpeak NG could not speak")
        self._library.espeak_Synchronize()
        return bytes(self._said)

    def _samples(self, samples, count: int, _events) -> int:
        if samples and count > 0:
            self._said += ctypes.string_at(samples, 2 * count)
        return 0


def _first() -> tuple[ctypes.CDLL, int, str | None]:
    """The first library that works: itself, its sample rate in Hz, its data's folder (None: it knows)."""
    why = []
    for path, data in _libraries():
        try:
            library = ctypes.CDLL(path)
            if data:
                os.chdir(data)  # the library cuts long paths, and this process has no other use for a folder
            rate = library.espeak_Initialize(SYNCHRONOUS, 0, data and b".", DONT_EXIT)
        except (OSError, AttributeError) as error:
            why.append(str(error))
            continue
        if rate > 0:
            return library, rate, data
        why.append(f"{path} found no voices in {data or 'its own folder'}")
    raise OSError(f"there is no eSpeak NG: {'; '.join(why)}")


def _libraries() -> Iterator[tuple[str, str | None]]:
    yield "libespeak-ng.so.1", None
    try:
        import espeakng_loader
    except ImportError:
        return
    yield espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
