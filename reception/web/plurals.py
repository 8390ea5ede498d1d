"""Lets a page carry a counted sentence in every plural of its language, for scripts to choose from.

Scripts hold no sentences; the browser knows which plural a number takes (Intl.PluralRules), gettext knows the words.
"""

from functools import cache

from babel import Locale
from flask_babel import get_locale

# Whole numbers among which every language's categories occur; the million is for French and its relatives.
CANDIDATES = (*range(200), 1_000_000)


def plural_samples() -> list[tuple[str, int]]:
    """(CLDR category, a number that takes it) for the language of the page now made; "other" is always there."""
    return _samples(str(get_locale() or "en"))


@cache
def _samples(language: str) -> list[tuple[str, int]]:
    category = Locale.parse(language).plural_form
    samples = {}
    for number in CANDIDATES:
        samples.setdefault(category(number), number)
    # Where only fractions are "other", any whole number's words will do: a count is never a fraction.
    samples.setdefault("other", 100)
    return sorted(samples.items())
