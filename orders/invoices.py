"""Invoices: issued with the payment, numbered without gaps, frozen."""

from django.db import transaction
from django.utils import timezone

from orders.invoice_documents import document_of
from orders.invoice_numbers import Kind, take_number
from orders.models import Invoice, Order
from orders.taxes import order_tax_shares
from shopsite.lib.days import shop_day
from shopsite.lib.invoice_document import InvoiceLine


@transaction.atomic
def issue_invoice(order: Order) -> Invoice:
    """Issues the order's invoice in the caller's transaction; the one there is, if it has one."""
    issued = Invoice.objects.filter(order=order).first()
    if issued is not None:
        return issued
    now = timezone.now()
    number = take_number(Kind.INVOICE, year=shop_day(now).year)
    document = document_of(
        order,
        number=number,
        issued_at=now,
        lines=_lines(order),
        subtotal=order.money(order.subtotal),
        shipping=order.money(order.shipping_total),
        taxes=order_tax_shares(order),
        total=order.total_money,
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
