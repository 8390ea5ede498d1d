"""The bare server that Reception is measured beside: the same libraries, one statement a request, and nothing else.

No rules, no settings, no access, no pictures. A ticket is one durable INSERT, Next one durable UPDATE that every board
hears of. `python -m bench.bare FOLDER PORT`.
"""

from gevent import monkey

monkey.patch_all()

import socket  # noqa: E402  gevent has to come before everything else
import sqlite3  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", ping_interval=4, ping_timeout=4)
TABLES = """
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    arrived_at INTEGER NOT NULL,
    desk TEXT,
    called_at INTEGER
);
CREATE INDEX line ON visits (id) WHERE state = 'waiting';
"""


def now() -> int:
    return time.time_ns() // 1_000_000


def database(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(TABLES)
    return connection


@socketio.on("connect", namespace="/display")
def board(auth=None):
    pass


@app.get("/health")
def health():
    return {"ok": True}


@app.post("/api/tickets")
def issue():
    sql = "INSERT INTO visits (service, arrived_at) VALUES (?, ?) RETURNING id"
    visit = app.database.execute(sql, (request.get_json()["service"], now())).fetchone()[0]
    return {"id": visit, "number": f"A{visit:03d}"}, 201


@app.post("/api/desks/<desk>/next")
def call_next(desk: str):
    sql = (
        "UPDATE visits SET state = 'called', desk = ?, called_at = ?"
        " WHERE id = (SELECT min(id) FROM visits WHERE state = 'waiting') RETURNING id"
    )
    row = app.database.execute(sql, (desk, now())).fetchone()
    if row is None:
        return "", 204
    call = {"id": row[0], "number": f"A{row[0]:03d}", "desk": desk}
    socketio.emit("called", call, namespace="/display")
    return call


def main(folder: str, port: str) -> None:
    app.database = database(Path(folder))
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.bind(("127.0.0.1", int(port)))
    listening.listen(1024)
    WSGIServer(listening, app, log=None).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
