"""One delivery takes no longer than it may, whatever the other end does, and goes nowhere else."""

import ssl
import time
from pathlib import Path

import pytest

from reception.webhooks.post import Failed, address, post
from tests.serving import free_port
from tests.webhooks.receiver import Receiver

CERTIFICATE = Path(__file__).with_name("localhost.pem")
SHORT = 0.5  # seconds
PATIENCE = 5  # seconds on top, on a busy machine


def posted(receiver: Receiver, *, seconds: float = 5, trust=None) -> int:
    return post(address(receiver.url), b"{}", {}, seconds=seconds, trust=trust or ssl.create_default_context())


def cause(receiver: Receiver, **how) -> str:
    with pytest.raises(Failed) as failed:
        posted(receiver, **how)
    return failed.value.cause


@pytest.fixture
def secure():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with Receiver(tls=context) as made:
        yield made


@pytest.mark.parametrize("status", [200, 204, 404, 410, 500])
def test_a_status_is_a_status(receiver, status):
    receiver.answer = status
    assert posted(receiver) == status


def test_the_whole_address_is_asked_for(receiver):
    posted(receiver)
    (arrived,) = receiver.arrived
    assert (arrived.line, arrived.headers["host"]) == ("POST /hooks?for=tests HTTP/1.1", f"localhost:{receiver.port}")


@pytest.mark.parametrize("trick", ["hang", "drip"])
def test_a_receiver_that_hangs_or_drips_is_left_in_time(receiver, trick):
    receiver.answer, began = trick, time.monotonic()
    assert cause(receiver, seconds=SHORT) == "timeout"
    assert SHORT <= time.monotonic() - began < SHORT + PATIENCE


def test_a_body_is_not_waited_for(receiver):
    receiver.answer = "drip_body"
    assert posted(receiver, seconds=30) == 200


@pytest.mark.parametrize(
    ("trick", "told"),
    [("reset", "dropped"), ("hang_up", "dropped"), ("no_http", "no_http"), ("flood", "no_http")],
)
def test_no_proper_answer_is_a_failure(receiver, trick, told):
    receiver.answer = trick
    assert cause(receiver) == told


def test_a_redirect_is_not_followed(receiver):
    receiver.answer = "redirect"
    assert (posted(receiver), len(receiver.arrived)) == (307, 1)


def test_nobody_there_is_refused():
    with pytest.raises(Failed, match="refused"):
        post(address(f"http://127.0.0.1:{free_port()}/"), b"", {}, seconds=5, trust=ssl.create_default_context())


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(secure):
    assert (cause(secure), secure.arrived) == ("certificate", [])


def test_a_trusted_certificate_is_spoken_to(secure, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert (posted(secure), len(secure.arrived)) == (204, 1)


def test_a_receiver_that_drips_its_greeting_is_left_in_time(secure):
    secure.answer, began = "drip", time.monotonic()
    assert cause(secure, seconds=SHORT) == "timeout"
    assert time.monotonic() - began < SHORT + PATIENCE


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "https:///x", "https://a:b@example.org/", "https://exämple.org/"],
)
def test_only_a_plain_web_address_is_one(url):
    assert address("https://example.org/x").port == 443
    with pytest.raises(ValueError, match=r"^(an address|write letters)"):
        address(url)
