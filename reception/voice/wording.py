"""What is said aloud of a ticket: its number character by character, and where to go. The voice of each language says
letters and digits in that language itself, so that they need no translation."""

from reception.web.speaking import in_language, said_in


def spelled(number: str) -> str:
    """ "A014" as it is said: "A, 0, 1, 4."."""
    return f"{', '.join(number)}."


def call_phrases(number: str, desk: str, languages) -> list[dict]:
    """What the announcer says of a call to the desk of that name, each language (a tag) in turn: [{language, text}, …].

    A desk's name that nobody has translated is said by the voice of the language it is written in.
    """
    phrases = []
    for tag in languages:
        with in_language(tag):
            name, written_in = said_in(desk)
        phrases += [{"language": tag, "text": spelled(number)}, {"language": written_in, "text": f"{name}."}]
    return phrases
