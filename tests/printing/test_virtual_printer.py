"""The printer without paper: the last twenty slips, newest first, also after a restart."""

import io

from PIL import Image, ImageChops

from reception.printing.outcome import Outcome
from reception.printing.slip import draw
from reception.printing.status import Condition
from reception.printing.virtual import VirtualPrinter
from tests.printing.test_slip import a_slip


def page(width: int) -> Image.Image:
    return Image.new("1", (width, 8), 0)


def widths(printer: VirtualPrinter) -> list[int]:
    return [Image.open(io.BytesIO(printer.png(slip.name))).width for slip in printer.slips()]


def test_it_always_prints_and_keeps_the_picture(tmp_path):
    printer, drawn = VirtualPrinter(tmp_path / "lobby"), draw(a_slip())
    assert printer.slips() == []
    assert printer.print(drawn) == Outcome("printed", condition=Condition("ok"))
    (kept,) = printer.slips()
    picture = Image.open(io.BytesIO(printer.png(kept.name))).convert("L")
    assert ImageChops.difference(picture, drawn.convert("L")).getbbox() is None


def test_what_stands_on_a_slip_is_kept_in_words_beside_its_picture(tmp_path):
    printer = VirtualPrinter(tmp_path)
    printer.print(draw(a_slip(language="ur", service=[("ur", "کونسل ٹیکس"), ("en", "Council Tax")], footer=())))
    (kept,) = printer.slips()
    assert kept.language == "ur"
    assert kept.words.splitlines() == [
        "Customer services",
        "A014",
        "کونسل ٹیکس",
        "Council Tax",
        "3 people are ahead of you.",
        "Tue 24 Nov 2026, 10:42",
    ]


def test_the_last_twenty_are_kept_newest_first_also_after_a_restart(tmp_path):
    for width in range(1, 24):
        VirtualPrinter(tmp_path).print(page(width))
    assert widths(VirtualPrinter(tmp_path)) == list(range(23, 3, -1))


def test_a_half_written_slip_is_not_shown(tmp_path):
    printer = VirtualPrinter(tmp_path)
    printer.print(page(1))
    (tmp_path / "000000002.part").write_bytes(b"\x89PNG")
    assert widths(printer) == [1]
    printer.print(page(2))
    assert widths(printer) == [2, 1]


def test_a_name_reaches_no_other_file(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    printer = VirtualPrinter(tmp_path / "lobby")
    printer.print(page(1))
    for name in ("../secret", "secret", "", "9", "1/..", "١", "9" * 300, "9" * 5000):
        assert printer.png(name) is None
    assert printer.png("000000001") is not None
