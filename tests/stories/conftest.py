"""One office for a story: a real server, its printer, and everybody's screens in a real browser."""

from pathlib import Path

import pytest

from tests.fakes.printer import FakePrinter
from tests.outside import Server, zone_where_it_is
from tests.serving import free_port
from tests.stories.people import Screen

MINUTE = 60_000


class Office:
    """The server, the paper its printer gave, and a way to open a screen for each of its people."""

    def __init__(self, folder: Path, browser, printer: FakePrinter):
        self.browser, self.printer, self.wrong = browser, printer, []
        port = free_port()
        self.server = Server(
            folder,
            port=port,
            office={"name": "Fernleigh Council", "timezone": zone_where_it_is(12), "public_url": f"http://127.0.0.1:{port}"},
            printers=[{"key": "lobby", "kind": "network", "host": printer.host, "port": printer.port}],
        )  # fmt: skip

    def opens(self, kind: type[Screen], address: str | None = None) -> Screen:
        screen = kind.opened(self.browser, self.server, address)
        screen.page.on("pageerror", lambda error: self.wrong.append(f"{kind.__name__}: {error}"))
        return screen

    @property
    def front_desk(self):
        """The door, from this process: what is done there, pages have not asked for."""
        return self.server.door

    def server_hangs(self):
        return self.server.frozen()

    def minutes_pass(self, minutes: int) -> None:
        """Moves all that has happened into the past: nobody waits for the target to go by."""
        store = self.server.door.store
        columns = [name for _, name, *_ in store.reader.execute("PRAGMA table_info(visits)") if name.endswith("_at")]
        store.begin()
        store.execute(f"UPDATE visits SET {', '.join(f'{name} = {name} - {minutes * MINUTE}' for name in columns)}")
        store.commit()

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()
        self.server.close()


@pytest.fixture
def office(tmp_path, browser):
    with FakePrinter() as printer:
        office = Office(tmp_path, browser, printer)
        yield office
        office.close()
    assert office.wrong == []
