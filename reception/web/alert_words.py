"""An alert in a sentence, for screens and for mail. It names no visitor and no colleague."""

from flask_babel import gettext as _
from flask_babel import ngettext

from reception.web.saying import service_name


def sentence(settings, threshold, subject: str, value: float, troubles: list[dict] = ()) -> str:
    """What is the matter, with the value as it is; `troubles` are the devices', in words."""
    count = int(value)
    match threshold.what:
        case "waiting":
            said = ngettext("%(num)d person is waiting", "%(num)d people are waiting", count)
        case "longest_wait":
            said = ngettext("Somebody has waited %(num)d minute", "Somebody has waited %(num)d minutes", count)
        case "at_risk":
            said = ngettext(
                "%(num)d person is about to wait too long", "%(num)d people are about to wait too long", count
            )
        case "late":
            said = ngettext(
                "%(num)d person waits longer than promised", "%(num)d people wait longer than promised", count
            )
        case "paused":
            return _paused(settings, subject, max(1, count))
        case "desks_open":
            return (
                ngettext("Only %(num)d desk is open.", "Only %(num)d desks are open.", count)
                if count
                else _("No desk is open.")
            )
        case "share":
            return _("Only %(share)s%% were seen in time today.", share=count)
        case "device":
            return _device(subject, troubles)
    of = service_name(subject, settings) if subject else ""
    return _("%(said)s for %(service)s.", said=said, service=of) if of else f"{said}."


def _paused(settings, desk: str, minutes: int) -> str:
    named = settings.desk_named.get(desk)
    return ngettext(
        "%(desk)s has been paused for %(num)d minute.",
        "%(desk)s has been paused for %(num)d minutes.",
        minutes,
        desk=named.name if named else desk,
    )


def _device(key: str, troubles) -> str:
    found = next((one for one in troubles if one["key"] == key), None)
    return f"{found['where']}: {found['matter']}" if found else _("A device needs somebody.")
