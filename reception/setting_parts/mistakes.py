"""A mistake in the settings as a sentence: the file, the key, and what was probably meant."""

import difflib
from pathlib import Path

from pydantic import BaseModel

SECRETS = ("secret", "url")  # never repeated: a log keeps what is said


def likely(word: str, among) -> str:
    """What was probably meant, as the end of a sentence about what was not found."""
    close = difflib.get_close_matches(word, list(among), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def sentence(path: Path, mistake: dict, model: type[BaseModel]) -> str:
    """One of pydantic's errors, told with the file and the key as written; `model` is that of the whole file."""
    loc = tuple(part for part in mistake["loc"] if part != "[key]")
    where = ": ".join([str(path), *filter(None, [".".join(str(part) for part in loc)])])
    if mistake["type"] == "extra_forbidden":
        return _full_stop(f"{where}: no setting has this name{likely(str(loc[-1]), _names(loc[:-1], model))}")
    message = mistake["msg"].removeprefix("Value error, ")
    shown = None if loc and loc[-1] in SECRETS else mistake.get("input")
    given = f" (given: {shown!r})" if isinstance(shown, str | int | float | bool) else ""
    return _full_stop(f"{where}: {message[:1].lower()}{message[1:]}{given}")


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _names(loc: tuple, model: type[BaseModel]) -> list[str]:
    for part in loc:
        if isinstance(part, int):
            continue
        inner = model.model_fields[part].annotation
        model = next((found for found in _models(inner)), model)
    return list(model.model_fields)


def _models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)
