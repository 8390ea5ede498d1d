"""What docs/accessibility.md says: each criterion with the tests that hold it, and what only a person can tell.

A test claims criteria by its marks, and its own name is the claim, so the statement promises what `make test` checks
and nothing else.
"""

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
MARKS = ("wcag", "en301549")


def criteria() -> dict[str, list[dict]]:
    """Mark -> its criteria, as criteria.toml has them."""
    return tomllib.loads((HERE / "criteria.toml").read_text("utf-8"))


def claims(folder: Path = TESTS) -> dict[tuple[str, str], list[str]]:
    """(mark, number) -> the sentences of the tests that say they hold it, in the order of their files."""
    found = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for claimed in _marks(node):
                    found[claimed].append(sentence(node.name))
    return found


def _marks(test) -> list[tuple[str, str]]:
    calls = [mark for mark in test.decorator_list if isinstance(mark, ast.Call)]
    return [
        (call.func.attr, argument.value)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in MARKS
        for argument in call.args
    ]


def sentence(name: str) -> str:
    """A test's name as the sentence it is: test_a_slip_scans → "A slip scans"."""
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]


def table(mark: str, found: dict[tuple[str, str], list[str]]) -> str:
    """One row a criterion: what is checked at every change, and what a person has still to judge."""
    rows = ["| | criterion | checked at every change | for a person to judge |", "|---|---|---|---|"]
    for one in criteria()[mark]:
        tests = found.get((mark, one["number"]), [])
        no_matter = f"Does not arise. {one['none']}" if "none" in one else "–"
        checked = "<br>".join(f"{test}." for test in tests) or no_matter
        rows.append(f"| {one['number']} | {one['name']} | {checked} | {one.get('person', '')} |")
    return "\n".join(rows)


def statement() -> str:
    found = claims()
    frame = (HERE / "statement.md").read_text("utf-8")
    for mark in MARKS:
        frame = frame.replace(f"{{{mark}}}", table(mark, found))
    return frame
