"""What a visit was about, as the council's own systems call it: kept as a keyed digest alone, so that it is seen when
somebody comes back about the same matter. The reference itself is stored nowhere.

The key lies beside the database and in no backup of it: without it nobody can try out which reference a digest is of.
"""

import hmac
import os
import secrets
from pathlib import Path

from reception.appointments.match import plain
from reception.refusals import Refusal

LONGEST = 60  # characters of a reference
LONGEST_RETURN = 60  # days: the most that figures.return_days may be
FORGOTTEN_DAYS = LONGEST_RETURN + 2  # until then a return may still come; then only whether one came is known


def digest(reference: str, folder: Path) -> str:
    """What is kept of a reference, by the key in `folder`; "" of one without a letter or digit. Case, spaces and
    hyphens make no difference."""
    if len(reference) > LONGEST:
        raise Refusal("reference_too_long", status=422, longest=LONGEST)
    meant = plain(reference)
    return hmac.digest(_key(folder), meant.encode(), "sha256").hex()[:32] if meant else ""


def _key(folder: Path) -> bytes:
    """Made when it is first needed, readable by the server's account alone; of two that make it, one counts."""
    path = folder / "matters.key"
    if not path.exists():
        fresh = folder / f".matters.key.{secrets.token_hex(4)}"
        with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
