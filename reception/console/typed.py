"""What is typed after a command: a day, a file to write. What cannot be meant is refused before anything is done."""

from datetime import date, datetime
from pathlib import Path

import click

from reception.console import settings_of

OWN = ("reception.db*", "secret", "*.key", "server.lock")  # what the server keeps in its data folder


class Day(click.ParamType):
    name = "day"

    def convert(self, value, param, context) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is no day of the calendar. Write year, month and day, such as 2026-03-02.")


class NewFile(click.Path):
    """A file that is written whole, in the place of an older one; never a device, nor what the server lives from."""

    name = "file"

    def __init__(self):
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value, param, context) -> Path:
        file = super().convert(value, param, context)
        if file.name == "-" or (file.exists() and not file.is_file()):
            self.fail(f"{file} is no ordinary file. Name one, which is written whole or not at all.")
        if file.exists() and any(file.samefile(own) for own in _own(settings_of(context).server.data)):
            self.fail(f"{file} belongs to the office, and would be lost. Name another file.")
        return file


def _own(data: Path):
    return (file for pattern in OWN for file in data.glob(pattern))


DAY, NEW_FILE = Day(), NewFile()
