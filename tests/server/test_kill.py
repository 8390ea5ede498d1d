"""The real server is killed again and again while kiosks and desks are busy; afterwards everything is counted.

One run (ROUNDS kills at instants nobody chose) and its aftermath are shared by the tests of this file.
"""

import json
import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

import pytest
import requests
import zxingcpp

from reception.visit import AT_DESK, ENDED
from tests.builders import eventually, replayed
from tests.fakes.printer import FakePrinter
from tests.serving import HEAD, HOURS, TAIL, Served

ROUNDS = 8
OFFICE = f"""{HEAD}{HOURS}{TAIL}
[[services]]
key = "tax"
name = "Council Tax"
letter = "A"
[[services]]
key = "parking"
name = "Parking"
letter = "A"
[[services]]
key = "housing"
name = "Housing"
letter = "B"
[[desks]]
key = "1"
name = "Desk 1"
[[desks]]
key = "2"
name = "Desk 2"
[[printers]]
key = "lobby"
kind = "network"
host = "127.0.0.1"
port = %d
"""
LETTERS = {"tax": "A", "parking": "A", "housing": "B"}
SERVICES = sorted(LETTERS)


@dataclass
class Question:
    """What somebody asked once, under a key of its own, and what they heard: None where the server died first."""

    path: str
    body: dict
    secret: str
    key: str
    answer: tuple[int, dict | None] | None = None

    def ask(self, url: str, session=requests) -> tuple[int, dict | None]:
        headers = {"Authorization": f"Bearer {self.secret}", "Idempotency-Key": self.key}
        got = session.post(url + self.path, json=self.body, headers=headers, timeout=20)
        return got.status_code, got.json() if got.content else None


class Asker(threading.Thread):
    """One kiosk or desk: asks without pause until the server is gone."""

    def __init__(self, url: str, secret: str, questions, *, keys):
        super().__init__()
        self.url, self.secret, self.questions, self.keys = url, secret, questions, keys
        self.asked: list[Question] = []

    def run(self):
        with requests.Session() as session:
            for path, body in self.questions:
                question = Question(path, body, self.secret, f"{next(self.keys):06d}")
                self.asked.append(question)
                try:
                    question.answer = question.ask(self.url, session)
                except requests.RequestException:
                    return


def tickets(*, printed: bool):
    for number in count():
        yield "/api/tickets", {"service": SERVICES[number % len(SERVICES)], "print": printed}


def presses(desk: str):
    while True:
        yield f"/api/desks/{desk}/next", {}


@dataclass
class Aftermath:
    """What was asked and heard, what is stored, and what came out of the printer."""

    asked: list[Question]
    again: list[tuple[Question, tuple[int, dict | None]]]
    door: object
    printed: list[str]
    log: str

    @property
    def answered(self) -> list[Question]:
        return [question for question in self.asked if question.answer]

    def stored(self):
        return sorted(self.door.store.visits_between("town", 0, 1 << 60), key=lambda visit: visit.place)

    def steps(self):
        return self.door.store.steps("town")


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    dice, keys, asked, again = random.Random(20260302), count(), [], []
    with FakePrinter() as printer:
        server = Served(tmp_path_factory.mktemp("killed"), OFFICE % printer.port)
        secrets = {
            role: re.search(r"\S{40,}", server.typed("key", "add", f"a {role}", "--role", role))[0]
            for role in ("kiosk", "desk")
        }
        for _ in range(ROUNDS):
            askers = [
                Asker(server.url, secrets["kiosk"], tickets(printed=True), keys=keys),
                Asker(server.url, secrets["kiosk"], tickets(printed=False), keys=keys),
                Asker(server.url, secrets["kiosk"], tickets(printed=False), keys=keys),
                Asker(server.url, secrets["desk"], presses("1"), keys=keys),
                Asker(server.url, secrets["desk"], presses("2"), keys=keys),
            ]
            for asker in askers:
                asker.start()
            enough = dice.randrange(3, 250)
            eventually(lambda: sum(len(asker.asked) for asker in askers) >= enough, seconds=30, every=0.001)  # noqa: B023
            server.stop(kill=True)
            for asker in askers:
                asker.join(30)
                asked += asker.asked
            server.start()
            unheard = [question for asker in askers for question in asker.asked if question.answer is None]
            heard = [asker.asked[dice.randrange(len(asker.asked))] for asker in askers]
            again += [(question, question.ask(server.url)) for question in unheard + heard]
        eventually(lambda: not server.door.store.waiting_print_jobs("town", "lobby"), seconds=30)
        server.stop()
        found = (zxingcpp.read_barcodes(paper.image.convert("L")) for paper in printer.slips)
        printed = [code.text.rsplit("/", 1)[-1] for codes in found for code in codes]
    yield Aftermath(asked, again, server.door, printed, "".join(server.log))
    server.close()


