"""What is kept for some days is kept that long, not an hour more; 0 keeps it for ever."""

from collections.abc import Callable
from datetime import timedelta
from runpy import run_path
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from checkout.inbox_retries import forget_old_events
from checkout.models import WebhookEvent
from customers.asking import forget_old_mails
from customers.emails import build_message
from customers.models import CustomerEmail, Kind
from home.models import HomePage
from home.tasks import forget_old_searches
from orders.models import Order, Payment, PaymentAttempt
from orders.status import AttemptState, OrderStatus
from orders.tasks import forget_unpaid_people
from shopsite.contact.models import ContactEmail, FormSubmission
from shopsite.contact.tasks import forget_old_messages
from shopsite.settings import privacy
from tests.factories import make_order

HOUR = timedelta(hours=1)
ENDED = {"status": OrderStatus.EXPIRED, "paid_at": None}


def make_event(number: int) -> WebhookEvent:
    return WebhookEvent.objects.create(
        event_id=f"evt_{number}", type="refund.created", state="applied", object_id="re_1",
        created_at=timezone.now(), facts={"id": "re_1"},
    )  # fmt: skip


def make_message(number: int) -> FormSubmission:
    message = FormSubmission.objects.create(form_title="A", answers=[], digest=str(number))
    ContactEmail.objects.create(kind="form_notice", submission=message)
    return message


def make_mail(number: int) -> CustomerEmail:
    return CustomerEmail.objects.create(kind=Kind.LOG_IN, email="a@b.example", slot=str(number))


def make_ended_order(_number: int) -> Order:
    return make_order(**ENDED)


def not_forgotten() -> set[int]:
    """The keys of all rows that still say something."""
    return {
        *WebhookEvent.objects.exclude(object_id="", facts={}).values_list("pk", flat=True),
        *FormSubmission.objects.values_list("pk", flat=True),
        *CustomerEmail.objects.values_list("pk", flat=True),
        *(order.pk for order in Order.objects.all() if not order.is_erased),
    }


@pytest.mark.parametrize(
    ("setting", "days", "make", "moment", "forget"),
    [
        ("EVENT_DAYS", 90, make_event, "received_at", forget_old_events),
        ("MESSAGE_DAYS", 365, make_message, "submitted_at", forget_old_messages),
        ("CUSTOMER_MAIL_DAYS", 7, make_mail, "created_at", forget_old_mails),
        ("UNPAID_ORDER_DAYS", 90, make_ended_order, "created_at", forget_unpaid_people),
    ],
)
def test_what_is_too_old_is_forgotten_to_the_hour(
    site: HomePage,
    settings: Any,
    setting: str,
    days: int,
    make: Callable[[int], models.Model],
    moment: str,
    forget: Callable[[], int],
) -> None:
    assert getattr(settings, setting) == days
    rows = [make(number) for number in range(2)]
    ages = (timedelta(days=days) - HOUR, timedelta(days=days) + HOUR)
    for row, age in zip(rows, ages, strict=True):
        type(row)._default_manager.filter(pk=row.pk).update(**{moment: timezone.now() - age})

    setattr(settings, setting, 0)
    assert forget() == 0
    assert not_forgotten() == {rows[0].pk, rows[1].pk}
    setattr(settings, setting, days)
    assert forget() == 1
    assert forget() == 0
    assert not_forgotten() == {rows[0].pk}
    assert ContactEmail.objects.count() == FormSubmission.objects.count()


def payment_of(order: Order) -> None:
    Payment.objects.create(order=order, payment_intent="pi_1", amount="1", currency="EUR")


def open_attempt_of(order: Order) -> None:
    PaymentAttempt.objects.create(
        order=order, number=1, idempotency_key="k", request={}, state=AttemptState.OPEN,
        expires_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "keeps",
    [
        lambda order: Order.objects.update(status=OrderStatus.AWAITING_PAYMENT),
        lambda order: Order.objects.update(status=OrderStatus.PROCESSING),
        lambda order: Order.objects.update(status=OrderStatus.REVIEW),
        lambda order: Order.objects.update(paid_at=timezone.now()),
        payment_of,
        open_attempt_of,
    ],
)
def test_who_paid_or_still_can_is_not_forgotten(db: None, keeps: Callable[[Order], Any]) -> None:
    order = make_order(**ENDED)
    Order.objects.update(created_at=timezone.now() - timedelta(days=999))
    keeps(order)

    assert forget_unpaid_people() == 0
    assert Order.objects.get().name == "Alice Arnold"


def test_links_of_older_orders_are_not_sent_to_who_has_lost_them(
    site: HomePage, settings: Any
) -> None:
    order = make_order(status=OrderStatus.SHIPPED, paid_at=timezone.now())
    email = CustomerEmail.objects.create(kind=Kind.ORDER_LINKS, email=order.email, slot="1")

    for days, hours, is_sent in ((730, -1, True), (730, 1, False), (0, 1, True)):
        settings.ORDER_LINK_DAYS = days
        age = timedelta(days=730, hours=hours)
        Order.objects.update(created_at=timezone.now() - age)
        assert (build_message(email) is not None) == is_sent


@pytest.mark.parametrize(("days", "kept"), [("0", 400), ("14", 14), ("1000000000", 400)])
def test_a_cart_is_kept_for_no_longer_than_a_browser_keeps_its_cookie(
    monkeypatch: pytest.MonkeyPatch, days: str, kept: int
) -> None:
    """There is no date at which a session that is kept for a billion days would end."""
    monkeypatch.setenv("CART_DAYS", days)
    read = run_path(privacy.__file__)
    assert read["SESSION_COOKIE_AGE"] == kept * 24 * 3600


def test_carts_and_searches_are_kept_as_the_settings_say(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
    assert settings.WAGTAILSEARCH_HITS_MAX_AGE == 90
    called: list[str] = []
    monkeypatch.setattr("home.tasks.call_command", lambda name, **_more: called.append(name))
    for days in (0, 10**9, 90):
        settings.WAGTAILSEARCH_HITS_MAX_AGE = days
        forget_old_searches()
    assert called == ["searchpromotions_garbage_collect"]
