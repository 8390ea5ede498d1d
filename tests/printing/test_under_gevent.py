"""The worker in a server patched by gevent: woken from a native thread, drawing beside the loop, hanging nobody."""

import subprocess
import sys
import textwrap
from pathlib import Path

from tests.fakes.printer import FakePrinter

ROOT = Path(__file__).parents[2]
SERVER = """
    from gevent import monkey
    monkey.patch_all()
    import sys, time, gevent
    from gevent.threadpool import ThreadPool
    from reception.printing.jobs import Worker
    from reception.printing.printers import NetworkPrinter
    from tests.printing.test_jobs import Store, a_job
    from tests.printing.test_slip import a_slip

    store, told, gaps, done = Store(), [], [], gevent.event.Event()
    def tell(event):
        told.append(event)
        if event["kind"] == "job":
            done.set()
    worker = Worker("lobby", NetworkPrinter(sys.argv[1], int(sys.argv[2]), timeout=1, confirm="job_id"), store,
                    render=lambda job: a_slip(), tell=tell, clock=lambda: a_job().made_at, ask_seconds=60)
    def heartbeat():
        last = time.perf_counter()
        while True:
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
    worker.start()
    while not told:
        time.sleep(0.01)
    gevent.spawn(heartbeat)
    store.add(a_job())
    ThreadPool(1).spawn(worker.wake)
    assert done.wait(5), told
    worker.stop()
    print(told[-1]["state"], "smooth" if max(gaps) < 0.1 else f"held up {max(gaps)}")
"""


def test_a_worker_woken_from_a_native_thread_prints_without_holding_up_the_loop():
    with FakePrinter() as fake:
        server = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(SERVER), fake.host, str(fake.port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (server.stdout, server.stderr) == ("printed smooth\n", "")
        assert len(fake.slips) == 1
