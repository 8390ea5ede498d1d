"""How one office's keys, instants and durations stand in a table: names where the settings know them, plain words,
local times beside UTC, seconds. Pure.
"""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


class Wording:
    """`zone` is the office's; `services` and `desks` map a key to its name, and are empty of another office."""

    def __init__(self, office: str, zone: str, services: dict[str, str], desks: dict[str, str]):
        self.office, self.zone = office, ZoneInfo(zone)
        self._names = {"services": services, "desks": desks}
        self.local = lru_cache(maxsize=4096)(self._local)  # steps of one press, and legs, share their instants

    def instant(self, name: str, at: int | None) -> dict:
        return {f"{name}_at": at, f"{name}_local": None if at is None else self.local(at)}

    def service(self, name: str, key: str | None) -> dict:
        return self._named(name, key, "services")

    def desk(self, name: str, key: str | None) -> dict:
        return self._named(name, key, "desks")

    def _named(self, name: str, key: str | None, kind: str) -> dict:
        return {name: key or None, f"{name}_name": self._names[kind].get(key, key) or None}

    def _local(self, at: int) -> str:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self.zone).isoformat(timespec="seconds")


def plain(key: str | None) -> str | None:
    """A key as words: "passed_on" is "passed on"."""
    return key.replace("_", " ") if key else None


def seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def yes(is_so: object) -> int | None:
    return None if is_so is None else int(bool(is_so))
