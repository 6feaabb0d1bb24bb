"""Orders that need a person: a table of concerns, each with the words a clerk reads.

Most end by themselves when what they are about does. Those about something that happened, which no
record takes back, end when a clerk says that it is seen to (`settle_attention`). Layers above add
theirs with the hook `register_order_concerns`: a function that gives one.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from orders import attention_queries as queries
from orders.attention_queries import Orders
from orders.changes import lock_order, record_event
from orders.models import Order, OrderEvent


@dataclass(frozen=True)
class Concern:
    """`find` gives the orders it is about. One that `holds_parcels` keeps its orders out of what
    is shipped many at a time."""

    code: str
    words: str | Promise
    find: Callable[[], Orders]
    holds_parcels: bool = False
    ends_by_hand: bool = False


CONCERNS = (
    Concern(
        "review",
        _("Money arrived that does not fit the order; its timeline says why. Do not pack it."),
        queries.in_review,
    ),
    Concern(
        "out_of_stock",
        _("Paid after its time, and not all of it is left. Cancel it and give the money back."),
        queries.out_of_stock,
    ),
    Concern(
        "not_held",
        _("It is paid, but not all of it is held in stock. Count the shelf, or refund a part."),
        queries.not_held,
    ),
    Concern(
        "paid_twice",
        _("It was paid a second time. That money has to go back."),
        queries.paid_twice,
    ),
    Concern(
        "mismatch",
        _("Stripe says something else than the order. The timeline says what."),
        queries.mismatch,
        ends_by_hand=True,
    ),
    Concern(
        "dispute",
        _("The shopper's bank wants the money back and waits for an answer, in Stripe."),
        queries.disputes_to_answer,
        holds_parcels=True,
    ),
    Concern(
        "dispute_open",
        _("The shopper's bank is deciding whether the money goes back. Do not ship until then."),
        queries.disputes_with_the_bank,
        holds_parcels=True,
    ),
    Concern(
        "dispute_lost",
        _("The bank took the money back, and the goods are still here. Cancel it; do not ship it."),
        queries.disputes_lost,
        holds_parcels=True,
        ends_by_hand=True,
    ),
    Concern(
        "dispute_prevented",
        _("A dispute was prevented, and the money may be gone. Look in Stripe before you ship it."),
        queries.disputes_prevented,
        holds_parcels=True,
        ends_by_hand=True,
    ),
    Concern(
        "dispute_won",
        _("The bank gave back what it had taken. Send what was canceled meanwhile, or refund it."),
        queries.disputes_won_after_all,
        ends_by_hand=True,
    ),
    Concern(
        "refund_failed",
        _("A refund failed or cannot go on by itself. The timeline says why."),
        queries.refund_failed,
        holds_parcels=True,
        ends_by_hand=True,
    ),
    Concern(
        "refund_waits",
        _("A refund has waited for more than an hour. Look in Stripe what it waits for."),
        queries.refund_waits,
    ),
    Concern(
        "mail_failed",
        _("A mail about it could not be delivered. Call the shopper, or write in another way."),
        queries.mail_failed,
        ends_by_hand=True,
    ),
    Concern(
        "unpaid",
        _("Its time to be paid ended over an hour ago, and Stripe has not closed the payment."),
        queries.unpaid_for_too_long,
    ),
    Concern(
        "bank",
        _("The bank has taken more than 14 days for the payment. Look for it in Stripe."),
        queries.bank_takes_too_long,
    ),
)
HOOK = "register_order_concerns"


def all_concerns() -> tuple[Concern, ...]:
    """Those of this table, then those of the layers above."""
    return (*CONCERNS, *(make() for make in hooks.get_hooks(HOOK)))


def concern_of(code: str) -> Concern | None:
    return next((one for one in all_concerns() if one.code == code), None)


def needing_attention(code: str = "") -> Orders:
    """All that need a person, or those of one concern; none for a code that there is not."""
    concerns = [one for one in all_concerns() if code in ("", one.code)]
    if not concerns:
        return Order.objects.none()
    first, *rest = [one.find().order_by().values("pk") for one in concerns]
    return Order.objects.filter(pk__in=first.union(*rest) if rest else first)


def concerns_by_order(pks: Collection[int] | None = None) -> dict[int, list[Concern]]:
    """What each order needs a person for, of some orders or of all; one query. An order that needs
    nobody is not in it."""
    concerns = all_concerns()
    by_code = {one.code: one for one in concerns}
    rows = [_coded(one, pks) for one in concerns]
    found: dict[int, list[Concern]] = {}
    for pk, code in rows[0].union(*rows[1:], all=True):
        found.setdefault(pk, []).append(by_code[code])
    return {pk: sorted(of_order, key=concerns.index) for pk, of_order in found.items()}


@transaction.atomic
def settle_attention(*, order: Order, code: str, user: User | None) -> bool:
    """Ends one concern that only a person can end, with a line on the timeline; False if the order
    has none of this code. Its other concerns stay."""
    order = lock_order(order.pk)
    concerns = concerns_by_order([order.pk]).get(order.pk, [])
    concern = next((one for one in concerns if one.code == code and one.ends_by_hand), None)
    if concern is None:
        return False
    kind, words = OrderEvent.Kind.SETTLED, str(concern.words)
    record_event(order, kind, source="desk", text=words, user=user, concern=code)
    return True


def _coded(concern: Concern, pks: Collection[int] | None) -> QuerySet[Order, tuple[int, str]]:
    orders = concern.find().order_by()
    if pks is not None:
        orders = orders.filter(pk__in=pks)
    return orders.values_list("pk", Value(concern.code))
