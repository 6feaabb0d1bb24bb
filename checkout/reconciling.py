"""Heals what a lost webhook, a crash or an outage left open. Run every few minutes by beat.

Each order is looked at by itself, so that one that cannot be settled does not keep the others.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from checkout import gateway
from checkout.payments import PaymentUnavailable, close_session, replay_attempt
from checkout.sessions import apply_checkout_session
from orders.changes import end_unpaid, lock_order
from orders.models import Order, PaymentAttempt
from orders.status import LIVE_ATTEMPTS, AttemptState, OrderStatus

logger = logging.getLogger(__name__)

SOURCE = "reconciler"
QUIET_TIME = timedelta(minutes=2)  # The webhook gets the first word.
ASK_AGAIN_AFTER = timedelta(minutes=5)


def reconcile_payments(*, limit: int = 100) -> int:
    """Asks Stripe about payments it has not told us of; returns how many were looked at.

    Sessions without an answer are asked for again with their own key, open ones and those of
    delayed methods are fetched.
    """
    attempts = _attempts_to_check()[:limit]
    for attempt in attempts:
        try:
            _check(attempt)
        except (gateway.GatewayUnavailable, gateway.GatewayRejected) as error:
            logger.warning("Attempt %s could not be checked: %s", attempt.pk, error)
    return len(attempts)


def expire_orders(*, limit: int = 100) -> int:
    """Ends orders that were not paid in time, once Stripe has closed their sessions; returns how
    many ended. Stock is freed only then, so nothing is sold twice to a shopper who pays late."""
    overdue = Order.objects.filter(
        status=OrderStatus.AWAITING_PAYMENT, expires_at__lt=timezone.now()
    ).order_by("expires_at")[:limit]
    return sum(_expire(order) for order in overdue)


def _attempts_to_check() -> list[PaymentAttempt]:
    now = timezone.now()
    unanswered = PaymentAttempt.objects.filter(
        state=AttemptState.NEW, created_at__lt=now - QUIET_TIME, expires_at__gt=now
    )
    opened = PaymentAttempt.objects.filter(state=AttemptState.OPEN, created_at__lt=now - QUIET_TIME)
    delayed = PaymentAttempt.objects.filter(
        state=AttemptState.COMPLETE, order__status=OrderStatus.PROCESSING
    )
    due = (unanswered | opened | delayed).exclude(checked_at__gt=now - ASK_AGAIN_AFTER)
    return list(due.select_related("order").order_by("created_at"))


def _check(attempt: PaymentAttempt) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk).update(checked_at=timezone.now())
    if attempt.session_id:
        session: gateway.CheckoutSession | None = gateway.retrieve_session(attempt.session_id)
    else:
        session = replay_attempt(attempt)
    if session is not None:
        apply_checkout_session(session, source=SOURCE)


def _expire(order: Order) -> bool:
    try:
        close_session(order, source=SOURCE)
    except PaymentUnavailable as error:
        logger.warning("Order %s cannot be expired yet: %s", order.number, error)
        return False
    with transaction.atomic():
        locked = lock_order(order.pk)
        has_live_attempt = locked.attempts.filter(state__in=LIVE_ATTEMPTS).exists()
        if not has_live_attempt:
            end_unpaid(locked, OrderStatus.EXPIRED, source=SOURCE)
        return locked.status == OrderStatus.EXPIRED
