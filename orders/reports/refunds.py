"""Money that was given back, refund by refund."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Refund
from orders.money_back import NOT_GIVEN
from orders.reports.sales import money
from shopsite.cms.reports.days import Days, within
from shopsite.lib.money import Money


@dataclass(frozen=True)
class RefundRow:
    """`order_url` is empty for who may not see orders, `credit_note` when there is none."""

    day: date
    order: str
    order_url: str
    amount: Money
    currency: str
    reason: str
    state: str
    credit_note: str
    who: str


def refunds_of(days: Days) -> QuerySet[Refund]:
    """With the moment Stripe took each on; while it has not, that of asking for it. Without those
    that were of goods alone."""
    dated = Refund.objects.annotate(
        moment=Coalesce("settled_at", "created_at"),
        note_number=F("credit_note__number"),
        reversal_number=F("credit_note__reversal__number"),
    )
    rows = dated.filter(within(days, "moment"), amount__gt=0).select_related("order", "user")
    return rows.order_by("moment", "pk")


def given_back(refunds: QuerySet[Refund]) -> list[tuple[str, Money]]:
    """What they come to by currency, without what failed."""
    rows = refunds.exclude(state__in=NOT_GIVEN).order_by("currency")
    sums = rows.values_list("currency").annotate(given=Sum("amount"))
    return [(currency, money(given, currency)) for currency, given in sums]


def refund_rows(refunds: Iterable[Any], *, links_to_orders: bool) -> list[RefundRow]:
    zone = timezone.get_default_timezone()
    return [
        RefundRow(
            day=timezone.localdate(one.moment, timezone=zone),
            order=one.order.number,
            order_url=_order_url(one) if links_to_orders else "",
            amount=one.money.quantize(),
            currency=one.currency,
            reason=one.note,
            state=one.get_state_display(),
            credit_note=_papers(one),
            who=_who(one, one.user),
        )
        for one in refunds
    ]


def _papers(refund: Any) -> str:
    if not refund.reversal_number:
        return refund.note_number or ""
    numbers = {"note": refund.note_number, "number": refund.reversal_number}
    return _("%(note)s, taken back by %(number)s") % numbers


def _order_url(refund: Refund) -> str:
    return reverse("orders_order_modeladmin_inspect", args=[refund.order_id])


def _who(refund: Refund, user: User | None) -> str:
    if user is not None:
        return user.get_full_name() or user.get_username()
    return _("At Stripe") if refund.submission is None else _("The shop")
