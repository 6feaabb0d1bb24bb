"""Sales of a day for the tests of reports, and what the papers say about them."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

from wagtail.models import Page

from orders.invoices import issue_invoice
from orders.models import CreditNote, Invoice, Order, OrderLine, Paper, Reversal
from orders.refund_records import record_refund
from orders.refunds import request_refund, send_refund
from orders.status import OrderStatus
from products.models import ProductVariant
from shopsite.cms.reports.days import Days, within
from shopsite.lib.money import Money
from shopsite.lib.tax import Taxed, split_tax
from tests.factories import make_order
from tests.orders.desk import pay
from tests.orders.refunding import draft_of

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=UTC)
JULY = Days(date(2026, 7, 1), date(2026, 7, 31))

# Title, pieces, unit price and rate.
Goods = tuple[str, int, str, int]


def sell(
    *goods: Goods, at: datetime = NOON, shipping: str = "4.90", rate: int = 19, **fields: object
) -> Order:
    """A paid and invoiced order of these goods, taxed as the checkout does it."""
    currency = str(fields.get("currency", "EUR"))
    euros = [Money(Decimal(price) * pieces, currency) for _title, pieces, price, _rate in goods]
    delivery = Money(Decimal(shipping), currency)
    amounts = [Taxed(one, Decimal(each[3])) for one, each in zip(euros, goods, strict=True)]
    *taxes, shipping_tax = split_tax([*amounts, Taxed(delivery, Decimal(rate))])
    subtotal = sum((one.amount for one in euros), start=Decimal(0))
    order = make_order(
        **{"status": OrderStatus.PAID, "paid_at": at, **fields},
        shipping=shipping, shipping_tax=shipping_tax.amount, shipping_tax_rate=rate,
        subtotal=subtotal, total=subtotal + delivery.amount,
        tax_total=sum((tax.amount for tax in taxes), start=shipping_tax.amount),
    )  # fmt: skip
    order.lines.all().delete()
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, sku=title.upper(), title=title, quantity=pieces, unit_price=price,
            line_total=Decimal(price) * pieces, line_tax=tax.amount, tax_rate=percent,
            variant=variant_of(title),
        )
        for (title, pieces, price, percent), tax in zip(goods, taxes, strict=True)
    )  # fmt: skip
    pay(order, currency=currency)
    invoice = issue_invoice(Order.objects.get(pk=order.pk))
    Invoice.objects.filter(pk=invoice.pk).update(issued_at=at)
    return Order.objects.get(pk=order.pk)


def sell_from(page: Page, *goods: Goods, block_id: str | None = None, **fields: object) -> Order:
    """The same, added to the cart on a page, or in a block of it."""
    order = sell(*goods, **fields)  # type: ignore[arg-type]
    order.lines.update(
        source_page_id=page.pk, source_page_title=page.title, source_block_id=block_id,
        source_revision_id=page.live_revision_id,
    )  # fmt: skip
    return order


def variant_of(title: str) -> ProductVariant | None:
    return ProductVariant.objects.filter(product__name=title).first()


def give_back(order: Order, *lines: object, at: datetime = NOON, **amounts: str) -> CreditNote:
    """A refund through the shop's own services, whose credit note is of that moment."""
    refund = request_refund(draft=draft_of(order, *lines, **amounts), user=None)  # type: ignore[arg-type]
    send_refund(refund)
    type(refund).objects.filter(pk=refund.pk).update(created_at=at, settled_at=at)
    CreditNote.objects.filter(refund=refund).update(issued_at=at)
    return CreditNote.objects.get(refund=refund)


def taxes_on_paper(days: Days) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Net and tax by country and rate, read off the frozen papers of these days: invoices less
    credit notes."""
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = defaultdict(
        lambda: (Decimal(0), Decimal(0))
    )
    for sign, papers in (
        (1, Invoice.objects.filter(within(days, "issued_at"))),
        (-1, CreditNote.objects.filter(within(days, "issued_at"))),
        (1, Reversal.objects.filter(within(days, "issued_at"))),
    ):
        for paper in papers:
            order = order_of(paper)
            for line in paper.document["tax_lines"]:
                key = (order.country.code, line["rate"].removeprefix("VAT "))
                net, tax = found[key]
                found[key] = (net + sign * number(line["net"]), tax + sign * number(line["tax"]))
    return dict(found)


def order_of(paper: Paper) -> Order:
    match paper:
        case Invoice():
            return paper.order
        case CreditNote():
            return paper.invoice.order
        case Reversal():
            return paper.credit_note.invoice.order
    raise TypeError(paper)


def come_back(note: CreditNote, *, at: datetime = NOON) -> Reversal:
    """The bank sends the money of a refund back, after it was given."""
    refund = note.refund
    record_refund(
        refund.payment, stripe_id=str(refund.stripe_id), amount=refund.money, state="failed",
        source="webhook",
    )  # fmt: skip
    Reversal.objects.filter(credit_note=note).update(issued_at=at)
    return Reversal.objects.get(credit_note=note)


def number(printed: str) -> Decimal:
    """From “€1,234.50”."""
    return Decimal(re.sub(r"[^\d.-]", "", printed))
