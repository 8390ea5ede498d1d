"""A published month as a tagged PDF on one sheet (PDF/UA-1), set by typst in a process of its own.

`python -m reception.scorecard.paper` reads the worded page as JSON and writes the PDF; nothing of it stays in the
server's memory. Letters are those of the slips, so languages in other scripts have the page on the screen alone.
"""

import datetime
import json
import subprocess
import sys
from pathlib import Path

from flask_babel import gettext as _

from reception.hours import local
from reception.languages import CATALOGUES
from reception.refusals import Refusal
from reception.scorecard import meanings, words
from reception.web import times
from reception.web.speaking import in_language, said, spoken

HERE = Path(__file__).parent
SHEET = str(HERE / "scorecard.typ")
FONTS = HERE.parent / "printing" / "fonts"
IN_OTHER_SCRIPTS = ("pa", "ur", "ar", "bn", "gu")
TIGHTEST = 5  # of the ways to set it: whatever does not fit then goes on to a second sheet
PAIRS = 2  # of what was said and done; the page shows more
SECONDS = 60  # more than the slowest machine needs


class NoPaper(Refusal):
    """The PDF could not be made; `why` is for the log."""

    def __init__(self, why: str):
        super().__init__("no_paper", status=503)
        self.why = why

    def __str__(self) -> str:
        return self.why


def languages(settings) -> list[str]:
    """Those offered that the paper's letters can write; English where there is none."""
    return [tag for tag in settings.languages if tag not in IN_OTHER_SCRIPTS] or ["en"]


def papers(app, settings):
    """For publishing.py: makes a card's PDFs, in each language that can have one."""

    def made(card: dict, moments: list[int]) -> dict[str, bytes]:
        found = {}
        for tag in languages(settings):
            with app.app_context(), in_language(tag):
                page = page_of(card, moments, settings)
            found[tag] = typeset(page)
        return found

    return made


def typeset(page: dict) -> bytes:
    """The PDF of a worded page. Raises NoPaper."""
    done = subprocess.run(
        [sys.executable, "-m", "reception.scorecard.paper"],
        input=json.dumps(page).encode(),
        capture_output=True,
        timeout=SECONDS,
        cwd=HERE.parent.parent,
        check=False,
    )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NoPaper(done.stderr.decode("utf-8", "replace").strip()[-500:] or "typst made no PDF")
    return done.stdout


def page_of(card: dict, moments: list[int], settings) -> dict:
    """Everything the sheet says, in the language now worded in; `moments` are when it was published, if it was."""
    seen = next((one for one in card["standards"] if one["measure"] == "seen_in_time"), None)
    counts = [one["count"] for one in card["footfall"]["quarters"] if one["count"] is not None]
    target = f"{_('Target')} {words.percent(seen['target'])}" if seen else ""
    return {
        "language": spoken(),
        "region": CATALOGUES[spoken()].locale.partition("_")[2] or None,
        "office": said(card["office_name"]),
        "title": words.title(card),
        "published": published(moments, settings),
        "lead": words.lead(card),
        "further": " ".join(words.further(card)),
        "heads": {
            "promises": _("Our promises"),
            "trend": _("Seen in time, month by month"),
            "quarters": _("When people came"),
            "unknown": _("What these figures do not know"),
            "definitions": _("What the words mean"),
            "said": _("You said, we did"),
        },
        "columns": [_("Promise"), _("Target"), _("Result"), _("How it went"), _("Over the year")],
        "promises": [_row(one) for one in words.promises(card)],
        "trend_says": words.trend_says(card),
        "trend": [
            {"share": one["share"], "label": words.short_month(one["month"] + "-01")} for one in words.seen_trend(card)
        ],
        "target": seen and seen["target"],
        "aim": target,
        "quarters_says": words.quarters_says(card),
        "quarters": [_bar(one) for one in card["footfall"]["quarters"]],
        "most": words.number(max(counts)) if counts else "",
        "said": [
            {"said": f"{_('You said')}: {one['said']}", "did": f"{_('We did')}: {one['did']}"}
            for one in card.get("said_and_done", [])[:PAIRS]
        ],
        "unknown": [*words.unknown(card), words.dash()],
        "definitions": meanings.on_the_sheet(settings.figures.punctual_minutes, card),
        "foot": f"{settings.address}/performance",
        "made_at": moments[-1] // 1000 if moments else None,
    }


def published(moments: list[int], settings) -> str:
    if not moments:
        return _("Not published yet")
    day = times.day(local(moments[-1], settings.zone).date())
    return _("Published on %(day)s", day=day) if len(moments) == 1 else _("Corrected on %(day)s", day=day)


def _row(one: dict) -> dict:
    counted = _("of %(count)s", count=one["of"]) if one["of"] else ""
    between = f" ({one['between']})" if one["between"] else ""
    return {name: one[name] for name in ("promise", "target", "state", "state_words", "year", "note", "result")} | {
        "of": counted + between
    }


def _bar(one: dict) -> dict:
    hour = one["minute"] % 60 == 0
    return {"count": one["count"], "label": f"{one['minute'] // 60:02d}" if hour else ""}


def main() -> None:
    """Reads a worded page, writes its PDF."""
    import typst

    page = json.load(sys.stdin)
    how = {"root": str(HERE), "font_paths": [str(FONTS)], "ignore_system_fonts": True}
    for tight in range(TIGHTEST + 1):
        words_in = {"page": json.dumps(page), "tight": str(tight)}
        found = typst.query(SHEET, "<sheets>", field="value", one=True, sys_inputs=words_in, **how)
        if int(found) == 1:
            break
    made = typst.compile(
        SHEET,
        sys_inputs=words_in,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.datetime.fromtimestamp(page["made_at"] or 0, datetime.UTC),
        **how,
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
