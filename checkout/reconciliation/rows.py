"""What the report shows of a difference."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from checkout.gateway import is_live_mode
from checkout.reconciliation.differences import Difference
from orders.models import dashboard_url
from shopsite.cms.reports.columns import Cell, PostButton, ReportColumn
from shopsite.lib.days import shop_day
from shopsite.lib.money import Money


@dataclass(frozen=True)
class DifferenceRow:
    """`order_url` is empty for who may not see orders, `apply` for who may not apply, and for what
    a person has to look into."""

    day: date
    what: str | Promise
    order: str
    order_url: str
    reference: str
    reference_url: str
    there: Money | None
    here: Money | None
    currency: str
    apply: str


class ApplyColumn(ReportColumn):
    """A button on the page; nothing of it is taken along."""

    def cell(self, row: DifferenceRow) -> Cell:  # type: ignore[override]
        if not row.apply:
            return Cell("")
        url = reverse("reconciliation_apply")
        label = _("Apply")
        return Cell("", button=PostButton(url, "reference", row.apply, label, row.reference))


def row_of(difference: Difference, *, links_to_orders: bool, may_apply: bool) -> DifferenceRow:
    there, here = difference.there, difference.here
    entry = there or here
    assert entry is not None
    pk, number = (here and here.order) or entry.order or (0, "")
    kind = "refunds" if entry.state else "payments"
    amounts = [one.amount if one is not None and one.counts else None for one in (there, here)]
    return DifferenceRow(
        day=shop_day(entry.moment),
        what=difference.kind.words,
        order=number,
        order_url=(
            reverse("orders_order_modeladmin_inspect", args=[pk]) if pk and links_to_orders else ""
        ),
        reference=entry.id,
        reference_url=dashboard_url(f"{kind}/{entry.id}", is_live=is_live_mode()),
        there=amounts[0],
        here=amounts[1],
        currency=entry.amount.currency,
        apply=entry.id if difference.can_be_applied and may_apply else "",
    )
