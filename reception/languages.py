"""The languages visitors may read and hear, and the order in which an office shows and speaks them.

There is a catalogue of Reception's own sentences for each; which of them an office offers is a setting.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """`tag` as in settings and addresses; `name` for staff, `own` for its readers, in their script; `locale` as CLDR
    writes it."""

    tag: str
    name: str
    own: str
    locale: str
    direction: Literal["ltr", "rtl"] = "ltr"


CATALOGUES = {
    language.tag: language
    for language in (
        Language("en", "English", "English", "en_GB"),
        Language("cy", "Welsh", "Cymraeg", "cy"),
        Language("gd", "Scottish Gaelic", "Gàidhlig", "gd"),
        Language("pl", "Polish", "Polski", "pl"),
        Language("ro", "Romanian", "Română", "ro"),
        Language("pa", "Panjabi", "ਪੰਜਾਬੀ", "pa_Guru"),
        Language("ur", "Urdu", "اردو", "ur", "rtl"),
        Language("pt", "Portuguese", "Português", "pt_PT"),
        Language("es", "Spanish", "Español", "es"),
        Language("ar", "Arabic", "العربية", "ar", "rtl"),
        Language("bn", "Bengali", "বাংলা", "bn"),
        Language("gu", "Gujarati", "ગુજરાતી", "gu"),
    )
}


def in_order(own: str, offered, nation: str) -> tuple[str, ...]:
    """The office's own language, then those it offers, each once. In Wales, Welsh comes before any other (Welsh
    Language Standards: no less favourably than English)."""
    tags = tuple(dict.fromkeys((own, *offered)))
    return ("cy", *(tag for tag in tags if tag != "cy")) if nation == "wales" and "cy" in tags else tags
