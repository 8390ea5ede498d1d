"""What the machine of a kiosk asks (docs/keeper.md): numbers beforehand, taking in the tickets that the kiosk gave
while the server was away, and slips for the printers it drives.

A kiosk's key can do no more here than at the kiosk itself: give tickets, of its own numbers, that arrived before now.
"""

import hashlib
import json
from typing import Annotated, Literal

from flask_babel import gettext as _
from pydantic import Field

from reception import __version__
from reception.blocks import Alone
from reception.door import Once
from reception.identifiers import secret
from reception.printing import words
from reception.refusals import Refusal
from reception.web.api import pictures
from reception.web.api.asking import post
from reception.web.api.shapes import Answer, Instant, Keys, Party, Question, Text
from reception.web.parts import here
from reception.web.words import sentence

KIOSKS = ("kiosk",)
STARTED = secret()  # of this server: a kiosk's machine looks again at everything when it has changed
PRIVATE = {"demo", "webhooks", "sending", "access", "server", "keeping", "teams", "printers", "mail", "alerts"}
ENDS = ("print_job_ended", "alone")
OF_A_JOB = ("print_job_started", "hand_over", *ENDS)
RULED = ("service", "quota", "kiosk", "notice")
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22,64}$", description="At least 128 random bits")]


class Contact(Question):
    keeper: Annotated[Id, Field(description="Minted once for the machine's own store: numbers are lent to that")]
    settings: Annotated[Text | None, Field(description="The digest of the settings it has")] = None
    used_up: Annotated[Keys, Field(description="Ids of blocks of which less than half is left")] = []


class Block(Answer):
    """Numbers of a letter, lent for a day."""

    day: str
    letter: str
    first: int
    last: int
    lent_at: Instant


class Ruled(Answer):
    kind: str
    subject: str
    value: str | None
    until_at: Instant | None
    text: str | None


class Contacted(Answer):
    now: Instant
    kiosk: Annotated[str, Field(description="The id of the kiosk's key")]
    name: str
    version: str
    digest: str
    settings: Annotated[
        dict | None, Field(description="The office's, where the digest has changed: what a kiosk shows")
    ]
    blocks: list[Block]
    desks: Annotated[dict[str, str], Field(description="The state of each desk")]
    rulings: list[Ruled]


class AloneTicket(Question):
    """A ticket that the kiosk gave by itself."""

    id: Id
    token: Token
    day: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    number: Text
    service: Text
    arrived_at: Instant
    showing: Annotated[str, Field(max_length=60)] = ""
    shown_at: Annotated[int | None, Field(description="When its number stood on the screen, in UTC milliseconds")] = (
        None
    )
    about: Annotated[bool, Field(description="The kiosk could not know well when that was")] = False
    needs: Keys = []
    language: Annotated[str, Field(max_length=60, description="The interpreter's")] = ""
    reads: Annotated[str, Field(max_length=20)] = ""
    party: Party = None


class Merge(Question):
    keeper: Id
    tickets: Annotated[list[AloneTicket], Field(max_length=50)]


class Merged(Answer):
    id: str
    visit: Annotated[
        str | None, Field(description="The visit's id: another where the server had given the ticket, too")
    ]
    number: str | None
    code: Annotated[str | None, Field(description="Why it was refused")]
    detail: str | None


class AllMerged(Answer):
    tickets: list[Merged]


Told = Annotated[int, Field(ge=0, lt=1 << 45, description="UTC milliseconds since 1970")]


class Event(Question):
    """What a printer's worker tells."""

    kind: Literal["condition", "heard", "job"]
    printer: Text
    at: Told
    state: Text | None = None
    cause: Text | None = None
    remedy: Text | None = None
    since: Told | None = None
    heard_at: Told | None = None
    job: Text | None = None
    slip: Text | None = None
    visit: Annotated[str, Field(max_length=60)] | None = None
    to: Text | None = None


class Printing(Question):
    """`ask` is what the printers' process asks its server, or "tell", or "alone": a slip it printed by itself."""

    ask: Literal["next_print_job", "print_job_started", "print_job_ended", "hand_over", "tell", "alone"]
    printer: Text
    job: Text | None = None
    at: Told = 0
    mm: Annotated[int, Field(ge=0, le=10_000)] = 0
    state: Literal["printed", "unconfirmed", "failed", "dropped"] | None = None
    cause: Text | None = None
    visit: Text | None = None
    made_at: Told = 0
    event: Event | None = None


class Printed(Answer):
    value: Annotated[dict | bool | str | None, Field(description="As the printers' process is answered")]


def said(_parts, answer, _path):
    return 200, answer


@post("/api/keeper/contact", roles=KIOSKS, question=Contact, answers={200: Contacted}, word=said)
def contact(asker, asked, once):
    """A kiosk's machine is there. Answers with the server's clock, and all that the kiosk needs without the server."""
    parts = here()
    frontdesk, settings = parts.frontdesk, parts.settings
    lent = frontdesk.lend(kiosk=lent_to(asker, asked.keeper), by=asker.by, used_up=asked.used_up)
    _newest, room = frontdesk.look()
    parts.keepers[asker.id] = frontdesk.now()
    told = shown(settings, asker.name)
    digest = hashlib.sha256((STARTED + json.dumps(told, sort_keys=True)).encode()).hexdigest()[:32]
    return {
        "now": frontdesk.now(),
        "kiosk": asker.id,
        "name": asker.name,
        "version": __version__,
        "digest": digest,
        "settings": None if asked.settings == digest else told,
        "blocks": [{name: getattr(block, name) for name in Block.model_fields} for block in lent],
        "desks": {key: desk.state for key, desk in room.desks.items()},
        "rulings": [*_rulings(frontdesk, room), *_full(frontdesk, room)],
    }


