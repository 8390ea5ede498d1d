"""`reception evaluate` and `reception learn`: how good estimates of waits and warnings are here, and what they are made
of. Neither changes a visit.
"""

import click

from reception.console import parts_of

FEW = 20  # people, of whom counts say enough
LONG = 20_000  # steps: whoever waits for more is told so


@click.command()
@click.option("--burn-in", default=20, show_default=True, type=click.IntRange(0), help="Days that only teach.")
@click.pass_context
def evaluate(context, burn_in):
    """Replays this office's own record and says how far off each way of estimating waits would have been, and how
    right warnings of misses.

    Every answer is the one on arrival, made of what was known by then; it is judged by the first call. Warnings are
    given as the server gives them, after every step and each half minute, to nobody.
    """
    from reception.estimate.evaluating import evaluate as judged
    from reception.estimate.kept import bookings_of, known_of, steps_of
    from reception.warning.replay import WarningReplay

    parts = parts_of(context)
    store, settings = parts.store, parts.settings
    how = {"bookings": bookings_of(store, settings), "known": known_of(store, settings), "burn_in": burn_in}
    warned = WarningReplay(settings, burn_in)
    _say_if_long(store.newest_step(settings.office.key))
    found = judged(settings, steps_of(store, settings.office.key), **how, beside=[warned])
    if found.days == 0 and not (burn_in and store.newest_step(settings.office.key)):
        raise click.ClickException(
            "No visit is recorded yet, so there is nothing to judge. For made-up days: reception simulate --help"
        )
    if found.days == 0:
        raise click.ClickException(f"There are not more than {burn_in} days yet. Ask for fewer with --burn-in.")
    for line in [*told(found), "", *warnings(warned.quality, settings.promise.target_seconds)]:
        click.echo(line)


@click.command()
@click.pass_context
def learn(context):
    """Learns from the whole record anew how long things take here and how far estimates were off, and keeps it."""
    from reception.estimate.kept import rebuild

    parts = parts_of(context)
    _say_if_long(parts.store.newest_step(parts.settings.office.key))
    steps, day = rebuild(parts.store, parts.frontdesk.writer, parts.settings)
    click.echo(f"Learned from {steps} steps, to the end of {day}." if day else "No day is over yet: nothing to learn.")


def _say_if_long(steps: int) -> None:
    if steps > LONG:
        click.echo(f"Going through {steps:,} steps, which takes some minutes.", err=True)


def told(found) -> list[str]:
    """The table, a line each."""
    from reception.estimate.evaluating import LEARNED

    lines = [f"{'':<34}{'all':>8}{'queued':>9}{'at once':>9}   mean error in minutes, over {found.days} days"]
    for name, queued in found.queued.items():
        errors = found.off_minutes(name), queued.off_minutes, found.at_once[name].off_minutes
        lines.append(f"{name:<34}" + "".join(f"{_number(one):>{8 + bool(nth)}}" for nth, one in enumerate(errors)))
    ours, learned = found.ours, found.queued[LEARNED]
    lines.append("")
    lines.append(f"Of {ours.count} who queued, {_share(ours.held_share)} were called within P10 to P90, and")
    lines.append(f"{_share(ours.late_share)} later than P90. No answer could be judged for {found.no_number}.")
    lines.append(f"With the learned corrector: {_share(learned.held_share)} and {_share(learned.late_share)}.")
    lines.append(f"It had been nearer for ten days, and so answered, on {found.learned_days} of these days.")
    return lines


def warnings(found, target_seconds: int) -> list[str]:
    """How right warnings would have been: of a `warning.quality.Quality`, a line each."""
    lines, came = [], found.foreseen + found.kept
    people = "1 person" if found.missed == 1 else f"{found.missed or 'no'} people"
    lines.append(f"Warnings on these days: {people} waited longer than the target of {target_seconds / 60:g} min.")
    if found.missed:
        lines.append(f"Warned of in time: {_part(found.foreseen, found.missed)};")
        lines.append(f"with two minutes left to call them: {_part(found.early, found.missed)}.")
    if came:
        lines.append(f"Of {came} {'warning' if came == 1 else 'warnings'}, came true: {_part(found.foreseen, came)}.")
    if found.left:
        lines.append(f"Warned of besides, but gone or not there within the target: {found.left}.")
    if found.missed < FEW:
        lines.append("Too few waited too long to say how right warnings are here.")
    return lines


def _part(part: int, whole: int) -> str:
    """How many, and beside many what share that is: of a few, percent would say too much."""
    return f"{part} ({part / whole:.0%})" if part and whole >= FEW else f"{part or 'none'}"


def _number(minutes: float | None) -> str:
    return "–" if minutes is None else f"{minutes:.2f}"


def _share(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"
