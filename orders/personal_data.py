"""What orders keep about people; see shopsite/cms/personal_data.py."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.attention import concerns_by_order
from orders.by_email import orders_of
from orders.erasing import NOBODY, erase_people_from
from orders.models import CreditNote, Dispute, Invoice, Order, Paper, Reversal
from orders.money_back import DisputeState, RefundState
from orders.papers import paper_pdf
from orders.status import LIVE_ATTEMPTS, SHIPPABLE, OrderStatus
from shopsite.cms.personal_data import Part, Record, record_of
from shopsite.lib.pdf import PdfError
from shopsite.lib.zip_stream import ZipEntry

SETTLED_DISPUTES = (
    DisputeState.WARNING_CLOSED,
    DisputeState.PREVENTED,
    DisputeState.WON,
    DisputeState.LOST,
)
OPEN_REFUNDS = (RefundState.NEW, RefundState.PENDING, RefundState.REQUIRES_ACTION)
UNPAID = (OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING)
# A mail that could not be delivered goes with the address that it was for.
ENDS_WITH_THE_PERSON = "mail_failed"

ORDER_FIELDS = (
    *("number", "status", "created_at", "paid_at", "terms_accepted_at", "language"),
    *(*NOBODY, "country"),
    *("currency", "subtotal", "shipping_method_name", "shipping_total", "tax_total", "total"),
)
LINE_FIELDS = (
    *("sku", "title", "options_label", "quantity", "unit_price", "line_total"),
    "source_page_title",
)
BILLING_FIELDS = (
    *("company", "vat_id", "name", "address_line1", "address_line2"),
    *("postal_code", "city", "region", "country"),
)
PAPER_FIELDS = ("number", "issued_at", "document", "file_name")


def papers_of_order(order: Order) -> list[Paper]:
    return [
        *Invoice.objects.filter(order=order),
        *CreditNote.objects.filter(invoice__order=order),
        *Reversal.objects.filter(credit_note__invoice__order=order),
    ]


def find(email: str) -> list[Record]:
    return [_record(order) for order in orders_of(email)]


def _record(order: Order) -> Record:
    billing = order.billing_or_none
    rows: dict[str, tuple[Any, tuple[str, ...]]] = {
        "lines": (order.lines.all(), LINE_FIELDS),
        "payments": (order.payments.all(), ("payment_intent", "amount", "currency", "created_at")),
        "payment_attempts": (order.attempts.all(), ("session_id", "request", "url", "created_at")),
        "refunds": (order.refunds.all(), ("stripe_id", "amount", "state", "note", "created_at")),
        "disputes": (order.disputes.all(), ("stripe_id", "amount", "state", "created_at")),
        "parcels": (
            order.shipments.all(),
            ("carrier_name", "tracking_number", "tracking_url", "created_at", "delivered_at"),
        ),
        "mails": (order.emails.all(), ("kind", "state", "created_at", "sent_at")),
        "timeline": (order.events.all(), ("kind", "status", "text", "created_at")),
        "papers": (papers_of_order(order), PAPER_FIELDS),
    }
    return {
        **record_of(order, *ORDER_FIELDS),
        "billing": record_of(billing, *BILLING_FIELDS) if billing else None,
        **{
            name: [record_of(one, *fields) for one in things]
            for name, (things, fields) in rows.items()
        },
    }


def files(email: str) -> Iterator[ZipEntry]:
    """The papers as they were sent. One that cannot be given out is left out: its content stands
    among the papers of its order."""
    for order in orders_of(email):
        for paper in papers_of_order(order):
            moment = timezone.localtime(paper.issued_at)
            try:
                yield ZipEntry(f"{paper.number}.pdf", paper_pdf(paper), moment)
            except PdfError:
                continue


def erase(email: str) -> None:
    """But not one that was placed while the rest was erased: it can still be paid."""
    orders = orders_of(email).order_by("pk").select_for_update()
    erase_people_from([order for order in orders if not _why_open(order, needs_a_person=False)])


def hindrances(email: str) -> list[str]:
    """Of each order that is not over the first reason."""
    orders = list(orders_of(email).order_by("pk").select_for_update())
    concerns = concerns_by_order([order.pk for order in orders])
    needing = {
        pk for pk, found in concerns.items() if any(c.code != ENDS_WITH_THE_PERSON for c in found)
    }
    return [reason for order in orders if (reason := _why_open(order, order.pk in needing))]


def _why_open(order: Order, needs_a_person: bool) -> str:
    if order.status in UNPAID or order.attempts.filter(state__in=LIVE_ATTEMPTS).exists():
        reason = _("Order %(number)s can still be paid.")
    elif order.status in SHIPPABLE:
        reason = _("Order %(number)s is paid and not wholly shipped.")
    elif order.refunds.filter(state__in=OPEN_REFUNDS).exists():
        reason = _("A refund of order %(number)s is under way.")
    elif Dispute.objects.filter(order=order).exclude(state__in=SETTLED_DISPUTES).exists():
        reason = _("The bank has not decided about order %(number)s.")
    elif needs_a_person or order.status == OrderStatus.REVIEW:
        reason = _("Order %(number)s needs a person first; the order desk says why.")
    else:
        return ""
    return reason % {"number": order.number}


ORDERS = Part(
    code="orders",
    words=gettext_lazy("Orders, with addresses, payments, parcels, mails and papers"),
    find=find,
    erase=erase,
    hindrances=hindrances,
    files=files,
    fields={
        "orders.Order": (*NOBODY, "token", "checkout_token"),
        "orders.BillingAddress": BILLING_FIELDS,
        "orders.PaymentAttempt": ("request", "url"),
        "orders.Shipment": ("tracking_number", "tracking_url"),
        "orders.OrderEvent": ("text",),
        "orders.Refund": ("note",),
    },
    kept={
        "orders.Invoice": ("document", "file_name"),
        "orders.CreditNote": ("document", "file_name"),
        "orders.Reversal": ("document", "file_name"),
    },
)
