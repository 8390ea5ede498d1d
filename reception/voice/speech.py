"""A phrase becomes sound: a council's recording, else what was made before, else the synthesiser makes it now."""

import logging
from hashlib import sha256
from pathlib import Path

from reception.voice.kept import Kept
from reception.voice.link import Engine, NoVoice
from reception.voice.recordings import Recordings

log = logging.getLogger(__name__)
MADE = "1"  # another one makes everything anew, when what is made of a phrase changes
MEGABYTE = 1_000_000


class Voice:
    """`wav(language, text)` answers a WAV or raises NoVoice. `run` calls slow work so that other screens go on.

    `can_speak` is whether anybody can be heard at all; `missing` says why the synthesiser cannot, for staff.
    """

    def __init__(self, settings, *, run=lambda work, *given: work(*given), engine: Engine | None = None):
        self.rules, self._run = settings.voice, run
        self._engine = engine or Engine()
        self._kept = Kept(settings.server.data / "speech", round(self.rules.kept_megabytes * MEGABYTE))
        self.recordings = Recordings(Path(self.rules.recordings) if self.rules.recordings else None)

    def start(self) -> None:
        if self.rules.on:
            self._engine.start()

    def stop(self) -> None:
        self._engine.stop()

    @property
    def missing(self) -> str:
        return self._engine.missing if self.rules.on else ""

    @property
    def name(self) -> str:
        """Engine and version of the synthesiser, once it has said so."""
        return self._engine.name

    @property
    def can_speak(self) -> bool:
        return self.rules.on and (not self._engine.missing or self.recordings.folder is not None)

    def ready(self, language: str, text: str) -> bytes | None:
        """What is there already: a recording, or what was made before."""
        if not self.rules.on:
            return None
        return self._run(self._ready, language, text)

    def make(self, language: str, text: str) -> bytes:
        """Made now, and kept. NoVoice where nobody can."""
        if not self.rules.on:
            raise NoVoice("voice.on is false")
        voice = self._voice(language)
        made = self._engine.say(text, voice=voice, speed=self.rules.words_per_minute, pitch=self.rules.pitch)
        self._run(self._kept.put, self._key(language, text), made)
        return made

    def keep(self, language: str, text: str, made: bytes) -> None:
        """What somebody else's voice made of a phrase, as if it were ours."""
        self._run(self._kept.put, self._key(language, text), made)

    def wav(self, language: str, text: str) -> bytes:
        return self.ready(language, text) or self.make(language, text)

    def _ready(self, language: str, text: str) -> bytes | None:
        return self.recordings.find(language, text) or self._kept.get(self._key(language, text))

    def _voice(self, language: str) -> str:
        return self.rules.voices.get(language, language)

    def _key(self, language: str, text: str) -> str:
        what = (MADE, self._voice(language), str(self.rules.words_per_minute), str(self.rules.pitch), text)
        return sha256("\0".join(what).encode("utf-8", "replace")).hexdigest()
