"""What every template may use, and the language it is worded in."""

import contextlib
from hashlib import sha256
from pathlib import Path

import jinja2
from flask import Flask, get_flashed_messages, request
from flask_babel import get_locale

from reception.web.icons import icon_svg
from reception.web.plurals import plural_samples


def prepare(app: Flask, settings) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = Compiled(settings.server.data / "templates")
    app.jinja_env.globals.update(icon_svg=icon_svg, plural_samples=plural_samples, to_say=to_say)

    @app.context_processor
    def page():
        locale = get_locale()
        return {
            "page_language": str(locale).replace("_", "-"),
            "page_direction": locale.text_direction if locale else "ltr",
            "accent_hue": settings.office.accent_hue,
            "office_name": settings.office.name,
            "time_zone": settings.office.timezone,
            "office": settings.office,
            "demo": settings.demo,
        }


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates as they were compiled by an earlier start: the managers' largest page takes 0.3 s to compile. Where
    nothing can be written, each start compiles them."""

    def __init__(self, folder: Path):
        how = sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:8]  # see `prepare`
        super().__init__(str(folder), f"{how}-%s")
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def load_bytecode(self, bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever marshal and pickle make of a file that was cut short
            bucket.reset()

    def dump_bytecode(self, bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def to_say() -> list[tuple[str, str]]:
    """What a POST left to be said on the page that comes after it, each time once: (kind, sentence).

    A page that only looks again behind somebody's back takes nothing: it would be said to nobody.
    """
    looked_at = request.method != "HEAD" and request.headers.get("X-Requested-With") != "look-again"
    return get_flashed_messages(with_categories=True) if looked_at else []
