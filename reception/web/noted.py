"""What somebody is told once their feedback is noted, and the link of the page on which they can write more.

The link is signed, names one feedback and lives as long as a ticket's does. It shows nothing that anybody wrote.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from reception.feedback.counting import said_and_done
from reception.web import times
from reception.web.parts import here
from reception.web.speaking import spoken

SIGNED = 16  # bytes of a signature


def link(feedback: str) -> str:
    """The address of the page about what was noted, by its id."""
    return f"{here().settings.address}/feedback/{ending(feedback)}"


def ending(feedback: str) -> str:
    """What the address ends with."""
    named = UUID(feedback).bytes
    return urlsafe_b64encode(named + _signature(named)).decode("ascii").rstrip("=")


def noted(given: str):
    """The feedback that a link's end names, while it lives; None of anything else."""
    try:
        whole = urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4))
    except (ValueError, UnicodeEncodeError):
        return None
    named, signature = whole[:16], whole[16:]
    if not hmac.compare_digest(signature, _signature(named)):
        return None
    parts = here()
    found = parts.frontdesk.feedback(str(UUID(bytes=named)))
    lives = round(parts.settings.keeping.link_hours_after * 3_600_000)
    return found if found and parts.frontdesk.now() < found.made_at + lives else None


def by_words(answer_on: str | None, *, reached: bool) -> str | None:
    """By when a complaint is answered, to whoever made it. `reached`: they said how."""
    if answer_on is None:
        return None
    day = times.day(date.fromisoformat(answer_on))
    if reached:
        return _("We will answer you by the end of %(day)s.", day=day)
    return _(
        "We look into it by the end of %(day)s. Say how we can reach you, or ask at a desk with this reference.",
        day=day,
    )


def said_and_did(theme: str | None = None) -> dict | None:
    """Something that people said and what the office did about it, of what is before the public: the newest of this
    theme, else of any. Both are in the language that they were written in, which is the office's."""
    parts = here()
    shown = said_and_done(parts.store, parts.settings.office.key)
    found = next((one for one in shown if one["theme"] == theme), next(iter(shown), None))
    own = parts.settings.office.language
    return found and {"said": found["said"], "did": found["did"], "language": own if own != spoken() else None}


def _signature(named: bytes) -> bytes:
    return hmac.digest(current_app.secret_key.encode(), b"feedback " + named, "sha256")[:SIGNED]
