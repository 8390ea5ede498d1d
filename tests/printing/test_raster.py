"""The bytes of a slip: the same picture comes out of the printer, blank paper is fed rather than sent."""

import pytest
from PIL import Image, ImageChops

from reception.printing.printers import NetworkPrinter
from reception.printing.raster import bands, slip_bytes
from reception.printing.slip import draw
from tests.fakes.printer import FakePrinter
from tests.printing.test_slip import WIDTHS, a_slip


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_what_was_drawn_is_what_is_printed(dots, dpi, language):
    drawn = draw(a_slip(language=language), dots=dots, dpi=dpi)
    with FakePrinter() as fake:
        fake.dots = dots
        NetworkPrinter(fake.host, fake.port, dpi=dpi).print(drawn)
        (paper,) = fake.wait_for_slips(1)
    assert paper.image.size == drawn.size
    assert ImageChops.difference(paper.image.convert("L"), drawn.convert("L")).getbbox() is None


def test_a_slip_is_at_most_forty_kilobytes():
    assert len(slip_bytes(draw(a_slip()), dpi=203)) <= 40_000
    assert len(slip_bytes(draw(a_slip(), dots=640), dpi=203)) <= 40_000


def test_blank_rows_are_fed_not_sent():
    page = Image.new("1", (576, 1000), 1)
    page.putpixel((3, 500), 0)
    data = slip_bytes(page, dpi=203)
    assert data.count(b"\x1bJ") == 4
    assert len(data) < 60


def test_bands_cover_every_row_once_and_small_printers_can_hold_each():
    page = ImageChops.invert(draw(a_slip()).convert("L")).convert("1")
    found = bands(page)
    assert [top for top, _, _ in found] == [0, *(bottom for _, bottom, _ in found[:-1])]
    assert found[-1][1] == page.height
    assert max(bottom - top for top, bottom, blank in found if not blank) <= 256


def test_a_wholly_black_page_is_sent_in_pieces():
    assert [b - t for t, b, _ in bands(Image.new("1", (64, 600), 1))] == [256, 256, 88]


def test_a_printer_with_a_cutter_cuts_and_one_without_feeds_to_the_tear_bar():
    page = Image.new("1", (384, 20), 0)
    assert slip_bytes(page, dpi=203).endswith(b"\x1dVB\x00")
    assert slip_bytes(page, dpi=203, cutter=False).endswith(b"\x1bJ\x70")


def test_fine_heads_feed_blank_paper_in_steps_of_two_dots():
    page = Image.new("1", (384, 100), 1)
    assert b"\x1dP\x96\x96\x1bJ\x32" in slip_bytes(page, dpi=300)
