"""The strip below every screen: what it offers is found again where it was, under the same name."""

import pytest
from playwright.sync_api import expect

WHERE = """() => Object.fromEntries([...document.querySelectorAll(".strip button")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.textContent.trim(), [one.getBoundingClientRect().x, one.getBoundingClientRect().y]]))"""


@pytest.mark.wcag("3.2.3", "3.2.4", "3.2.6")
def test_the_strip_stands_in_the_same_place_with_the_same_names_on_every_screen(kiosk):
    kiosk.at_start()
    met = [kiosk.page.evaluate(WHERE)]
    for press, then in [
        ("Council Tax and benefits", "Council Tax and benefits"),
        ("Help with money", "Is there anything we can do to make this easier?"),
        ("Nothing, thank you", "Your number is"),
    ]:
        kiosk.press(press)
        expect(kiosk.heading).to_contain_text(then)
        met.append(kiosk.page.evaluate(WHERE))
    everywhere = {}
    for strip in met:
        assert {name: everywhere.get(name, place) for name, place in strip.items()} == strip
        everywhere |= strip
    assert all("Help from a person" in strip for strip in met)
