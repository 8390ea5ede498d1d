"""Who is next: the one ordering that the call, the position on the phone and the kiosk's "people ahead" all use."""

from collections.abc import Iterable, Mapping

from reception.visit import Visit

Serves = Mapping[str, frozenset[str]]  # desk -> the services it takes


def order(visit: Visit) -> tuple[int, int]:
    """Sorts the line: since when somebody waits, then the order stored."""
    return visit.waits_from, visit.place


def waiting(visits: Iterable[Visit]) -> list[Visit]:
    """Everyone waiting, in calling order."""
    return sorted((visit for visit in visits if visit.state == "waiting"), key=order)


def next_for(services: frozenset[str], visits: Iterable[Visit]) -> Visit | None:
    """The visitor that a desk taking `services` calls next, or None if it can help nobody who waits."""
    able = (visit for visit in visits if visit.state == "waiting" and visit.service in services)
    return min(able, key=order, default=None)


def competing(service: str, serves: Serves) -> frozenset[str]:
    """The services whose visitors wait for the same desks as those of `service` (itself among them)."""
    return frozenset({service}).union(*(taken for taken in serves.values() if service in taken))


def people_ahead(visits: Iterable[Visit], serves: Serves, service: str, *, of: Visit | None = None) -> int:
    """How many wait before `of` (or before whoever took a ticket now) for a desk that takes `service`."""
    rivals = competing(service, serves)
    limit = order(of) if of else None
    return sum(
        1
        for visit in visits
        if visit.state == "waiting" and visit.service in rivals and (limit is None or order(visit) < limit)
    )


def unserved(visits: Iterable[Visit], open_desks: Iterable[str], serves: Serves) -> list[Visit]:
    """Those waiting for a service that no open desk takes, in calling order."""
    taken = frozenset().union(*(serves[desk] for desk in open_desks))
    return [visit for visit in waiting(visits) if visit.service not in taken]
