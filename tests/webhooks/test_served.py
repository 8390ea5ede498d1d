"""The running server tells its webhooks of everything that happens to a visit, and nothing about the person."""

import json

import pytest

from reception.webhooks.message import TOLD
from tests.api.conftest import soon
from tests.builders import eventually
from tests.outside import Server, zone_where_it_is
from tests.webhooks.conftest import SECRET, hook

PRIVATE = ("Quillfeather", "Polish", "ZZ9", "01632", "red coat", "person:", "key:", "adjustment", "quiet", "upset")

AS_IT_COMES = {"told", "warned"}  # what the estimates say, and when, is their affair


@pytest.fixture
def served(tmp_path, receiver):
    quick = {"timeout_seconds": 5, "retry_seconds": 0.1, "longest_retry_seconds": 0.2, "give_up_hours": 1, "batch": 50}
    noon = {"timezone": zone_where_it_is(12)}
    server = Server(tmp_path, office=noon, webhooks=[hook(receiver)], sending=quick)
    yield server
    server.close()


def test_a_step_arrives_signed_and_again_after_the_receiver_failed(served, receiver, check):
    receiver.answer = 503
    key = served.key("desk")
    asked = served.ask("POST", "/api/tickets", key, json={"service": "tax"}).json()
    eventually(lambda: len(receiver.arrived) >= 2)
    receiver.answer = 204
    served.ask("POST", "/api/desks/1/next", key)
    eventually(lambda: "visit.called" in receiver.types)
    first, again = receiver.arrived[:2]
    assert (first.id, first.body) == (again.id, again.body)
    assert first.said["data"]["visit"] == asked["id"]
    assert all(check(SECRET, one.headers, one.body) for one in receiver.arrived)


def test_a_step_of_another_process_arrives_too(served, receiver):
    served.door.issue(service="tax", by="console")
    eventually(lambda: "visit.issued" in receiver.types)


def test_a_whole_day_tells_every_step_and_nothing_about_anybody(served, receiver):
    whole_day(served)
    last = eventually(lambda: [step for step in served.door.store.steps("office") if step.visit])[-1].number
    eventually(lambda: last in receiver.steps)
    told = {kind.removeprefix("visit.") for kind in receiver.types}
    papers = {"print_confirmed", "acknowledged", "reprinted", "slip_came", "slip_missing"}
    assert told - AS_IT_COMES == {*TOLD} - papers - AS_IT_COMES  # those are a printer's and a kiosk's
    said = json.dumps([arrived.said for arrived in receiver.arrived])
    recorded = json.dumps([[step.by, step.note] for step in served.door.store.steps("office")])
    assert "adjustment" not in recorded and "upset" in recorded
    assert not [word for word in PRIVATE if word in said]


def whole_day(served: Server) -> None:
    """Every step there is, with something private wherever something can be said."""
    manager = served.key("manager")
    keys = served.keys
    robin, sam = (keys.add_person(name=name, sign_in=name, role="receptionist", by="test") for name in ("Robin", "Sam"))
    robins = keys.add(name="Robin's", role="receptionist", kind="bearer", by="test", person=robin)

    def ask(path, key=manager, **said):
        answer = served.ask("POST", f"/api/{path}", key, json=said)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def ticket(**said):
        return ask("tickets", service="tax", **said)["id"]

    ticket()
    one = ticket(needs=["quiet"], language="Polish", remark="red coat")
    assert ask("desks/1/next")["id"] == one  # by an adjustment's head start
    ask(f"visits/{one}/recall")
    ask(f"visits/{one}/start")
    ask(f"visits/{one}/note", note="red coat")
    ask(f"visits/{one}/offer", service="housing", wanted=False)
    ask(f"visits/{one}/transfer", service="housing", said="red coat", reason="specialist")
    ask(f"visits/{one}/hold", minutes=5, reason="break")
    ask(f"visits/{one}/resume")
    two = ticket()
    ask("desks/1/call", visit=two, reason="upset")
    ask(f"visits/{two}/return-to-line")
    ask(f"visits/{two}/call", desk="1", reason="upset")
    ask(f"visits/{two}/not-here")
    ask(f"visits/{two}/reinstate")
    ask(f"visits/{two}/leave")
    promise = {"what": "red coat", "contact": "01632", "days": 3}
    ask(f"visits/{one}/call", desk="1", reason="upset")
    ask(f"visits/{one}/finish", promise=promise, note="Quillfeather")
    for end in ({"keep": {}}, {"change": {"days": 9, "reason": "longer"}, "withdraw": {"reason": "not-needed"}}):
        owed = ask("owed", what="red coat", visit=one)["id"]
        for what, said in end.items():
            ask(f"owed/{owed}/{what}", **said)
    ask(f"visits/{one}/flag-times")
    ask(f"visits/{one}/correct", arrived_at=served.door.store.visit("office", one).arrived_at - 1)
    item = {"reference": "B1", "service": "tax", "start": "", "name": "Quillfeather", "postcode": "ZZ9 9ZZ"}
    ask("appointments", appointments=[item | {"start": soon()}])
    ask(f"visits/{ask('check-in', reference='B1', anyway=True)['id']}/cancel", reason="mistake")
    ask("check-in", reference="B1", anyway=True)
    ask("desks/2/open", robins)
    kept = ticket()
    ask(f"visits/{kept}/plan", to_come=["housing"])
    ask(f"visits/{kept}/hold", robins, mine=True)
    ask("desks/2/hand-over", robins, to=f"person:{sam}")
    late = ticket()
    served.door.tell_late(visit=late, minutes=served.door.settings.phone.late_minutes[0])
    served.door.tell_here(visit=late)
    cancelled = ticket()
    ask(f"visits/{cancelled}/cancel", reason="mistake")
    ask(f"visits/{cancelled}/undo")
