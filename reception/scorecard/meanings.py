"""What the words of a published month mean, in the language now worded in: for the public page and the sheet.

Short and plain; docs/figures.md says the same exactly.
"""

from flask_babel import gettext as _

from reception.scorecard import words


def definitions(punctual_minutes: float) -> list[tuple[str, str]]:
    """(word, what it means): of what is measured, then of how it is said. `punctual_minutes`: so long after its time an
    appointment is still on time."""
    return [*measured(punctual_minutes), *results().values()]


def on_the_sheet(punctual_minutes: float, card: dict) -> list[tuple[str, str]]:
    """The same where there is little room: of the results only what stands in this card."""
    states = {one["state"] for one in card["standards"]}
    return [*measured(punctual_minutes), *(said for state, said in results().items() if state in states)]


def measured(punctual_minutes: float) -> list[tuple[str, str]]:
    between = _("%(low)s to %(high)s", low="82%", high="87%")
    return [
        (
            _("Wait"),
            _(
                "From arriving, from opening or from the booked time, whichever is last, until help begins at the desk."
                " A call is not yet help."
            ),
        ),
        (
            _("Seen in time"),
            _(
                "The wait was no longer than we promise."
                " Who left after that time, or was not there when called after it, counts as late."
            ),
        ),
        (
            _("Not counted"),
            _(
                "Who left before that time, or was called in time and not there."
                " Tickets taken by mistake. Waits during an outage."
            ),
        ),
        (_("Outage"), _("Our system was away for a minute or longer while we were open.")),
        (_("Number in hand"), _("From arriving until the number was printed, shown or spoken.")),
        (_("Answered the first time"), _("Of visits answered, passed on or given an appointment: those answered.")),
        (_("With a date"), _("Of visits passed on: those that ended with a date for the next step.")),
        (_("Next step on time"), _("Of the dates that fell in the month: those met.")),
        (_("Left without being seen"), _("Went away, did not answer the call, or were still there at the end.")),
        (
            _("Appointment on time"),
            _(
                "It began no later than %(span)s after its time, or after arriving where that was later.",
                span=words.span(round(60 * punctual_minutes)),
            ),
        ),
        (_("From another system"), _("Counted elsewhere and taken in as it was given. Its source stands beside it.")),
        (between, _("With few people, chance moves a share. It most likely lies between these two.")),
        (_("Beyond chance"), _("Six months in a row on one side of the middle, or five in a row up or down.")),
    ]


def results() -> dict[str, tuple[str, str]]:
    """State -> how it is said, and what that means."""
    return {
        "few": (_("Too few to judge"), _("Fewer than thirty were counted.")),
        "uncounted": (_("Not judged"), _("Only a share is known, and not of how many.")),
        "hidden": (_("Not shown"), _("It could tell of fewer than five people.")),
    }