def lent_to(asker, keeper: str) -> str:
    """To whom numbers are lent: the key and the machine's own store, so that an empty store begins with none."""
    return f"{asker.id} {keeper}"


def shown(settings, kiosk: str) -> dict:
    """The settings that a kiosk shows, and those of the printers that its machine drives. Nothing secret."""
    told = settings.model_dump(mode="json", exclude=PRIVATE)
    told["office"]["public_url"] = settings.address
    told["voice"]["recordings"] = told["appointments"]["folder"] = ""  # folders of the server's own disk
    told["printers"] = _printers(settings, kiosk)
    told["hours"] = pictures.timetable(settings.hours)
    for part, service in zip(told["services"], settings.services, strict=True):
        part["hours"] = service.hours and pictures.timetable(service.hours)
    for part in told["desks"]:
        part["printer"] = None
    for part in told["feedback"]["themes"]:
        part["team"] = None
    return told


def _printers(settings, kiosk: str) -> list[dict]:
    """Those that the kiosk's machine drives; where there is none, the one its slips come out of, with no address."""
    own = settings.printers_at(kiosk)
    told = [one.model_dump(mode="json") | {"at": "", "kiosks": []} for one in own]
    for part in told:
        part["backup"] = part["backup"] if part["backup"] in [one.key for one in own] else ""
    if not own and (elsewhere := settings.printer_of(kiosk)):
        found = settings.printer[elsewhere]
        told.append({"key": found.key, "name": found.name, "kind": "virtual", "at": "server"})
    return told


def _rulings(frontdesk, room):
    for ruling in room.rulings.values():
        if ruling.kind in RULED:
            text = frontdesk.text_of(room, ruling.kind, ruling.subject)
            values = {name: getattr(ruling, name) for name in ("kind", "subject", "value", "until_at")}
            yield {**values, "text": text}


def _full(frontdesk, room):
    """A kiosk alone cannot count a quota; what is full stays full."""
    for key in frontdesk.settings.service:
        refusal = frontdesk.why_closed(key, room)
        value = "0" if refusal and refusal.key == "service_full" else None
        yield {"kind": "quota", "subject": key, "value": value, "until_at": None, "text": None}


@post("/api/keeper/tickets", roles=KIOSKS, question=Merge, answers={200: AllMerged}, word=said)
def merge(asker, asked, once):
    """Takes in tickets that the kiosk gave by itself, each once however often it is told. One that is refused harms no
    other."""
    merged = [_merged(asker, asked.keeper, one) for one in asked.tickets]
    here().frontdesk.catch_up()  # whose day is settled has ended
    return {"tickets": merged}


def _merged(asker, keeper: str, ticket: AloneTicket) -> dict:
    parts = here()
    given = Alone(**ticket.model_dump() | {"needs": tuple(ticket.needs)})
    once = Once(asker.id, f"showing {ticket.showing or ticket.id}", parts.faces["/kiosk"].stored)
    remark = _("Their ticket says %(number)s.", number=ticket.number)
    try:
        visit = parts.frontdesk.merge(given, kiosk=lent_to(asker, keeper), by=asker.by, once=once, remark=remark)
    except Refusal as refusal:
        told = {"code": refusal.key, "detail": sentence(refusal, parts.settings)}
        return {"id": ticket.id, "visit": None, "number": None, **told}
    return {"id": ticket.id, "visit": visit.id, "number": visit.number, "code": None, "detail": None}


@post("/api/keeper/printing", roles=KIOSKS, question=Printing, answers={200: Printed}, word=said)
def printing(asker, asked, once):
    """What the printers' process on the kiosk's machine asks and tells of a printer that stands there."""
    if asked.printer not in {one.key for one in here().settings.printers_at(asker.name)}:
        raise Refusal("not_allowed", status=403)
    if asked.ask in OF_A_JOB and asked.job is None or asked.ask in ENDS and asked.state is None:
        raise Refusal("wrong_values", status=422, mistakes="it does not say which job, or what became of it")
    if asked.ask == "tell":
        return _tell(asked)
    if asked.ask == "alone":
        return _printed_alone(asked)
    arguments = {
        "next_print_job": (asked.printer,),
        "print_job_started": (asked.job, asked.printer, asked.at, asked.mm),
        "print_job_ended": (asked.job, asked.printer, asked.state, asked.cause, asked.at),
        "hand_over": (asked.job, asked.printer),
    }[asked.ask]
    answer = here().printers.of_keeper(asked.ask, *arguments)
    if "error" in answer:
        raise Refusal("fault", status=500)
    return {"value": answer["value"]}


def _tell(asked: Printing) -> dict:
    event = asked.event
    known = event is not None and event.printer == asked.printer
    states = words.CONDITIONS if known and event.kind == "condition" else None
    if not known or (event.cause and event.cause not in words.CAUSES) or (states and event.state not in states):
        raise Refusal("wrong_values", status=422, mistakes="the event is none of a printer's")
    try:
        here().printers.heard(event.model_dump())
    except KeyError as error:  # of a printer of which nothing is known yet, or of no slip
        raise Refusal("wrong_values", status=422, mistakes="the event is none of a printer's") from error
    return {"value": None}


def _printed_alone(asked: Printing) -> dict:
    told = asked.model_dump(include={"job", "printer", "made_at", "state", "at", "cause"})
    here().frontdesk.slip_printed_alone(visit=asked.visit or "", **told)
    return {"value": None}
