"""Appointments told one by one, as a booking system sends them in JSON. Pure; nothing here raises.

Each item is checked as a row of a file is, and good ones are kept whatever the others are like.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reception.appointments import fields, moments
from reception.appointments.booked import Booked, Known, Mistake, Reading, Wrong


class Item(BaseModel):
    """`start` is a date and a time of the office's clock, such as 2026-03-02T09:30, or brings an offset of its own."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    reference: Annotated[str, Field(description="The booking system's own; by it, nothing happens twice")]
    service: Annotated[str, Field(description="A service's key or name")]
    start: Annotated[str, Field(description="Such as 2026-03-02T09:30, or 2026-03-02T09:30Z")]
    minutes: Annotated[int | None, Field(description="How long it takes")] = None
    name: str = ""
    postcode: str = ""
    needs: Annotated[list[str], Field(description="Keys or names of the office's needs")] = []
    cancelled: bool = False


def read(items: Iterable[dict], known: Known) -> Reading:
    """Its appointments may still name one reference twice. `line` is which item, from 1."""
    found, mistakes, number = [], [], 0
    for number, item in enumerate(items, 1):
        if number > known.largest_rows:
            mistakes.append(Mistake(number, "too_many_rows", {"largest": known.largest_rows, "place": "item"}))
            break
        try:
            found.append(_booked(_item(item), number, known))
        except Wrong as wrong:
            mistakes.append(Mistake(number, wrong.key, wrong.values | {"place": "item"}))
    return Reading(tuple(found), tuple(mistakes), min(number, known.largest_rows))


def _item(told: dict) -> Item:
    """Wrong names no field that is not one of ours: it may be anything."""
    try:
        return Item.model_validate(told)
    except ValidationError as error:
        named = {one["loc"][0] for one in error.errors()}
    if named <= {*Item.model_fields}:
        raise Wrong("wrong_fields", fields=tuple(sorted(named)))
    raise Wrong("unknown_fields", fields=tuple(Item.model_fields))


def _booked(item: Item, number: int, known: Known) -> Booked:
    def cell(column: str) -> str:
        return fields.clean(str(getattr(item, column) or ""), column)

    both = moments.apart(cell("start"))
    if both is None or not moments.ISO.fullmatch(both[0]):
        raise Wrong("poor_start")
    day, _either_way = moments.day(both[0], known)
    return Booked(
        reference=fields.reference(cell("reference")),
        service=fields.service(cell("service"), known),
        booked_at=moments.at(day, both[1], known.zone),
        minutes=fields.minutes("" if item.minutes is None else str(item.minutes)),
        name=cell("name"),
        postcode=fields.postcode(cell("postcode")),
        needs=fields.needs(fields.clean(";".join(item.needs), "needs"), known),
        cancelled=item.cancelled,
        line=number,
    )
