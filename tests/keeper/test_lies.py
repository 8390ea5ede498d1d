"""A kiosk's key in the wrong hands: what it cannot have done is refused, in a sentence, and nothing else is harmed."""

import time
import tomllib

import pytest

from reception.identifiers import uuid7
from reception.settings import CONFIG, Settings
from reception.web.api.keepers import shown
from tests.builders import office as settings_of
from tests.outside import Server

DAY = "%Y-%m-%d"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    own = {"key": "own", "kind": "network", "host": "192.0.2.1", "at": "kiosk of a test"}
    server = Server(tmp_path_factory.mktemp("lies"), printers=[own])
    yield server
    server.close()


class Liar:
    def __init__(self, server: Server):
        self.server, self.key, self.keeper = server, server.key("kiosk"), uuid7(int(time.time() * 1000))
        self.blocks = self.ask("contact", keeper=self.keeper).json()["blocks"]

    def ask(self, what: str, **said):
        return self.server.ask("POST", f"/api/keeper/{what}", self.key, json=said)

    def ticket(self, place: int = 0, **said) -> dict:
        block, now = self.blocks[0], int(time.time() * 1000)
        number = f"{block['letter']}{block['first'] + place:03d}"
        values = {"id": uuid7(now), "token": f"{uuid7(now)}", "day": block["day"], "number": number, "service": "tax"}
        return values | {"arrived_at": now} | said

    def merge(self, *tickets: dict) -> list[dict]:
        answer = self.ask("tickets", keeper=self.keeper, tickets=list(tickets))
        assert answer.status_code == 200, answer.text
        return answer.json()["tickets"]


@pytest.fixture
def liar(office):
    return Liar(office)


def test_each_lie_is_refused_alone_and_what_is_true_is_taken_in(liar):
    now = int(time.time() * 1000)
    true, twice = liar.ticket(0), liar.ticket(1)
    told = liar.merge(
        true,
        liar.ticket(place=20_000),
        liar.ticket(2, arrived_at=now + 3_600_000),
        liar.ticket(3, day="2020-01-01"),
        twice,
        twice | {"id": uuid7(now)},
        liar.ticket(4, token=true["token"]),
    )
    codes = [None, "number_not_lent", "arrival_implausible", "number_not_lent", None, "number_given", "number_given"]
    assert [one["code"] for one in told] == codes
    assert all(one["detail"].endswith(".") for one in told if one["code"])


def test_another_machines_numbers_are_not_its_own(liar, office):
    other = Liar(office)
    assert [one["code"] for one in other.merge(liar.ticket())] == ["number_not_lent"]
    liar.keeper = other.keeper
    assert [one["code"] for one in liar.merge(liar.ticket())] == ["number_not_lent"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "guessable"},
        {"id": "1"},
        {"id": "01a215e3-2c0e-49c7-ad8d-748b3ece75a0"},
        {"number": ""},
        {"arrived_at": "now"},
        {"remark": "Let me in."},
        {"day": "today"},
    ],
)
def test_what_is_not_well_formed_is_refused_as_a_whole(liar, wrong):
    answer = liar.ask("tickets", keeper=liar.keeper, tickets=[liar.ticket(5, **wrong)])
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_values")


@pytest.mark.parametrize("ask", ["print_job_started", "print_job_ended", "hand_over", "alone"])
def test_a_printer_that_does_not_say_of_which_slip_it_tells_is_refused(liar, ask):
    assert liar.ask("printing", ask=ask, printer="own").json()["code"] == "wrong_values"


@pytest.mark.parametrize("ask", ["print_job_ended", "alone"])
def test_a_slip_that_has_ended_has_ended_in_some_way(liar, ask):
    assert liar.ask("printing", ask=ask, printer="own", job="a").json()["code"] == "wrong_values"


def test_a_slip_of_nobodys_ticket_is_refused(liar):
    told = liar.ask("printing", ask="alone", printer="own", job="a", state="printed", visit=uuid7(1))
    assert told.json()["code"] == "unknown_visit"


def test_ten_thousand_tickets_at_once_are_too_many(liar):
    answer = liar.ask("tickets", keeper=liar.keeper, tickets=[liar.ticket(n) for n in range(51)])
    assert answer.status_code == 422
    answer = liar.ask("tickets", keeper=liar.keeper, tickets=[liar.ticket(n) for n in range(10_000)])
    assert answer.status_code in (413, 422)


def test_it_is_lent_a_days_numbers_once_whatever_it_says_is_used_up(liar):
    for _ in range(30):
        used = [f"{one['day']} {one['letter']}{one['first']}" for one in liar.blocks][-40:]
        liar.blocks = liar.ask("contact", keeper=liar.keeper, used_up=used).json()["blocks"]
    lent = {}
    for one in liar.blocks:
        key = one["day"], one["letter"]
        lent[key] = lent.get(key, 0) + one["last"] - one["first"] + 1
    assert max(lent.values()) == 300


def test_what_a_kiosk_is_told_holds_no_secret(liar, office):
    told = liar.ask("contact", keeper=liar.keeper).text
    assert all(word not in told for word in ("whsec", "webhook", "trusted_proxies", "recordings/", str(office.data)))


@pytest.mark.parametrize("at", [-1, 1 << 63])
def test_no_printer_tells_of_an_instant_that_no_clock_shows(office, at):
    liar = Liar(office)
    for said in ({"at": at}, {"made_at": at}, {"event": {"kind": "heard", "printer": "own", "at": 0, "since": at}}):
        assert liar.ask("printing", ask="next_print_job", printer="own", **said).json()["code"] == "wrong_values"


def test_the_machine_is_told_nobodys_address_and_its_settings_are_whole():
    own = settings_of(
        teams=[{"key": "front", "name": "Front desk", "email": "front@example.gov.uk"}],
        mail={"server": "mail.example.gov.uk", "sender": "desk@example.gov.uk"},
        alerts=[{"key": "late", "what": "late", "limit": 0, "mail": ["sam@example.gov.uk"]}],
        feedback={"themes": [{"key": "staff", "name": "The staff", "team": "front"}]},
    )
    told = shown(own, "Lobby kiosk")
    assert "example.gov.uk" not in str(told)
    default = tomllib.loads((CONFIG / "default.toml").read_text("utf-8"))
    assert Settings(**default | told).feedback.theme["staff"].team is None
