"""Which sentences visitors see: those of their faces, of the slip and the voice, and the default texts of an office.

What staff alone read stays English and is not here. Catalogues hold no line numbers and no dates, and are sorted by the
English, so that a moved sentence changes no catalogue and two people's changes seldom meet.
"""

import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from reception.languages import CATALOGUES
from reception.settings import CONFIG
from reception.translations import path

ROOT = CONFIG.parent
FILES = (
    "kiosk/**/*.py",
    "kiosk/templates/**/*.html",
    "display/**/*.py",
    "display/templates/**/*.html",
    "phone/**/*.py",
    "phone/templates/**/*.html",
    "reception/feedback/letters.py",
    "reception/printing/wording.py",
    "reception/scorecard/meanings.py",
    "reception/scorecard/words.py",
    "reception/scorecard/paper.py",
    "reception/voice/**/*.py",
    "reception/web/errors.py",
    "reception/web/expected.py",
    "reception/web/noted.py",
    "reception/web/performance.py",
    "reception/web/speaking.py",
    "reception/web/visitors_words.py",
    "reception/web/templates/base.html",
    "reception/web/templates/macros.html",
    "reception/web/templates/performance/*.html",
)
FOR_STAFF = (
    "kiosk/pages.py",
    "kiosk/templates/kiosk/calibrate.html",
    "kiosk/templates/kiosk/printer.html",
    "display/templates/display/set_up.html",
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
COMMENTS = ("Translators:",)
HEADER = """\
# Reception's sentences for visitors in {language.name} ({language.own}). See docs/languages.md.
msgid ""
msgstr ""
"Language: {language.tag}\\n"
"Plural-Forms: {plurals};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Reviewed-By:\\n"

"""
# CLDR's plurals of whole numbers, as gettext writes them (tests/languages compares them).
PLURALS = {
    "cy": "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5)",
    "gd": "nplurals=4; plural=(n == 1 || n == 11 ? 0 : n == 2 || n == 12 ? 1 : n >= 3 && n <= 19 ? 2 : 3)",
    "pl": "nplurals=3; plural=(n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2)",
    "ro": "nplurals=3; plural=(n == 1 ? 0 : n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? 1 : 2)",
    "pa": "nplurals=2; plural=(n > 1)",
    "ur": "nplurals=2; plural=(n != 1)",
    "pt": "nplurals=2; plural=(n != 1)",
    "es": "nplurals=2; plural=(n != 1)",
    "ar": "nplurals=6; plural=(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3"
    " : n % 100 >= 11 ? 4 : 5)",
    "bn": "nplurals=2; plural=(n > 1)",
    "gu": "nplurals=2; plural=(n > 1)",
}


def template() -> Catalog:
    """Every sentence that visitors may see, with its plural and what its writer told the translators."""
    found = sentences_in(files())
    for text in default_texts():
        found.add(text)
    return found


def sentences_in(sources: Iterable[Path]) -> Catalog:
    """Those of these pages and modules."""
    found = Catalog()
    for file in sources:
        method = "jinja2.ext:babel_extract" if file.suffix == ".html" else "python"
        options = {"trimmed": "true"} if file.suffix == ".html" else {}
        for _line, message, comments, context in extract_from_file(method, file, KEYWORDS, COMMENTS, options):
            found.add(message, auto_comments=comments, context=context)
    return found


def files() -> Iterator[Path]:
    """The pages and modules that word what visitors see."""
    left_out = {ROOT / name for name in FOR_STAFF}
    for pattern in FILES:
        yield from (file for file in sorted(ROOT.glob(pattern)) if file not in left_out)


def default_texts() -> Iterator[str]:
    """Of config/default.toml, which an office keeps unless it says otherwise."""
    default = tomllib.loads((CONFIG / "default.toml").read_text("utf-8"))
    yield default["office"]["name"]
    yield default["office"]["help"]
    yield from (need["asked"] for need in default["needs"])
    yield from (language["name"] for language in default["kiosk"]["interpreters"])
    yield from (reason["name"] for reason in default["reasons"]["change"])
    yield from (theme["name"] for theme in default["feedback"]["themes"])
    yield from (text for one in default["standards"] for text in (one["promise"], one.get("source")) if text)


def update(tag: str, found: Catalog) -> list[str]:
    """Puts what is found into a language's catalogue: what is new stands empty, what is gone is dropped. Answers the
    sentences that wait to be translated."""
    language, file = CATALOGUES[tag], path(tag)
    text = file.read_text("utf-8") if file.exists() else HEADER.format(language=language, plurals=PLURALS[tag])
    catalogue = read_po(StringIO(text), locale=language.locale)
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    messages = BytesIO()
    write_po(messages, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    header = text.partition("\n\n")[0]
    file.write_text(f"{header}\n\n{messages.getvalue().decode('utf-8').strip()}\n", "utf-8")
    return [singular(message) for message in catalogue if message.id and not complete(message)]


def singular(message: Message) -> str:
    """The English by which a sentence is known."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def complete(message: Message) -> bool:
    """Whether it is translated, in each plural, and not as a guess."""
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(words) and not message.fuzzy
