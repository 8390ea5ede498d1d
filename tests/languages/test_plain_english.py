"""Every sentence is plain English: short, without words that councils' own style guides ban, and calm.

GOV.UK's writing guide asks for at most 25 words a sentence. Reading ease is Flesch's: from 80 on, an eleven-year-old
reads it easily. Names of things (QR, CSV) are the only words in capitals.
"""

import re
from itertools import chain

import pytest

from reception.translations.extracting import ROOT, sentences_in, template

FACES = ("kiosk", "display", "phone", "desk", "manage", "reception")
LONGEST = {"visitors": 22, "staff": 25}  # words of a sentence
TYPICAL = {"visitors": 10, "staff": 12}  # words, on average
EASE = {"visitors": 85, "staff": 80}
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+")
BANNED = re.compile(
    r"\b(please note|utili[sz]e\w*|in order to|prior to|commence\w*|oops|invalid|illegal|whilst|hereby|pursuant"
    r"|regarding|terminat\w+|facilitat\w+|endeavou?r\w*|additional\w*|assist(ance|s|ed)?|purchase\w*|require(ment)?s?"
    r"|submit\w*|click (here|on)|simply|sorry|apolog\w+|unfortunately|fail(ed|ure)|users?|customers?|clients?|via"
    r"|e\.g|i\.e|etc|asap|kindly|abort\w*|log ?(in|on|out)|timed? ?out|authenticat\w+|credentials?|functionality"
    r"|parameters?|execut\w+|initiat\w+|leverag\w+|deliver (a|the) service|going forward|at this point in time)\b",
    re.IGNORECASE,
)
NAMES = set(
    "QR BSL CSV PDF UTF MB UID DTSTART CATEGORIES SUMMARY STATUS CANCELLED KEY ASCII JSON HTTP NUL UTC WAV".split()
)
OFFICES = {"Customer services"}  # what councils call their front office themselves


def texts(catalogue) -> set[str]:
    return set(chain.from_iterable(one.id if isinstance(one.id, tuple) else (one.id,) for one in catalogue if one.id))


@pytest.fixture(scope="module")
def said():
    """Who reads -> every text."""
    visitors = texts(template())
    files = chain.from_iterable((ROOT / face).rglob(f"*.{kind}") for face in FACES for kind in ("py", "html"))
    return {"visitors": visitors, "staff": texts(sentences_in(files)) - visitors}


def sentences(text: str) -> list[str]:
    """A value stands as one word. A colon or a semicolon lets the reader breathe, too."""
    return [one for one in re.split(r"(?<=[.:;?])\s+", PLACE.sub("ten", text)) if one]


def length(sentence: str) -> int:
    return len(WORD.findall(sentence))


def syllables(word: str) -> int:
    word = re.sub(r"(?<=[a-z]{3})(es|ed|e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


@pytest.mark.parametrize("who", ["visitors", "staff"])
def test_no_sentence_is_long_and_most_are_short(said, who):
    lengths = {one: length(one) for text in said[who] for one in sentences(text)}
    assert [one for one, words in lengths.items() if words > LONGEST[who]] == []
    assert sum(lengths.values()) / len(lengths) < TYPICAL[who]


@pytest.mark.parametrize("who", ["visitors", "staff"])
def test_it_reads_easily(said, who):
    whole = [one for text in said[who] for one in sentences(text) if length(one) > 2]
    words = [word for one in whole for word in WORD.findall(one)]
    ease = 206.835 - 1.015 * len(words) / len(whole) - 84.6 * sum(map(syllables, words)) / len(words)
    assert ease > EASE[who]


@pytest.mark.parametrize("who", ["visitors", "staff"])
def test_no_word_is_officialese_or_a_machines(said, who):
    assert [text for text in said[who] - OFFICES if BANNED.search(text)] == []


@pytest.mark.parametrize("who", ["visitors", "staff"])
def test_nothing_shouts(said, who):
    assert [text for text in said[who] if "!" in text] == []
    loud = {word for text in said[who] for word in re.findall(r"\b[A-Z]{2,}\b", PLACE.sub("", text))}
    assert loud <= NAMES


def test_the_limits_would_catch_what_they_are_for():
    assert BANNED.search("Please note that this is invalid") and BANNED.search("Your request timed out via log in")
    assert not BANNED.search("The visit's value is signed in already; nothing is lost.")
    assert (length("You are number A014."), syllables("appointment"), syllables("ticket")) == (5, 3, 2)
