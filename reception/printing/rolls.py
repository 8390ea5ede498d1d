"""How much paper is left: what was printed since the roll was changed, and when somebody has changed it. Pure.

Counted in millimetres of slips sent; a printer's own word that its roll is near the end counts for more. A roll nobody
saw put in is unknown until then.
"""

from dataclasses import dataclass

METRE = 1000  # mm


@dataclass(frozen=True, slots=True)
class Roll:
    """A row of `rolls`. `changed_at` is when it was put in (None: before anybody looked), `used_mm` what was printed
    since, `near_end_mm` how much that was when the printer said that the roll is near its end, `out` that it was
    empty."""

    changed_at: int | None = None
    used_mm: int = 0
    near_end_mm: int | None = None
    out: int = 0


def tickets_left(roll: Roll, *, roll_metres: float, near_end_metres: float, slip_mm: float) -> int | None:
    """About how many tickets the roll still gives; None where nobody knows."""
    if roll.out:
        return 0
    if roll.near_end_mm is not None:
        left = near_end_metres * METRE - (roll.used_mm - roll.near_end_mm)
    elif roll.changed_at is not None:
        left = roll_metres * METRE - roll.used_mm
    else:
        return None
    return max(0, int(left // slip_mm))


class RollWatch:
    """Notices one printer's change of roll from what it says in turn. A sensor at the very edge may waver, so that
    paper which was low and is not any more counts as new once the cover was open, or when it is said twice."""

    def __init__(self):
        self._opened = self._once = False

    def changed(self, state: str, roll: Roll) -> bool:
        """Whether, with the printer's newest `state`, there is another roll in it than `roll`."""
        if state == "cover":
            self._opened = True
        if state not in ("ok", "near_end"):
            return False
        opened, once = self._opened, self._once
        low = roll.near_end_mm is not None
        self._opened, self._once = False, state == "ok" and low
        return bool(roll.out) or (state == "ok" and low and (opened or once))
