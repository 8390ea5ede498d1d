"""Finds the Chromium the tests drive, and, run as a module, gets one where there is none.

Debian's Chromium is preferred to a download. `make test` runs it before pytest; it will not change a machine that has a
browser, and installs a Debian package only as root.
"""

import functools
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@functools.cache
def chromium() -> str | None:
    """Path of the Chromium to hand Playwright as `executable_path`; None lets Playwright use its own download.

    `RECEPTION_CHROMIUM` comes first. Raises SystemExit if that names something which does not run.
    """
    if named := os.environ.get("RECEPTION_CHROMIUM"):
        if _runs(named):
            return named
        sys.exit(f"RECEPTION_CHROMIUM names {named}, and that does not run. Correct it, or unset it.")
    return next((path for name in NAMES if (path := shutil.which(name)) and _runs(path)), None)


def _runs(path: str) -> bool:
    # Ubuntu's chromium-browser may be a script that only advertises a snap, so being there is not enough.
    try:
        done = subprocess.run(
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _tried(*command: str) -> bool:
    print("No Chromium here; trying:", *command, file=sys.stderr, flush=True)
    how = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdin=subprocess.DEVNULL, env=how, check=False).returncode == 0


def get_chromium() -> None:
    """Make sure there is a Chromium: one that is there, else Debian's package (as root), else Playwright's own."""
    if chromium():
        return
    if _is_root() and shutil.which("apt-get"):
        # Stale lists are the usual reason for a failed install, and an unreachable mirror may still leave good lists.
        _tried("apt-get", "update", "-qq")
        _tried("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
        chromium.cache_clear()
        if chromium():
            return
    if _playwrights_own():
        return
    wanted = ["chromium", "--with-deps"] if _is_root() else ["chromium"]
    if not _tried(sys.executable, "-m", "playwright", "install", *wanted):
        sys.exit(
            "The tests need Chromium, and none could be found or installed. "
            "As root: apt install chromium    Or name one: RECEPTION_CHROMIUM=/path/to/chromium make test"
        )


if __name__ == "__main__":
    get_chromium()
