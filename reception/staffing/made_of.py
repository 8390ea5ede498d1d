"""Which of the settings a plan was made of, so that one made of others is known to be out of date. What changes no
plan, such as a desk's name, is left out.
"""

import json

from reception.identifiers import digest
from reception.settings import Settings
from reception.staffing.planning import goal_of

DESK = {"key", "services", "helps", "breaks"}
SERVICE = {"key", "minutes"}
PROMISE = {"target_seconds", "walking_allowance_seconds"}
LINE, APPOINTMENTS = {"appointment_minutes", "helping_minutes"}, {"due_minutes", "late_minutes"}


def made_of(settings: Settings) -> dict[str, str]:
    """Part ("hours", "desks", "services", "promise", "line", "days") -> what tells it from any other."""
    office, hours = settings.office, settings.hours
    told = {
        "hours": [hours.model_dump(mode="json"), office.timezone, office.nation],
        "desks": [desk.model_dump(mode="json", include=DESK) for desk in settings.desks],
        "services": [service.model_dump(mode="json", include=SERVICE) for service in settings.services],
        "promise": [settings.promise.model_dump(include=PROMISE), goal_of(settings)],
        "line": [settings.line.model_dump(include=LINE), settings.appointments.model_dump(include=APPOINTMENTS)],
        "days": sorted(map(str, settings.figures.exclude.days)),
    }
    return {part: digest(json.dumps(value, sort_keys=True))[:16] for part, value in told.items()}


def changed_since(made: dict[str, str], settings: Settings) -> tuple[str, ...]:
    """The parts that are others now; none of a plan that does not say what it was made of."""
    now = made_of(settings)
    return tuple(part for part in now if made.get(part, now[part]) != now[part])
