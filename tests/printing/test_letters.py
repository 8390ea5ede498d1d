"""The letters of every language, compared with pictures that readers of it have looked at; and that a wrong one shows.

`python -m tests.printing.test_letters` draws the pictures again, for somebody to look at.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from reception.printing.letters import SCRIPTS, Letters, runs
from reception.printing.page import wrapped

REFERENCES = Path(__file__).with_name("references")
SIZE = 96  # dots
TEXTS = {
    "welsh": ("cy", "Tŷ’r Llŷn, ŵyn Ŵ Ŷ"),
    "romanian": ("ro", "Bucureștiță Ș Ț"),
    "polish": ("pl", "Zażółć gęślą jaźń"),
    "gaelic": ("gd", "Càrn Ùir ò è ì"),
    "panjabi": ("pa", "ਤੁਹਾਡੇ ਅੱਗੇ ਸ਼੍ਰੀ ਕੌਂਸਲ।"),
    "bengali": ("bn", "ক্ষুদ্র ট্যাক্স জ্ঞান শ্রী কি"),
    "gujarati": ("gu", "ક્ષમા કાઉન્સિલ શ્રી જ્ઞાન"),
    "arabic": ("ar", "ضريبة المجلس لا بأس"),
    "urdu": ("ur", "کونسل ٹیکس کے لیے پہنچیں۔"),
    "number-in-urdu": ("ur", "آپ کا نمبر A014 ہے۔"),
    "brackets-in-arabic": ("ar", "دفتر (A014) 10:50"),
}
STACKED = ["panjabi", "bengali", "gujarati", "arabic"]
FARTHEST = 2  # dots: another version of the library that draws may put an outline's edge so far away
STRAYS = 30  # dots that may lie farther, of ten thousand and more: an accent is larger
ALONE = "\N{ZERO WIDTH NON-JOINER}"


def drawn(text: str, language: str, *, rtl: bool | None = None) -> Image.Image:
    """The text as a slip draws it, black on white, with nothing around it."""
    letters = Letters(SIZE, language=language)
    line = letters.line(text, rtl=letters.runs_rtl(text) if rtl is None else rtl)
    return cropped(lambda pen: line.draw(pen, SIZE, 2 * SIZE))


def unshaped(text: str, language: str) -> Image.Image:
    """The letters one by one, each as it stands alone."""
    face = ImageFont.truetype(SCRIPTS[runs(text, language, rtl=False)[0].script].regular, SIZE)
    face = ImageFont.truetype(face.path, SIZE, layout_engine=ImageFont.Layout.BASIC)
    return cropped(lambda pen: pen.text((SIZE, 2 * SIZE), text, font=face, fill=0, anchor="ls"))


def cropped(draw) -> Image.Image:
    """What was drawn, with nothing around it."""
    page = Image.new("L", (20 * SIZE, 4 * SIZE), 255)
    draw(ImageDraw.Draw(page))
    page = page.point([0] * 128 + [255] * 128, mode="1")
    return page.crop(ImageChops.invert(page.convert("L")).getbbox() or (0, 0, 1, 1))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether all ink of each but a few dots lies on the other's or beside it."""
    size = max(one.width, other.width) + SIZE, max(one.height, other.height) + SIZE
    inks = []
    for picture in (one, other):
        paper = Image.new("L", size)
        paper.paste(ImageChops.invert(picture.convert("L")), (SIZE // 2, SIZE // 2))
        inks.append(paper)
    return max(_strays(*inks), _strays(*reversed(inks))) <= STRAYS


def _strays(ink: Image.Image, other: Image.Image) -> int:
    far = ImageChops.subtract(ink, other.filter(ImageFilter.MaxFilter(2 * FARTHEST + 1)))
    return far.histogram()[255]


def reference(name: str) -> Image.Image:
    return Image.open(REFERENCES / f"{name}.png")


@pytest.mark.parametrize("name", TEXTS)
def test_the_letters_are_those_that_readers_of_the_language_have_looked_at(name):
    language, text = TEXTS[name]
    assert alike(drawn(text, language), reference(name))


@pytest.mark.parametrize("name", ["arabic", "urdu"])
def test_letters_kept_apart_are_not_taken_for_right(name):
    language, text = TEXTS[name]
    assert not alike(drawn(ALONE.join(text), language), reference(name))


@pytest.mark.parametrize("name", STACKED)
def test_letters_that_are_not_shaped_are_not_taken_for_right(name):
    language, text = TEXTS[name]
    assert not alike(unshaped(text, language), reference(name))


@pytest.mark.parametrize("name", TEXTS)
def test_boxes_are_not_taken_for_letters(name):
    language, text = TEXTS[name]
    assert not alike(drawn("\uffff" * len(text), language), reference(name))


@pytest.mark.parametrize("name", ["number-in-urdu", "brackets-in-arabic"])
def test_words_in_the_wrong_order_are_not_taken_for_right(name):
    language, text = TEXTS[name]
    assert not alike(drawn(text, language, rtl=False), reference(name))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [("welsh", "ŷ", "y"), ("welsh", "Ŵ", "W"), ("polish", "ź", "ż"), ("gaelic", "ò", "ó")],
)
def test_one_wrong_accent_is_noticed(name, right, wrong):
    language, text = TEXTS[name]
    assert not alike(drawn(text.replace(right, wrong), language), reference(name))


def test_romanian_typed_with_cedillas_is_drawn_with_commas():
    language, text = TEXTS["romanian"]
    assert alike(drawn(text.replace("ș", "ş").replace("ț", "ţ"), language), reference("romanian"))


def test_urdu_is_drawn_in_nastaliq_and_arabic_is_not():
    assert [run.script for run in runs("سلام", "ur", rtl=True)] == ["nastaliq"]
    assert [run.script for run in runs("سلام", "ar", rtl=True)] == ["arabic"]


def test_figures_are_the_same_in_every_language():
    found = {language: runs("A014", language, rtl=False) for language, _text in TEXTS.values()}
    assert {(run.script, run.text) for (run,) in found.values()} == {("latin", "A014")}


def test_a_line_that_runs_right_to_left_keeps_its_number_whole():
    assert [run.text.strip() for run in runs("نمبر A014 ہے", "ur", rtl=True) if run.text.strip()] == [
        "ہے",
        "A014",
        "نمبر",
    ]


def test_english_on_a_slip_in_urdu_still_runs_left_to_right():
    assert not Letters(SIZE, language="ur").runs_rtl("Council Tax (bills).")


@pytest.mark.parametrize("name", TEXTS)
def test_no_line_is_wider_than_the_paper_and_no_word_is_lost(name):
    language, text = TEXTS[name]
    letters, paragraph = Letters(48, language=language), " ".join([text] * 6)
    lines = wrapped(paragraph, letters, 368, None)
    assert " ".join(lines) == paragraph
    assert max(letters.line(line, rtl=letters.runs_rtl(paragraph)).width for line in lines) <= 368


@pytest.mark.parametrize("name", TEXTS)
def test_what_stands_on_one_line_does_not_touch_the_line_above(name):
    language, text = TEXTS[name]
    letters = Letters(SIZE, language=language)
    line = letters.line(text, rtl=letters.runs_rtl(text))
    assert max(ink.height for ink in line.inks) <= line.above
    assert max(ink.depth for ink in line.inks) <= line.below + SIZE * 0.1


if __name__ == "__main__":
    for name, (language, text) in TEXTS.items():
        drawn(text, language).save(REFERENCES / f"{name}.png", optimize=True)
