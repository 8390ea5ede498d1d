"""The letters of a complaint: that it is here, that the answer takes longer and why, and the answer of each stage.

They are made anew from what was recorded, as often as somebody asks, and are kept nowhere. Nothing is sent from here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from reception.feedback.life import taken_back
from reception.feedback.rows import Feedback, Stage
from reception.hours import day_of
from reception.reading import Step
from reception.web import times
from reception.web.speaking import said

FOUND = {
    "upheld": lazy_gettext("We agree with your complaint: something went wrong."),
    "partly": lazy_gettext("We agree with a part of your complaint."),
    "not_upheld": lazy_gettext("We have looked into your complaint, and we do not agree with it."),
    "no_finding": lazy_gettext("We have looked into your complaint, and we could not find out what happened."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Which letter it is, and what it says besides words that are always the same. Days are ISO dates of the office.
    `words` names the text that somebody wrote for it (a kind of particulars)."""

    kind: str  # acknowledged, extended, answered, put_right
    stage: int
    written_on: str
    asked_on: str  # when the complaint came, or was taken to this stage
    answer_on: str
    before: str | None = None  # the day that was said before it was put off
    time: int = 1  # the first, second … time that the answer was put off
    finding: str | None = None
    words: str | None = None

    @property
    def key(self) -> str:
        """What its address ends with."""
        return f"{self.kind}-{self.stage}" + (f"-{self.time}" if self.kind == "extended" else "")


@dataclass(frozen=True, slots=True)
class Page:
    """A letter in words: its head, title and paragraphs. Those marked are in the words of whoever wrote them."""

    office: str
    day: str
    reference: str
    title: str
    paragraphs: tuple[tuple[str, bool], ...]  # (the text, whether somebody wrote it)

    @property
    def text(self) -> str:
        """As it goes into an e-mail."""
        head = f"{self.office}\n{self.day}\n{self.reference}"
        return "\n\n".join([head, self.title, *(words for words, _written in self.paragraphs)]) + "\n"


def letters_of(stages: Iterable[Stage], steps: Iterable[Step], zone) -> list[Letter]:
    """Every letter there is of a complaint, in the order in which they were written; `steps` are those about it. What
    was taken back has none."""
    stages, steps = list(stages), list(steps)
    undone = taken_back(steps)
    found = [letter for stage in stages if (letter := _acknowledgement(stage, zone))]
    by_stage, times_extended, number = {stage.stage: stage for stage in stages}, Counter(), 1
    for step in (one for one in steps if one.press not in undone):
        if step.step == "feedback_escalated":
            number = step.changes["stage"][1]
        elif step.step in ("feedback_extended", "feedback_answered", "feedback_put_right") and number in by_stage:
            times_extended[number] += step.step == "feedback_extended"
            found.append(_of_step(step, by_stage[number], times_extended[number], zone))
    return sorted(found, key=lambda letter: (letter.stage, letter.written_on))


def page_of(letter: Letter, feedback: Feedback, told: dict[str, str], settings) -> Page:
    """The letter in the language that is now worded in; `told` are the texts of the complaint, those still kept. Where
    its own is deleted, it says so on paper, too."""
    title, *paragraphs = WORDED[letter.kind](letter, settings)
    words = told.get(letter.words, "") if letter.words else ""
    written = [(text, True) for text in words.splitlines() if text.strip()]
    if letter.words and not written:
        written = [(_("The words that stood here have been deleted."), False)]
    told_where, shown = 1 + (letter.kind != "put_right"), [(text, False) for text in paragraphs if text]
    return Page(
        office=said(settings.office.name),
        day=times.day(date.fromisoformat(letter.written_on)),
        reference=_("Your reference is %(reference)s.", reference=feedback.reference),
        title=title,
        paragraphs=(*shown[:told_where], *written, *shown[told_where:]),
    )


# -- which there are -------------------------------------------------------------------------------------------------


