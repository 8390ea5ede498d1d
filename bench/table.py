"""The bench's table: each bar, what was measured, and whether it holds. Written into docs/performance.md on request."""

import argparse
import platform
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.measures import Lobby, share
from bench.servers import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True)
class Row:
    what: str
    bar: str
    measured: str
    held: bool
    other: float = 0.0  # cores that everything else on the machine kept busy meanwhile


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds >= 0.0099 else f"{seconds * 1000:.2f} ms"


def compared(
    what: str,
    bar: str,
    ours: list[float],
    theirs: list[float],
    *,
    of: float,
    times: float,
    whose: str = "bare",
    within: float = float("inf"),
) -> Row:
    """A percentile of ours beside the same of theirs: at most `times` as long, and at most `within` seconds."""
    mine, other = share(ours, of), share(theirs, of)
    measured = f"**{mine / other:.2f}×** ({ms(mine)}, {whose} {ms(other)})"
    return Row(what, bar, measured, mine <= times * other and mine < within)


def rates(what: str, bar: str, ours: Lobby, theirs: Lobby, *, least: float, whose: str = "bare") -> Row:
    ratio = ours.rate() / theirs.rate()
    measured = f"**{ratio:.2f}** of it ({ours.rate():.0f}/s, {whose} {theirs.rate():.0f}/s)"
    return Row(what, bar, measured, ratio >= least)


def limited(what: str, bar: str, value: float, limit: float, *, unit: Callable[[float], str], more: str = "") -> Row:
    return Row(what, bar, f"**{unit(value)}**{more}", value <= limit)


def markdown(rows: list[Row], *, about: list[str]) -> str:
    words = {True: "yes", False: "**no**"}
    lines = ["| | bar | measured | held | other load, cores |", "|---|---|---|---|---|"]
    lines += [f"| {row.what} | {row.bar} | {row.measured} | {words[row.held]} | {row.other:.1f} |" for row in rows]
    return "\n".join([*lines, "", *about])


def machine() -> str:
    """Where it was measured, without naming anybody's machine."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("flask", "flask-socketio", "gevent"))
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, {psutil.cpu_count()} cores ({platform.machine()}),"
        f" {psutil.virtual_memory().total / 2**30:.0f} GB; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {packages}."
    )


def alone(name: str, what: str, measure: Callable[[int], list[Row]], about: str, **option: int) -> int:
    """One part of the bench by itself: `python -m bench.NAME` with one option, a number. What it measured, and the
    status to end with."""
    ((key, default),) = option.items()
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=what.splitlines()[0])
    parser.add_argument(f"--{key}", type=int, default=default)
    rows = measure(getattr(parser.parse_args(), key))
    print(markdown(rows, about=[about]))
    return 0 if all(row.held for row in rows) else 1


def write(text: str, page: Path = PAGE, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Puts the table between the page's two marks."""
    begin, end = marks
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise SystemExit(f"{page} has no marks to write between.")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
