"""What server.py wired together, for the pages and sockets of this app. Holds no state of the queue."""

from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from reception.figures import Figures
from reception.frontdesk import FrontDesk
from reception.keys import Keys
from reception.settings import Settings
from reception.staffing.working import Staffing
from reception.store import Store
from reception.web.blocking import blocking


@dataclass
class Parts:
    settings: Settings
    store: Store
    frontdesk: FrontDesk
    keys: Keys
    guesses: Any
    printers: Any = None
    webhooks: Any = None
    voice: Any = None
    expecting: Any = None  # estimate.live.Expecting; None: nobody is told what to expect
    staffing: Any = None  # staffing.working.Staffing, always there
    keepers: dict[str, int] = field(default_factory=dict)  # kiosk's key -> when its own machine last asked (UTC ms)
    apart: Any = None  # figures.link.Apart; None: figures are worked out by the server itself
    pages: Any = None  # web.apart.Pages; None: long pages are made by whoever is asked for them
    memory: Any = None  # figures.memory.Memory, in the figures' process
    faces: dict[str, Any] = field(default_factory=dict)  # namespace -> its Face

    def __post_init__(self):
        self.staffing = self.staffing or Staffing(self)

    def figures(self) -> Figures:
        return Figures(self.settings, self.store, self.frontdesk.writer, blocking, self.apart, self.memory)


def here() -> Parts:
    """The parts of the app that is answering."""
    return current_app.extensions["reception"]
