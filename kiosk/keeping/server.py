"""The server, asked over HTTP with the kiosk's key. Whoever asks learns at once when it is away."""

import gevent
import requests

CONNECT = 2.0  # seconds
FAULTS = ("fault", "database_fault")  # it failed at this very question; others may go well


class Away(Exception):
    """It did not answer in time, or not with sense."""


class Refused(Exception):
    """It answered that it will not: `status` and a word for a program."""

    def __init__(self, status: int, code: str):
        super().__init__(status, code)
        self.status, self.code = status, code


class Server:
    """`url` without a slash at its end."""

    def __init__(self, url: str, key: str):
        self.url, self.key = url.rstrip("/"), key
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy for the web is not the way to our own server

    def ask(self, path: str, question: dict, *, seconds: float) -> dict:
        """The answer's JSON, within so many seconds altogether."""
        answer = self._send("POST", path, seconds, json=question)
        try:
            told = answer.json()
        except ValueError as error:
            raise Away(f"{answer.status_code} without sense") from error
        if answer.status_code in (401, 403, 409, 413, 415, 422) or told.get("code") in FAULTS:
            raise Refused(answer.status_code, str(told.get("code", "")))
        if answer.status_code != 200:
            raise Away(f"status {answer.status_code}")
        return told

    def speech(self, query: str, *, seconds: float) -> bytes | None:
        """A phrase as WAV; None where the server has none."""
        answer = self._send("GET", f"/voice?{query}", seconds)
        return answer.content if answer.status_code == 200 else None

    def _send(self, method: str, path: str, seconds: float, **sent) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        try:
            with gevent.Timeout(seconds, Away("no answer in time")):
                return self._session.request(
                    method, self.url + path, headers=headers, timeout=(CONNECT, seconds), allow_redirects=False, **sent
                )
        except requests.RequestException as error:
            raise Away(type(error).__name__) from error
