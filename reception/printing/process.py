"""The printers' own process: a worker for each printer, so that nothing a printer or a drawing does slows a screen.

It has no database. It asks the server for jobs over its standard input and output, one JSON object a line, and ends
when the server does. `python -m reception.printing.process`; started by reception/printing/link.py.
"""

import itertools
import json
import logging
import os
import queue
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

from reception.printing.job import Job
from reception.printing.jobs import Worker
from reception.printing.printers import printer_for
from reception.printing.slip import AnySlip, PromiseSlip, SignpostSlip, Slip

SLIPS = {"promise": PromiseSlip, "signpost": SignpostSlip}  # all others are tickets


class Server:
    """The server at the other end of the pipe: what a worker needs of the store, asked line by line."""

    def __init__(self, to_server, from_server):
        self._to, self._from = to_server, from_server
        self._turn = threading.Lock()
        self._numbers = itertools.count()
        self._answers: dict[int, queue.SimpleQueue] = {}
        self._slips: dict[str, dict | None] = {}  # printer -> the words of its next slip

    def next_print_job(self, printer: str) -> Job | None:
        found = self._ask("next_print_job", printer)
        if found is None:
            return None
        job = Job(**found["job"])
        self._slips[printer] = found["slip"]
        return job

    def render(self, job: Job) -> AnySlip | None:
        """What to draw for the job that this printer's worker has just been given."""
        words = self._slips.pop(job.printer)
        return words and SLIPS.get(job.kind, Slip)(**words)

    def print_job_started(self, job: Job, at: int, mm: int) -> bool:
        return self._ask("print_job_started", job.id, job.printer, at, mm)

    def print_job_ended(self, job: Job, state: str, cause: str | None, at: int) -> None:
        self._ask("print_job_ended", job.id, job.printer, state, cause, at)

    def hand_over(self, job: Job) -> str | None:
        return self._ask("hand_over", job.id, job.printer)

    def tell(self, event: dict) -> None:
        self._say({"event": event})

    def lines(self):
        """What the server says of its own accord: the printers at first, then which one to wake."""
        for line in self._from:
            try:
                said = json.loads(line)
            except ValueError:  # the server died in the middle of a word
                return
            if "answer" in said:
                self._answers.pop(said["answer"]).put(said)
            else:
                yield said

    def _ask(self, method: str, *arguments):
        number, answer = next(self._numbers), queue.SimpleQueue()
        self._answers[number] = answer
        self._say({"ask": number, "method": method, "arguments": arguments})
        said = answer.get()
        if "error" in said:
            raise RuntimeError(said["error"])
        return said["value"]

    def _say(self, message: dict) -> None:
        with self._turn:
            try:
                self._to.write(json.dumps(message) + "\n")
                self._to.flush()
            except BrokenPipeError:
                os._exit(0)  # the server is gone, and nobody is left to tell


def main() -> None:
    logging.basicConfig(level="WARNING", stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    server = Server(sys.stdout, sys.stdin)
    workers: dict[str, Worker] = {}
    for said in server.lines():
        if "printers" in said:
            for entry in said["printers"]:
                workers[entry["key"]] = _worker(server, entry, said)
            for worker in workers.values():
                worker.start()
        elif said.get("wake") in workers:
            workers[said["wake"]].wake()
    # The server is gone: what a worker was sending is found "printing" by the next one, and never sent again. An
    # ordinary end would write what stands in the pipe to nobody, and complain.
    os._exit(0)


def _worker(server: Server, entry: dict, said: dict) -> Worker:
    printer = printer_for(
        SimpleNamespace(**entry), folder=Path(said["data"]) / "printer" / entry["key"], timeout=said["timeout_seconds"]
    )
    return Worker(
        entry["key"],
        printer,
        server,
        render=server.render,
        tell=server.tell,
        dots=entry["dots"],
        dpi=entry["dpi"],
        languages=said["languages"],
        stale_seconds=said["stale_seconds"],
        ask_seconds=said["ask_seconds"],
        backup_seconds=said["backup_seconds"] if entry["backup"] else None,
    )


if __name__ == "__main__":
    main()
