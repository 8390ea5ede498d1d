"""Templates are compiled once, and not at each start; where nothing can be kept they are compiled as ever."""

import jinja2
import pytest

from reception.web.templating import Compiled

TEMPLATES = jinja2.DictLoader({"hello.html": "Hello {{ name }}."})


class NeverCompiles(jinja2.Environment):
    def compile(self, *_what, **_ever):
        raise AssertionError("it was compiled")


def hello(environment, folder) -> str:
    return environment(loader=TEMPLATES, bytecode_cache=Compiled(folder)).get_template("hello.html").render(name="Sam")


def test_what_an_earlier_start_compiled_is_not_compiled_again(tmp_path):
    with pytest.raises(AssertionError, match="it was compiled"):
        hello(NeverCompiles, tmp_path / "templates")
    assert hello(jinja2.Environment, tmp_path / "templates") == "Hello Sam."
    assert hello(NeverCompiles, tmp_path / "templates") == "Hello Sam."


def test_a_page_is_served_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").touch()
    assert hello(jinja2.Environment, tmp_path / "file") == "Hello Sam."


def test_what_cannot_be_read_is_compiled_again(tmp_path):
    hello(jinja2.Environment, tmp_path)
    for kept in tmp_path.iterdir():
        kept.write_bytes(kept.read_bytes()[:20])
    assert hello(jinja2.Environment, tmp_path) == "Hello Sam."
