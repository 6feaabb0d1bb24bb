"""Which orders each concern of orders/attention.py is about.

Each is found from the few records that it is about, never by looking through all orders.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from orders.models import Dispute, Order, OrderEvent, OrderLine, OutgoingEmail, Payment, Refund
from orders.money_back import NEEDS_ANSWER, NOT_GIVEN, WITH_THE_BANK, DisputeState, RefundState
from orders.status import SHIPPABLE, SOLD, OrderStatus

Kind = OrderEvent.Kind
Orders = QuerySet[Order]

# An unpaid order ends within minutes of its time, a refund is answered within seconds, and the
# slowest of the delayed methods takes two weeks.
UNPAID_FOR = timedelta(hours=1)
REFUND_WAITS_FOR = timedelta(hours=1)
BANK_TAKES = timedelta(days=14)


def _seen_to(code: str) -> Q:
    return Q(kind=Kind.SETTLED, concern__in=("", code))


def _happened(kinds: Collection[str], *, ended_by: Q) -> QuerySet[OrderEvent]:
    """Events of these kinds, unless one that ends them came after them."""
    later = OrderEvent.objects.filter(ended_by, order=OuterRef("order"), pk__gt=OuterRef("pk"))
    return OrderEvent.objects.filter(~Exists(later), kind__in=kinds)


def _about(records: QuerySet) -> Orders:
    return Order.objects.filter(pk__in=records.order_by().values("order_id"))


def in_review() -> Orders:
    return Order.objects.filter(~_is_out_of_stock(), status=OrderStatus.REVIEW)


def out_of_stock() -> Orders:
    return Order.objects.filter(_is_out_of_stock(), status=OrderStatus.REVIEW)


def _is_out_of_stock() -> Exists:
    return Exists(OrderEvent.objects.filter(order=OuterRef("pk"), kind=Kind.STOCK))


def not_held() -> Orders:
    short = Q(allocated__lt=F("quantity") - F("shipped") - F("canceled"))
    lines = OrderLine.objects.filter(short, order=OuterRef("pk"))
    return Order.objects.filter(Exists(lines), status__in=SHIPPABLE)


def paid_twice() -> Orders:
    given = Sum("refunds__amount", filter=~Q(refunds__state__in=NOT_GIVEN))
    twice = Payment.objects.filter(is_duplicate=True).alias(given=Coalesce(given, F("amount") * 0))
    taken_back = Dispute.objects.filter(payment=OuterRef("pk"), state=DisputeState.LOST)
    return _about(twice.filter(~Exists(taken_back), given__lt=F("amount")))


def mismatch() -> Orders:
    """Of an order that stayed paid; a second payment has a concern of its own."""
    twice = Payment.objects.filter(order=OuterRef("order"), is_duplicate=True)
    events = _happened([Kind.MISMATCH], ended_by=_seen_to("mismatch"))
    return _about(events.filter(~Exists(twice))).filter(status__in=SOLD)


def disputes_to_answer() -> Orders:
    return _about(Dispute.objects.filter(state__in=NEEDS_ANSWER))


def disputes_with_the_bank() -> Orders:
    return _about(Dispute.objects.filter(state__in=WITH_THE_BANK))


def disputes_lost() -> Orders:
    """Of orders whose goods are still here, until a clerk has seen to it."""
    return _disputed("dispute_lost", state=DisputeState.LOST).filter(status__in=SHIPPABLE)


def disputes_prevented() -> Orders:
    """As `disputes_lost`: the money went back before there was a dispute about it."""
    return _disputed("dispute_prevented", state=DisputeState.PREVENTED).filter(status__in=SHIPPABLE)


def disputes_won_after_all() -> Orders:
    """Of orders that may have been canceled meanwhile, because the money was gone."""
    return _disputed("dispute_won", state=DisputeState.WON, was_lost=True)


def _disputed(code: str, **condition: object) -> Orders:
    """Of a payment that paid the order; until a clerk has seen to it, or there is more news."""
    disputes = Dispute.objects.filter(order=OuterRef("order"), **condition)
    disputes = disputes.exclude(payment__is_duplicate=True)
    events = _happened([Kind.DISPUTE], ended_by=_seen_to(code))
    return _about(events.filter(Exists(disputes)))


def refund_failed() -> Orders:
    """Until money went back after all, or the order was given up."""
    went_back = Q(kind=Kind.REFUND) | Q(kind=Kind.STATUS, status=OrderStatus.CANCELED)
    kinds = [Kind.REFUND_FAILED, Kind.ATTENTION]
    return _about(_happened(kinds, ended_by=_seen_to("refund_failed") | went_back))


def refund_waits() -> Orders:
    unanswered = Q(state=RefundState.NEW, created_at__lt=timezone.now() - REFUND_WAITS_FOR)
    return _about(Refund.objects.filter(Q(state=RefundState.REQUIRES_ACTION) | unanswered))


def mail_failed() -> Orders:
    """Unless somebody has sent it again; whether that arrives is told of the copy."""
    again = OutgoingEmail.objects.filter(
        order=OuterRef("order"),
        kind=OuterRef("kind"),
        about=OuterRef("about"),
        copy__gt=OuterRef("copy"),
    )
    settled = OrderEvent.objects.filter(
        _seen_to("mail_failed"),
        order=OuterRef("order"),
        created_at__gte=OuterRef("next_attempt_at"),
    )
    failed = OutgoingEmail.objects.filter(state=OutgoingEmail.State.FAILED)
    return _about(failed.filter(~Exists(settled), ~Exists(again)))


def unpaid_for_too_long() -> Orders:
    limit = timezone.now() - UNPAID_FOR
    return Order.objects.filter(status=OrderStatus.AWAITING_PAYMENT, expires_at__lt=limit)


def bank_takes_too_long() -> Orders:
    limit = timezone.now() - BANK_TAKES
    return Order.objects.filter(status=OrderStatus.PROCESSING, created_at__lt=limit)
