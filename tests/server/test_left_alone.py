"""The processes beside the server, when it is gone from one moment to the next: they end, and leave no complaint."""

import json
import os
import subprocess
import sys

import pytest

PRINTERS = {"printers": [], "languages": ["en"], "data": ".", "timeout_seconds": 1}


@pytest.mark.parametrize("module", ["reception.printing.process", "reception.voice.engine"])
@pytest.mark.parametrize("asked", [b"", json.dumps(PRINTERS).encode() + b"\n"])
def test_whose_server_is_gone_ends_without_a_word(module, asked):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", module], input=asked, stdout=write, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
