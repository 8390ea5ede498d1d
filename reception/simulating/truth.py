"""What truly happened, of which the record knows only a part. Values only; instants are UTC milliseconds."""

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Truth:
    """One visitor. `left_at`: went without being seen, `silently` if nobody was told; `began_at` and `ended_at` are
    when help truly began and ended, whenever anybody pressed."""

    visit: str
    service: str
    arrived_at: int
    booked_at: int | None = None
    called_at: int | None = None
    began_at: int | None = None
    ended_at: int | None = None
    left_at: int | None = None
    silently: bool = False

    def told(self) -> dict:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Away:
    """Nobody was at a desk: at lunch, or on a pause that nobody pressed (`marked` says whether the record has it)."""

    desk: str
    from_at: int
    until_at: int
    why: str
    marked: bool

    def told(self) -> dict:
        return asdict(self)
