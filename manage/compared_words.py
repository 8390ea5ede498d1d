"""Two sides of a comparison, in sentences: what their numbers can tell from chance. It measures nothing else."""

from flask_babel import gettext as _

from manage.words import clock
from reception.figures.statistics import newcombe


def compared(one: dict, other: dict, mine: str, theirs: str) -> str:
    """Two shares side by side, and whether their difference can be told from chance; it is of `one` against `other`."""
    for found, name in ((one, mine), (other, theirs)):
        if not found["n"]:
            return _("There is nothing to compare: nobody was judged on the side of “%(name)s”.", name=name)
    difference, low, high = newcombe(other["hits"], other["n"], one["hits"], one["n"])
    if low <= 0 <= high:
        return _("No difference that these numbers can show.")
    least, most = sorted((round(abs(low) * 100), round(abs(high) * 100)))
    values = {"least": least, "most": most, "mine": mine}
    if difference > 0 and least:
        return _("%(mine)s: between %(least)s and %(most)s in a hundred more were seen in time.", **values)
    if difference > 0:
        return _("%(mine)s: up to %(most)s in a hundred more were seen in time.", **values)
    if least:
        return _("%(mine)s: between %(least)s and %(most)s in a hundred fewer were seen in time.", **values)
    return _("%(mine)s: up to %(most)s in a hundred fewer were seen in time.", **values)


def medians(one: dict, other: dict) -> str:
    """Whether half of the people waited longer than half of the others, told by the medians' intervals."""
    mine, theirs = one["median_interval_ms"], other["median_interval_ms"]
    if not (mine and theirs):
        return _("Too few were seen to compare their waits.")
    if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
        return _("The usual wait shows no difference that is more than chance.")
    values = {"mine": clock(one["median_ms"]), "theirs": clock(other["median_ms"])}
    if mine[0] > theirs[1]:
        return _("The usual wait was longer, %(mine)s against %(theirs)s: more than chance.", **values)
    return _("The usual wait was shorter, %(mine)s against %(theirs)s: more than chance.", **values)
