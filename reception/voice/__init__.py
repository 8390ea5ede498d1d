"""What kiosks and boards say aloud: a council's recordings, else a synthesiser in a process of its own.

voice = Voice(settings, run=blocking)      one for the server; `start()` and `stop()`
voice.wav("cy", "Desg 3")                  the WAV, from a recording, from what was kept, or made now
"""

from reception.voice.link import Engine, NoVoice
from reception.voice.speech import Voice

__all__ = ["Engine", "NoVoice", "Voice"]
