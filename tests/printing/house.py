"""A worker at work: its printer, the print jobs in memory, a clock whose hands one sets, and what it told."""

import threading
import time
from contextlib import contextmanager
from dataclasses import replace

from reception.printing.job import Job
from reception.printing.jobs import Worker
from reception.printing.printers import NetworkPrinter
from reception.printing.slip import Slip

NOW = 1_800_000_000_000


def a_slip(number: str = "A014") -> Slip:
    return Slip("Fernleigh Council", number, "Council Tax", "You are next", "Mon 2 Mar 2026, 10:00")


class Store:
    """Print jobs in memory, with what happened to each in order."""

    def __init__(self, *jobs: Job):
        self.lock, self.jobs, self.history = threading.Lock(), {job.id: job for job in jobs}, []
        self.broken, self.backup = False, None

    def add(self, job: Job) -> None:
        with self.lock:
            self.jobs[job.id] = job

    def next_print_job(self, printer):
        with self.lock:
            if self.broken:
                raise OSError("disk full")
            mine = [job for job in self.jobs.values() if job.printer == printer]
            return min(mine, key=lambda job: job.made_at, default=None)

    def print_job_started(self, job, at, mm):
        with self.lock:
            stored = self.jobs.get(job.id)
            if stored != job:
                return False
            self.jobs[job.id] = replace(job, state="printing")
            self.history.append((job.id, "printing"))
            return True

    def print_job_ended(self, job, state, cause, at):
        with self.lock:
            del self.jobs[job.id]
            self.history.append((job.id, state, cause))

    def hand_over(self, job):
        with self.lock:
            if self.backup:
                self.jobs[job.id] = replace(job, printer=self.backup, meant_for=job.printer)
                self.history.append((job.id, "moved"))
            return self.backup


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at


class House:
    """A worker with its printer, store, clock and what it told."""

    def __init__(self, printer, *jobs, render=lambda job: a_slip(number=job.visit), **settings):
        self.store, self.clock, self.told, self.changed = Store(*jobs), Clock(), [], threading.Condition()
        settings = {"ask_seconds": 0.05} | settings
        self.worker = Worker("lobby", printer, self.store, render=render, tell=self.tell, clock=self.clock, **settings)

    def tell(self, event):
        with self.changed:
            self.told.append(event)
            self.changed.notify_all()

    def of(self, kind):
        return [event for event in self.told if event["kind"] == kind]

    def wait_for(self, claim, seconds=10):
        with self.changed:
            if not self.changed.wait_for(lambda: claim(self), seconds):
                raise AssertionError(f"not within {seconds} s; told {self.told}; history {self.store.history}")

    def wait_for_ends(self, count):
        self.wait_for(lambda house: len([e for e in house.of("job") if e["state"] != "deferred"]) >= count)


def poll(claim, seconds=10):
    until = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.005)


def a_job(id="j1", **changes) -> Job:
    return Job(**{"id": id, "visit": "A014", "kind": "ticket", "made_at": NOW, "printer": "lobby"} | changes)


@contextmanager
def at_work(fake, *jobs, confirm="job_id", **settings):
    printer = NetworkPrinter(fake.host, fake.port, timeout=0.4, confirm_seconds=1.5, confirm=confirm)
    house = House(printer, *jobs, **settings)
    house.worker.start()
    try:
        yield house
    finally:
        house.worker.stop()
