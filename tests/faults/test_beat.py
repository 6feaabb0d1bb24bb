"""Nothing sweeps: what waits can be seen, and sent by hand."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from customers.models import CustomerEmail
from orders.models import OutgoingEmail, StockNotice
from orders.status import OrderStatus
from shopsite.cms.outbox import seconds_overdue
from shopsite.contact.models import ContactEmail, NewsletterSubscription
from tests.factories import make_order
from tests.mails import OUTBOXES

pytestmark = pytest.mark.django_db


def write_mails_into_every_outbox() -> None:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), email="ada@example.com")
    OutgoingEmail.objects.create(order=order, kind=OutgoingEmail.Kind.CONFIRMATION)
    subscription = NewsletterSubscription.objects.create(
        email="eve@example.com", requested_at=timezone.now()
    )
    ContactEmail.objects.create(
        kind=ContactEmail.Kind.NEWSLETTER_CONFIRM, subscription=subscription, number=1
    )
    CustomerEmail.objects.create(
        kind=CustomerEmail.Kind.ORDER_LINKS, email="ada@example.com", slot="1"
    )
    line = {"sku": "MUG", "title": "Mug", "options_label": "", "left": 2}
    StockNotice.objects.create(kind=StockNotice.Kind.LOW_STOCK, lines=[line])


def test_without_beat_the_mails_of_every_outbox_are_seen_and_sent_by_hand() -> None:
    write_mails_into_every_outbox()
    assert [model.objects.count() for model in OUTBOXES] == [1] * len(OUTBOXES)
    for model in OUTBOXES:
        model.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=10))
        assert 600 <= Client().get("/readyz").json()["mail_overdue_seconds"] < 660
        model.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=10))
    for model in OUTBOXES:
        model.objects.update(next_attempt_at=timezone.now())
    out = StringIO()
    call_command("process_outbox", stdout=out)
    assert out.getvalue() == "Sent 4 mails.\n"
    assert len(mail.outbox) == 4
    assert seconds_overdue() == 0


def test_what_a_mail_server_refused_or_a_worker_holds_is_not_overdue() -> None:
    write_mails_into_every_outbox()
    long_ago, soon = (timezone.now() + timedelta(hours=hours) for hours in (-2, 2))
    for model in OUTBOXES:
        model.objects.update(created_at=long_ago, next_attempt_at=soon)
    CustomerEmail.objects.update(next_attempt_at=long_ago, claimed_until=soon)
    assert seconds_overdue() == 0
