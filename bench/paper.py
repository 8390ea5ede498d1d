"""From the touch at the kiosk to the last byte of the slip's image at a printer on the network, one kiosk."""

import asyncio
import contextlib
import time

from bench.servers import SERVICES, Reception
from bench.wire import Http
from tests.fakes.printer import FakePrinter


async def touch_to_paper(server: Reception, printer: FakePrinter, count: int) -> list[float]:
    """Seconds for each of `count` tickets, one after the other; the printer answers at once and prints at once."""
    kiosk = Http(server.port, server.keys["kiosk"])
    taken = []
    for number in range(count + 3):
        done = len(printer.slips)
        began = time.monotonic()
        await kiosk.json("POST", "/api/tickets", {"service": SERVICES[number % len(SERVICES)]})
        slips = await asyncio.to_thread(printer.wait_for_slips, done + 1)
        taken.append(slips[done].last_image_byte_at - began)
        await _quiet(printer)
    await kiosk.close()
    return taken[3:]  # the first ones open files


async def _quiet(printer: FakePrinter) -> None:
    """Until the server has asked what it wants to know of this slip: the next visitor is seconds away."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(2):
            seen, since = printer.bytes_read, time.monotonic()
            while time.monotonic() - since < 0.05:
                await asyncio.sleep(0.01)
                if printer.bytes_read != seen:
                    seen, since = printer.bytes_read, time.monotonic()
