"""One try to take a payment at Stripe: written down, asked for, and its answer stored.

The exact request and its idempotency key are committed before Stripe is called. Whatever breaks
after that, sending the same request with the same key gives the same session.
"""

from checkout import gateway
from checkout.deadlines import hold_until, payment_deadline
from checkout.gateway import CheckoutSession, FailureRemembered, GatewayRejected
from checkout.requests import session_request
from orders.models import Order, PaymentAttempt
from orders.status import LIVE_ATTEMPTS, AttemptState


def new_attempt(order: Order) -> PaymentAttempt:
    """Written down only. The order must be locked."""
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


def ask_for_session(attempt: PaymentAttempt) -> CheckoutSession:
    """Sends the stored request with its own key, the first time or again, and stores what session
    it is. Raises GatewayUnavailable, and GatewayRejected when nobody can pay a session of it: then
    the attempt has ended."""
    try:
        session = gateway.create_session(attempt.request, attempt.idempotency_key)
    except GatewayRejected as error:
        is_remembered = isinstance(error, FailureRemembered)
        end_attempt(attempt, AttemptState.UNANSWERED if is_remembered else AttemptState.FAILED)
        raise
    _store_session(attempt, session)
    return session


def replay_attempt(attempt: PaymentAttempt) -> CheckoutSession | None:
    """`ask_for_session` with None for what Stripe refuses."""
    try:
        return ask_for_session(attempt)
    except GatewayRejected:
        return None


def end_attempt(attempt: PaymentAttempt, state: AttemptState) -> None:
    """Unless it has ended meanwhile."""
    PaymentAttempt.objects.filter(pk=attempt.pk, state__in=LIVE_ATTEMPTS).update(state=state)


def _store_session(attempt: PaymentAttempt, session: CheckoutSession) -> None:
    # Only a new attempt becomes open: a webhook may have been quicker.
    PaymentAttempt.objects.filter(pk=attempt.pk, state=AttemptState.NEW).update(
        state=AttemptState.OPEN, session_id=session.id, url=session.url or ""
    )
    # The stock is held for as long as something can be paid, and not for an attempt that failed.
    Order.objects.filter(pk=attempt.order_id, expires_at__lt=hold_until(attempt.expires_at)).update(
        expires_at=hold_until(attempt.expires_at)
    )
