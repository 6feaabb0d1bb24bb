"""What a shopper's order page says. Reads, decides nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.guides import guides_of
from orders.models import (
    CreditNote,
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    Paper,
    Shipment,
    ShipmentLine,
)
from orders.money_back import NOT_GIVEN
from orders.progress import ENDED, PageState, progress_steps
from orders.renewing import RENEWABLE
from orders.status import LIVE_ATTEMPTS, OrderStatus
from orders.taxes import order_tax_shares
from products.blocks.wanted import CONTEXT_NAME
from shopsite.lib.money import Money, sum_money

# How long after coming back from Stripe the page waits for the webhook before it says "unpaid".
CONFIRMING_TIME = timedelta(minutes=10)


# What of the timeline concerns the shopper; the rest is for the staff.
SHOWN_EVENTS = (
    OrderEvent.Kind.PLACED,
    OrderEvent.Kind.STATUS,
    OrderEvent.Kind.REFUND,
    OrderEvent.Kind.DELIVERY,
)


@dataclass(frozen=True)
class TimelineEntry:
    label: str
    created_at: datetime


@dataclass(frozen=True)
class Parcel:
    """`items` says what is in it, such as "2 × Speckled Mug, Oat"."""

    carrier_name: str
    tracking_number: str
    tracking_url: str
    shipped_at: datetime
    delivered_at: datetime | None
    items: tuple[str, ...]


@dataclass(frozen=True)
class OrderPageLine:
    title: str
    sku: str
    options_label: str
    quantity: int
    refunded: int
    unit_price: str
    line_total: str


def page_state(order: Order) -> PageState:
    """The order's state in the shopper's eyes, from the database alone."""
    states: dict[str, PageState] = {
        OrderStatus.PAID: "paid",
        OrderStatus.PARTLY_SHIPPED: "partly_shipped",
        OrderStatus.SHIPPED: "shipped",
        OrderStatus.DELIVERED: "delivered",
        OrderStatus.PROCESSING: "processing",
        OrderStatus.EXPIRED: "expired",
        OrderStatus.CANCELED: "canceled",
        OrderStatus.REVIEW: "review",
    }
    if order.status in states:
        return states[order.status]
    earliest = timezone.now() - CONFIRMING_TIME
    is_confirming = order.attempts.filter(
        state__in=LIVE_ATTEMPTS, returned_at__gt=earliest
    ).exists()
    return "confirming" if is_confirming else "unpaid"


def page_context(order: Order) -> dict[str, object]:
    state = page_state(order)
    parcels = list(order.shipments.prefetch_related("lines__order_line"))
    has_invoice = Invoice.objects.filter(order=order).exists()
    given_back = money_given_back(order)
    lines = list(order.lines.all())
    guides = guides_of(order, lines)
    return {
        CONTEXT_NAME: guides.wanted,
        "guides": guides.items,
        "order": {
            "number": order.number,
            "created_at": order.created_at,
            "email": order.email,
            "note": order.note,
            "lines": [_line(order, line) for line in lines],
            "subtotal": order.money(order.subtotal),
            "shipping_method_name": order.shipping_method_name,
            "shipping_total": order.money(order.shipping_total),
            "tax_shares": order_tax_shares(order),
            "total": order.total_money,
            "given_back": given_back or None,
            "was_paid": order.paid_at is not None,
            "shipping_lines": order.address_lines,
            "billing_lines": order.billing_lines if order.billing_or_none else (),
        },
        "state": state,
        "steps": progress_steps(
            state,
            placed_at=order.created_at,
            paid_at=order.paid_at,
            shipped_at=parcels[-1].created_at if parcels else None,
            delivered_at=max(
                (one.delivered_at for one in parcels if one.delivered_at), default=None
            ),
        ),
        "parcels": [_parcel(one) for one in parcels],
        "held_until": order.expires_at if order.expires_at > timezone.now() else None,
        "can_pay": state == "unpaid",
        "pay_url": reverse("order-pay", args=[order.token]),
        "again_url": reverse("order-again", args=[order.token]) if state in ENDED else None,
        "invoice_url": reverse("order-invoice", args=[order.token]) if has_invoice else None,
        "corrections": _corrections(order),
        "keeping": {
            "account_url": reverse("order-account", args=[order.token]),
            "new_link_url": reverse("order-new-link", args=[order.token])
            if order.status in RENEWABLE
            else None,
        },
        "timeline": [
            TimelineEntry(event.shopper_label, event.created_at)
            for event in order.events.filter(kind__in=SHOWN_EVENTS)
        ],
    }


def _corrections(order: Order) -> list[dict[str, str]]:
    """Its credit notes, each followed by what took it back; one query."""
    notes = CreditNote.objects.filter(invoice__order=order).select_related("reversal")
    labeled: list[tuple[str, Paper]] = []
    for note in notes:
        labeled.append((_("Credit note %(number)s (PDF)"), note))
        if note.reversal_or_none:
            labeled.append((_("Invoice %(number)s (PDF)"), note.reversal))
    return [
        {
            "label": label % {"number": paper.number},
            "url": reverse("order-credit-note", args=[order.token, paper.number]),
        }
        for label, paper in labeled
    ]


def money_given_back(order: Order) -> Money:
    """What is on its way back to the shopper or there already."""
    refunds = order.refunds.filter(settled_at__isnull=False).exclude(state__in=NOT_GIVEN)
    return sum_money((one.money for one in refunds), order.currency)


def _parcel(shipment: Shipment) -> Parcel:
    return Parcel(
        carrier_name=shipment.carrier_name,
        tracking_number=shipment.tracking_number,
        tracking_url=shipment.link,
        shipped_at=shipment.created_at,
        delivered_at=shipment.delivered_at,
        items=tuple(_item(line) for line in shipment.lines.all()),
    )


def _item(line: ShipmentLine) -> str:
    names = (line.order_line.title, line.order_line.options_label)
    return f"{line.quantity} × {', '.join(name for name in names if name)}"


def _line(order: Order, line: OrderLine) -> OrderPageLine:
    return OrderPageLine(
        title=line.title,
        sku=line.sku,
        options_label=line.options_label,
        quantity=line.quantity,
        refunded=line.canceled + line.returned,
        unit_price=str(order.money(line.unit_price)),
        line_total=str(order.money(line.line_total)),
    )
