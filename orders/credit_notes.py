"""Credit notes: issued with a refund of an invoiced order, numbered without gaps, frozen."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoice_documents import document_of
from orders.invoice_numbers import Kind, take_number
from orders.languages import in_language_of
from orders.models import CreditNote, Invoice, Refund
from orders.refund_taxes import (
    refund_tax_shares,
    taxed_lines,
    taxed_other,
    taxed_shipping,
)
from shopsite.lib.days import shop_day
from shopsite.lib.e_invoice import Position
from shopsite.lib.invoice_document import InvoiceDocument, InvoiceLine


@transaction.atomic
def issue_credit_note(refund: Refund) -> CreditNote | None:
    """Issues it in the caller's transaction; the one there is, if there is one.

    None for a refund of nothing, of an order that was never invoiced, or of a second payment, which
    no invoice speaks of.
    """
    issued = CreditNote.objects.filter(refund=refund).first()
    invoice = Invoice.objects.filter(order=refund.order).first()
    if issued is not None or invoice is None or not refund.amount or refund.payment.is_duplicate:
        return issued
    now = timezone.now()
    number = take_number(Kind.CREDIT_NOTE, year=shop_day(now).year)
    order, shares = refund.order, refund_tax_shares(refund)
    with in_language_of(order):
        document = document_of(
            order,
            number=number,
            issued_at=now,
            lines=_lines(refund),
            subtotal=refund.money - order.money(refund.shipping_amount),
            shipping=order.money(refund.shipping_amount),
            taxes=shares,
            total=refund.money,
            positions=_positions(refund),
            corrects=invoice.number,
        )
    if order.is_erased:
        document = _addressed_like(invoice, document)
    taxes = [
        {"rate": str(one.rate), "gross": str(one.gross.amount), "tax": str(one.tax.amount)}
        for one in shares
    ]
    return CreditNote.objects.create(
        refund=refund,
        invoice=invoice,
        number=number,
        document=document.to_json(),
        taxes=taxes,
        issued_at=now,
    )


def _lines(refund: Refund) -> tuple[InvoiceLine, ...]:
    order = refund.order
    lines = [
        InvoiceLine(
            sku=one.order_line.sku,
            title=one.order_line.title,
            options=one.order_line.options_label,
            quantity=one.quantity,
            unit_price=str(order.money(one.order_line.unit_price)),
            total=str(order.money(one.amount)),
        )
        for one in refund.lines.select_related("order_line")
    ]
    if refund.other_amount:
        other = str(order.money(refund.other_amount))
        lines.append(InvoiceLine("", _other_label(refund), "", 1, other, other))
    return tuple(lines)


def _positions(refund: Refund) -> list[Position]:
    lines = refund.lines.select_related("order_line")
    goods = [
        Position(
            name=one.order_line.title,
            gross=taxed.gross,
            tax=tax,
            rate=taxed.rate,
            quantity=one.quantity,
            sku=one.order_line.sku,
            details=one.order_line.options_label,
        )
        for one, (taxed, tax) in zip(lines, taxed_lines(refund), strict=True)
    ]
    rest = [
        Position(name=label, gross=taxed.gross, tax=tax, rate=taxed.rate)
        for label, amounts in (
            (refund.order.shipping_method_name or _("Delivery"), taxed_shipping(refund)),
            (_other_label(refund), taxed_other(refund)),
        )
        for taxed, tax in amounts
    ]
    return [*goods, *rest]


def _other_label(refund: Refund) -> str:
    return _("Given back before") if refund.other_amount < 0 else _("Reduction of the price")


def _addressed_like(invoice: Invoice, document: InvoiceDocument) -> InvoiceDocument:
    """To whom the invoice was, where the order does not know any more. The form for accounting
    software is left out: it takes an address apart that is only known in lines."""
    kept = InvoiceDocument.from_json(invoice.document)
    return replace(document, bill_to=kept.bill_to, ship_to=kept.ship_to, e_invoice=None)
