"""A mail server that is not as it should be, seen through Django's own SMTP."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import BadHeaderError
from django.utils import timezone
from pytest_django import Settings

from bin.ports import find_free
from orders.invoices import issue_invoice
from orders.models import OutgoingEmail
from orders.outbox import SENDS_WITHOUT_PDF_AFTER, queue_email, send_email
from orders.status import OrderStatus
from tests.factories import make_order
from tests.services.mail_server import MailServer

pytestmark = pytest.mark.django_db

ALICE = "alice@example.com"


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def post(mail_server: MailServer, settings: Settings) -> MailServer:
    mail_server.forget()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


@pytest.fixture
def email() -> OutgoingEmail:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), email=ALICE)
    return queue_email(order, OutgoingEmail.Kind.PAYMENT_PROCESSING)


def let_time_pass(email: OutgoingEmail) -> None:
    """Until the next try is due and whoever held the mail is dead."""
    OutgoingEmail.objects.filter(pk=email.pk).update(
        next_attempt_at=timezone.now(), claimed_until=None
    )


TROUBLE = {
    "no such log-in": ({"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}, "NotSupported"),
    "no STARTTLS": ({"EMAIL_USE_TLS": True}, "NotSupported"),
    "no TLS": ({"EMAIL_USE_SSL": True}, "SSLError"),
    "nobody there": ({"EMAIL_PORT": find_free()}, "ConnectionRefusedError"),
    "no such host": ({"EMAIL_HOST": "mail.invalid"}, "gaierror"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_is_wrong_with_the_server_is_waited_for(
    post: MailServer, email: OutgoingEmail, settings: Settings, trouble: str
) -> None:
    wrong, error = TROUBLE[trouble]
    right = {name: getattr(settings, name) for name in wrong}
    for name, value in wrong.items():
        setattr(settings, name, value)
    assert send_email(email.pk) is False
    email.refresh_from_db()
    assert (email.state, error in email.last_error) == ("pending", True), email.last_error
    assert email.next_attempt_at > timezone.now()
    for name, value in right.items():
        setattr(settings, name, value)
    let_time_pass(email)
    assert send_email(email.pk) is True
    assert len(post.sent_to(ALICE)) == 1


@pytest.mark.parametrize(("answer", "state"), [("451 Later", "pending"), ("550 Nobody", "failed")])
def test_an_answer_of_four_hundred_is_waited_for_and_one_of_five_hundred_is_final(
    post: MailServer, email: OutgoingEmail, answer: str, state: str
) -> None:
    post.refuse(ALICE, answer)
    assert send_email(email.pk) is False
    email.refresh_from_db()
    assert email.state == state
    let_time_pass(email)
    assert send_email(email.pk) is (state == "pending")


def test_a_server_that_says_nothing_is_left_after_the_time_out(
    post: MailServer, email: OutgoingEmail, settings: Settings
) -> None:
    assert settings.EMAIL_TIMEOUT == 10
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        started = time.monotonic()
        assert send_email(email.pk) is False
    assert time.monotonic() - started < 5
    email.refresh_from_db()
    assert (email.state, email.last_error) == ("pending", "SMTPServerDisconnected")


def test_a_header_that_mail_cannot_carry_is_not_tried_for_ever(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    """Django refuses it, should a line break ever get past the forms and `plain_line`."""
    monkeypatch.setattr("shopsite.lib.mail.plain_line", lambda text, length: f"{text}\nBcc: e@v.e")
    assert send_email(email.pk) is False
    email.refresh_from_db()
    assert (email.state, email.last_error) == ("failed", BadHeaderError.__name__)
    assert mailoutbox == []


@pytest.mark.parametrize(
    "error", [SystemExit, MemoryError, SoftTimeLimitExceeded], ids=["killed", "memory", "time"]
)
def test_a_paper_that_ends_whoever_makes_it_is_left_out_in_the_end(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), email=ALICE)
    issue_invoice(order)
    email = queue_email(order, OutgoingEmail.Kind.CONFIRMATION)

    def take_too_much(paper: object) -> bytes:
        raise error

    monkeypatch.setattr("orders.shopper_emails.paper_pdf", take_too_much)
    for _attempt in range(SENDS_WITHOUT_PDF_AFTER):
        if error is SystemExit:
            # Nothing is written down of an end like this but that it was begun.
            with pytest.raises(SystemExit):
                send_email(email.pk)
        else:
            assert send_email(email.pk) is False
        let_time_pass(email)
    assert send_email(email.pk) is True
    assert mailoutbox[0].attachments == []
    assert order.full_url in mailoutbox[0].body
