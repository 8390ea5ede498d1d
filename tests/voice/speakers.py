"""Synthesisers that fail, each a real process in the place of the voice's own; and what is measured of a WAV."""

import array
import io
import math
import sys
import wave

READY = "import json, sys, time; print(json.dumps({'engine': 'test'}), flush=True); sys.stdin.readline()"
DIES = f"{READY}; sys.exit(1)"
HANGS = f"{READY}; time.sleep(600)"
GARBAGE = f"{READY}; print('GARBAGE', flush=True); time.sleep(600)"
NUMBERLESS = f"{READY}; print(json.dumps({{'bytes': 'many'}}), flush=True); time.sleep(600)"
TOO_MUCH = f"{READY}; print(json.dumps({{'bytes': 10**12}}), flush=True); time.sleep(600)"
CUT_SHORT = f"{READY}; print(json.dumps({{'bytes': 1000}}), flush=True); print('ten bytes.', flush=True)"
SILENT = "import time; time.sleep(600)"
GONE = "raise SystemExit(1)"


def program(source: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source, *arguments)


def dies_once(marker) -> tuple[str, ...]:
    """Dies at the first request of all; whoever is started after it speaks."""
    first = f"import os, sys; os.path.exists({str(marker)!r}) or (open({str(marker)!r}, 'w'), exec({DIES!r}))"
    return program(f"{first}; from reception.voice.engine import main; sys.exit(main())")


def measured(file: bytes) -> tuple[float, float]:
    """(seconds, loudness as the root mean square of its samples) of a mono WAV at 22,050 Hz in 16 bits."""
    with wave.open(io.BytesIO(file)) as found:
        assert (found.getnchannels(), found.getsampwidth(), found.getframerate()) == (1, 2, 22_050)
        samples = array.array("h", found.readframes(found.getnframes()))
    some = samples[::7]  # enough to know how loud it is
    return len(samples) / 22_050, math.sqrt(sum(one * one for one in some) / max(1, len(some)))
