"""An office on gevent, as the server runs it, that gives ticket after ticket and delivers until it is killed.

Run by tests as python -m tests.webhooks.lobby DATABASE KEY=URL... It prints each ticket's number, and how late it was
in milliseconds.
"""

# ruff: noqa: E402, I001  gevent has to patch before anything else is imported.

from gevent import monkey

monkey.patch_all()

import sys
import time
from pathlib import Path
from types import SimpleNamespace

import gevent

from reception.frontdesk import FrontDesk
from reception.store import Store
from reception.webhooks import Webhooks
from reception.writer import GeventWriter
from tests.builders import office
from tests.webhooks.conftest import SECRET, SENDING

EVERY = 0.02  # seconds between tickets


def main(database: str, *hooks: str) -> None:
    pairs = [named.split("=", 1) for named in hooks]
    webhooks = [{"key": key, "url": url, "secret": SECRET} for key, url in pairs]
    settings = office(webhooks=webhooks, sending=SENDING | {"timeout_seconds": 1, "retry_seconds": 0.05})
    store = Store(Path(database))
    desk = FrontDesk(settings, store, writer=GeventWriter)
    Webhooks(SimpleNamespace(settings=settings, store=store, frontdesk=desk)).start()
    while True:
        began = time.monotonic()
        gevent.sleep(EVERY)
        late = time.monotonic() - began - EVERY
        print(desk.issue(service="tax", by="kiosk:lobby").visit.number, round(late * 1000), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
