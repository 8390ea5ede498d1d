"""The council's own reference of a matter, given by another system."""


def at_the_desk(api) -> str:
    api.ticket()
    called = api.post("/api/desks/1/next").json()
    assert api.post(f"/api/visits/{called['id']}/start", json={"desk": "1"}).status_code == 200
    return called["id"]


def undecided(api) -> int:
    return (api.get("/api/figures").json()["total"]["validated"] or {"undecided": 0})["undecided"]


def test_a_reference_goes_with_the_end_of_a_visit_and_is_answered_by_nobody(api):
    before, visit = undecided(api), at_the_desk(api)
    said = {"desk": "1", "outcome": "resolved", "reference": "CT 2044-117"}
    answer = api.post(f"/api/visits/{visit}/finish", json=said, once="matter-1")
    assert answer.status_code == 200
    assert api.post(f"/api/visits/{visit}/finish", json=said, once="matter-1").json() == answer.json()
    for told in (answer, api.get(f"/api/visits/{visit}"), api.get("/api/figures")):
        assert "2044" not in told.text and "matter" not in told.text
    assert undecided(api) == before + 1


def test_a_reference_may_be_noted_before_and_taken_away_again(api):
    before, visit = undecided(api), at_the_desk(api)
    assert api.post(f"/api/visits/{visit}/note", json={"reference": "CT-1"}).status_code == 200
    api.post(f"/api/visits/{visit}/note", json={"reference": ""})
    api.post(f"/api/visits/{visit}/finish", json={"desk": "1", "outcome": "resolved"})
    assert undecided(api) == before


def test_a_reference_that_is_too_long_is_refused_in_a_sentence(api):
    visit = at_the_desk(api)
    answer = api.post(f"/api/visits/{visit}/note", json={"reference": "C" * 61})
    assert (answer.status_code, answer.json()["code"]) == (422, "reference_too_long")
    assert "at most 60 characters" in answer.json()["detail"]
