"""What a printer cannot begin comes out of its backup: after a moment, once, and never what may be on paper already."""

from contextlib import contextmanager

from reception.printing.jobs import Worker
from reception.printing.printers import NetworkPrinter
from tests.fakes.printer import FakePrinter
from tests.printing.house import NOW, Clock, House, a_job, a_slip


@contextmanager
def two_printers(fault: str | None, *jobs, backup: str | None = "desk"):
    """The lobby's printer with its fault, and the desk's, with what the lobby's worker told."""
    with FakePrinter(fault) as lobby, FakePrinter() as desk:
        own, other = (
            NetworkPrinter(fake.host, fake.port, timeout=0.4, confirm_seconds=1.5, confirm="job_id")
            for fake in (lobby, desk)
        )
        house = House(own, *jobs, backup_seconds=3)
        house.store.backup = backup
        helper = Worker(
            "desk",
            other,
            house.store,
            render=lambda job: a_slip(),
            tell=house.tell,
            clock=house.clock,
            ask_seconds=0.05,
        )
        for worker in (house.worker, helper):
            worker.start()
        try:
            yield house, lobby, desk
        finally:
            for worker in (house.worker, helper):
                worker.stop()


def test_a_slip_that_cannot_be_begun_comes_out_of_the_backup_after_a_moment():
    with two_printers("out", a_job()) as (house, lobby, desk):
        house.wait_for(lambda house: house.of("job"))
        assert (house.store.history, desk.slips) == ([], [])
        house.clock.at = NOW + 3_000
        house.wait_for_ends(2)  # handed over, and printed
        told = [(event["printer"], event["state"], event["cause"], event["to"]) for event in house.of("job")]
        assert told == [
            ("lobby", "deferred", "out", None),
            ("lobby", "moved", "out", "desk"),
            ("desk", "printed", None, None),
        ]
        lobby.fault = None
        house.wait_for(lambda house: house.worker.condition.state == "ok")
        assert (len(desk.slips), lobby.slips) == (1, [])


def test_what_may_be_on_paper_goes_to_no_backup():
    with two_printers("drop_in_image", a_job(made_at=NOW - 30_000)) as (house, lobby, desk):
        house.wait_for_ends(1)
        assert house.store.history == [("j1", "printing"), ("j1", "unconfirmed", "dropped")]
        assert desk.slips == []


def test_without_a_backup_that_works_the_slip_waits_for_its_own_printer():
    with two_printers("cover", a_job(made_at=NOW - 30_000), backup=None) as (house, lobby, desk):
        house.wait_for(lambda house: house.of("job"))
        lobby.fault = None
        house.wait_for_ends(1)
        assert (len(lobby.slips), desk.slips) == (1, [])


def test_a_slip_that_came_to_the_backup_does_not_go_further():
    with two_printers("cover", a_job(meant_for="desk", made_at=NOW - 30_000)) as (house, lobby, desk):
        house.wait_for(lambda house: house.of("job"))
        asked = lobby.connections
        house.wait_for(lambda house: lobby.connections > asked + 3)
        assert (house.store.history, desk.slips) == ([], [])


def test_a_job_that_is_anothers_by_now_is_not_sent():
    """Between the look for jobs and the first byte somebody may have printed it elsewhere."""
    with FakePrinter() as fake:
        house = House(NetworkPrinter(fake.host, fake.port, timeout=0.4), a_job())
        house.store.print_job_started = lambda job, at, mm: house.store.jobs.clear()
        house.worker.turn()
        assert (house.of("job"), fake.slips) == ([], [])


def test_however_often_a_worker_is_woken_it_asks_a_printer_in_trouble_in_time():
    seconds = Clock()
    with FakePrinter("cover") as fake:
        printer = NetworkPrinter(fake.host, fake.port, timeout=0.4, confirm_seconds=1.5)
        worker = House(printer, ask_seconds=2, monotonic=seconds).worker
        worker.turn()
        assert worker.condition.state == "cover"
        fake.fault = None
        for _ in range(2):
            seconds.at += 1
            worker.turn()
    assert worker.condition.state == "ok"
