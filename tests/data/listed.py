"""The tables and columns as docs/data.md lists them: `python -m tests.data.listed` writes that part of it anew."""

from pathlib import Path

from reception.data.tables import TABLES

DOC = Path(__file__).parents[2] / "docs" / "data.md"
BEGINS = "<!-- The tables, by python -m tests.data.listed -->\n"


def listed() -> str:
    """Everything below the line that says where it comes from."""
    parts = []
    for table in TABLES.values():
        changes = "yes" if table.changes else "no"
        parts.append(
            f"\n### {table.name}\n\n{table.says}\n\n"
            f"Key: {', '.join(f'`{name}`' for name in table.key)}. In a period by when it {WHEN[table.chosen_by]}."
            f" `changed_since`: {changes}.\n\n| column | | |\n|---|---|---|\n"
        )
        for column in table.columns:
            kind = KINDS[column.kind] + ("" if column.always else ", may be empty")
            parts.append(f"| `{column.name}` | {kind} | {column.says} |\n")
    return "".join(parts)


KINDS = {"text": "text", "whole": "whole number", "yes": "1 or 0", "seconds": "seconds", "share": "0 to 1"}
WHEN = {
    "arrived": "arrived",
    "happened": "happened",
    "began": "began",
    "booked": "is booked for",
    "made": "was made",
    "started": "began",
    "warned": "was given",
    "day": "is of",
}

if __name__ == "__main__":
    text = DOC.read_text("utf-8")
    DOC.write_text(text[: text.index(BEGINS) + len(BEGINS)] + listed(), "utf-8")
