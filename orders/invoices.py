"""Invoices: issued with the payment, numbered without gaps, frozen."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoice_documents import document_of
from orders.invoice_numbers import Kind, take_number
from orders.languages import in_language_of
from orders.models import Invoice, Order
from orders.taxes import order_tax_shares
from shopsite.lib.days import shop_day
from shopsite.lib.e_invoice import Position
from shopsite.lib.invoice_document import InvoiceLine


@transaction.atomic(savepoint=False)
def issue_invoice(order: Order) -> Invoice:
    """Issues the order's invoice in the caller's transaction, in the language of the order; the one
    there is, if it has one."""
    issued = Invoice.objects.filter(order=order).first()
    if issued is not None:
        return issued
    prefetch_related_objects([order], "lines")  # Lines, taxes and positions all read them.
    now = timezone.now()
    number = take_number(Kind.INVOICE, year=shop_day(now).year)
    with in_language_of(order):
        document = document_of(
            order,
            number=number,
            issued_at=now,
            lines=_lines(order),
            subtotal=order.money(order.subtotal),
            shipping=order.money(order.shipping_total),
            taxes=order_tax_shares(order),
            total=order.total_money,
            positions=_positions(order),
        )
    return Invoice.objects.create(
        order=order, number=number, document=document.to_json(), issued_at=now
    )


def _lines(order: Order) -> tuple[InvoiceLine, ...]:
    return tuple(
        InvoiceLine(
            sku=line.sku,
            title=line.title,
            options=line.options_label,
            quantity=line.quantity,
            unit_price=str(order.money(line.unit_price)),
            total=str(order.money(line.line_total)),
        )
        for line in order.lines.all()
    )


def _positions(order: Order) -> list[Position]:
    positions = [
        Position(
            name=line.title,
            gross=order.money(line.line_total),
            tax=order.money(line.line_tax),
            rate=line.tax_rate,
            quantity=line.quantity,
            sku=line.sku,
            details=line.options_label,
        )
        for line in order.lines.all()
    ]
    if order.shipping_total:
        delivery = Position(
            name=order.shipping_method_name or _("Delivery"),
            gross=order.money(order.shipping_total),
            tax=order.money(order.shipping_tax),
            rate=order.shipping_tax_rate,
        )
        positions.append(delivery)
    return positions
