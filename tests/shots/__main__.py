"""A picture of every page in every state, for looking at: `make shots` writes shots/NAME-SIZE.png.

With --readme it also makes the pictures that README and docs show, in docs/pictures. They are the real pages of real
servers, one of which has lived a plausible morning. With names of offices, such as `told paper`, it visits only those.
It judges nothing.
"""

import argparse
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.fakes.printer import FakePrinter
from tests.fernleigh import Office, closed, for_weeks, lived, new
from tests.serving import ROOT
from tests.shots.alone import alone
from tests.shots.boards import boards, in_english, in_urdu, in_welsh
from tests.shots.camera import SHOTS
from tests.shots.doors import closed_office, doors, lost, new_office
from tests.shots.feedback import feedback, told
from tests.shots.figures import figures_of_weeks
from tests.shots.kiosks import for_everyone, in_languages, may_not_print, speaking, unsure
from tests.shots.lobby import kiosk, kiosk_appointments
from tests.shots.now import now_closed, now_quiet, now_warned, now_watched, watched
from tests.shots.paper import Papers, paper
from tests.shots.phones import phones
from tests.shots.published import published
from tests.shots.slips import many_languages, slips
from tests.shots.staff import at_work, beside_the_desk, with_a_reference
from tests.shots.staffing import staffed, staffing, too_early
from tests.shots.telling import something_done, telling
from tests.shots.waits import Telling, waits

PICTURES = ROOT / "docs/pictures"
LOUD = ["--autoplay-policy=no-user-gesture-required"]  # as the lobby's own
README = {  # picture: the shot it is made of, its width, and the share of the shot's height that it shows
    "kiosk": ("kiosk-start-1080x1920", 540, 1),
    "ticket": ("kiosk-ticket-1080x1920", 540, 1),
    "board": ("board-several-1920x1080", 900, 1),
    "desk": ("desk-called-1280x800", 900, 1),
    "desk-finish": ("desk-finish-promise-1280x800", 900, 1),
    "figures": ("manage-figures-top-1280x800", 900, 0.828),
    "phone": ("phone-called-360x740", 360, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="also make the README's pictures in docs/pictures")
    parser.add_argument("only", nargs="*", help="offices to visit, by the names that stand in this file; else all")
    asked = parser.parse_args()
    SHOTS.mkdir(exist_ok=True)
    doubtful = FakePrinter("out"), FakePrinter("silent")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        doubtful[0] as printer,
        doubtful[1] as silent,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=LOUD)
        for name, made, *walks in [
            ("lived", lived, kiosk, kiosk_appointments, at_work, beside_the_desk, doors, lost),
            ("weeks", for_weeks, figures_of_weeks, with_a_reference),
            ("watched", watched, now_watched),
            ("quiet", Office, now_quiet),
            ("warned", lived, now_warned),
            ("new", lambda folder: new(folder, printer), new_office),
            ("staffed", staffed, staffing),
            ("too-early", Office, too_early),
            ("published", lived, published),
            ("told", told, feedback),
            ("closed", closed, closed_office, now_closed),
            ("paper", Papers, paper),
            ("everyone", lived, for_everyone),
            ("alone", lived, alone),
            ("speaking", speaking, in_languages),
            ("went", something_done, telling),
            ("unsure", lambda folder: unsure(folder, silent), may_not_print),
            ("boards", in_english, boards),
            ("boards-welsh", in_welsh, boards),
            ("boards-urdu", in_urdu, boards),
            ("waits", Telling, waits),
            ("many-languages", many_languages, slips, phones),
        ]:
            if asked.only and name not in asked.only:
                continue
            office = made(Path(folder) / name)
            try:
                for walk in walks:
                    walk(browser, office)
            finally:
                for context in browser.contexts:
                    context.close()
                office.close()
        browser.close()
    if asked.readme:
        pictures()


def pictures() -> None:
    """The README's, small enough to be looked at from anywhere."""
    PICTURES.mkdir(exist_ok=True)
    for name, (shot, width, share) in README.items():
        picture = Image.open(SHOTS / f"{shot}.png").convert("RGB")
        box = (0, 0, picture.width, round(picture.height * share))
        picture = picture.resize((width, round(box[3] * width / box[2])), Image.Resampling.LANCZOS, box)
        picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            PICTURES / f"{name}.png", optimize=True
        )
        print(f"{name}.png", (PICTURES / f"{name}.png").stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
