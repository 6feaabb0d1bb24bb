"""What a Checkout Session's state does to its order. The one function behind webhook, return page
and reconciler."""

from collections.abc import Iterable
from enum import Enum

from django.db import transaction
from django.utils import timezone

from checkout.deadlines import hold_until, payment_deadline
from checkout.gateway import CheckoutSession, is_live_mode
from orders.changes import lock_order
from orders.models import Order, PaymentAttempt
from orders.payments import Receipt, flag_mismatch, mark_paid
from orders.status import (
    LIVE_ATTEMPTS,
    WITHOUT_ANSWER,
    AttemptState,
    OrderAction,
    OrderStatus,
)
from orders.unpaid import await_bank, end_and_tell, refuse_payment
from shopsite.lib.money import Money


class Outcome(Enum):
    """What became of a session that was applied."""

    APPLIED = "applied"
    UNKNOWN = "unknown"  # Not a session of ours: other software may share the account.
    MISMATCH = "mismatch"


@transaction.atomic
def apply_checkout_session(
    session: CheckoutSession,
    *,
    source: str,
    payment_failed: bool = False,
    unpaid: OrderAction = OrderAction.EXPIRE,
) -> tuple[Outcome, Order | None]:
    """Brings the order to where its session says it should be.

    Safe to call any number of times, by several at once and in any order: the order's row is
    locked, and every step only goes forward. The session is matched by the id we stored, never by
    a reference that a payment link could carry as well. `payment_failed` tells of a delayed method
    whose money did not come, which the session itself does not say. `unpaid` is what
    happens to an order whose last session closed unpaid.
    """
    attempt = _attempt_of(session)
    if attempt is None:
        return Outcome.UNKNOWN, None
    order = lock_order(attempt.order_id)
    attempt = PaymentAttempt.objects.get(pk=attempt.pk)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(checked_at=timezone.now())
    problem = _mismatch(session, order)
    if problem:
        flag_mismatch(order, _receipt(session), source=source, text=problem)
        _close_mismatched(session, attempt, payment_failed=payment_failed)
        return Outcome.MISMATCH, order
    if session.status == "complete":
        _apply_complete(session, order, attempt, source=source, payment_failed=payment_failed)
    elif session.status == "expired":
        _set_state(attempt, AttemptState.EXPIRED, sources=LIVE_ATTEMPTS)
        if not order.attempts.filter(state__in=LIVE_ATTEMPTS).exists():
            end_and_tell(order, unpaid, source=source)
    return Outcome.APPLIED, order


def _apply_complete(
    session: CheckoutSession,
    order: Order,
    attempt: PaymentAttempt,
    *,
    source: str,
    payment_failed: bool,
) -> None:
    receipt = _receipt(session)
    if receipt is not None:
        _set_state(attempt, AttemptState.COMPLETE, sources=AttemptState)
        mark_paid(order, receipt, source=source)
    elif payment_failed or session.has_failed_payment:
        _apply_failure(order, attempt, source=source)
    elif attempt.state != AttemptState.FAILED:
        _set_state(attempt, AttemptState.COMPLETE, sources=LIVE_ATTEMPTS)
        await_bank(order, attempt, source=source)


def _close_mismatched(
    session: CheckoutSession, attempt: PaymentAttempt, *, payment_failed: bool
) -> None:
    """Nothing can be paid in it any more, though it is a person who decides about its order. One
    that is open stays so: its money may still come, and has to be recorded."""
    if session.status == "expired":
        _set_state(attempt, AttemptState.EXPIRED, sources=LIVE_ATTEMPTS)
    elif session.status == "complete" and _receipt(session) is not None:
        _set_state(attempt, AttemptState.COMPLETE, sources=AttemptState)
    elif session.status == "complete":
        is_refused = payment_failed or session.has_failed_payment
        state = AttemptState.FAILED if is_refused else AttemptState.COMPLETE
        _set_state(attempt, state, sources=[*LIVE_ATTEMPTS, AttemptState.COMPLETE])


def _receipt(session: CheckoutSession) -> Receipt | None:
    """The money that came with a session, as it really is; None if none did."""
    if session.payment_status != "paid" or not session.payment_intent or not session.currency:
        return None
    amount = Money.from_minor(session.amount_total or 0, session.currency.upper())
    return Receipt(session.payment_intent, amount, session.is_live)


def _apply_failure(order: Order, attempt: PaymentAttempt, *, source: str) -> None:
    if order.status not in (OrderStatus.PROCESSING, OrderStatus.AWAITING_PAYMENT):
        return
    if not _set_state(
        attempt, AttemptState.FAILED, sources=[*LIVE_ATTEMPTS, AttemptState.COMPLETE]
    ):
        return
    payable_until = hold_until(payment_deadline())
    refuse_payment(order, attempt, payable_until=payable_until, source=source)


def _attempt_of(session: CheckoutSession) -> PaymentAttempt | None:
    """The attempt with this session's id. One whose answer was lost has no id yet; it is known by
    the key that only our own request carries, and takes the id over."""
    attempt = PaymentAttempt.objects.filter(session_id=session.id).first()
    if attempt is not None or not session.attempt_key:
        return attempt
    adopted = PaymentAttempt.objects.filter(
        idempotency_key=session.attempt_key, session_id__isnull=True, state__in=WITHOUT_ANSWER
    ).update(session_id=session.id, url=session.url or "", state=AttemptState.OPEN)
    return PaymentAttempt.objects.get(session_id=session.id) if adopted else None


def _set_state(
    attempt: PaymentAttempt, state: AttemptState, *, sources: Iterable[AttemptState]
) -> bool:
    """Late and repeated news must not undo a later state, so each step names what it follows."""
    attempts = PaymentAttempt.objects.filter(pk=attempt.pk, state__in=list(sources))
    return bool(attempts.update(state=state))


def _mismatch(session: CheckoutSession, order: Order) -> str:
    """What of the session is not as we asked for, in words for the staff; empty if all is well."""
    expected = order.total_money.to_minor()
    if session.mode != "payment":
        return f"Session {session.id} has mode {session.mode!r}."
    if session.payment_status == "no_payment_required":
        # Each order costs something; as one that waits for its bank it would wait for ever.
        return f"Session {session.id} asked for no payment."
    if session.is_live != is_live_mode():
        return f"Session {session.id} is of the other mode (test or live)."
    if (session.currency or "").upper() != order.currency:
        return f"Session {session.id} is in {session.currency!r}, not {order.currency}."
    if session.amount_total != expected:
        return f"Session {session.id} is over {session.amount_total}, not {expected} minor units."
    return ""
