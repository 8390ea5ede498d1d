"""What `python server.py` says when it cannot start: one sentence, naming what helps, and the exit status 1."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from tests.serving import HEAD, HOURS, ROOT, TAIL, free_port

OFFICE = (
    HEAD
    + HOURS
    + TAIL
    + '[[services]]\nkey = "tax"\nname = "Council Tax"\nletter = "A"\n[[desks]]\nkey = "1"\nname = "Desk 1"\n'
)


@pytest.fixture
def refuse(tmp_path):
    """Starts a server that has to refuse; the line it says."""

    def start(office: str = OFFICE, port: int | None = None) -> str:
        (tmp_path / "office.toml").write_text(office, "utf-8")
        said = {"OFFICE": tmp_path / "office.toml", "DATA": tmp_path / "data", "PORT": port or free_port()}
        done = subprocess.run(
            [sys.executable, "server.py"],
            cwd=ROOT,
            env=os.environ | {f"RECEPTION_{name}": str(value) for name, value in said.items()},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        (line,) = done.stderr.splitlines()
        return line

    return start


@pytest.mark.parametrize("damage", ["a letter", "its pages", "its end"])
def test_a_damaged_database_is_not_served_and_the_sentence_names_what_helps(serve, refuse, tmp_path, damage):
    server = serve()
    server.door.issue(service="tax", by="test")
    server.close()
    file = tmp_path / "data/reception.db"
    whole = file.read_bytes()
    damaged = {
        "a letter": b"Dear Sir or Madam, " * 2_000,
        "its pages": whole[:4096] + b"\xa5" * (len(whole) - 4096),
        "its end": whole[: len(whole) // 2],
    }[damage]
    file.write_bytes(damaged)
    line = refuse()
    assert line == (
        f"Reception could not start: {file} is damaged or no database. Put a backup back: reception restore FILE"
    )
    assert file.read_bytes() == damaged


def test_a_backup_put_over_a_damaged_database_serves_again(serve, tmp_path):
    server = serve()
    given, key = server.door.issue(service="tax", by="test").visit, server.key("desk")
    server.typed("backup", tmp_path / "backup.db")
    server.stop()
    for file in server.data.glob("reception.db*"):
        file.unlink() if file.suffix != ".db" else file.write_bytes(b"Dear Sir or Madam, " * 2_000)
    server.typed("restore", tmp_path / "backup.db")
    server.start()
    line = server.ask("GET", "/api/line", key).json()["visits"]
    assert [visit["id"] for visit in line] == [given.id]


def test_a_second_server_on_the_same_data_is_refused_for_it_would_print_every_slip_again(serve, refuse, tmp_path):
    serve()
    assert refuse() == (
        f"Reception could not start: another server is already running on the data in {tmp_path / 'data'}."
    )


def test_a_port_that_is_taken_is_told_with_its_number(refuse):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert refuse(port=port) == (
            f"Reception could not start: port {port} is taken by another program."
            " Stop that, or choose another port with RECEPTION_PORT."
        )


@pytest.mark.parametrize(
    ("office", "said"),
    [
        ("[office", "it cannot be read as TOML"),
        (OFFICE.replace("[office]", "[ofice]"), "ofice: no setting has this name; did you mean 'office'?"),
        (OFFICE + "[kiosk]\nidle_seconds = 'soon'\n", "kiosk.idle_seconds: input should be a valid number"),
    ],
    ids=["no TOML", "unknown name", "wrong type"],
)
def test_mistakes_in_the_offices_settings_are_told_with_their_place(refuse, office, said):
    line = refuse(office)
    assert "office.toml: " in line
    assert said in line


def test_a_server_told_to_stop_as_soon_as_it_answers_stops(serve):
    server = serve()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(20) == 0


def test_data_that_cannot_be_kept_where_the_settings_say_is_told(refuse, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    assert refuse() == f"Reception could not start: {tmp_path / 'data'}: File exists."


def test_a_webhook_that_cannot_work_stops_the_start_and_its_secret_is_not_repeated(refuse):
    secret = "whsec_" + "dG9vIHNob3J0" * 2  # 18 bytes
    line = refuse(OFFICE + f'[[webhooks]]\nkey = "crm"\nurl = "https://crm.example.org/"\nsecret = "{secret}"\n')
    assert line.startswith("Reception could not start: webhooks: 'crm': a secret is")
    assert secret not in line
