"""How a number looks: a neutral letter and at least three digits. A999 is followed by A1000; nothing is cut."""


def number(letter: str, count: int) -> str:
    return f"{letter}{count:03d}"
