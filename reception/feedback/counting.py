"""What is counted of feedback: complaints answered in time, stage by stage, and what people tell about, by month and
theme. Rows in, numbers out; no text is read.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from reception.feedback.life import KINDS, WITHDRAWN
from reception.feedback.rates import rate
from reception.feedback.rows import Feedback, SaidAndDone, Stage


def counts(store, office: str, first: date, last: date, today: date) -> dict[str, dict]:
    """Of the complaints whose answer was due in the period: `{stage1, stage2, stage2_acknowledged: {met, n}}`, and
    `put_right`, how many were put right on the spot. Due is what was said first: putting an
    answer off keeps no promise. What nobody has answered yet counts once its day is before `today`."""
    stages = store.things(Stage, office, "AND promised_on BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
    said = store.things(Stage, office, "AND acknowledge_on BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
    withdrawn = {one.id for one in store.things(Feedback, office, "AND state = ?", (WITHDRAWN,))}
    found = {
        f"stage{number}": _share(((one.answered_on, one.promised_on) for one in _of(stages, number, withdrawn)), today)
        for number in (1, 2)
    }
    acknowledged = ((one.acknowledged_on, one.acknowledge_on) for one in _of(said, 2, withdrawn))
    at_once = store.things(
        Feedback,
        office,
        "AND made_on BETWEEN ? AND ? AND kind = 'complaint' AND state = 'put_right' AND stage = 0",
        (first.isoformat(), last.isoformat()),
    )
    return {**found, "stage2_acknowledged": _share(acknowledged, today), "put_right": len(at_once)}


def _of(stages: Iterable[Stage], number: int, withdrawn: set[str]) -> list[Stage]:
    """One withdrawn before it was answered was promised nothing any more."""
    return [one for one in stages if one.stage == number and not (one.feedback in withdrawn and not one.answered_at)]


def _share(pairs: Iterable[tuple[str | None, str]], today: date) -> dict[str, int]:
    over = today.isoformat()
    judged = [done is not None and done <= promised for done, promised in pairs if done or promised < over]
    return {"met": sum(judged), "n": len(judged)}


def by_month(rows: Iterable[Feedback], visits: dict[str, int]) -> list[dict]:
    """Each month that `visits` names (month -> how many came): how many of each kind, and the `rate` of complaints."""
    found = Counter((one.made_on[:7], one.kind) for one in rows)
    return [
        {
            "month": month,
            "visits": came,
            **{kind: found[month, kind] for kind in KINDS},
            "rate": rate(found[month, "complaint"], came),
        }
        for month, came in sorted(visits.items())
    ]


def by_theme(rows: Iterable[Feedback], themes: Iterable[str]) -> list[dict]:
    """How many of each kind are about each theme, those without one last; most complaints first."""
    found = Counter((one.theme, one.kind) for one in rows)
    known = [*themes, *sorted({theme for theme, _kind in found if theme} - set(themes)), None]
    table = [{"theme": theme, **{kind: found[theme, kind] for kind in KINDS}} for theme in known]
    return sorted(table, key=lambda row: (row["theme"] is None, -row["complaint"]))


def said_and_done(store, office: str, limit: int = 5, until: int = 1 << 62) -> list[dict[str, str]]:
    """What is before the public: `{said, did, theme, shown_at}`, the newest first; only what was there before `until`
    (UTC ms)."""
    where = "AND shown_at < ? AND hidden_at IS NULL ORDER BY shown_at DESC, id DESC LIMIT ?"
    rows = store.things(SaidAndDone, office, where, (until, limit))
    texts = store.particulars(office, [row.id for row in rows])
    return [
        {"said": told["said"], "did": told["did"], "theme": row.theme, "shown_at": row.shown_at}
        for row in rows
        if (told := texts.get(row.id))
    ]
