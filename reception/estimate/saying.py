"""The newest estimates, and what they come to for each who waits: by the record, so that a restart changes nothing.

What is said is rounded in said.py and worded in reception/web/expected.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from reception.estimate import Expectation, History, Snapshot
from reception.estimate.reasons import Reasons
from reception.estimate.said import Said, promised, said
from reception.settings import Settings
from reception.store import Store
from reception.visit import Visit

RANGE = ("low", "median", "high")


@dataclass(frozen=True, slots=True)
class Picture:
    """The newest estimates: `at` (UTC ms) and `step`, the record's newest step that they know.

    `visits`: everyone waiting; `services`: whoever takes a ticket now, where one is to be had. `said`: what they may be
    told, visits by their ids and services as "service:KEY".
    """

    at: int = 0
    step: int = 0
    visits: Mapping[str, Expectation] = field(default_factory=dict)
    services: Mapping[str, Expectation] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    history: History = field(default_factory=History)


class Saying:
    """An office's."""

    def __init__(self, settings: Settings, store: Store):
        self.store, self._promised = store, promised(settings.promise)
        self._slipped: dict[tuple, tuple[bool, str | None]] = {}  # a time as told -> whether it was a delay, and why

    def all(self, found: Mapping[str, Expectation], snapshot: Snapshot) -> dict[str, Said]:
        reasons = Reasons(snapshot)
        told = {one.id: self.of(found[one.id], snapshot.at, reasons, one) for one in snapshot.line.waiting()}
        keys = {key: f"service:{key}" for key in snapshot.asked}
        return told | {name: self.of(found[name], snapshot.at, reasons, key) for key, name in keys.items()}

    def of(self, found: Expectation, at: int, reasons: Reasons, who: Visit | str) -> Said:
        """Of a visit, or of whoever takes a ticket for a service now."""
        line, visit = reasons.line, None if isinstance(who, str) else who
        desks = line.desks_for(visit) if visit else line.desks_of_service(who)
        before = visit and visit.said_by_at
        slipped, why = self._stands(visit) if before else (False, None)
        told = said(
            found,
            at=at,
            **self._promised,
            ahead=line.people_ahead(visit) if visit else line.people_before(who),
            booked_first=reasons.booked_first(desks, visit),
            before=before,
            first=visit and visit.first_by_at,
            slipped=slipped,
        )
        if not (visit and told.later):
            return told
        as_before = before and told.by_at and told.by_at <= before
        return replace(told, why=why if as_before else reasons.why_later(visit))

    def by_the_picture(self, picture: Picture, service: str, more: int) -> Said | None:
        """To somebody who has just come, what the picture says of their service, longer by as many as wait now and did
        not then; None where it says nothing."""
        found, then, more = picture.services.get(service), picture.said.get(f"service:{service}"), max(0, more)
        if found is None or then is None:
            return None
        found, ahead = _longer(found, picture, service, then.ahead, more), then.ahead + more
        return said(found, at=picture.at, **self._promised, ahead=ahead, booked_first=then.booked_first)

    def forget_all_but(self, visits) -> None:
        self._slipped = {key: slip for key, slip in self._slipped.items() if key[0] in visits}

    def _stands(self, visit: Visit) -> tuple[bool, str | None]:
        """Whether the time that stands was a delay as it was told, and the reason given with it: by the record, so that
        neither changes while the time stands, nor with a restart."""
        key = visit.id, visit.said_at, visit.said_by_at
        if key not in self._slipped:
            told = next((step for step in self.store.steps_of(visit.id) if step.step == "told"), None)
            old, new = told.changes.get("said_by_at", (None, None)) if told else (None, None)
            if told and (told.at, new) == key[1:]:
                self._slipped[key] = bool(old and new > old), (told.note or {}).get("why")
            else:  # told with the number
                self._slipped[key] = False, None
        return self._slipped[key]


def _longer(found: Expectation, picture: Picture, service: str, ahead: int, more: int) -> Expectation:
    """By `more` who came since: in proportion to those ahead or, where there was nobody, by a visit for each of them
    at every open desk."""
    own, times, plus = [getattr(found, name) for name in RANGE], (ahead + more + 1) / (ahead + 1), (0, 0, 0)
    if more and not ahead:
        line, visits = picture.snapshot.line, picture.history.visits(service)
        here = sum(line.desks[key].state == "open" for key in line.desks_of_service(service) if key in line.desks)
        times, plus = 1, np.quantile(visits, (0.1, 0.5, 0.9)) * more / max(1, here)
    later = [None if one is None else round(one * times + by) for one, by in zip(own, plus, strict=True)]
    return replace(found, **dict(zip(RANGE, later, strict=True)))
