"""Entries of the shop's own books, and which of Stripe's are about the shop at all."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from checkout import gateway
from checkout.gateway import LedgerRefund, PaidSession, is_live_mode
from checkout.reconciliation.differences import Entry
from orders.models import PRETENDED, Payment, PaymentAttempt, Refund
from orders.status import WITHOUT_ANSWER
from shopsite.lib.money import Money


def paid_entries(sessions: Collection[PaidSession]) -> dict[str, Entry]:
    """Those of sessions that this shop asked for, by payment intent; known as
    `apply_checkout_session` knows them."""
    by_id = Q(session_id__in=[one.session.id for one in sessions])
    keys = [one.session.attempt_key for one in sessions if one.session.attempt_key]
    lost = Q(idempotency_key__in=keys, session_id__isnull=True, state__in=WITHOUT_ANSWER)
    attempts = PaymentAttempt.objects.filter(by_id | lost).select_related("order")
    orders = {
        one.session_id or one.idempotency_key: (one.order.pk, one.order.number) for one in attempts
    }
    found = {}
    for one in sessions:
        order = orders.get(one.session.id) or orders.get(one.session.attempt_key or "")
        if order is not None and one.session.payment_intent:
            found[one.session.payment_intent] = session_entry(one.session, one.created_at, order)
    return found


def session_entry(
    session: gateway.CheckoutSession, moment: datetime, order: tuple[int, str]
) -> Entry:
    amount = Money.from_minor(session.amount_total or 0, (session.currency or "").upper())
    return Entry(session.payment_intent or "", moment, amount, order=order)


def payment_entries(begin: datetime, end: datetime, intents: Collection[str]) -> dict[str, Entry]:
    """Of payments that were recorded in this time, or that have one of these intents."""
    recorded = Q(created_at__gte=begin, created_at__lt=end)
    payments = Payment.objects.filter(
        recorded | Q(payment_intent__in=intents), is_live=is_live_mode()
    ).exclude(payment_intent__startswith=PRETENDED)
    return {
        one.payment_intent: Entry(
            one.payment_intent,
            one.created_at,
            Money(one.amount, one.currency).quantize(),
            order=(one.order.pk, one.order.number),
        )
        for one in payments.select_related("order")
    }


def refund_entries(
    begin: datetime, end: datetime, listed: Collection[LedgerRefund]
) -> dict[str, Entry]:
    """Of refunds that were taken on in this time, or that are those of the list; one whose answer
    was lost is known by its reference. Without those that gave back goods alone."""
    by_reference = {_uuid(one.reference): one.id for one in listed}
    by_reference.pop(None, None)
    settled = Q(settled_at__gte=begin, settled_at__lt=end)
    of_list = Q(stripe_id__in=[one.id for one in listed])
    waiting = Q(stripe_id__isnull=True, submission__in=list(by_reference))
    refunds = Refund.objects.filter(
        settled | of_list | waiting, amount__gt=0, payment__is_live=is_live_mode()
    ).exclude(payment__payment_intent__startswith=PRETENDED)
    found = {}
    for one in refunds.select_related("order"):
        key = one.stripe_id or by_reference.get(one.submission)
        if key:
            moment = one.settled_at or one.created_at
            order = (one.order.pk, one.order.number)
            found[key] = Entry(key, moment, one.money.quantize(), one.state, order)
    return found


def listed_refund_entries(
    listed: Iterable[LedgerRefund], payments: dict[str, Entry]
) -> dict[str, Entry]:
    """Stripe's, of payments that are this shop's."""
    return {
        one.id: refund_entry(one, payments[one.payment_intent].order)
        for one in listed
        if one.payment_intent in payments
    }


def refund_entry(refund: LedgerRefund, order: tuple[int, str] | None) -> Entry:
    amount = Money.from_minor(refund.amount, refund.currency.upper())
    return Entry(refund.id, refund.created_at, amount, refund.status, order)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
