"""What the office owes people, over the API: promises, documents handed in, call-backs. One list for all."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.owing import KINDS, Promised
from reception.web.api.asking import CALLERS, get, post
from reception.web.api.shapes import Answer, Instant, Question, Text, Whom, Words
from reception.web.parts import here

Days = Annotated[int | None, Field(ge=0, le=400, description="Working days from today")]
Day = Annotated[Text | None, Field(description="A date, such as 2026-03-02")]
Because = Annotated[Text, Field(description="A key of the office's reasons to change what was promised")]


class Promise(Question):
    """What, to whom, by which team or owner, and by when. Without a date: the team's days, or the settings'."""

    what: Annotated[Words, Field(description="A sentence, or the papers")]
    kind: Literal[KINDS] = "promise"
    team: Text | None = None
    owner: Whom = None
    days: Days = None
    due_on: Day = None
    minutes: Annotated[int | None, Field(description="Until a call-back, of opening time")] = None
    service: Text | None = None
    contact: Annotated[Words, Field(description="Whom to ring, and where")] = ""


class NewPromise(Promise):
    visit: Annotated[Text | None, Field(description="Whose promise it is")] = None
    print: Annotated[bool, Field(description="Print a slip of it")] = False


class ChangedPromise(Question):
    """A new date, owner or team, or several of them. A team's is nobody's own unless an owner is named too."""

    reason: Because
    days: Days = None
    due_on: Day = None
    owner: Whom = None
    team: Annotated[Text | None, Field(description="A team's key")] = None

    @model_validator(mode="after")
    def _something(self):
        if all(value is None for value in (self.days, self.due_on, self.owner, self.team)):
            raise ValueError("give days, due_on, owner or team")
        return self


class WithdrawnPromise(Question):
    reason: Because


class Since(Question):
    """`ended_since` adds what was kept or withdrawn since."""

    ended_since: Annotated[int | None, Field(strict=False, ge=0, description="UTC milliseconds")] = None


class PlainOwed(Answer):
    id: str
    reference: str
    kind: Literal[KINDS]
    standing: Literal["open", "due", "late", "kept", "withdrawn"]
    due_at: Annotated[int, Field(description="The last instant at which it is in time, in UTC milliseconds")]
    due_on: str
    first_due_at: Annotated[int | None, Field(description="As promised first, in UTC milliseconds")]
    made_at: Instant
    made_by: str
    visit: str | None
    service: str | None
    team: str | None
    owner: str | None
    kept_at: Instant | None
    kept_by: str | None


class OwedOne(PlainOwed):
    what: str | None
    contact: str | None


class Owed(Answer):
    """The earliest due first."""

    now: Instant
    owed: list[OwedOne]


OF_PROMISE = tuple(name for name in PlainOwed.model_fields if name != "standing")


def _shown(parts, promise) -> dict:
    standing = parts.frontdesk.standing_of(promise, parts.frontdesk.now())
    return {**{name: getattr(promise, name) for name in OF_PROMISE}, "standing": standing}


def _made(parts, promise, _path):
    return 201, _shown(parts, promise)


def _changed(parts, promise, _path):
    return 200, _shown(parts, promise)


@get("/api/owed", roles=CALLERS, question=Since, answers={200: Owed})
def owed(asker, asked):
    """Everything owed, with its words and whom to ring."""
    parts = here()
    promises = parts.frontdesk.promises(ended_since=asked.ended_since)
    told = parts.store.particulars(parts.settings.office.key, [promise.id for promise in promises])
    return {"now": parts.frontdesk.now(), "owed": [_with_words(parts, one, told.get(one.id, {})) for one in promises]}


@post("/api/owed", roles=CALLERS, question=NewPromise, answers={201: PlainOwed}, word=_made)
def promise(asker, asked, once):
    """Papers handed in, a call-back, or a promise made without ending a visit."""
    frontdesk = here().frontdesk
    return frontdesk.promise(
        Promised(**asked.given("visit", "print")),
        visit=asked.visit,
        by=asker.by,
        printer=frontdesk.nearest_printer(None) if asked.print else None,
        once=once,
    )


@post("/api/owed/<promise>/keep", roles=CALLERS, answers={200: PlainOwed}, word=_changed)
def keep(asker, asked, once, promise):
    """It is done; the visitor's page says so."""
    return here().frontdesk.keep(promise=promise, by=asker.by, once=once)


@post("/api/owed/<promise>/change", roles=CALLERS, question=ChangedPromise, answers={200: PlainOwed}, word=_changed)
def change_promise(asker, asked, once, promise):
    """A new date or owner, with the reason."""
    return here().frontdesk.change_promise(promise=promise, by=asker.by, once=once, **asked.given())


@post("/api/owed/<promise>/withdraw", roles=CALLERS, question=WithdrawnPromise, answers={200: PlainOwed}, word=_changed)
def withdraw_promise(asker, asked, once, promise):
    """It is no longer needed, with the reason."""
    return here().frontdesk.change_promise(promise=promise, by=asker.by, reason=asked.reason, withdraw=True, once=once)


def _with_words(parts, promise, told: dict) -> dict:
    return {**_shown(parts, promise), "what": told.get("what"), "contact": told.get("contact")}
