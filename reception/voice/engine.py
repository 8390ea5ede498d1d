"""The voice's own process: a request a line in, a WAV out, until the server closes the pipe.

    {"text", "voice", "speed", "pitch"}   ->   {"bytes": 12345} and so many bytes of WAV, or {"error": "…"}

Its first line says who speaks, {"engine": "eSpeak NG 1.52"}, or why nobody does, {"missing": "…"}. eSpeak NG is
GPL-3: it is loaded here, beside the server and never in it. `python -m reception.voice.engine`; started by link.py.
"""

import json
import os
import sys

from reception.voice.espeak import Espeak
from reception.voice.wav import wav


def main() -> int:
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        espeak = Espeak()
    except OSError as error:
        _tell(answers, {"missing": str(error)})
        return 1
    _tell(answers, {"engine": espeak.name})
    for line in requests:
        try:
            made = wav(espeak.say(**json.loads(line)), espeak.rate)
        except (LookupError, OSError, TypeError, ValueError) as error:
            _tell(answers, {"error": str(error)})
        else:
            _tell(answers, {"bytes": len(made)}, made)
    return 0


def _tell(answers, said: dict, made: bytes = b"") -> None:
    try:
        answers.write(json.dumps(said).encode() + b"\n" + made)
        answers.flush()
    except BrokenPipeError:
        os._exit(0)  # the server is gone, and nobody is left to tell


if __name__ == "__main__":
    sys.exit(main())
