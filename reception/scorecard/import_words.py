"""The sentence of every mistake in a file of figures from elsewhere: what was found, what is true, what helps."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from reception.scorecard.imports import Mistake
from reception.scorecard.taking_in import Taken

SENTENCES = {
    "figures_file_empty": _("The file is empty. Its first line names the columns: measure, month, met, of, source."),
    "figures_file_large": _("The file is larger than %(largest)s MB. Give it in parts."),
    "figures_not_text": _("This is not a text file but perhaps a workbook. Save it as CSV UTF-8, then give that file."),
    "figures_columns_missing": _(
        "These columns are missing: %(missing)s. Found were: %(found)s. Add them to the first line."
    ),
    "figures_no_lines": _("There is no line below the names of the columns. Write one for each measure and month."),
    "figures_column_twice": _("There are two columns for %(column)s. Rename or remove the one that is not meant."),
    "figures_too_many": _("Only the first %(most)s lines were taken in. Give the rest in another file."),
    "figures_quotes": _("Its quotation marks do not fit. Write a quotation mark in text twice."),
    "figures_cells": _(
        "There are %(found)s cells for %(expected)s columns. Put quotes around text with a comma in it."
    ),
    "figures_other_office": _("It is for another office. This one's key is %(office)s."),
    "figures_no_measure": _("No standard of this office asks for this measure. Asked for are: %(measures)s."),
    "figures_no_month": _("There is no such month. Write it as year and month, such as 2026-10."),
    "figures_month_not_over": _("%(month)s is not over yet. Give its figures when it is."),
    "figures_no_source": _("Say where it comes from, in at most %(longest)s characters."),
    "figures_no_count": _("The column “%(column)s” holds no count. Write a whole number from 0 on."),
    "figures_more_met": _("%(met)s were met of only %(of)s. Look which of the two is right."),
    "figures_of_nothing": _("Of nothing there is no share. Leave the line out where nothing was counted."),
    "figures_no_value": _("Write how many were met and of how many, or a value from 0 to 100."),
    "figures_twice": _("Line %(first)s has %(measure)s for %(month)s already. Keep the one that is right."),
}


def sentence(mistake: Mistake) -> str:
    said = str(SENTENCES[mistake.key]) % mistake.values
    return str(_("Line %(line)s: %(sentence)s") % {"line": mistake.line, "sentence": said}) if mistake.line else said


def taken_words(taken: Taken) -> str:
    """What became of the file, in a sentence."""
    if not (taken.new or taken.changed or taken.same):
        return str(_("Nothing was taken in."))
    parts = [
        ngettext("%(num)d figure is new", "%(num)d figures are new", taken.new) if taken.new else "",
        ngettext("%(num)d has changed", "%(num)d have changed", taken.changed) if taken.changed else "",
        ngettext("%(num)d was here already", "%(num)d were here already", taken.same) if taken.same else "",
    ]
    return f"{', '.join(filter(None, parts))}."
