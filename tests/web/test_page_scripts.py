"""The small modules that every page shares, in a real browser: what they write, and what they leave alone."""

from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel

from reception.web.plurals import plural_samples

WEB = Path(__file__).parents[2] / "reception" / "web"
SITE = "http://pages.test"
LIST = """
<ol><template data-each="line" data-key="id"><li data-text="number" data-attr="data-state:state"></li></template></ol>
<p data-show="notice" hidden><b data-text="notice"></b></p>
"""
COUNTED = """
{% from "macros.html" import counted with context %}
{% call(n) counted("waiting", zero="nobody") -%}
{{ ngettext("%(count)s person", "%(count)s people", n, count="{n}") }}
{%- endcall %}
"""
WAIT = """<p data-nearness data-near="180" data-target="300"><span data-since></span></p>"""


@pytest.fixture
def show(page):
    """Opens a page with this body and the shared modules beside it."""

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            route.fulfill(body=show.html, content_type="text/html")
        else:
            route.fulfill(path=WEB / path.lstrip("/"), content_type="text/javascript")

    def show(body: str, language: str = "en-GB"):
        show.html = f'<!doctype html><html lang="{language}" data-time-zone="Europe/London"><title>x</title>{body}'
        page.goto(SITE)
        page.evaluate("async () => { window.fill = (await import('/static/fill.js')).fill; }")
        return page

    page.route(f"{SITE}/**", answer)
    return show


def fill(page, picture: dict) -> None:
    page.evaluate("(picture) => fill(document.body, picture)", picture)


def test_a_row_keeps_its_element_when_the_line_changes(show):
    page = show(LIST)
    fill(page, {"line": [{"id": 1, "number": "A001"}, {"id": 2, "number": "A002"}], "notice": None})
    page.evaluate("() => (window.second = document.querySelectorAll('li')[1])")
    fill(page, {"line": [{"id": 3, "number": "A003"}, {"id": 2, "number": "A002", "state": "called"}], "notice": None})
    assert page.locator("li").all_text_contents() == ["A003", "A002"]
    assert page.evaluate("() => second === document.querySelectorAll('li')[1] && second.dataset.state") == "called"


def test_a_row_the_server_has_drawn_is_kept(show):
    rows = '<li data-item="1" data-text="number">A001</li><li data-item="2" data-text="number">A002</li></ol>'
    page = show(LIST.replace("</ol>", rows))
    page.evaluate("() => (window.second = document.querySelectorAll('li')[1])")
    fill(page, {"line": [{"id": 2, "number": "A002"}, {"id": 3, "number": "A003"}], "notice": None})
    assert page.locator("li").all_text_contents() == ["A002", "A003"]
    assert page.evaluate("() => second === document.querySelectorAll('li')[0]")


def test_what_did_not_change_is_not_written_again(show):
    page = show(LIST)
    picture = {"line": [{"id": 1, "number": "A001", "state": "called"}], "notice": "The lift is out of order"}
    fill(page, picture)
    page.evaluate(
        """() => { window.changes = 0;
        new MutationObserver((seen) => (changes += seen.length)).observe(document.body,
            { subtree: true, childList: true, attributes: true, characterData: true }); }"""
    )
    fill(page, picture)
    assert page.evaluate("async () => { await null; return changes; }") == 0
    fill(page, picture | {"notice": "It works again"})
    assert page.evaluate("async () => { await null; return changes; }") > 0


def test_an_empty_value_hides_what_it_would_say(show):
    page = show(LIST)
    fill(page, {"line": [], "notice": "The lift is out of order"})
    assert page.locator("b").is_visible()
    fill(page, {"line": [], "notice": None})
    assert page.locator("b").is_hidden()


def test_a_mistake_in_what_is_done_each_second_does_not_stop_the_page(show):
    page = show("")
    page.evaluate("""async () => {
        const { eachSecond } = await import("/static/now.js");
        window.beats = 0;
        eachSecond(() => { if (++beats > 1) throw new Error("wrong"); });
    }""")
    page.wait_for_function("() => beats > 3")


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "nobody"), (1, "1 person"), (2, "2 people"), (1234, "1,234 people")]
)
def test_a_counted_sentence_takes_the_plural_of_its_number(show, number, sentence):
    page = show(counted_in("en"))
    fill(page, {"waiting": number})
    assert page.locator("[data-count]").text_content() == sentence


def counted_in(language: str) -> str:
    app = Flask("x", template_folder=WEB / "templates")
    Babel(app, default_locale=language)
    app.jinja_env.globals["plural_samples"] = plural_samples
    with app.test_request_context():
        return render_template_string(COUNTED)


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en", {"one", "other"}),
        ("cy", {"zero", "one", "two", "few", "many", "other"}),
        ("pl", {"one", "few", "many", "other"}),
    ],
)
def test_a_page_carries_every_plural_its_language_has(language, categories):
    app = Flask("x")
    Babel(app, default_locale=language)
    with app.test_request_context():
        assert {category for category, _ in plural_samples()} == categories


@pytest.mark.wcag("1.4.1")
@pytest.mark.parametrize(
    ("seconds", "nearness", "text"),
    [
        (0, "fine", "0:00"),
        (179, "fine", "2:59"),
        (181, "near", "3:01"),
        (299, "near", "4:59"),
        (301, "late", "5:01"),
        (3_725, "late", "1:02:05"),
    ],
)
def test_a_wait_says_how_near_its_target_is(show, seconds, nearness, text):
    page = show(WAIT)
    page.evaluate(
        """async (seconds) => {
        const { tick } = await import("/static/ticking.js");
        const { setNow } = await import("/static/now.js");
        document.querySelector("span").dataset.since = 1_000_000;
        setNow(1_000_000 + seconds * 1_000);
        tick();
    }""",
        seconds,
    )
    assert (page.locator("p").get_attribute("data-nearness"), page.locator("span").text_content()) == (nearness, text)


def test_times_of_day_are_the_office_s(show):
    page = show('<time data-time="at"></time>')
    fill(page, {"at": 1_782_900_000_000})  # 2026-07-01 10:00 UTC
    assert page.locator("time").text_content() == "11:00"
