"""What the reports of pages and of blocks have in common."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orders.reports.views import CURRENCY
from shopsite.cms.reports.choosing import days_query
from shopsite.cms.reports.columns import ReportColumn, amount_column
from shopsite.cms.reports.days import Days

PAGES_REPORT, BLOCKS_REPORT = "page_sales_report", "block_sales_report"
FIGURES = (
    CURRENCY,
    ReportColumn("orders", _("Orders"), is_number=True),
    amount_column("pieces", _("Pieces")),
    amount_column("revenue", _("Revenue")),
    amount_column("refunded_pieces", _("Refunded pieces")),
    amount_column("refunded", _("Refunded")),
    amount_column("kept", _("Revenue less refunds")),
)
HOW_IT_IS_COUNTED = _(
    "A sale counts on the day of its invoice, for the page where the shopper pressed “Add to "
    "cart”. Revenue includes tax, but no delivery. A refund counts on its own day, with what the "
    "pieces cost; money that was given back for no piece is not taken off."
)


def blocks_url(page_id: int | None, days: Days | None) -> str:
    """Nothing for what nobody knows where it was added."""
    if page_id is None:
        return ""
    address = reverse(BLOCKS_REPORT, args=[page_id])
    return f"{address}?{days_query(days)}" if days else address
