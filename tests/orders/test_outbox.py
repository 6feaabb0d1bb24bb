"""The outbox by itself; with a real broker and worker it is tested among the services."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from orders import outbox
from orders.invoices import issue_invoice
from orders.models import Order, OutgoingEmail
from orders.outbox import OUTBOX, process_outbox, queue_email, send_email
from orders.status import OrderStatus
from shopsite.cms.outbox import MAX_ATTEMPTS
from shopsite.lib.pdf import PdfError
from tests.factories import make_order

pytestmark = pytest.mark.django_db

CONFIRMATION = OutgoingEmail.Kind.CONFIRMATION


@pytest.fixture
def order() -> Order:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now())
    issue_invoice(order)
    return order


@pytest.fixture
def email(order: Order) -> OutgoingEmail:
    return queue_email(order, CONFIRMATION)


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(message: object) -> None:
        raise error

    monkeypatch.setattr("shopsite.lib.mail.send", refuse)


def due_again(email: OutgoingEmail) -> None:
    OutgoingEmail.objects.filter(pk=email.pk).update(next_attempt_at=timezone.now())


def test_a_mail_of_one_kind_is_queued_once_for_an_order(order: Order) -> None:
    first, second = queue_email(order, CONFIRMATION), queue_email(order, CONFIRMATION)
    assert first == second
    assert OutgoingEmail.objects.count() == 1


def test_a_mail_is_sent_once(email: OutgoingEmail) -> None:
    assert send_email(email.pk) is True
    assert send_email(email.pk) is False
    assert process_outbox() == 0
    assert len(mail.outbox) == 1
    email.refresh_from_db()
    assert (email.state, email.attempts) == ("sent", 1)
    assert email.sent_at is not None


def test_the_same_mail_always_has_the_same_message_id(email: OutgoingEmail) -> None:
    send_email(email.pk)
    OutgoingEmail.objects.update(state="pending")
    send_email(email.pk)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second == f"<{email.order.number}.order_confirmation@example.com>"


def test_what_another_worker_claimed_is_left_to_it(email: OutgoingEmail) -> None:
    later = timezone.now() + timedelta(minutes=1)
    OutgoingEmail.objects.update(claimed_until=later)
    assert send_email(email.pk) is False
    OutgoingEmail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert send_email(email.pk) is True


def test_a_mail_server_that_refuses_for_now_is_asked_again_later(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_with(patch, smtplib.SMTPServerDisconnected("alice@example.com refused"))
        assert send_email(email.pk) is False
    email.refresh_from_db()
    assert (email.state, email.attempts, email.claimed_until) == ("pending", 1, None)
    assert email.last_error == "SMTPServerDisconnected"  # Without the shopper's address.
    assert email.next_attempt_at > timezone.now() + timedelta(seconds=50)
    assert process_outbox() == 0
    due_again(email)
    assert process_outbox() == 1


def test_an_address_that_does_not_exist_is_not_tried_for_ever(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(monkeypatch, smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"unknown")}))
    send_email(email.pk)
    email.refresh_from_db()
    assert email.state == "failed"


def test_a_mail_that_never_goes_through_ends_as_failed(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(monkeypatch, ConnectionRefusedError())
    for _attempt in range(MAX_ATTEMPTS):
        due_again(email)
        send_email(email.pk)
    email.refresh_from_db()
    assert (email.state, email.attempts) == ("failed", MAX_ATTEMPTS)


def test_without_its_pdf_the_confirmation_goes_out_with_a_link(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(invoice: object) -> bytes:
        raise PdfError("no font")

    monkeypatch.setattr("orders.shopper_emails.paper_pdf", broken)
    for _attempt in range(outbox.SENDS_WITHOUT_PDF_AFTER):
        assert send_email(email.pk) is False
        due_again(email)
    assert send_email(email.pk) is True
    assert mail.outbox[0].attachments == []
    assert email.order.get_absolute_url() in mail.outbox[0].body


def test_a_broker_that_is_down_breaks_nothing(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise OSError("refused")

    monkeypatch.setattr("celery.Celery.send_task", down)
    OUTBOX.nudge(email.pk)
    assert process_outbox() == 1


def test_the_task_carries_an_id_and_nothing_personal(
    email: OutgoingEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    monkeypatch.setattr("shopsite.cms.outbox.send_task", lambda *message: sent.append(message))
    OUTBOX.nudge(email.pk)
    assert sent == [("orders.tasks.send_outgoing_email", (email.pk,))]


def test_the_confirmation_escapes_what_a_shopper_wrote(order: Order) -> None:
    Order.objects.update(name="<b>Eve</b> & Co")
    order.refresh_from_db()
    send_email(queue_email(order, CONFIRMATION).pk)
    message = mail.outbox[0]
    html = message.alternatives[0][0]
    assert "&lt;b&gt;Eve&lt;/b&gt; &amp; Co" in html
    assert "<b>Eve</b> & Co" in message.body
