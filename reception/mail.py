"""Mail to managers and owners: queued with the change that is its reason, and sent beside the requests.

At least once: a server that dies between sending and noting it sends again, under the same Message-ID. What is sent is
deleted here. Nothing of a visitor stands in a mail.
"""

import logging
import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from reception.identifiers import uuid7
from reception.settings import Settings
from reception.web.blocking import blocking

log = logging.getLogger(__name__)
TIMEOUT = 20  # seconds for each answer of the mail server
AGAIN = (60, 300, 1_800, 7_200, 21_600, 43_200)  # seconds until it is tried again; after the last it is given up
AT_ONCE = 20  # mails in one connection
KEPT_DAYS = 30  # that something was mailed, or could not be
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Mail:
    id: str
    to: str
    subject: str
    text: str
    made_at: int
    tries: int = 0


def can_mail(settings: Settings) -> bool:
    """Whether the office has named a mail server."""
    return bool(settings.mail.server)


def queue_mail(store, *, office: str, to: str, subject: str, text: str, at: int, about: str | None = None) -> None:
    """Inside a writer's turn: the mail is there if, and only if, the change is."""
    store.execute(
        "INSERT INTO mails (office, id, to_address, subject, text, about, made_at, next_at, tries)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (office, uuid7(at), to, " ".join(subject.split())[:200], text, about, at, at),
    )


def drop_mails(store, *, office: str, about: str) -> None:
    """Inside a writer's turn: what was not sent yet about something is said no more."""
    store.execute("DELETE FROM mails WHERE office = ? AND about = ? AND sent_at IS NULL", (office, about))


def send_due(frontdesk, settings: Settings, *, password: str | None = None, run=blocking) -> int:
    """Sends what is due; how many went out. What a mail server refuses or nobody takes is tried again later."""
    office, now = frontdesk.office, frontdesk.now()
    found = frontdesk.store.reader.execute(
        "SELECT id, to_address, subject, text, made_at, tries FROM mails WHERE office = ? AND sent_at IS NULL"
        " AND next_at <= ? ORDER BY next_at, id LIMIT ?",
        (office, now, AT_ONCE),
    ).fetchall()
    if not found or not can_mail(settings):
        return 0
    mails = [Mail(*row) for row in found]
    password = os.environ.get("RECEPTION_MAIL_PASSWORD", "") if password is None else password
    problems = run(_send, mails, settings, password)
    frontdesk.writer.do(lambda store: (_note(store, office, mails, problems, frontdesk.now()), None))
    for problem in sorted({problem for problem in problems if problem}):
        log.warning("Mail could not be sent: %s", problem)
    return problems.count(None)


def troubles(store, office: str, now: int) -> list[tuple[int, str]]:
    """(since when, why) of the last day's mail that was given up or has been tried in vain, the oldest first."""
    return store.reader.execute(
        "SELECT made_at, problem FROM mails WHERE office = ? AND sent_at IS NULL AND problem IS NOT NULL"
        " AND made_at > ? ORDER BY made_at",
        (office, now - DAY_MS),
    ).fetchall()


def forget_mails(store, office: str, now: int) -> None:
    """Inside a turn of the nightly job: drops what was sent, and what was given up, some time ago."""
    store.execute("DELETE FROM mails WHERE office = ? AND made_at < ?", (office, now - KEPT_DAYS * DAY_MS))


# -- speaking to the mail server ---------------------------------------------------------------------------------------


def _send(mails: list[Mail], settings: Settings, password: str) -> list[str | None]:
    """For each mail None, or why it was not sent. Without a connection, none was."""
    try:
        with _connected(settings.mail, password) as server:
            return [_sent(server, mail, settings) for mail in mails]
    except (OSError, smtplib.SMTPException) as error:
        return [_sentence(error)] * len(mails)


def _connected(part, password: str) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if part.security == "tls":
        server = smtplib.SMTP_SSL(part.server, part.port, timeout=TIMEOUT, context=trusted)
    else:
        server = smtplib.SMTP(part.server, part.port, timeout=TIMEOUT)
    try:
        if part.security == "starttls":
            server.starttls(context=trusted)
        if part.sign_in:
            server.login(part.sign_in, password)
    except BaseException:
        server.close()
        raise
    return server


def _sent(server: smtplib.SMTP, mail: Mail, settings: Settings) -> str | None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail.sender, mail.to, mail.subject
    message["Date"] = formatdate(mail.made_at / 1000)
    message["Message-ID"] = f"<{mail.id}@{settings.mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody's out-of-office note answers it (RFC 3834)
    message.set_content(mail.text)
    try:
        server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        return _sentence(error)
    return None


def _sentence(error: Exception) -> str:
    """What the mail server said, or what kept us from it; no address stands in it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "the mail server takes no mail for this address"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server does not know this sign-in and password"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    return f"the mail server could not be reached ({type(error).__name__})"


def _note(store, office: str, mails: list[Mail], problems: list[str | None], now: int) -> None:
    for mail, problem in zip(mails, problems, strict=True):
        if problem is None:
            store.execute(
                "UPDATE mails SET sent_at = ?, to_address = '', subject = '', text = '', problem = NULL"
                " WHERE office = ? AND id = ?",
                (now, office, mail.id),
            )
            continue
        again = now + AGAIN[mail.tries] * 1000 if mail.tries < len(AGAIN) else 1 << 62
        store.execute(
            "UPDATE mails SET tries = tries + 1, next_at = ?, problem = ? WHERE office = ? AND id = ?",
            (again, problem, office, mail.id),
        )
