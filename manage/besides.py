"""What a day's visits tell besides their waits, counted: why people were sent on or called out of turn, what else was
offered and wanted, and where they were signposted. Pure counting of keys, then words.
"""

from collections import Counter

from flask_babel import gettext as _
from flask_babel import ngettext

from manage.story import reason
from reception.web.parts import Parts


def besides(parts: Parts, notes: list[tuple[str, dict]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """`notes` as `store.notes` gives them; (heading, [(what, how often in words), …]), the most frequent first."""
    settings = parts.settings
    sent_on, out_of_turn, signposts = Counter(), Counter(), Counter()
    offered, wanted = Counter(), Counter()
    for step, note in notes:
        if step == "transferred" and "reason" in note:
            sent_on[note["reason"]] += 1
        out_of_turn.update([note["out_of_turn"]] if "out_of_turn" in note else [])
        signposts.update(note.get("signposts", []))
        if step == "offered":
            offered[note["service"]] += 1
            wanted[note["service"]] += bool(note["wanted"])
    known = {key: part.name for key, part in (settings.service | settings.signpost).items()}
    sent_on.pop("to_come", None)  # the next of several services was never a matter of reasons
    groups = [
        (_("Sent on"), [(reason(parts, "transfer", key), _times(n)) for key, n in sent_on.most_common()]),
        (
            _("Called out of turn"),
            [(reason(parts, "out_of_turn", key), _times(n)) for key, n in out_of_turn.most_common()],
        ),
        (_("Also offered"), [(known.get(key, key), _offers(n, wanted[key])) for key, n in offered.most_common()]),
        (_("Others who can help"), [(known.get(key, key), _times(n)) for key, n in signposts.most_common()]),
    ]
    return [(heading, rows) for heading, rows in groups if rows]


def _times(count: int) -> str:
    return ngettext("%(num)d time", "%(num)d times", count)


def _offers(offered: int, wanted: int) -> str:
    return _("%(times)s, wanted %(wanted)s", times=_times(offered), wanted=wanted)
