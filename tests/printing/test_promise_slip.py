"""The slip of what happens next: as long as its text, everything that matters whole, on every width of paper."""

import pytest
import zxingcpp
from PIL import Image, ImageChops

from reception.printing.letters import Letters
from reception.printing.page import EDGE, wrapped
from reception.printing.raster import slip_bytes
from reception.printing.slip import PromiseSlip, draw
from tests.printing.test_slip import URL, WIDTHS, ink

LONGEST = ("We have asked the benefits team to look again at the date from which your help with rent begins. " * 5)[
    :500
]
SIGNPOST = ("Citizens Advice", "0800 000 0001", "Monday to Friday, 9 am to 5 pm")


def a_promise(**changes) -> PromiseSlip:
    return PromiseSlip(
        **{
            "office": "Fernleigh Council",
            "heading": "What happens next",
            "what": "We will write to you about your discount.",
            "by_when": "By Wednesday 2\N{NO-BREAK SPACE}December 2026",
            "reference_heading": "Your reference",
            "reference": "261123-001",
            "contact": ("Council Tax officer", "01632 960 101", "counciltax@fernleigh.example"),
            "footer": ("Scan to see when it is done.",),
            "url": URL,
            "issued_line": "Mon 23 Nov 2026, 10:42",
        }
        | changes
    )


def rows_of_ink(image: Image.Image) -> int:
    paper = ImageChops.invert(image.convert("L"))
    return sum(paper.crop((0, row, paper.width, row + 1)).getbbox() is not None for row in range(paper.height))


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_a_phone_reads_the_code_beside_the_longest_text(dots, dpi):
    found = zxingcpp.read_barcodes(draw(a_promise(what=LONGEST), dots=dots, dpi=dpi).convert("L"))
    assert [code.text for code in found] == [URL]


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
@pytest.mark.parametrize("part", ["what", "by_when"])
def test_however_long_a_text_its_last_words_are_drawn(part, dots, dpi):
    whole, shorter = (draw(a_promise(**{part: text}), dots=dots, dpi=dpi) for text in (LONGEST, LONGEST[:-60]))
    assert rows_of_ink(whole) > rows_of_ink(shorter)


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_a_long_address_stays_within_the_paper(dots, dpi):
    contact = ("Officer", "help.with.housing.and.homelessness@customer-services.fernleigh-council.gov.example")
    left, _, right, _ = ink(draw(a_promise(contact=contact), dots=dots, dpi=dpi))
    edge = round(EDGE * dpi / 25.4)
    assert (left >= edge, right <= dots - edge) == (True, True)


def test_an_address_is_divided_before_a_sign():
    lines = wrapped("counciltax@fernleigh.example", Letters(48), 368)
    assert lines == ["counciltax", "@fernleigh", ".example"]


def test_a_day_stays_with_its_month():
    lines = wrapped("By Wednesday 2\N{NO-BREAK SPACE}December 2026", Letters(48, True), 560)
    assert lines == ["By Wednesday", "2\N{NO-BREAK SPACE}December 2026"]


def test_the_reference_is_larger_than_the_text_and_whole_on_the_narrowest_paper():
    for dots in (384, 576):
        with_it, without = (draw(a_promise(reference=text), dots=dots) for text in ("261123-001", "1"))
        assert with_it.height >= without.height - 20
        assert ink(with_it)[2] <= dots - 8
    assert draw(a_promise(), dots=576).height - draw(a_promise(reference=""), dots=576).height > 48


@pytest.mark.parametrize("part", ["contact", "others", "what"])
def test_what_there_is_not_takes_no_paper(part):
    others = {"others_heading": "Others who can help", "others": (SIGNPOST,)}
    assert draw(a_promise(**{**others, part: ""})).height < draw(a_promise(**others)).height


def test_without_a_page_there_is_no_code():
    assert zxingcpp.read_barcodes(draw(a_promise(url=None)).convert("L")) == []


def test_an_ordinary_one_is_as_long_as_a_hand_and_at_most_forty_kilobytes():
    for url in (URL, None):
        page = draw(a_promise(url=url))
        assert 90 <= page.height / 203 * 25.4 <= 140
        assert len(slip_bytes(page, dpi=203)) <= 40_000
