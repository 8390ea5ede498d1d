"""A manager's note on an outage, written and read by another system."""


def an_outage(api) -> str:
    door = api.server.door
    at = door.now()

    def turn(store):
        store.add_outage(door.office, "away-once", "server_away", at - 600_000, at - 300_000)
        return None, None

    if not door.store.reader.execute("SELECT 1 FROM outages WHERE id = 'away-once'").fetchone():
        door.writer.do(turn)
    return "away-once"


def noted(api) -> str | None:
    (found,) = [one for one in api.get("/api/figures").json()["outages"] if one["id"] == "away-once"]
    return found["note"]


def test_a_note_stands_beside_its_outage_until_it_is_taken_away(api):
    outage = an_outage(api)
    assert noted(api) is None
    answer = api.post(f"/api/outages/{outage}/note", json={"text": "The power was cut."}, once="note-1")
    assert (answer.status_code, answer.json()) == (200, {"noted": True})
    assert noted(api) == "The power was cut."
    again = api.post(f"/api/outages/{outage}/note", json={"text": "The power was cut."}, once="note-1")
    assert again.json() == {"noted": True}
    assert api.post(f"/api/outages/{outage}/note", json={"text": ""}).json() == {"noted": False}
    assert noted(api) is None


def test_what_is_no_outage_or_no_managers_business_is_refused(api):
    outage = an_outage(api)
    missing = api.post("/api/outages/never/note", json={"text": "Why"})
    assert (missing.status_code, missing.json()["detail"][:23]) == (404, "No outage has this id. ")
    too_long = api.post(f"/api/outages/{outage}/note", json={"text": "x" * 301})
    assert too_long.status_code == 422 and "at most 300 characters" in too_long.json()["detail"]
    assert api.post(f"/api/outages/{outage}/note", json={"text": "Why"}, role="desk").status_code == 403