def _acknowledgement(stage: Stage, zone) -> Letter | None:
    """None where the answer came first, and was the first word."""
    if not stage.acknowledged_at or stage.acknowledged_at == stage.answered_at:
        return None
    began = day_of(stage.began_at, zone)
    return Letter("acknowledged", stage.stage, stage.acknowledged_on, began, stage.promised_on)


def _of_step(step: Step, stage: Stage, time: int, zone) -> Letter:
    on, began = day_of(step.at, zone), day_of(stage.began_at, zone)
    if step.step == "feedback_extended":
        before, after = step.changes["answer_on"]
        words = f"reason {stage.stage}.{time}"
        return Letter("extended", stage.stage, on, began, after, before=before, time=time, words=words)
    if step.step == "feedback_put_right":
        return Letter("put_right", stage.stage, on, began, stage.answer_on, words="done")
    words = f"answer {stage.stage}"
    return Letter("answered", stage.stage, on, began, stage.answer_on, finding=step.note["finding"], words=words)


# -- what they say: the title, then paragraphs; what somebody wrote comes after the second, of "put right" the first -


def _acknowledged(letter: Letter, settings) -> list[str]:
    return [
        _("We have your complaint") if letter.stage == 1 else _("We are looking at your complaint again"),
        _asked(letter),
        _("We will answer you by the end of %(day)s.", day=_day(letter.answer_on)),
        _("If you want to tell us more, or need this letter in another way, tell us your reference at any desk."),
    ]


def _extended(letter: Letter, settings) -> list[str]:
    before, day = _day(letter.before), _day(letter.answer_on)
    return [
        _("Our answer to your complaint takes longer"),
        _asked(letter),
        _("We said that we would answer you by the end of %(day)s. We need longer, for this reason:", day=before),
        _("We will now answer you by the end of %(day)s.", day=day),
        _ombudsman(settings, lazy_gettext("If you are not content with this, you can ask %(ombudsman)s.")),
    ]


def _answered(letter: Letter, settings) -> list[str]:
    return [
        _("Our answer to your complaint"),
        _asked(letter),
        str(FOUND[letter.finding]),
        *_what_next(letter, settings),
    ]


def _put_right(letter: Letter, settings) -> list[str]:
    return [
        _("What you told us about is put right"),
        _("You complained to us on %(day)s. This is what we have done:", day=_day(letter.asked_on)),
        *_what_next(letter, settings),
    ]


WORDED = {"acknowledged": _acknowledged, "extended": _extended, "answered": _answered, "put_right": _put_right}


def _asked(letter: Letter) -> str:
    if letter.stage == 1:
        return _("You complained to us on %(day)s.", day=_day(letter.asked_on))
    return _("On %(day)s you asked us to look at your complaint again.", day=_day(letter.asked_on))


def _what_next(letter: Letter, settings) -> list[str]:
    """Where whoever is not content can go: to the next stage; after the last, to the ombudsman."""
    stages = settings.feedback.days
    if letter.stage < len(stages):
        asks = _("If you are not content with this, tell us, with your reference. We will then look at it again.")
        return [asks, _within(stages[letter.stage].answer)]
    last = _("This was our last answer.")
    asks = _ombudsman(
        settings, lazy_gettext("If you are not content with it, you can ask %(ombudsman)s to look at it.")
    )
    return [f"{last} {asks}" if asks else last]


def _within(days: int) -> str:
    return ngettext(
        "You would have our answer within %(num)d working day.",
        "You would have our answer within %(num)d working days.",
        days,
    )


def _ombudsman(settings, sentence) -> str:
    """The sentence with who it is and how they are reached; nothing where the settings name nobody."""
    whom = settings.feedback.ombudsman
    if not whom.name:
        return ""
    ways = [way for way in (whom.phone, whom.web) if way]
    named = f"{said(whom.name)} ({', '.join(ways)})" if ways else said(whom.name)
    return str(sentence) % {"ombudsman": named}


def _day(day: str) -> str:
    return times.day(date.fromisoformat(day))
