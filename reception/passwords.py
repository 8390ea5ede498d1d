"""Passwords are kept as Argon2id hashes, and checked slowly on purpose."""

from functools import cache

from reception.identifiers import secret


@cache
def hasher():
    """Argon2id with 46 MiB, one pass and one lane: the first of OWASP's equal choices, and one that a small server has
    to spare for the moment of a sign-in. Made when first needed, for it is rarely needed."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


def password_fits(hashed: str | None, given: str) -> bool:
    """Checks a password; takes as long for an account that is not there. Slow on purpose: run it off the event loop."""
    from argon2.exceptions import VerificationError

    try:
        return hasher().verify(hashed or _nobody(), given) and hashed is not None
    except VerificationError:
        return False


@cache
def _nobody() -> str:
    return hasher().hash(secret())
