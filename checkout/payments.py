"""Starting a payment: written down first, then asked of Stripe, healed by asking again."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from checkout.attempts import ask_for_session, new_attempt
from checkout.gateway import GatewayRejected, GatewayUnavailable
from checkout.sessions import apply_checkout_session
from orders.changes import lock_order, record_event
from orders.models import Order, OrderEvent, PaymentAttempt
from orders.status import LIVE_ATTEMPTS, AttemptState

logger = logging.getLogger(__name__)

# An address that closes in the next minute would fail in the shopper's hands.
MINIMUM_LEFT = timedelta(minutes=1)
# A request that Stripe refuses every time must not be sent, nor hold stock, for ever.
MAX_ATTEMPTS = 8


class PaymentUnavailable(Exception):
    """The payment provider cannot be reached or refuses; the order is kept."""


class NotPayable(Exception):
    """The order was paid, expired or canceled meanwhile; its page says which."""


def start_payment(order: Order) -> str:
    """The address to send the shopper to. Called twice, also at once, it gives the same one.

    Raises PaymentUnavailable and NotPayable; the order and its stock are kept in both cases.
    Must not be called inside a transaction: Stripe is waited for.
    """
    attempt = open_attempt(order)
    if attempt.url:
        return attempt.url
    try:
        return _ask_stripe(attempt)
    except GatewayRejected as error:
        logger.error("Stripe refuses a payment of order %s: %s", order.number, error)
        # A stored request can grow too old to be sent a first time. A fresh one gets one chance.
        return _ask_once_more(order)
    except GatewayUnavailable as error:
        _note_unavailable(order, str(error))
        raise PaymentUnavailable(str(error)) from error


@transaction.atomic
def open_attempt(order: Order) -> PaymentAttempt:
    """The attempt that can still be paid, else a new one. Raises NotPayable."""
    order = lock_order(order.pk)
    if not order.is_payable:
        raise NotPayable(order.status)
    attempt = order.attempts.filter(state__in=LIVE_ATTEMPTS).first()
    if attempt is not None and attempt.expires_at > timezone.now() + MINIMUM_LEFT:
        return attempt
    if attempt is not None:
        # Its session closes by itself within the minute; until then it is not asked for again.
        raise NotPayable(order.status)
    # Stripe's own failures say nothing about the request, and none of them holds stock.
    if order.attempts.exclude(state=AttemptState.UNANSWERED).count() >= MAX_ATTEMPTS:
        raise PaymentUnavailable("too many attempts")
    return new_attempt(order)


def _ask_stripe(attempt: PaymentAttempt) -> str:
    session = ask_for_session(attempt)
    if not session.url:
        # Replayed for a session that is paid or closed by now.
        apply_checkout_session(session, source="checkout")
        raise NotPayable(attempt.order.status)
    record_event(attempt.order, OrderEvent.Kind.PAYMENT_STARTED, source="checkout", text=session.id)
    return session.url


def _ask_once_more(order: Order) -> str:
    try:
        return _ask_stripe(open_attempt(order))
    except (GatewayRejected, GatewayUnavailable) as error:
        _note_unavailable(order, str(error))
        raise PaymentUnavailable(str(error)) from error


def _note_unavailable(order: Order, text: str) -> None:
    record_event(order, OrderEvent.Kind.PAYMENT_UNAVAILABLE, source="checkout", text=text)
