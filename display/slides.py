"""The slides of a board: what the office says while nobody is being called, in each language that it wrote it in."""

from display.words import marks
from reception.web.speaking import in_language, said


def in_each_language(settings) -> list[dict]:
    """`{lang, dir, title, text, picture, words}`: every slide in its first language, then in each other that has it."""
    found = []
    for slide in settings.slides:
        wordings = {}
        for tag in settings.languages:
            with in_language(tag):
                worded = (said(slide.title), said(slide.text), said(slide.words))
            wordings.setdefault(worded, tag)
        for (title, text, words), tag in wordings.items():
            found.append({**marks(tag), "title": title, "text": text, "picture": slide.picture, "words": words})
    return found
