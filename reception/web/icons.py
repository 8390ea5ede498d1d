"""The icons of the pages, drawn into the HTML so that they take the text's colour and cost no request.

An icon never stands without its word, so a missing drawing is logged and leaves the word alone.
"""

import logging
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

ICONS = Path(__file__).parent / "static" / "vendor" / "icons"
TURNS = ("arrow-left", "arrow-right", "delete", "log-out", "undo-2")  # point along the line of writing
log = logging.getLogger(__name__)


@cache
def icon_svg(name: str) -> Markup:
    """The drawing called `name` (a file of static/vendor/icons), hidden from screen readers; empty if there is none."""
    try:
        drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        log.warning("There is no icon %r in %s; pages show its word alone.", name, ICONS)
        return Markup("")
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", drawing, flags=re.DOTALL).group(1)
    turns = " icon-turns" if name in TURNS else ""
    shapes = re.sub(r">\s+<", "><", shapes.strip())
    return Markup(
        f'<svg class="icon{turns}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true" focusable="false">{shapes}</svg>'
    )
