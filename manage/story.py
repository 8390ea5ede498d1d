"""A visit's story: each of its steps in words, in order. It looks up names alone, and tells nothing of a person."""

from dataclasses import dataclass

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from manage import words
from manage.ruled import listed
from reception import hours
from reception.settings import Settings
from reception.stepping import TIMES
from reception.store import Step
from reception.web.parts import Parts
from reception.web.warning_words import in_story

# Steps whose words never differ. The others have a function each: `WORDED`, below.
PLAIN = {
    "recalled": _l("Called again"),
    "started": _l("Was there, and helping began"),
    "no_show": _l("Was not there"),
    "acknowledged": _l("Was told the number"),
    "print_confirmed": _l("The ticket was printed"),
    "slip_came": _l("The visitor said that the slip came out"),
    "slip_missing": _l("The visitor said that no slip came out"),
    "returned": _l("Put back in the line"),
    "reinstated": _l("Came back, and is in the line again"),
    "told_here": _l("Said on their phone that they are here"),
    "times_flagged": _l("Somebody said that these times are wrong"),
    "kept_for_another": _l("Is kept for whoever sits at that desk now"),
    "appointment_arrived": _l("The appointment counts as attended"),
    "appointment_freed": _l("The appointment may be checked in again"),
    "promise_kept": _l("What was promised is done"),
    "promise_withdrawn": _l("What was promised is no longer needed"),
}
OUTCOMES = {
    "resolved": _l("resolved here"),
    "passed_on": _l("passed on"),
    "appointment_made": _l("appointment made"),
    "signposted": _l("signposted"),
    "not_ours": _l("not the council’s"),
    "left": _l("left"),
}
CLASSES = {
    "appointment": _l("an appointment"),
    "came_back": _l("somebody who came back"),
    "transferred": _l("somebody sent on"),
}
KINDS = {
    "needs": _l("needs"),
    "language": _l("language"),
    "remark": _l("a remark"),
    "note": _l("a private note"),
    "said": _l("what the next receptionist should know"),
    "name": _l("a name"),
    "matter": _l("that it was about a matter with a reference"),
    "what": _l("what was promised"),
    "contact": _l("whom to ring"),
}
FIELDS = {
    "arrived_at": _l("Came"),
    "first_called_at": _l("First called"),
    "seen_at": _l("Seen"),
    "ended_at": _l("Ended"),
}

