"""The colours of tokens.css keep the contrast promised to readers, in every set and for every hue of the accent."""

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "reception/web/static/tokens.css"
BOARD = Path(__file__).parents[2] / "display/static/board.css"
SETS = {
    "light": [":root"],
    "dark": [":root", ':root[data-scheme="dark"]'],
    "light, more contrast": [":root", ':root[data-contrast="more"]'],
    "dark, more contrast": [
        ":root",
        ':root[data-scheme="dark"]',
        ':root[data-contrast="more"]',
        ':root[data-scheme="dark"][data-contrast="more"]',
    ],
}
TEXT = [
    (text, ground)
    for text in ("ink", "ink-quiet", "accent", "accent-pressed", "fine", "near", "late")
    for ground in ("paper", "tray")
]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-pressed"), ("on-late", "late")]
TEXT += [(state, f"{state}-wash") for state in ("accent", "fine", "near", "late")]
TEXT += [("ink", f"{state}-wash") for state in ("accent", "fine", "near", "late")]
PARTS = [("line-strong", "paper"), ("line-strong", "tray"), ("accent", "paper"), ("focus-outer", "focus-inner")]
HUES = range(0, 360, 15)


def colours(name: str) -> dict[str, str]:
    """Token -> its CSS text, as the set's rules cascade."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.S)
    rules = dict(re.findall(r"(?m)^(:root[^{]*?)\s*\{([^}]*)\}", css))
    found = {}
    for selector in SETS[name]:
        found |= dict(re.findall(r"--([a-z-]+):\s*(oklch\([^;]*\));", rules[selector]))
    return found


def luminance(oklch: str, hue: int) -> float:
    """WCAG relative luminance of `oklch(L% C H)`; channels outside sRGB are clipped, as a screen does."""
    lightness, chroma, angle = re.match(r"oklch\(([\d.]+)% ([\d.]+) (.+)\)", oklch).groups()
    angle = math.radians(hue if angle == "var(--accent-hue)" else float(angle))
    big_l, a, b = float(lightness) / 100, float(chroma) * math.cos(angle), float(chroma) * math.sin(angle)
    l = (big_l + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 (the letters of the definition)
    m = (big_l - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (big_l - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens: dict[str, str], one: str, other: str, hue: int) -> float:
    lighter, darker = sorted((luminance(tokens[one], hue), luminance(tokens[other], hue)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(name: str, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    tokens = colours(name)
    worst = {pair: round(min(contrast(tokens, *pair, hue) for hue in HUES), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in worst.items() if ratio < least}


@pytest.mark.wcag("1.4.3")
@pytest.mark.parametrize("name", SETS)
def test_every_text_stands_out_seven_to_one(name):
    assert too_faint(name, TEXT, 7) == {}


@pytest.mark.wcag("1.4.11")
@pytest.mark.parametrize("name", SETS)
def test_every_part_to_use_stands_out_three_to_one(name):
    assert too_faint(name, PARTS, 3) == {}


def test_a_faint_pair_would_be_found():
    assert too_faint("light", [("line", "paper")], 3) == {("line", "paper"): pytest.approx(1.5, abs=0.2)}


def test_black_on_white_is_twenty_one_to_one():
    assert contrast({"black": "oklch(0% 0 0)", "white": "oklch(100% 0 0)"}, "black", "white", 0) == pytest.approx(
        21, abs=0.01
    )


@pytest.mark.wcag("1.4.3")
@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("dark", ':root[data-face="display"]'),
        ("light", ':root[data-face="display"][data-scheme="light"]'),
        ("dark, more contrast", ':root[data-face="display"][data-scheme="dark"][data-contrast="more"]'),
    ],
)
def test_a_call_stands_out_seven_to_one_while_it_pulses(name, selector):
    rules = dict(re.findall(r"(?m)^(:root[^{]*?)\s*\{([^}]*)\}", BOARD.read_text()))
    tokens = colours(name) | {"pulse": re.search(r"--pulse:\s*(oklch\([^;]*\));", rules[selector])[1]}
    assert contrast(tokens, "ink", "pulse", 0) >= 7
