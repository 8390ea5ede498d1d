"""What somebody who listens at a kiosk waits for, by the sound itself: from a key to silence, and to the voice."""

from bench.screens import open_page
from bench.servers import Reception

TIMES = 20
LONGER = 900  # ms that are listened to after each key
# Notes, for each key, when the first and the last sound came after it: what reaches the loudspeaker is looked at every
# 2 ms. The time that the sound card takes is not in it.
EAR = """() => {
    const connect = AudioNode.prototype.connect;
    let ear = null;
    AudioNode.prototype.connect = function (to, ...rest) {
        if (to === this.context.destination) {
            ear = new AnalyserNode(this.context, { fftSize: 128 });
            connect.call(this, ear);
        }
        return connect.call(this, to, ...rest);
    };
    const samples = new Float32Array(128);
    const loud = () => {
        ear?.getFloatTimeDomainData(samples);
        return samples.some((sample) => Math.abs(sample) > 0.003);
    };
    window.heard = [];
    window.isLoud = loud;
    addEventListener("keydown", ({ key, timeStamp }) => {
        const found = { key, first: null, last: 0 };
        const look = () => {
            const since = performance.now() - timeStamp;
            if (loud()) {
                found.first ??= since;
                found.last = since;
            }
            if (since < LONGER) setTimeout(look, 2);
            else window.heard.push(found);
        };
        look();
    }, { capture: true });
}""".replace("LONGER", str(LONGER))


async def heard(shown, server: Reception) -> tuple[list[float], list[float]]:
    """Seconds from a key in the middle of a word to the last sound, and from a key to the first sound of what it leads
    to, twenty times each; the phrases have been said before, as in a lobby after its first visitor."""
    page = await open_page(shown, server, "kiosk")
    await page.add_init_script(f"({EAR})()")
    await page.goto(f"http://localhost:{server.port}/kiosk")
    await page.locator("html[data-server=here]").wait_for()
    await pressed(page, "F9")
    for _ in range(8):
        await pressed(page, "ArrowDown")
    silence, voice = [], []
    for _ in range(TIMES):
        voice.append((await pressed(page, "ArrowDown"))["first"] / 1000)
        await page.keyboard.press("ArrowDown")
        await page.wait_for_function("() => window.isLoud()", polling=1)
        silence.append((await pressed(page, "Shift"))["last"] / 1000)
    await page.context.close()
    return silence, voice


async def pressed(page, key: str) -> dict:
    """A key, once everything of the keys before was listened to; what was heard after it."""
    found = await page.evaluate("window.heard.length")
    await page.keyboard.press(key)
    last = await page.wait_for_function(
        "([key, found]) => window.heard.slice(found).find((one) => one.key === key)", arg=[key, found]
    )
    return await last.json_value()