def test_there_was_a_load_and_the_kills_cut_into_it(after):
    assert len(after.answered) > 20 * ROUNDS
    assert len(after.asked) - len(after.answered) >= ROUNDS
    assert {question.answer[0] for question in after.answered} <= {200, 201, 204}


def test_every_ticket_that_was_answered_is_stored_as_it_was_answered(after):
    stored = {visit.id: visit for visit in after.stored()}
    for question in after.answered:
        if question.answer[0] == 201:
            given = question.answer[1]
            kept = stored[given["id"]]
            assert (kept.number, kept.service, kept.arrived_at) == (
                given["number"],
                question.body["service"],
                given["arrived_at"],
            )
            assert given["url"].endswith(f"/t/{kept.token}")


def test_every_call_that_was_answered_is_among_the_steps(after):
    called = {(step.visit, step.desk) for step in after.steps() if step.step == "called"}
    heard = {(q.answer[1]["id"], q.path.split("/")[3]) for q in after.answered if q.answer[0] == 200}
    assert heard
    assert heard <= called


def test_no_number_is_given_twice_and_none_is_skipped(after):
    for letter in "AB":
        numbers = [int(visit.number[1:]) for visit in after.stored() if LETTERS[visit.service] == letter]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_each_question_made_one_ticket_however_often_it_was_asked(after):
    questions = {question.key for question in after.asked if question.path == "/api/tickets"}
    assert len(after.stored()) == len(questions)


def test_a_question_asked_again_after_the_kill_has_the_answer_it_had(after):
    assert any(question.answer is None for question, _ in after.again)
    for question, answer in after.again:
        assert answer == question.answer if question.answer else answer[0] in (200, 201, 204)


def test_nobody_was_called_twice_and_nobody_was_passed_over(after):
    calls = [step.visit for step in after.steps() if step.step == "called"]
    assert max(Counter(calls).values()) == 1
    assert calls == [visit.id for visit in after.stored()][: len(calls)]


def test_at_most_one_visitor_is_left_at_each_desk_and_everyone_before_was_finished(after):
    at_desks = [visit.desk for visit in after.stored() if visit.state in AT_DESK]
    assert len(at_desks) == len(set(at_desks))
    assert {visit.state for visit in after.stored()} <= {"waiting", "called", "completed"}
    assert all(visit.seen_inferred and visit.seen_at for visit in after.stored() if visit.state in ENDED)


def test_steps_have_no_gap_and_their_replay_gives_the_stored_visits(after):
    steps = after.steps()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert replayed(steps) == {visit.id: replace(visit, token=None) for visit in after.stored()}


def test_nothing_is_printed_that_is_not_stored_and_nothing_twice(after):
    tokens = {visit.token for visit in after.stored()}
    assert after.printed
    assert set(after.printed) <= tokens
    assert max(Counter(after.printed).values()) == 1


def test_every_printed_slip_has_a_print_job_that_was_begun(after):
    begun = after.door.store.reader.execute(
        "SELECT visits.token FROM print_jobs JOIN visits ON visits.id = print_jobs.visit WHERE started_at IS NOT NULL"
    ).fetchall()
    assert set(after.printed) <= {token for (token,) in begun}


def test_no_job_is_left_between_begun_and_ended(after):
    states = dict(after.door.store.reader.execute("SELECT state, count(*) FROM print_jobs GROUP BY state").fetchall())
    assert not {"waiting", "printing"} & set(states), json.dumps(states)


def test_the_database_is_sound_and_the_restarts_had_nothing_to_complain_of(after):
    assert after.door.store.reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert [line for line in after.log.splitlines() if " ERROR " in line or "Error" in line] == []
