"""The slides of a board: what the office says while nobody is being called, in each language that it wrote it in; and,
where it wants that, how last month went."""

from display.words import marks
from reception.scorecard.rows import Published
from reception.scorecard.words import lead
from reception.scorecard.words import title as title_of
from reception.web.speaking import in_language, said


def last_month(parts) -> Published | None:
    """The newest month as everybody may see it, where the office wants it on its boards."""
    settings = parts.settings
    return parts.store.published(settings.office.key) if settings.performance.slide else None


def in_each_language(settings, last_month: dict | None = None) -> list[dict]:
    """`{lang, dir, title, text, picture, words}`: every slide in its first language, then in each other that has it.

    `last_month` is the newest published card, where the board shows how it went: in every language of the office.
    """
    found = []
    for tag in settings.languages if last_month else ():
        with in_language(tag):
            worded = {"title": title_of(last_month), "text": lead(last_month)}
        found.append({**marks(tag), **worded, "picture": "", "words": ""})
    for slide in settings.slides:
        wordings = {}
        for tag in settings.languages:
            with in_language(tag):
                worded = (said(slide.title), said(slide.text), said(slide.words))
            wordings.setdefault(worded, tag)
        for (title, text, words), tag in wordings.items():
            found.append({**marks(tag), "title": title, "text": text, "picture": slide.picture, "words": words})
    return found
