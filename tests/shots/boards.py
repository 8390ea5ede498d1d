"""The board in each theme, in two languages and two directions, upright, for a far seat, and while nobody is called."""

from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.fernleigh import Office
from tests.shots.camera import LANDSCAPE, PORTRAIT, see, take

SCREENS = {  # name: its settings and the size it is pictured in
    "Dark": ({"theme": "dark"}, LANDSCAPE),
    "Light": ({"theme": "light"}, LANDSCAPE),
    "Contrast": ({"theme": "contrast"}, LANDSCAPE),
    "Upright": ({"screen_pixels": list(PORTRAIT)}, PORTRAIT),
    "Far": ({"screen_inches": 75, "farthest_metres": 8}, LANDSCAPE),
}
NOTICE = {"cy": "Mae'r lifft wedi torri.", "ur": "لفٹ خراب ہے۔"}
TEXTS = {
    "cy": {"Desk {}": "Desg {}", "New bin days": "Diwrnodau bin newydd", "A green bin.": "Bin gwyrdd."},
    "ur": {"Desk {}": "ڈیسک {}"},
}


def in_english(folder: Path) -> Office:
    pictures = folder.parent / "pictures"
    pictures.mkdir()
    _picture().save(pictures / "bins.png")
    slide = {"key": "bins", "title": "New bin days", "picture": "bins.png", "words": "A green bin."}
    slide["text"] = "From Monday, green bins are emptied on Tuesdays."
    return _office(folder, ["en"], slides=[slide], board={"pictures": str(pictures), "slides_after_seconds": 25})


def in_welsh(folder: Path) -> Office:
    return _office(folder, ["en", "cy"])


def in_urdu(folder: Path) -> Office:
    return _office(folder, ["en", "ur"])


def boards(browser: Browser, office: Office) -> None:
    """Nobody called, several at once with a notice, then one; at last a slide, where there are any."""
    door, tag = office.door, office.door.settings.languages[-1]
    pages = {}
    for name, (_settings, size) in SCREENS.items():
        office.secrets[name] = office.keys.add(name=name, role="display", kind="browser", by="console")
        office.who[name] = "display"
        pages[f"board-{tag}-{name.lower()}"] = office.open(browser, "/display", name, size)
    _all(pages, "empty", "Please take a seat")
    texts = {tag: NOTICE[tag]} if tag in NOTICE else {}
    told = {"kind": "notice", "subject": "board", "by": office.by["Sam"]}
    door.rule(value="shown", text="The lift is out of order.", texts=texts, **told)
    numbers = []
    for desk in ("3", "1", "2"):
        number = door.issue(service="parking", by="screen:lobby").visit.number
        visit = door.numbered(number)
        door.call(desk=desk, visit=visit.id, by=office.by["Jo"], reason="quick")
        numbers.append(number)
    _all(pages, "several", numbers[-1])
    door.rule(value=None, **told)
    for page in pages.values():
        page.locator(".call").nth(1).wait_for(state="detached")
    _all(pages, "one", numbers[-1])
    if office.door.settings.slides:
        _all(pages, "slide", "New bin days")
    office.stop(kill=True)
    for page in pages.values():
        page.locator("html[data-server=lost]").wait_for()
    _all(pages, "lost", "Not up to date since")


def _all(pages: dict, state: str, words: str) -> None:
    for name, page in pages.items():
        see(page, words)
        take(page, f"{name}-{state}")


def _office(folder: Path, offered: list[str], **parts) -> Office:
    own = [{"key": name.lower(), "name": name, **settings} for name, (settings, _size) in SCREENS.items()]
    texts = {}
    for tag in offered[1:]:
        words = {text.format(desk): word.format(desk) for text, word in TEXTS[tag].items() for desk in "1234"}
        texts[f"texts.{tag}"] = {f'"{text}"': word for text, word in words.items()}
    board = {"keep_seconds": 15} | parts.pop("board", {})
    return Office(folder, boards=own, board=board, catalogues={"offered": offered}, **texts, **parts)


def _picture() -> Image.Image:
    """A green bin, on a pavement."""
    picture = Image.new("RGB", (900, 700), "#d9e3e8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 600, 900, 700), fill="#9aa5ab")
    draw.polygon([(300, 220), (600, 220), (570, 630), (330, 630)], fill="#2f7d4f")
    draw.rounded_rectangle((280, 160, 620, 225), 18, fill="#25633f")
    return picture
