"""Mail through a mail server that takes it, refuses it, or is away; and what is kept of it here."""

from contextlib import closing

import pytest

from reception.keeping import forget
from reception.mail import can_mail, queue_mail, send_due, troubles
from tests.builders import Hands, office, open_door
from tests.mail.postman import CERTIFICATE, PASSWORD, Postman

SENDER = "front.desk@example.gov.uk"


@pytest.fixture
def postman():
    with closing(Postman()) as postman:
        yield postman


@pytest.fixture
def door(tmp_path, hands, postman):
    part = {"server": "127.0.0.1", "port": postman.port, "security": "none", "sender": SENDER}
    door = open_door(tmp_path / "r.db", hands, office(mail=part))
    with closing(door.store):
        yield door


def write(door, to: str = "sam@example.gov.uk", **more) -> None:
    said = {"subject": "A long wait", "text": "Somebody has waited 12 minutes.\n"} | more
    door.writer.do(lambda store: (queue_mail(store, office=door.office, to=to, at=door.now(), **said), None))


def send(door) -> int:
    return send_due(door, door.settings)


def test_mail_goes_out_once_and_nothing_of_it_stays(door, postman):
    write(door, text="Pedwar ŵ, naw ŷ.\n")
    assert (send(door), send(door)) == (1, 0)
    (message,) = postman.received
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, "sam@example.gov.uk", "A long wait")
    assert message.get_content() == "Pedwar ŵ, naw ŷ.\n"
    assert message["Auto-Submitted"] == "auto-generated"
    assert door.rows("SELECT to_address, subject, text, sent_at IS NOT NULL FROM mails") == [("", "", "", 1)]


def test_one_address_that_is_refused_keeps_no_other_mail(door, postman, hands):
    postman.refused = {"gone@example.gov.uk"}
    write(door, to="gone@example.gov.uk")
    write(door)
    assert send(door) == 1
    ((_since, why),) = troubles(door.store, door.office, door.now())
    assert why == "the mail server takes no mail for this address"
    hands.go(seconds=59)
    assert send(door) == 0
    hands.go(seconds=1)
    postman.refused = set()
    assert send(door) == 1
    assert troubles(door.store, door.office, door.now()) == []


def test_a_mail_server_that_is_away_is_tried_again_later_and_later_and_at_last_given_up(door, postman, hands):
    write(door)
    postman.hangs_up_at = "EHLO"
    waited = []
    for _time in range(7):
        assert send(door) == 0
        ((next_at,),) = door.rows("SELECT next_at FROM mails")
        waited.append((next_at - door.now()) // 1000)
        hands.go(seconds=min(waited[-1], 60))
        hands.go(milliseconds=max(0, next_at - door.now()) if len(waited) < 7 else 0)
    assert waited[:6] == [60, 300, 1800, 7200, 21600, 43200]
    postman.hangs_up_at = None
    assert send(door) == 0
    assert "could not be reached" in troubles(door.store, door.office, door.now())[0][1]
    hands.go(days=1)
    assert troubles(door.store, door.office, door.now()) == []


def test_that_something_was_mailed_is_forgotten_after_a_month(door, hands):
    write(door)
    send(door)
    hands.go(days=29)
    forget(door)
    assert door.rows("SELECT count(*) FROM mails") == [(1,)]
    hands.go(days=2)
    forget(door)
    assert door.rows("SELECT count(*) FROM mails") == [(0,)]


def test_mail_sent_again_has_the_same_id(door, postman, hands):
    write(door)
    send(door)
    door.writer.do(lambda store: (store.execute("UPDATE mails SET sent_at = NULL, to_address = 'sam@x.uk'"), None))
    send(door)
    first, second = postman.received
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls_we_sign_in_with_the_password_of_the_environment(tmp_path, hands, monkeypatch, security):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))  # whom the machine trusts
    monkeypatch.setenv("RECEPTION_MAIL_PASSWORD", PASSWORD)
    with closing(Postman(security)) as postman:
        door = open_door(tmp_path / "tls.db", hands, tls_settings(postman, security))
        write(door)
        assert send(door) == 1
        assert (postman.signed_in, len(postman.received)) == (["desk"], 1)
        monkeypatch.setenv("RECEPTION_MAIL_PASSWORD", "another")
        write(door)
        assert send(door) == 0
        assert [why for _since, why in troubles(door.store, door.office, door.now())] == [
            "the mail server does not know this sign-in and password"
        ]
        door.store.close()


def test_a_mail_server_that_nobody_vouches_for_is_told_nothing(tmp_path, hands, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with closing(Postman("starttls")) as postman:
        door = open_door(tmp_path / "tls.db", hands, tls_settings(postman, "starttls"))
        write(door)
        assert send(door) == 0
        assert "could not be reached" in troubles(door.store, door.office, door.now())[0][1]
        assert (postman.signed_in, postman.received) == ([], [])
        door.store.close()


def tls_settings(postman, security: str):
    return office(
        mail={"server": "127.0.0.1", "port": postman.port, "security": security, "sender": SENDER, "sign_in": "desk"}
    )


def test_a_change_that_is_refused_sends_nothing(door):
    def turn(store):
        queue_mail(store, office=door.office, to="sam@example.gov.uk", subject="A", text="B", at=door.now())
        raise ValueError

    with pytest.raises(ValueError):
        door.writer.do(turn)
    assert send(door) == 0


def test_a_subject_is_one_line_whatever_is_in_it(door, postman):
    write(door, subject="A wait\r\nBcc: everybody@example.org")
    send(door)
    assert postman.received[0]["Subject"] == "A wait Bcc: everybody@example.org"
    assert postman.received[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"server": "mail.example.gov.uk"}, "sender"),
        ({"server": "m", "sender": "nobody"}, "e-mail address"),
        ({"server": "m", "sender": SENDER, "sign_in": "us", "security": "none"}, "open line"),
    ],
)
def test_settings_that_cannot_work_are_told(part, why):
    with pytest.raises(ValueError, match=why):
        office(mail=part)


def test_without_a_server_nothing_is_sent(tmp_path):
    door = open_door(tmp_path / "r.db", Hands())
    assert not can_mail(door.settings)
    write(door)
    assert send(door) == 0
    door.store.close()
