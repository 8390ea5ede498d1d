"""Why somebody is next, in a sentence for staff."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from reception.line import Why

KEPT = _("Kept for you, after %(waited)s.")
LONGEST = _("Has waited longest: %(waited)s.")
CLASSES = {
    "appointment": _("Has an appointment, which counts as %(more)s longer; has waited %(waited)s."),
    "adjustment": _("Has a reasonable adjustment, which counts as %(more)s longer; has waited %(waited)s."),
    "came_back": _("Was called and came back, which counts as %(more)s longer; has waited %(waited)s."),
    "transferred": _("Was sent on, which counts as %(more)s longer; has waited %(waited)s."),
}


def sentence(why: Why) -> str:
    """In the reader's language, such as "Was sent on, which counts as 10 minutes longer; has waited 4 minutes."."""
    told = {"kept_for_you": KEPT, "longest": LONGEST}.get(why.key) or CLASSES[why.klass]
    return str(told) % {"waited": _minutes(why.waited_ms), "more": _minutes(why.head_start_ms)}


def _minutes(milliseconds: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", milliseconds // 60_000)
