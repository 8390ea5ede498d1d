"""Which kiosks go on without us, as far as the server can know: those with numbers of their own that are not heard."""

from flask_babel import gettext as _

from reception.hours import day_of
from reception.outages import TAKEN_AWAY_MS
from reception.web.times import time_of_day

GRACE = 10_000  # ms: a machine that starts anew, or a page that is loaded again, is back sooner


def kiosks_alone(parts) -> list[dict]:
    """`{id, name, since}` of each; `since` is when it was last heard, in UTC milliseconds."""
    frontdesk, at = parts.frontdesk, parts.frontdesk.now()
    able = frontdesk.lent_to(day_of(at, parts.settings.zone))
    if not able:
        return []
    gone = at - parts.settings.screens.gone_hours * 3_600_000
    found = []
    for key in parts.keys.all():
        since = max(key.heard_at or 0, parts.keepers.get(key.id, 0))
        connected = any(face.connected(key.id) for face in parts.faces.values())
        if key.id in able and not key.revoked_at and not connected and gone < since < at - GRACE:
            found.append({"id": key.id, "name": key.name, "since": since})
    return found


def kiosks_heard(parts, since: int) -> tuple[dict[str, int], set[str]]:
    """When each kiosk that was ever here was heard of last, and not before `since`; and those that are connected. One
    let in again under its name is the same kiosk, known by the key that it used last. A program that only asks by REST
    is none: it is silent whenever it has nothing to ask."""
    week_ago = day_of(parts.frontdesk.now() - TAKEN_AWAY_MS, parts.settings.zone)
    machines = parts.frontdesk.lent_to(week_ago) | parts.keepers.keys()
    found: dict[str, tuple[bool, int, str]] = {}
    for key in parts.keys.all():
        if key.role == "kiosk" and not key.revoked_at and (key.kind == "browser" or key.id in machines):
            is_there = any(face.connected(key.id) for face in parts.faces.values())
            last = max(key.heard_at or 0, parts.keepers.get(key.id, 0))
            found[key.name] = max(found.get(key.name, (False, 0, "")), (is_there, last, key.id))
    heard = {key: max(last, since) for _there, last, key in found.values() if last}
    return heard, {key for is_there, _last, key in found.values() if is_there}


def troubles(parts) -> list[dict]:
    """`{key, what, matter, remedy}` of each, in words for staff."""
    return [
        {
            "key": f"alone {one['id']}",
            "what": one["name"],
            "matter": _(
                "This kiosk was last heard at %(time)s, and gives numbers by itself meanwhile.",
                time=time_of_day(one["since"], parts.settings.zone),
            ),
            "remedy": _("Those who took one come into the line when it is heard again. Check its network."),
        }
        for one in kiosks_alone(parts)
    ]