WHY_LATER = {
    "desk_closed": _l("A desk had closed, or was on a break."),
    "booked_came": _l("Somebody with an appointment came."),
    "others_first": _l("Somebody else was to be seen first."),
    "longer_visits": _l("Visits took longer than usual."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A step as it is told: `more` are further sentences, such as what a corrected time was before."""

    step: str
    at: int
    words: str
    by: str
    desk: str | None
    more: tuple[str, ...] = ()


def story(parts: Parts, steps: list[Step]) -> list[Told]:
    """The steps (oldest first) in words."""
    found = []
    for step in steps:
        words, *more = _words(parts, step, found, steps)
        if recorded := _recorded(step):
            more.append(_("Recorded: %(what)s.", what=recorded))
        found.append(Told(step.step, step.at, words, step.by, step.desk, tuple(more)))
    return found


def moment(at: int | None, settings: Settings, *, seconds: bool = False) -> str:
    """ "10:02" by the office's clock; with `seconds` "10:02:30"."""
    shape = "HH:mm:ss" if seconds else "HH:mm"
    return format_datetime(hours.local(at, settings.zone), shape, rebase=False) if at is not None else "–"


def _words(parts: Parts, step: Step, before: list[Told], steps: list[Step]) -> list[str]:
    if step.step in PLAIN:
        return [str(PLAIN[step.step])]
    if step.step == "undone":
        taken = next((told.words for told, other in zip(before, steps, strict=False) if other.press == step.undoes), "")
        return [_("Taken back: %(what)s", what=taken) if taken else _("The step before was taken back")]
    worded = WORDED.get(step.step)
    # A step that a later Reception took is told by its name rather than not at all.
    return worded(parts, step) if worded else [step.step.replace("_", " ").capitalize()]


# -- the steps whose words differ: each gives its sentence, and further ones ------------------------------------------


def _issued(parts: Parts, step: Step) -> list[str]:
    values = {"number": _new(step, "number"), "service": _for(parts, step)}
    got = _("Got the number %(number)s for %(service)s", **values)
    note = step.note or {}
    if "alone" not in note:
        return [got]
    time = moment(_new(step, "arrived_at"), parts.settings)
    given = _("A kiosk without the server gave it at %(time)s, and told us now.", time=time)
    return [got, given, *([_("Its clock was not sure of the time.")] if "about" in note else [])]


def _renumbered(parts: Parts, step: Step) -> list[str]:
    before, after = step.changes["number"]
    return [
        _(
            "Has the number %(after)s instead of %(before)s: a kiosk that did not hear our answer gave it.",
            after=after,
            before=before,
        )
    ]


def _checked_in(parts: Parts, step: Step) -> list[str]:
    values = {"number": _new(step, "number"), "service": _for(parts, step)}
    time = moment(_new(step, "booked_at"), parts.settings)
    return [_("Checked in for %(service)s at %(time)s, with the number %(number)s", time=time, **values)]


def _called(parts: Parts, step: Step) -> list[str]:
    note = step.note or {}
    if "out_of_turn" in note:
        return [_("Called out of turn: %(reason)s", reason=reason(parts, "out_of_turn", note["out_of_turn"]))]
    if note.get("because") in CLASSES:
        return [_("Called, with the head start of %(whom)s", whom=str(CLASSES[note["because"]]))]
    return [_("Called")]


def _held(parts: Parts, step: Step) -> list[str]:
    settings, note = parts.settings, step.note or {}
    words = _("On hold until %(time)s", time=moment(_new(step, "held_until"), settings))
    room = next((room.name for room in settings.rooms if room.key == _new(step, "room")), None)
    words = f"{words}, {room}" if room else words
    return [f"{words}: {reason(parts, 'hold', note['reason'])}" if "reason" in note else words]


def _resumed(parts: Parts, step: Step) -> list[str]:
    return [_("The hold was over") if step.by == "system" else _("Back from hold")]


def _transferred(parts: Parts, step: Step) -> list[str]:
    note = (step.note or {}).get("reason")
    if note == "to_come":
        return [_("This part was finished; the next is %(service)s", service=_for(parts, step))]
    words = _("Sent on to %(service)s", service=_for(parts, step)) if "service" in step.changes else _("Sent on")
    words = f"{words}: {reason(parts, 'transfer', note)}" if note else words
    return [words, *_reckoned(parts, step)]


def _completed(parts: Parts, step: Step) -> list[str]:
    if _new(step, "ended_inferred"):
        return [_("Nobody pressed Finish, so the day’s end did: a guess")]
    outcome = _new(step, "outcome")
    words = _("Finished: %(outcome)s", outcome=str(OUTCOMES[outcome])) if outcome in OUTCOMES else _("Finished")
    return [words, *_reckoned(parts, step)]


def _left(parts: Parts, step: Step) -> list[str]:
    guess = _("Still here when the day ended, so counted as left: a guess")
    return [guess if _new(step, "ended_inferred") else _("Left")]


def _cancelled(parts: Parts, step: Step) -> list[str]:
    why = (step.note or {}).get("reason")
    return [_("Cancelled: %(reason)s", reason=reason(parts, "cancel", why)) if why else _("Cancelled")]


def _noted(parts: Parts, step: Step) -> list[str]:
    if "party" in step.changes:
        return [_("Party of %(num)s", num=_new(step, "party"))]
    return [_("Something was noted")]


def _recorded(step: Step) -> str:
    """What of a person was recorded by this step, never what it said."""
    kinds = [str(KINDS[kind]) for kind in (step.note or {}).get("recorded", []) if kind in KINDS]
    return listed(kinds) if kinds else ""


def _planned(parts: Parts, step: Step) -> list[str]:
    further = [leg.partition("@")[0] for leg in (_new(step, "to_come") or "").split()]
    names = listed([_service(parts, key) for key in further])
    return [_("Wants further: %(services)s", services=names) if further else _("Wants nothing further")]


def _offered(parts: Parts, step: Step) -> list[str]:
    note = step.note or {}
    service = _service(parts, note.get("service", ""))
    if note.get("wanted"):
        return [_("Was offered %(service)s, and wants it", service=service)]
    return [_("Was offered %(service)s", service=service)]


def _reprinted(parts: Parts, step: Step) -> list[str]:
    key = (step.note or {}).get("printer")
    printer = parts.settings.printer.get(key)
    return [_("The slip was printed again: %(printer)s", printer=printer.name if printer else key)]


def _told_late(parts: Parts, step: Step) -> list[str]:
    until = moment(_new(step, "late_until"), parts.settings)
    return [_("Said on their phone that they come later: the place is kept until %(time)s", time=until)]


def _told(parts: Parts, step: Step) -> list[str]:
    by_at = step.changes["said_by_at"]
    by_time = moment(by_at[1], parts.settings)
    if by_at[0] is None:
        return [_("Told to expect the call by %(time)s", time=by_time)]
    if by_at[1] < by_at[0]:
        return [_("Told that it is sooner than was said: by %(time)s", time=by_time)]
    why = WHY_LATER.get((step.note or {}).get("why"))
    return [_("Told that it is later than was said: by %(time)s", time=by_time), *([str(why)] if why else [])]


def _promised(parts: Parts, step: Step) -> list[str]:
    values = {"reference": _new(step, "reference"), "day": words.day(_new(step, "due_on"))}
    return [_("Promised by %(day)s, reference %(reference)s", **values)]


def _promise_changed(parts: Parts, step: Step) -> list[str]:
    why = reason(parts, "change", (step.note or {}).get("reason", ""))
    if "due_on" in step.changes:
        return [_("Promised by %(day)s instead: %(reason)s", day=words.day(_new(step, "due_on")), reason=why)]
    return [_("What was promised has changed: %(reason)s", reason=why)]


def _corrected(parts: Parts, step: Step) -> list[str]:
    changed = [name for name in TIMES if name in step.changes]
    if not changed:
        return [_("Looked at these times: they are right")]
    return [_("Corrected the times"), *(_correction(parts, step, name) for name in changed)]


def _correction(parts: Parts, step: Step, name: str) -> str:
    was, now = (moment(at, parts.settings, seconds=True) for at in step.changes[name])
    return _("%(what)s at %(now)s; before, it said %(was)s.", what=str(FIELDS[name]), now=now, was=was)


def _warning(parts: Parts, step: Step) -> list[str]:
    return in_story(parts.settings, {name: new for name, (_old, new) in step.changes.items()})


WORDED = {
    "reprinted": _reprinted,
    "issued": _issued,
    "checked_in": _checked_in,
    "renumbered": _renumbered,
    "called": _called,
    "held": _held,
    "resumed": _resumed,
    "transferred": _transferred,
    "completed": _completed,
    "left": _left,
    "cancelled": _cancelled,
    "noted": _noted,
    "planned": _planned,
    "offered": _offered,
    "told_late": _told_late,
    "told": _told,
    "promised": _promised,
    "promise_changed": _promise_changed,
    "corrected": _corrected,
    "warned": _warning,
    "warning_over": _warning,
}


# -- helpers ---------------------------------------------------------------------------------------------------------


def reason(parts: Parts, kind: str, key: str) -> str:
    """A reason in the office's words; its key, where the settings no longer have it."""
    return next((one.name for one in getattr(parts.settings.reasons, kind) if one.key == key), key)


def _reckoned(parts: Parts, step: Step) -> list[str]:
    if not _new(step, "seen_inferred"):
        return []
    return [
        _("Nobody pressed Start: seen is reckoned as %(time)s.", time=moment(_new(step, "seen_at"), parts.settings))
    ]


def _new(step: Step, field: str):
    return step.changes.get(field, [None, None])[1]


def _for(parts: Parts, step: Step) -> str:
    return _service(parts, _new(step, "service") or "")


def _service(parts: Parts, key: str) -> str:
    return parts.settings.service[key].name if key in parts.settings.service else key
