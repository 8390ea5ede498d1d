"""A code scanner, which a browser takes for a keyboard in a hurry: each key ten milliseconds after the last, however
busy the machine is that runs the test."""

import time

from playwright.sync_api import Page

APART = 0.01  # seconds


def scan(page: Page, code: str) -> None:
    """Types the code, and Enter."""
    keyboard, at = page.context.new_cdp_session(page), time.time()
    for place, key in enumerate([*code, "Enter"]):
        enter = {"text": "\r", "windowsVirtualKeyCode": 13} if key == "Enter" else {"text": key}
        pressed = {"key": key, "timestamp": at + place * APART}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed, **enter})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed, **enter})
    keyboard.detach()
