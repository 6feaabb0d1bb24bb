"""Placing an order: everything that was agreed is committed at once, with the stock it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from orders.models import BillingAddress, Order, OrderEvent, OrderLine
from orders.numbers import make_order_number
from orders.sources import LineSource
from products.order_stock import allocate_stock
from shopsite.lib.money import Money


@dataclass(frozen=True)
class LineDraft:
    """One line as the shopper saw it, priced and taxed."""

    variant_id: int
    sku: str
    title: str
    options_label: str
    quantity: int
    unit_price: Money
    total: Money
    tax: Money
    tax_rate: Decimal
    source: LineSource | None = None


@dataclass(frozen=True)
class ContactDraft:
    """Who ordered and where to send it."""

    email: str
    name: str
    address_line1: str
    city: str
    country: str
    address_line2: str = ""
    postal_code: str = ""
    region: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class BillingDraft:
    """Where the bill goes. It has a company or a name, or both."""

    address_line1: str
    city: str
    country: str
    company: str = ""
    vat_id: str = ""
    name: str = ""
    address_line2: str = ""
    postal_code: str = ""
    region: str = ""


@dataclass(frozen=True)
class OrderDraft:
    """A whole order before it is placed. `checkout_token` names this one submission, `language` is
    Django's code of what the shopper reads. Without `billing` the bill goes with the parcel."""

    checkout_token: str
    contact: ContactDraft
    lines: Sequence[LineDraft]
    subtotal: Money
    shipping_method_name: str
    shipping_total: Money
    shipping_tax: Money
    shipping_tax_rate: Decimal
    tax_total: Money
    total: Money
    expires_at: datetime
    language: str = ""
    billing: BillingDraft | None = None


def place_order(draft: OrderDraft) -> Order:
    """Creates the order with its lines and allocates the stock, in one transaction.

    Idempotent by `checkout_token`: the same submission again, also at the same moment, gives the
    order it made the first time. Raises InsufficientStock, and then nothing was written.
    """
    placed = Order.objects.filter(checkout_token=draft.checkout_token).first()
    if placed is not None:
        return placed
    try:
        return _create_order(draft)
    except IntegrityError:
        twin = Order.objects.filter(checkout_token=draft.checkout_token).first()
        if twin is None:
            raise
        return twin  # The same submission, which was quicker.


@transaction.atomic
def _create_order(draft: OrderDraft) -> Order:
    order = Order.objects.create(
        number=make_order_number(),
        checkout_token=draft.checkout_token,
        currency=draft.total.currency,
        subtotal=draft.subtotal.amount,
        shipping_method_name=draft.shipping_method_name,
        shipping_total=draft.shipping_total.amount,
        shipping_tax=draft.shipping_tax.amount,
        shipping_tax_rate=draft.shipping_tax_rate,
        tax_total=draft.tax_total.amount,
        total=draft.total.amount,
        terms_accepted_at=timezone.now(),
        expires_at=draft.expires_at,
        language=draft.language,
        **vars(draft.contact),
    )
    if draft.billing:
        BillingAddress.objects.create(order=order, **vars(draft.billing))
    OrderLine.objects.bulk_create(_line(order, line) for line in draft.lines)
    quantities = {line.variant_id: line.quantity for line in draft.lines}
    allocate_stock(quantities=quantities, reference=order.number)
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.PLACED, source="checkout")
    return order


def _line(order: Order, draft: LineDraft) -> OrderLine:
    source = draft.source
    return OrderLine(
        order=order,
        variant_id=draft.variant_id,
        sku=draft.sku,
        title=draft.title,
        options_label=draft.options_label,
        quantity=draft.quantity,
        unit_price=draft.unit_price.amount,
        line_total=draft.total.amount,
        line_tax=draft.tax.amount,
        tax_rate=draft.tax_rate,
        allocated=draft.quantity,
        source_page_id=source.page_id if source else None,
        source_page_title=source.page_title if source else "",
        source_revision_id=source.revision_id if source else None,
        source_block_id=source.block_id if source else None,
    )
