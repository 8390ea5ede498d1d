"""What the scorecard reads and keeps, as rows of the store: figures from elsewhere, and what was published."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """What another system counted in a month: `met` of `counted`, or only a `value` in percent."""

    measure: str
    month: str
    met: int | None
    counted: int | None
    value: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """One version of what the public was shown of a month."""

    month: str
    version: int
    at: int
    by: str
    card: dict


class ScorecardRows:
    """The store's half of the scorecard."""

    def imported_figures(self, office: str, first: str = "", last: str = "9999", *, turn: bool = False) -> list:
        """Of these months ("2026-10"), in order."""
        connection = self._writer if turn else self.reader
        rows = connection.execute(
            "SELECT measure, month, met, counted, value, source FROM imported_figures"
            " WHERE office = ? AND month BETWEEN ? AND ? ORDER BY month, measure",
            (office, first, last),
        )
        return [Imported(*row) for row in rows.fetchall()]

    def save_imported(self, office: str, one: Imported, at: int, by: str) -> None:
        """In a turn: what it says of this month takes the place of what was said before."""
        self._writer.execute(
            "INSERT OR REPLACE INTO imported_figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (office, one.measure, one.month, one.met, one.counted, one.value, one.source, at, by),
        )

    def months_published(self, office: str) -> list[tuple[str, int, int, int]]:
        """(month, how many versions, first published when, newest when), the newest month first."""
        rows = self.reader.execute(
            "SELECT month, count(*), min(at), max(at) FROM published WHERE office = ? GROUP BY month"
            " ORDER BY month DESC",
            (office,),
        )
        return rows.fetchall()

    def published(self, office: str, month: str | None = None, *, turn: bool = False) -> Published | None:
        """The newest version of a month; of the newest month where none is named."""
        connection = self._writer if turn else self.reader
        row = connection.execute(
            "SELECT month, version, at, by, card FROM published WHERE office = ?"
            + (" AND month = ?" if month else "")
            + " ORDER BY month DESC, version DESC LIMIT 1",
            (office, month) if month else (office,),
        ).fetchone()
        return Published(*row[:4], json.loads(row[4])) if row else None

    def versions(self, office: str, month: str) -> list[tuple[int, int]]:
        """(version, published when), the first first."""
        rows = self.reader.execute(
            "SELECT version, at FROM published WHERE office = ? AND month = ? ORDER BY version", (office, month)
        )
        return rows.fetchall()

    def published_paper(self, office: str, month: str, version: int, language: str) -> bytes | None:
        row = self.reader.execute(
            "SELECT pdf FROM published_papers WHERE office = ? AND month = ? AND version = ? AND language = ?",
            (office, month, version, language),
        ).fetchone()
        return row and row[0]

    def save_published(self, office: str, one: Published, papers: dict[str, bytes]) -> None:
        """In a turn: a version that is there stays as it is."""
        card = json.dumps(one.card, ensure_ascii=False, separators=(",", ":"))
        self._writer.execute(
            "INSERT INTO published VALUES (?, ?, ?, ?, ?, ?)", (office, one.month, one.version, one.at, one.by, card)
        )
        self._writer.executemany(
            "INSERT INTO published_papers VALUES (?, ?, ?, ?, ?)",
            [(office, one.month, one.version, language, pdf) for language, pdf in papers.items()],
        )
