"""Identifiers that any machine may mint alone: UUIDv7 for rows, random tokens for links and keys.

Nothing here is ever shown to a person as a number: numbers come from a counter in the database.
"""

import hashlib
import secrets
import uuid


def uuid7(at: int) -> str:
    """A UUIDv7 (RFC 9562) for the UTC millisecond `at`: sorts by time, 74 random bits after it."""
    value = (at & (1 << 48) - 1) << 80 | secrets.randbits(76) & ~(0xF << 76)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def token() -> str:
    """128 random bits for a visitor's link, safe in an address."""
    return secrets.token_urlsafe(16)


def secret() -> str:
    """256 random bits for a key or a browser."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    """What is stored instead of a secret. A plain hash suffices for 256 random bits (never for a password)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
