"""What somebody typed is gone when they have: from the page, from the browser and from its memory."""

from playwright.sync_api import Page, expect

TYPED = "ZQXJ7KWV"  # which stands nowhere else
KEPT = """() => JSON.stringify([document.documentElement.outerHTML, {...sessionStorage}, {...localStorage},
    document.cookie, location.href, [...document.querySelectorAll("input")].map((field) => field.value)])"""


def memory(page: Page) -> str:
    """Every string that the page's scripts hold."""
    browser, parts = page.context.new_cdp_session(page), []
    browser.on("HeapProfiler.addHeapSnapshotChunk", lambda chunk: parts.append(chunk["chunk"]))
    browser.send("HeapProfiler.collectGarbage")
    browser.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    browser.detach()
    return "".join(parts)


def type_reference(kiosk, lobby) -> None:
    kiosk.page.goto(f"{lobby.url}/kiosk")
    kiosk.page.locator("html[data-server=here]").wait_for()
    kiosk.page.evaluate("""document.querySelector("[data-open=appointment]").click()""")
    kiosk.press("My reference")
    kiosk.page.keyboard.type(TYPED, delay=120)
    expect(kiosk.page.get_by_role("textbox")).to_have_value(TYPED)


def test_what_was_typed_and_asked_is_in_no_place_afterwards(kiosk, lobby):
    type_reference(kiosk, lobby)
    page, steps = kiosk.page, kiosk.page.evaluate("history.length")
    kiosk.press("Check in")
    kiosk.needs_nothing()
    expect(kiosk.heading).to_have_text("We cannot find this appointment today.")
    assert TYPED in memory(page)  # so that it would be found
    kiosk.press("Take a number")
    kiosk.at_start()
    assert TYPED not in page.evaluate(KEPT)
    assert TYPED not in memory(page)
    assert page.evaluate("history.length") == steps


def test_going_back_in_the_browser_brings_nothing_back(kiosk, lobby):
    type_reference(kiosk, lobby)
    kiosk.page.goto("about:blank")
    kiosk.page.go_back()
    kiosk.page.locator("html[data-server=here]").wait_for()
    assert TYPED not in kiosk.page.evaluate(KEPT)


def test_a_browser_is_told_to_remember_nothing_that_is_typed(kiosk, lobby):
    answer = kiosk.page.request.get(f"{lobby.url}/kiosk")
    assert answer.headers["cache-control"] == "no-store"
    fields = kiosk.page.locator("input")
    assert fields.count() == 2
    assert all(
        field.evaluate("(one) => one.form.autocomplete + one.spellcheck") == "offfalse" for field in fields.all()
    )
