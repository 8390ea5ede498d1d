"""What every template may use, and the language it is worded in."""

from flask import Flask, get_flashed_messages, request
from flask_babel import get_locale

from reception.web.icons import icon_svg
from reception.web.plurals import plural_samples


def prepare(app: Flask, settings) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
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


def to_say() -> list[tuple[str, str]]:
    """What a POST left to be said on the page that comes after it, each time once: (kind, sentence).

    A page that only looks again behind somebody's back takes nothing: it would be said to nobody.
    """
    looked_at = request.method != "HEAD" and request.headers.get("X-Requested-With") != "look-again"
    return get_flashed_messages(with_categories=True) if looked_at else []
