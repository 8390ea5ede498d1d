"""The virtual printer's page: slips as a person would hold them, for those who may see them."""

from playwright.sync_api import expect

from tests.builders import eventually
from tests.serving import Served


def printed(server) -> list:
    return list((server.data / "printer" / "virtual").glob("*.png"))


def test_a_manager_sees_the_slips_and_a_stranger_signs_in_first(lobby, kiosk, browser):
    kiosk.chooses("Housing")
    expect(kiosk.page.get_by_text("Please take your ticket.")).to_be_visible()
    (newest,) = sorted(printed(lobby))[-1:]
    assert lobby.ask("GET", "/kiosk/printer").headers["location"] == "/sign-in?next=/kiosk/printer"
    assert lobby.ask("GET", f"/kiosk/printer/virtual/{newest.name}").status_code == 401
    context = browser.new_context()
    lobby.enter(context, "manager")
    page = context.new_page()
    page.goto(f"{lobby.url}/kiosk/printer")
    slip = page.get_by_role("img", name="Housing").first
    expect(slip).to_be_visible()
    assert slip.evaluate("image => image.decode().then(() => image.naturalWidth)") == 576
    context.close()


def test_a_receptionist_may_not_look_at_slips(lobby, browser):
    context = browser.new_context()
    lobby.enter(context, "receptionist")
    answer = context.request.get(f"{lobby.url}/kiosk/printer", max_redirects=0)
    assert answer.status == 302
    context.close()


def test_in_the_demo_office_everybody_may_look(tmp_path, page):
    demo = Served(tmp_path)
    try:
        demo.door.issue(service="housing", by="test", printer="virtual")
        eventually(lambda: printed(demo))
        page.goto(f"{demo.url}/kiosk/printer")
        expect(page.get_by_role("img", name="Housing")).to_be_visible()
        page.goto(demo.links["Kiosk"])
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="Council Tax")).to_be_visible()
    finally:
        demo.close()
