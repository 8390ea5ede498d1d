"""What a browser sees: when a call is painted on the board, what a page weighs, and that an idle page asks nothing."""

import asyncio
import time
from contextlib import asynccontextmanager

from playwright.async_api import async_playwright

from bench.measures import Lobby
from bench.servers import Reception
from tests.browser import chromium

IDLE_SECONDS = 15
# Notes when each call's number was on the glass: after the frame in which it entered the page.
WATCH = """() => {
    window.painted = {};
    const look = () => {
        for (const call of document.querySelectorAll("[data-call]")) {
            const id = call.dataset.call;
            if (id in window.painted) continue;
            window.painted[id] = null;
            requestAnimationFrame(() => {
                const after = new MessageChannel();
                after.port1.onmessage = () => { window.painted[id] = performance.timeOrigin + performance.now(); };
                after.port2.postMessage(null);
            });
        }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


@asynccontextmanager
async def browser():
    async with async_playwright() as playwright:
        path = chromium()
        shown = await playwright.chromium.launch(**({"executable_path": path} if path else {}))
        yield shown
        await shown.close()


async def open_page(shown, server: Reception, face: str):
    """A page of a paired screen in a browser that has nothing in its cache, not loaded yet."""
    context = await shown.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB")
    cookie = {"name": f"reception-{face}", "value": server.cookies[face], "url": f"http://localhost:{server.port}"}
    await context.add_cookies([cookie])
    return await context.new_page()


async def painted(shown, lobby: Lobby, count: int) -> list[float]:
    """Seconds from pressing Next to the number on the glass of a board in Chromium, beside the fifty others."""
    page = await open_page(shown, lobby.server, "display")
    await page.goto(f"http://localhost:{lobby.server.port}/display")
    await page.locator("html[data-server=here]").wait_for()
    await page.evaluate(WATCH)
    taken = []
    for _ in range(count):
        await lobby.issue()
        began = time.time()
        visit = await lobby.desk.json("POST", f"/api/desks/{next(lobby.desks)}/next")
        at = await page.wait_for_function("id => window.painted[id]", arg=visit["id"], timeout=10_000)
        taken.append(await at.json_value() / 1000 - began)
        await asyncio.sleep(0.1)
    await page.context.close()
    return taken


async def weight_and_rest(shown, server: Reception, face: str) -> dict:
    """Kilobytes transferred until the page is connected, the requests of the seconds after that, and what its socket
    heard meanwhile besides the heartbeat."""
    page = await open_page(shown, server, face)
    network = await page.context.new_cdp_session(page)
    received, asked, heard = [], [], []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.on("Network.webSocketFrameReceived", lambda event: heard.append(event["response"]["payloadData"]))
    await network.send("Network.enable")
    await page.goto(f"http://localhost:{server.port}/{face}")
    await page.locator("html[data-server=here]").wait_for()
    await page.wait_for_load_state("load")
    await asyncio.sleep(2)
    weight, requests = sum(received) / 1000, len(asked)
    asked.clear(), heard.clear()
    await asyncio.sleep(IDLE_SECONDS)
    await page.context.close()
    return {
        "kB": weight,
        "files": requests,
        "idle requests": asked[:],
        "idle news": [frame for frame in heard if frame not in ("2", "3")],
    }
