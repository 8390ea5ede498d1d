"""The printers' process when its server dies: it ends quietly, whatever it was saying or hearing."""

import json
import subprocess
import sys

import pytest

from reception.setting_parts import Printer
from tests.builders import office
from tests.serving import ROOT


@pytest.fixture
def process():
    started = subprocess.Popen(
        [sys.executable, "-m", "reception.printing.process"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    yield started
    started.kill()
    started.wait()
    for pipe in (started.stdin, started.stdout, started.stderr):
        pipe.close()


def beginning(folder) -> bytes:
    """What a server says first."""
    printer = Printer(key="lobby", kind="virtual").model_dump()
    said = {"printers": [printer], "languages": ["en"], "data": str(folder), **office().printing.model_dump()}
    return json.dumps(said).encode() + b"\n"


def test_it_ends_quietly_when_nobody_hears_it_any_more(process, tmp_path):
    process.stdout.close()
    process.stdin.write(beginning(tmp_path))
    process.stdin.flush()
    assert (process.wait(30), process.stderr.read()) == (0, b"")


@pytest.mark.parametrize("torn", [b"", b'{"wake": "lob'])
def test_it_ends_quietly_when_the_server_dies_in_the_middle_of_a_word(process, tmp_path, torn):
    process.stdin.write(beginning(tmp_path) + torn)
    process.stdin.close()
    process.stdout.read()
    assert (process.wait(30), process.stderr.read()) == (0, b"")
