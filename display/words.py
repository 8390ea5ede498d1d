"""What the board says, in each of its languages: whole sentences for its page, made once when the page is.

The first language comes first everywhere; the second stands beside or under it in the same size. Any further ones take
turns where there is time to read: while nobody is called, and in notices.
"""

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from reception.languages import CATALOGUES
from reception.web.plurals import plural_samples
from reception.web.speaking import in_language, said

TIME = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where a time will


def in_each(languages) -> list[dict]:
    """Everything the page says, by language (a tag), in that order."""
    return [_worded(tag) for tag in languages]


def names_in(languages, text: str) -> list[str]:
    """One of the office's texts in these languages, each wording once: ["Desk 3", "Desg 3"]."""
    found = []
    for tag in languages:
        with in_language(tag):
            found.append(said(text))
    return list(dict.fromkeys(found))


def marks(tag: str) -> dict:
    """`{lang, dir}` of a part of the page in this language."""
    language = CATALOGUES[tag]
    return {"lang": language.locale.replace("_", "-"), "dir": language.direction}


def _worded(tag: str) -> dict:
    with in_language(tag):
        return {
            **marks(tag),
            "calling": _("Now calling"),
            "take_a_seat": _("Please take a seat"),
            "shown_here": _("We show your number here, and the desk to go to."),
            "closed": _("We are closed"),
            "opens": _("We open again:"),
            "before": _("Called before"),
            "nobody": _("Nobody is waiting"),
            "waiting": {
                category: ngettext("%(count)s person is waiting", "%(count)s people are waiting", n, count="{n}")
                for category, n in plural_samples()
            },
            "new_numbers": _("New numbers:"),
            "last_ones": _("Closed to new visitors"),
            "counted": _timed(_("Counted at %(time)s", time=TIME), "counted_at"),
            "lost": _timed(_lost(), "known_at"),
        }


def _lost() -> str:
    return _("Not up to date since %(time)s. Please listen for your number, or ask at a desk.", time=TIME)


def _timed(sentence: str, path: str) -> Markup:
    """A sentence whose time is the page's script's to write."""
    return Markup.escape(sentence).replace(TIME, Markup('<time data-time="{}"></time>').format(path))
