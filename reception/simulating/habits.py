"""How people come to an office and how they work in it: shares and times that no setting holds and nobody types in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares are of 1; minutes and seconds are means unless said otherwise. `plain()` takes everything human away."""

    # who comes
    busy: float = 0.8  # of the desks' time, so many visitors come; `a_day` says how many instead
    a_day: float | None = None
    day_differs: float = 0.12  # how much days differ (CV)
    booked: float = 0.15  # of visitors have an appointment
    stays_away: float = 0.12  # of those
    early_minutes: float = 6
    early_differs: float = 7  # standard deviation, minutes: some come late
    popular: Mapping[str, float] = field(default_factory=dict)  # service -> weight; 1 where none is given
    adjusted: float = 0.04  # of visitors need a reasonable adjustment
    requiring: float = 0.03  # of visitors need a desk that has something

    # how long things take
    minutes: Mapping[str, float] = field(default_factory=dict)  # service -> truly; else as the settings say, about
    typed_wrong: float = 0.2  # how far the settings' minutes are off (CV)
    varies: float = 0.8  # one visit beside another of the same service (CV)
    exponential: bool = False  # instead of lognormal
    desks_differ: float = 0.12  # one receptionist beside another (CV)
    walk_seconds: tuple[float, float] = (12, 40)
    notices_seconds: float = 8  # until somebody idle sees that a visitor has come
    note_seconds: float = 25  # a note between two visitors

    # when a desk stands open and nobody is there, or the other way round
    opens_late_minutes: float = 2
    lunch_late_minutes: float = 6
    lunch_skipped: float = 0.06
    lunch_unmarked: float = 0.25  # goes without pressing Pause
    hidden_a_day: float = 2.5  # pauses at each desk that no one presses
    hidden_minutes: float = 5

    # who goes away
    patience_minutes: float = 55  # half would wait so long
    patience_differs: float = 0.7  # sigma of its logarithm
    silently: float = 0.7  # of those who go, without telling anybody
    outside: float = 0.02  # is not there when called and comes back

    # how the software is used
    by_next: float = 0.6  # of visits end with the press that calls the next
    not_started: float = 0.15  # nobody presses Here
    forgets_finish: float = 0.05  # with nobody waiting, the last visit stands open until somebody comes
    out_of_turn: float = 0.02

    @classmethod
    def plain(cls, **more) -> "Habits":
        """A queue and nothing else: no walk, no pause, nobody who goes, no appointment, every press in its place."""
        nothing = {one.name: 0.0 for one in fields(cls) if one.type is float}
        return cls(**{**nothing, "walk_seconds": (0, 0), "by_next": 1.0, **more})
