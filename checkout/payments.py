"""Starting a payment: written down first, then asked of Stripe, healed by asking again.

The attempt with the exact request and its idempotency key is committed before Stripe is called.
Whatever breaks after that, sending the same request with the same key gives the same session.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from checkout import gateway
from checkout.deadlines import hold_until, payment_deadline
from checkout.gateway import (
    CheckoutSession,
    FailureRemembered,
    GatewayRejected,
    GatewayUnavailable,
)
from checkout.requests import session_request
from checkout.sessions import apply_checkout_session
from orders.changes import lock_order, record_event
from orders.models import Order, OrderEvent, PaymentAttempt
from orders.status import LIVE_ATTEMPTS, AttemptState, OrderAction
from orders.unpaid import end_and_tell

logger = logging.getLogger(__name__)

# An address that closes in the next minute would fail in the shopper's hands.
MINIMUM_LEFT = timedelta(minutes=1)
# A request that Stripe refuses every time must not be sent, nor hold stock, for ever.
MAX_ATTEMPTS = 8
# Stripe keeps no session open for longer; one it does not know by then never will be.
LONGEST_SESSION = timedelta(days=1)


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
    return _new_attempt(order)


def cancel_order(order: Order, *, source: str) -> None:
    """Gives up an unpaid order and frees its stock, after Stripe agreed to close its session.

    When it turns out to be paid, it stays. Raises PaymentUnavailable when Stripe cannot be asked,
    or when another payment of it began meanwhile.
    """
    close_session(order, source=source, unpaid=OrderAction.GIVE_UP)
    if not end_if_closed(order, OrderAction.GIVE_UP, source=source):
        raise PaymentUnavailable("another payment of the order began")


@transaction.atomic
def end_if_closed(order: Order, action: OrderAction, *, source: str) -> bool:
    """Ends an unpaid order that has no live attempt any more; False while there is one."""
    locked = lock_order(order.pk)
    if locked.attempts.filter(state__in=LIVE_ATTEMPTS).exists():
        return False
    end_and_tell(locked, action, source=source)
    return True


def close_session(order: Order, *, source: str, unpaid: OrderAction = OrderAction.EXPIRE) -> None:
    """Makes sure that nothing of the order can be paid any more, or that its payment is recorded.

    An attempt whose answer was lost is asked for once more with its own key, to learn its session;
    when its time is over nobody can have paid it, since nobody ever had its address. Raises
    PaymentUnavailable.
    """
    for attempt in order.attempts.filter(state__in=LIVE_ATTEMPTS):
        if not attempt.session_id and attempt.expires_at < timezone.now():
            _set_state(attempt, AttemptState.EXPIRED)
            continue
        try:
            session_id = attempt.session_id or _session_of_lost_answer(attempt)
            if session_id:
                session = gateway.expire_session(session_id)
                apply_checkout_session(session, source=source, unpaid=unpaid)
        except GatewayUnavailable as error:
            raise PaymentUnavailable(str(error)) from error
        except GatewayRejected as error:
            # Of another account or mode: the key was changed since.
            if attempt.expires_at > timezone.now() - LONGEST_SESSION:
                raise PaymentUnavailable(str(error)) from error
            _set_state(attempt, AttemptState.EXPIRED)


def replay_attempt(attempt: PaymentAttempt) -> CheckoutSession | None:
    """Sends the stored request again with its own key and stores the session it belongs to.

    None when Stripe refuses it: then nobody can pay a session of it. Raises GatewayUnavailable.
    """
    try:
        session = gateway.create_session(attempt.request, attempt.idempotency_key)
    except GatewayRejected as error:
        _end_refused(attempt, error)
        return None
    _store_session(attempt, session)
    return session


def _new_attempt(order: Order) -> PaymentAttempt:
    number = order.attempts.count() + 1
    key = f"order-{order.number}-{number}"
    expires_at = payment_deadline()
    return PaymentAttempt.objects.create(
        order=order,
        number=number,
        idempotency_key=key,
        request=session_request(order, attempt_key=key, expires_at=expires_at),
        expires_at=expires_at,
    )


def _ask_stripe(attempt: PaymentAttempt) -> str:
    try:
        session = gateway.create_session(attempt.request, attempt.idempotency_key)
    except GatewayRejected as error:
        _end_refused(attempt, error)
        raise
    _store_session(attempt, session)
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


def _session_of_lost_answer(attempt: PaymentAttempt) -> str | None:
    session = replay_attempt(attempt)
    return session.id if session else None


def _store_session(attempt: PaymentAttempt, session: CheckoutSession) -> None:
    # Only a new attempt becomes open: a webhook may have been quicker.
    PaymentAttempt.objects.filter(pk=attempt.pk, state=AttemptState.NEW).update(
        state=AttemptState.OPEN, session_id=session.id, url=session.url or ""
    )
    # The stock is held for as long as something can be paid, and not for an attempt that failed.
    Order.objects.filter(pk=attempt.order_id, expires_at__lt=hold_until(attempt.expires_at)).update(
        expires_at=hold_until(attempt.expires_at)
    )


def _end_refused(attempt: PaymentAttempt, error: GatewayRejected) -> None:
    is_remembered = isinstance(error, FailureRemembered)
    _set_state(attempt, AttemptState.UNANSWERED if is_remembered else AttemptState.FAILED)


def _set_state(attempt: PaymentAttempt, state: AttemptState) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk, state__in=LIVE_ATTEMPTS).update(state=state)


def _note_unavailable(order: Order, text: str) -> None:
    record_event(order, OrderEvent.Kind.PAYMENT_UNAVAILABLE, source="checkout", text=text)
