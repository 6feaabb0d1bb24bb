"""Heals what a lost webhook, a crash or an outage left open. Run every few minutes by beat.

Each order is looked at by itself, so that one that cannot be settled does not keep the others.
"""

import logging
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from checkout import gateway
from checkout.attempts import replay_attempt
from checkout.closing import close_session, end_if_closed
from checkout.events import apply_waiting_events
from checkout.payments import PaymentUnavailable
from checkout.runs import within_time
from checkout.sessions import apply_checkout_session
from orders.models import Order, Payment, PaymentAttempt
from orders.status import AttemptState, OrderAction, OrderStatus

logger = logging.getLogger(__name__)

SOURCE = "reconciler"
QUIET_TIME = timedelta(minutes=2)  # The webhook gets the first word.
ASK_AGAIN_AFTER = timedelta(minutes=5)


def reconcile_payments(*, limit: int = 100) -> int:
    """Asks Stripe about payments it has not told us of; returns how many were looked at.

    Sessions without an answer are asked for again with their own key, open ones and those of
    delayed methods are fetched. Then refunds and disputes that overtook their payment are applied.
    """
    looked_at = 0
    for attempt in within_time(_attempts_to_check()[:limit]):
        looked_at += 1
        try:
            _check(attempt)
        except gateway.GatewayUnavailable as error:
            logger.warning("Stripe does not answer (%s); the rest waits for the next run.", error)
            break
        except Exception:
            logger.exception("Attempt %s could not be checked.", attempt.pk)
    apply_waiting_events()
    return looked_at


def expire_orders(*, limit: int = 100) -> int:
    """Ends orders that were not paid in time, once Stripe has closed their sessions; returns how
    many ended. Stock is freed only then, so nothing is sold twice to a shopper who pays late."""
    now = timezone.now()
    overdue = (
        Order.objects.filter(status=OrderStatus.AWAITING_PAYMENT, expires_at__lt=now)
        # One that could not be ended a moment ago must not keep the others waiting.
        .exclude(attempts__checked_at__gt=now - ASK_AGAIN_AFTER)
        .order_by("expires_at")[:limit]
    )
    return sum(_expire(order) for order in within_time(overdue))


def _attempts_to_check() -> QuerySet[PaymentAttempt]:
    now = timezone.now()
    is_quiet = Q(created_at__lt=now - QUIET_TIME)
    unanswered = Q(state=AttemptState.NEW, expires_at__gt=now) & is_quiet
    opened = Q(state=AttemptState.OPEN) & is_quiet
    complete = Q(state=AttemptState.COMPLETE)
    delayed = complete & Q(order__status=OrderStatus.PROCESSING)
    # Of a session that does not fit its order, the money may be days late as well.
    unpaid = ~Exists(Payment.objects.filter(order=OuterRef("order")))
    in_review = complete & Q(unpaid, order__status=OrderStatus.REVIEW)
    return (
        PaymentAttempt.objects.filter(unanswered | opened | delayed | in_review)
        .exclude(checked_at__gt=now - ASK_AGAIN_AFTER)
        .select_related("order")
        .order_by("created_at")
    )


def _check(attempt: PaymentAttempt) -> None:
    _note_checked(PaymentAttempt.objects.filter(pk=attempt.pk))
    if attempt.session_id:
        session: gateway.CheckoutSession | None = gateway.retrieve_session(attempt.session_id)
    else:
        session = replay_attempt(attempt)
    if session is not None:
        apply_checkout_session(session, source=SOURCE)


def _expire(order: Order) -> bool:
    try:
        close_session(order, source=SOURCE)
        end_if_closed(order, OrderAction.EXPIRE, source=SOURCE)
    except PaymentUnavailable as error:
        logger.warning("Order %s cannot be expired yet: %s", order.number, error)
        _note_checked(order.attempts.all())
    except Exception:
        logger.exception("Order %s could not be expired.", order.number)
        _note_checked(order.attempts.all())
    order.refresh_from_db()
    return order.status == OrderStatus.EXPIRED


def _note_checked(attempts: QuerySet[PaymentAttempt]) -> None:
    attempts.update(checked_at=timezone.now())
