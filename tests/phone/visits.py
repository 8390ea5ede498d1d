"""Visits to follow on a phone, and how each comes to a state."""

from flask import Flask

from reception.owing import Promised
from reception.web.noted import ending

PHONE = {"width": 360, "height": 740}
OFFICE = {
    "catalogues": {"offered": ["en", "cy", "ur"], "reviewed": ["en"]},
    "office": {"key": "town", "name": "Fernleigh Council"},
    "rooms": [{"key": "one", "name": "Interview room 1"}],
    "teams": [
        {
            "key": "tax",
            "name": "Tax team",
            "role": "Council Tax officer",
            "phone": "01632 960 101",
            "email": "tax@fernleigh.example",
        }
    ],
    "signposts": [{"key": "advice", "name": "Citizens Advice", "phone": "0800 000 0001", "checked": "2026-10-12"}],
}
BILL = Promised("We will send your new bill.", team="tax")


def issue(lobby, service: str = "tax", **more):
    return lobby.door.issue(service=service, by="test", **more).visit


def finish(lobby, visit, **ended):
    lobby.door.finish(visit=visit.id, by="test", **ended)


def walk(lobby, visit, to: str) -> None:
    """Brings a visit that waits to a state, with something promised at its end."""
    door, asked = lobby.door, {"visit": visit.id, "by": "test"}
    if to == "late":
        door.tell_late(visit=visit.id, minutes=10)
    if to == "held":
        door.hold(**asked, room="one")
    if to in ("called", "serving", "no_show", "completed"):
        door.call(desk="1", **asked)
    if to in ("serving", "no_show"):
        door.step({"serving": "start", "no_show": "not_here"}[to], **asked)
    if to == "completed":
        papers = Promised("Two payslips and the letter from the landlord", kind="documents", team="tax")
        door.promise(promised=papers, **asked)
        finish(lobby, visit, promise=BILL, signposts=["advice"])
        door.change_promise(promise=door.promises_of(visit.id)[0].id, by="test", reason="longer", days=9)
        door.keep(promise=door.promises_of(visit.id)[1].id, by="test")
    if to == "cancelled":
        door.step("cancel", **asked)


def link_of(server, told) -> str:
    """Of what was noted, as the server gives it to a kiosk in its code."""
    app = Flask("signing")
    app.secret_key = (server.data / "secret").read_text()
    with app.app_context():
        return f"{server.url}/feedback/{ending(told.id)}"
