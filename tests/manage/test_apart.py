"""Long pages come from the figures' process as the server would answer them, and from the server where it is of no
use."""

import re
import sys

import pytest

from reception.figures.link import Apart
from reception.web.apart import Pages
from tests.manage.test_figures_page import a_morning  # noqa: F401

PAGES = (
    "/manage/figures",
    "/manage/figures?from=2026-03-09",
    "/manage/figures.csv",
    "/manage/footfall.csv",
    "/manage/visits",
    "/manage/visits?number=A001",
    "/manage/visits?number=Z999",
    "/manage/visits?what=misses",
    "/manage/charter",
    "/manage/feedback",
    "/manage/feedback/trends",
    "/manage/warnings",
)


@pytest.fixture
def apart(parts):
    """The figures' process: `apart(command=…)` answers this app's long pages from now on."""
    started = []

    def start(**how):
        started.append(Apart(parts.settings, parts.store.path, lambda work, *given: work(*given), **how))
        parts.pages = Pages(started[-1], lambda work: work())
        return parts.pages

    yield start
    for one in started:
        one.stop()


def same(answer) -> tuple:
    """What has to be the same: all but the forms' secret, which is another in every answer."""
    unlike = {"Content-Length", "Set-Cookie"}
    headers = sorted(one for one in answer.headers if one[0] not in unlike)
    return answer.status_code, headers, re.sub(r'(csrf_token" value=)"[^"]*"', r"\1", answer.text)


@pytest.mark.usefixtures("a_morning")
def test_every_long_page_is_the_same_from_there(manager, apart):
    plain = [same(manager.client.get(path)) for path in PAGES]
    pages = apart()
    assert pages.answer({}, 0) is None, "which makes it ready"
    manager.app.jinja_env.globals["to_say"] = None  # nothing is laid out here any more
    assert [same(manager.client.get(path)) for path in PAGES] == plain


def test_who_asks_for_the_head_alone_is_told_how_long_the_page_is(manager, apart):
    apart().answer({}, 0)
    whole, head = manager.client.get("/manage/feedback"), manager.client.head("/manage/feedback")
    assert int(head.headers["Content-Length"]) == int(whole.headers["Content-Length"]) == len(whole.data)
    assert head.status_code == 200 and not head.data


@pytest.mark.usefixtures("a_morning")
def test_what_a_press_left_to_be_said_is_said_once(manager, hands, apart):
    hands.go_to("2026-04-02 10:00")
    apart().answer({}, 0)
    assert manager.client.get("/manage/charter").status_code == 200
    manager.post("/manage/charter", month="2026-03")
    assert "March 2026 is published." in manager.get("/manage/charter?month=2026-03").text
    assert "March 2026 is published." not in manager.get("/manage/charter?month=2026-03").text


def test_who_may_not_look_is_turned_away_before_it_is_asked(receptionist, manager, app, apart):
    pages = apart()
    pages.answer({}, 0)
    pages.answer = None
    receptionist.get("/manage/figures", status=403)
    assert "/sign-in" in app.test_client().get("/manage/figures").headers["Location"]


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize("command", [(sys.executable, "-c", ""), (sys.executable, "-c", "print('x' * 99)")])
def test_without_a_process_that_works_the_server_answers(manager, apart, command):
    apart(command=command, patience=5)
    for _ in range(2):
        assert "80% of 5 people" in manager.get("/manage/figures").text


@pytest.mark.usefixtures("a_morning")
def test_when_the_process_has_died_the_server_answers_until_there_is_another(manager, parts, apart):
    pages = apart()
    pages.answer({}, 0)
    pages._link._process.kill()
    pages._link._process.wait()
    for _ in range(2):
        assert "80% of 5 people" in manager.get("/manage/figures").text
    assert pages._ready_in == pages._link.process
