"""What a receiver is sent: one step of a visit as JSON, and the headers that sign it (Standard Webhooks). Pure.

The fields are named here one by one, so that whatever a visit may hold later, nothing about a person goes out.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from reception.store import Step
from reception.webhooks.cursor import Told

# Every step that is told of a visit, as docs/webhooks.md lists them.
TOLD = (
    *("issued", "checked_in", "called", "recalled", "started", "completed", "no_show", "reinstated", "returned"),
    *("held", "resumed", "transferred", "left", "cancelled", "undone", "acknowledged", "print_confirmed"),
    *("noted", "planned", "offered", "times_flagged", "corrected", "kept_for_another", "told_late", "told_here"),
    *("reprinted", "slip_came", "slip_missing", "told"),
    *("appointment_arrived", "appointment_freed"),
    *("promised", "promise_changed", "promise_kept", "promise_withdrawn"),
)
OF_VISIT = ("number", "service", "state", "channel")  # as they are after the step


def identity(office: str, step: Told) -> str:
    """The same at every attempt. The instant is in it because a restored backup counts the same numbers again."""
    return f"{office}-{step.number}-{step.at}"


def body(office: str, step: Told, steps: Iterable[Step]) -> bytes:
    """The message about a step, from the visit's steps in order: the same bytes at every attempt."""
    visit = dict.fromkeys(OF_VISIT)
    for earlier in steps:
        # A step `about` something else, such as a booking, changes that one's state and not the visit's.
        if earlier.number <= step.number and not getattr(earlier, "about", None):
            visit |= {name: earlier.changes[name][1] for name in OF_VISIT if name in earlier.changes}
    at = datetime.fromtimestamp(step.at / 1000, UTC).isoformat(timespec="milliseconds")
    data = {
        "office": office,
        "step": step.number,
        "press": step.press,
        "undoes": step.undoes,
        "visit": step.visit,
        **visit,
        "desk": step.desk,
        "at": step.at,
    }
    said = {"type": f"visit.{step.step}", "timestamp": at.replace("+00:00", "Z"), "data": data}
    return json.dumps(said, separators=(",", ":")).encode()


def signed(identity: str, sent: bytes, key: bytes, at: int) -> dict[str, str]:
    """The headers of a delivery made at `at`, in seconds."""
    digest = hmac.digest(key, f"{identity}.{at}.".encode() + sent, "sha256")
    return {
        "Content-Type": "application/json",
        "User-Agent": "Reception",
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def key_of(secret: str) -> bytes:
    """The signing key in "whsec_<base64>". Raises ValueError, which does not repeat the secret."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise ValueError('a secret is "whsec_" and 24 to 64 random bytes in base64')
    return key
