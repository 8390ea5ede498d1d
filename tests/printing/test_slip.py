"""The drawn slip: everything on it, true sizes, nothing cut, readable by a phone."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageChops

from reception.printing import letters
from reception.printing import page as paper
from reception.printing.letters import FONTS, Letters, SlipError, font
from reception.printing.page import Page, qr, wrapped
from reception.printing.slip import Slip, draw
from tests.printing.test_letters import TEXTS

URL = "https://queue.example.org/t/0123456789abcdefghijkl"
WIDTHS = [(384, 203), (512, 180), (576, 203), (640, 203)]


def a_slip(**changes) -> Slip:
    return Slip(
        **{
            "office": "Customer services",
            "number": "A014",
            "service": "Council Tax",
            "ahead_line": "3 people are ahead of you.",
            "issued_line": "Tue 24 Nov 2026, 10:42",
            "footer": ("Scan to follow your place on your phone.",),
            "url": URL,
        }
        | changes
    )


def tall(image: Image.Image, dots: int) -> int:
    """The height of the one letter on it, rules apart: rows with ink but not all across."""
    paper = ImageChops.invert(image.convert("L"))
    rows = [paper.crop((0, row, paper.width, row + 1)).histogram()[255] for row in range(paper.height)]
    return sum(0 < row < dots // 8 for row in rows)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    return ImageChops.invert(image.convert("L")).getbbox()


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_a_phone_reads_the_code_on_every_width_of_paper(dots, dpi):
    found = zxingcpp.read_barcodes(draw(a_slip(), dots=dots, dpi=dpi).convert("L"))
    assert [code.text for code in found] == [URL]


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
@pytest.mark.parametrize("number", ["A014", "A1000", "W99999", "M0"])
def test_the_number_is_never_cut_and_stays_off_the_edges(number, dots, dpi):
    alone = a_slip(number=number, office="", service="", ahead_line="", issued_line="", footer=(), url=None)
    left, _, right, _ = ink(draw(alone, dots=dots, dpi=dpi))
    edge = round(paper.EDGE * dpi / 25.4)
    assert (left >= edge, right <= dots - edge) == (True, True)


def test_the_number_is_the_largest_thing_by_far():
    page = draw(a_slip(url=None, footer=(), issued_line="", ahead_line="", service="", office=""))
    _, top, _, bottom = ink(page.crop((0, 40, page.width, page.height - 60)))
    assert (bottom - top) / 203 * 25.4 > 18  # millimetres


def test_the_body_is_at_least_twice_a_printers_own_letters():
    for _, dpi in WIDTHS:
        assert Page(576, dpi).body >= max(2 * 24, 6 * dpi / 25.4 - 1)


@pytest.mark.parametrize(("dots", "dpi"), [*WIDTHS, (640, 300)])
@pytest.mark.parametrize("part", ["office", "service", "ahead_line", "issued_line"])
def test_capitals_of_large_print_are_six_millimetres_and_of_ordinary_print_as_16_point_has_them(part, dots, dpi):
    """Of 16 point Arial, the usual measure, capitals are 4.0 mm."""
    for large, least in ((False, 4.0), (True, 6.0)):
        bare = a_slip(office="", number="", service="", ahead_line="", issued_line="", footer=(), url=None)
        one = draw(replace(bare, large=large, **{part: "H"}), dots=dots, dpi=dpi)
        assert tall(one.crop((0, 0, dots // 4, one.height)), dots) / dpi * 25.4 >= least - 0.1


@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_large_print_is_whole_on_every_paper_and_a_phone_reads_its_code(dots, dpi):
    words = a_slip(footer=("Please take a seat. We will come to you.", "Scan to follow your place on your phone."))
    ordinary, large = (draw(replace(words, large=size), dots=dots, dpi=dpi) for size in (False, True))
    assert [code.text for code in zxingcpp.read_barcodes(large.convert("L"))] == [URL]
    left, _, right, _ = ink(large)
    edge = round(paper.EDGE * dpi / 25.4)
    assert (left >= edge, right <= dots - edge) == (True, True)
    assert large.height > 1.4 * ordinary.height


def test_however_narrow_the_paper_no_letter_of_large_print_is_under_16_point():
    for dots, dpi in WIDTHS:
        page = Page(dots, dpi, large=True)
        found = page._letters("Llanfairpwllgwyngyll homelessness", page.body, bold=True, language="en")
        assert found.size / dpi * 72 >= 16


def test_a_slip_is_about_ninety_millimetres():
    assert 80 <= draw(a_slip()).height / 203 * 25.4 <= 100


def test_the_picture_is_one_bit_and_as_wide_as_the_paper():
    page = draw(a_slip(), dots=512, dpi=180)
    assert (page.mode, page.width) == ("1", 512)


def test_circumflexes_on_capitals_are_not_cut_at_the_top():
    plain, marked = (draw(a_slip(office=name, number="", url=None, footer=())) for name in ("W", "Ŵ"))
    assert 0 < ink(marked)[1] < ink(plain)[1]


def test_long_words_and_names_wrap_within_the_paper():
    page = draw(
        a_slip(office="Gwasanaethau" * 4, service="Llanfairpwllgwyngyllgogerychwyrndrobwll", url=None), dots=384
    )
    left, _, right, _ = ink(page)
    assert (left >= 8, right <= 384 - 8) == (True, True)


def test_wrapping_keeps_every_letter_and_fits_every_line():
    face, text = Letters(48, True), "Housing Llanfairpwllgwyngyllgogerychwyrn"
    lines = wrapped(text, face, 400)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(face.line(line).width <= 400 for line in lines)


def test_an_endless_text_ends_in_an_ellipsis():
    lines = wrapped("word " * 500, Letters(48), 400)
    assert (len(lines), lines[-1][-1]) == (4, "…")


def test_a_service_is_set_smaller_rather_than_divided():
    lines = draw(a_slip(service="homelessness"), dots=384).height - draw(a_slip(service="home"), dots=384).height
    assert lines <= 0


def test_a_reprint_says_so_and_keeps_the_rest():
    plain, marked = draw(a_slip()), draw(a_slip(mark="Reprint"))
    added = marked.height - plain.height
    assert added > 40
    assert list(marked.crop((0, added, 576, marked.height)).tobytes()) == list(plain.tobytes())


def test_a_slip_without_an_address_has_no_code():
    assert zxingcpp.read_barcodes(draw(a_slip(url=None)).convert("L")) == []


@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("cy", "left"), ("ur", "right"), ("ar", "right")])
def test_a_page_begins_at_the_side_where_its_language_does(language, side):
    page = draw(
        a_slip(language=language, office="I", number="", service="", ahead_line="", issued_line="", footer=("I",))
    )
    (code,) = zxingcpp.read_barcodes(page.convert("L"))
    letter, middle = ink(page.crop((0, 0, page.width, 50))), page.width / 2
    found = ("left" if letter[2] < middle else "right", "right" if code.position.top_left.x > middle else "left")
    assert found == {"left": ("left", "right"), "right": ("right", "left")}[side]


@pytest.mark.parametrize("language", ["ur", "ar", "pa", "bn", "gu"])
@pytest.mark.parametrize(("dots", "dpi"), WIDTHS)
def test_every_script_stays_off_the_edges(language, dots, dpi):
    _tag, text = next(given for given in TEXTS.values() if given[0] == language)
    left, top, right, _ = ink(
        draw(a_slip(language=language, office=text, service=text, ahead_line=text), dots=dots, dpi=dpi)
    )
    edge = round(paper.EDGE * dpi / 25.4)
    assert (left >= edge // 2, top > 0, right <= dots - edge // 2) == (True, True, True)


def test_the_quiet_zone_is_part_of_the_code():
    code = qr(URL, 208)
    module = code.width // (33 + 8)
    assert ink(code) == (4 * module, 4 * module, code.width - 4 * module, code.height - 4 * module)


def test_missing_letters_are_told_with_what_helps(monkeypatch, tmp_path):
    nowhere = letters.Script(tmp_path / "regular.ttf", tmp_path / "bold.ttf")
    monkeypatch.setitem(letters.SCRIPTS, "latin", nowhere)
    font.cache_clear()
    with pytest.raises(SlipError, match="build_assets"):
        draw(a_slip(office="Never drawn before"))
    font.cache_clear()


def test_the_next_slip_draws_only_what_is_new_and_opens_a_face_at_most_for_its_number():
    for kept in (font, letters.ink, letters._width):
        kept.cache_clear()
    draw(a_slip())
    opened, drawn = font.cache_info().misses, letters.ink.cache_info().misses
    draw(a_slip(number="A041", ahead_line="987 people are ahead of you."))
    assert font.cache_info().misses - opened <= 1  # another number may be as large as another fits
    assert letters.ink.cache_info().misses - drawn == 1


def test_the_fonts_of_the_build_are_there():
    assert {path.name for path in FONTS.glob("*.ttf")} >= {"regular.ttf", "bold.ttf"}
