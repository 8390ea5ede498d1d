"""What is said aloud, as audio: `GET /voice?language=cy&text=Desg+3` answers a WAV, to screens and staff alone.

An open synthesiser would be anybody's: who may ask, how long a phrase is and how many are made anew are bounded. It
decides nothing.
"""

import logging

from flask import Blueprint, Response, request
from limits import RateLimitItemPerMinute, storage, strategies

from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.voice import NoVoice
from reception.voice.wording import spelled
from reception.web.access import visitor_of
from reception.web.parts import here
from reception.web.speaking import in_language, said

log = logging.getLogger(__name__)
KEPT = 86_400  # seconds a browser says it again without asking; a new recording is heard after a day
MINUTES = 1  # to wait, for a screen that had too much made

blueprint = Blueprint("voice", __name__)
_made = strategies.FixedWindowRateLimiter(storage.MemoryStorage())


@blueprint.app_context_processor
def _speaks():
    return {"speaks": speaks, "voice_here": voice_here}


def speaks() -> bool:
    """Whether anything can be said aloud here: a kiosk without a voice offers none."""
    voice = here().voice
    return voice is not None and voice.can_speak


def voice_here() -> dict | None:
    """For staff: `name` of the synthesiser, or why there is none (`missing`), and `samples`, a call in each language as
    (language, its phrase); None where the office wants no voice."""
    settings, voice = here().settings, here().voice
    if voice is None or not settings.voice.on:
        return None
    number, desk = f"{settings.services[0].letter}014", settings.desks[0].name
    samples = [(CATALOGUES[tag], _sample(number, desk, tag)) for tag in settings.languages] if voice.can_speak else []
    return {"name": voice.name, "missing": voice.missing, "samples": samples}


def _sample(number: str, desk: str, tag: str) -> str:
    with in_language(tag):
        return f"{spelled(number)} {said(desk)}."


@blueprint.get("/voice")
def phrase():
    asker = next(filter(None, map(visitor_of, ("kiosk", "display", "desk", "manage"))), None)
    if asker is None and not here().settings.demo:
        raise Refusal("signed_out", status=401)
    language, text = _asked()
    response = Response(_wav(asker.id if asker else "demo", language, text), mimetype="audio/wav")
    response.headers["Cache-Control"] = f"private, max-age={KEPT}, immutable"
    response.add_etag()
    return response.make_conditional(request)


def _asked() -> tuple[str, str]:
    settings = here().settings
    language, text = request.args.get("language", ""), " ".join(request.args.get("text", "").split())
    if language not in settings.languages:
        raise Refusal("unknown_language", status=422, tag=language[:20], tags=", ".join(settings.languages))
    if not 0 < len(text) <= settings.voice.longest:
        raise Refusal("nothing_to_say", status=422, longest=settings.voice.longest)
    return language, text


def _wav(asker: str, language: str, text: str) -> bytes:
    voice, settings = here().voice, here().settings
    if voice is None:
        raise Refusal("no_voice", status=503)
    if there := voice.ready(language, text):
        return there
    if not _made.hit(RateLimitItemPerMinute(settings.voice.made_per_minute), asker):
        raise Refusal("too_much_said", status=429, minutes=MINUTES)
    try:
        return voice.make(language, text)
    except NoVoice as error:
        log.warning("Nobody could say a phrase in %s: %s.", language, error)
        raise Refusal("no_voice", status=503) from error
