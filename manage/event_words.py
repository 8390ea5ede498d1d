"""What happened beside the visits, in sentences: new rules, and whatever was away. It measures nothing."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from manage.words import span

OUTAGES = {
    "server_away": _l("The server was away"),
    "kiosk_away": _l("A kiosk was away"),
    "clock_step": _l("The machine's clock was set"),
}


def changes(rules: list[dict]) -> list[tuple[str, str]]:
    """(day, words) of each change of what the figures are computed by."""
    found = []
    for before, rule in zip(rules, rules[1:], strict=False):
        day = format_date(date.fromisoformat(rule["from"]), "d MMMM y")
        if rule["target_seconds"] != before["target_seconds"]:
            said = _("From %(day)s the target is %(target)s.", day=day, target=span(rule["target_seconds"] * 1000))
        else:
            said = _("From %(day)s the figures follow other settings; the target stays.", day=day)
        found.append((rule["from"], said))
    return found


def outage(one: dict, start: str, end: str | None, name: str | None = None) -> str:
    """What was away and when; `name` is the kiosk's, where it is known."""
    what = str(OUTAGES.get(one["kind"], one["kind"]))
    if name:
        what = _("The kiosk “%(name)s” was away", name=name)
    if one["kind"] == "clock_step" or end == start:
        return _("%(what)s, %(start)s.", what=what, start=start)
    if end is None:
        return _("%(what)s from %(start)s, and is still.", what=what, start=start)
    return _("%(what)s from %(start)s to %(end)s.", what=what, start=start, end=end)
