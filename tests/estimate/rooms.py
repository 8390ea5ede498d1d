"""Small rooms for tests of estimates: a line, desks that take exactly so long, a past in which nothing ever varied."""

from reception.estimate import History, Snapshot
from reception.estimate.leaving import WAITED
from reception.line import Line
from reception.things import Desk
from reception.visit import Visit
from tests.builders import TEN, office, visit

MINUTE = 60_000
SERVICES = [
    {"key": "tax", "name": "Council Tax", "letter": "A", "minutes": 10},
    {"key": "parking", "name": "Parking", "letter": "A", "minutes": 10},
    {"key": "housing", "name": "Housing", "letter": "B", "minutes": 10},
]
BOTH = [{"key": "1", "name": "Desk 1"}, {"key": "2", "name": "Desk 2"}]
SPLIT = [
    {"key": "1", "name": "Desk 1", "services": ["tax", "parking"]},
    {"key": "2", "name": "Desk 2", "services": ["housing"]},
]
ONE = [{"key": "1", "name": "Desk 1"}]


def room(desks=None):
    return office(services=SERVICES, desks=desks or ONE)


def steady(minutes: float = 10, **more: float) -> History:
    """A past in which every visit took exactly so long, nobody went away and every desk called at once."""
    history = History()
    for service in ("tax", "parking", "housing"):
        for _ in range(100):
            history.add_visit(service, minutes * MINUTE)
    for name in history.pools:
        for _ in range(100):
            history.add(name, more.get(name, 0))
    history.counts = {"came": 1e9, "taken": 1e9} | {f"called {step}": 1e9 for step in range(len(WAITED))}
    return history


def people(*services: str, minutes_ago=30, **more) -> list[Visit]:
    """People in the line in this order, a minute apart."""
    return [
        visit(
            **{"id": f"v{nth}", "number": f"A{nth:03}", "token": None, "service": service, "place": nth}
            | {"arrived_at": TEN - (minutes_ago - nth) * MINUTE}
            | more
        )
        for nth, service in enumerate(services, 1)
    ]


def snapshot(settings, waiting, *, states=None, busy=None, at=TEN, told=None, **more) -> Snapshot:
    """`busy`: desk -> (service, minutes since the call)."""
    desks = {desk.key: Desk(desk.key, "open", "person:1", TEN - 60 * MINUTE) for desk in settings.desks}
    desks |= states or {}
    here = {
        key: visit("serving", id=f"at-{key}", service=service, desk=key, last_called_at=at - round(ago * MINUTE))
        for key, (service, ago) in (busy or {}).items()
    }
    return Snapshot(Line(settings.line_rules, waiting, desks, at, told), busy=here, **more)


def raw_medians(found) -> dict[str, int | None]:
    """The draws' medians in whole minutes, before any correction."""
    return {key: None if one.median is None else round(one.raw[1] / MINUTE) for key, one in found.items()}
