"""Giving up unpaid orders: nothing of one can be paid any more before its stock is free."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from checkout import gateway
from checkout.attempts import end_attempt, replay_attempt
from checkout.gateway import GatewayRejected, GatewayUnavailable
from checkout.payments import PaymentUnavailable
from checkout.sessions import apply_checkout_session
from orders.changes import lock_order
from orders.models import Order, PaymentAttempt
from orders.status import LIVE_ATTEMPTS, AttemptState, OrderAction
from orders.unpaid import end_and_tell

# Stripe keeps no session open for longer; one it does not know by then never will be.
LONGEST_SESSION = timedelta(days=1)


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
            end_attempt(attempt, AttemptState.EXPIRED)
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
            end_attempt(attempt, AttemptState.EXPIRED)


def _session_of_lost_answer(attempt: PaymentAttempt) -> str | None:
    session = replay_attempt(attempt)
    return session.id if session else None
