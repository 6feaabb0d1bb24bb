"""Mails to the shopper of an order."""

from collections.abc import Iterable

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.email_parts import line_context, message_of
from orders.guides import has_guides
from orders.models import (
    CreditNote,
    Invoice,
    Order,
    OrderLine,
    OutgoingEmail,
    Paper,
    Refund,
    SellerSettings,
)
from orders.papers import paper_pdf
from orders.status import GONE
from orders.taxes import order_tax_shares
from shopsite.lib.mail import Attachment


def order_confirmation(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper, when the order is paid; the invoice is attached."""
    order = email.order
    invoice = Invoice.objects.filter(order=order).first()
    seller = SellerSettings.load()
    context = {
        "placed_on": timezone.localdate(order.created_at),
        "subtotal": str(order.money(order.subtotal)),
        "shipping_method": order.shipping_method_name,
        "shipping_total": str(order.money(order.shipping_total))
        if order.shipping_total
        else _("Free"),
        "taxes": [
            {"rate": share.rate_label, "amount": str(share.tax)}
            for share in order_tax_shares(order)
            if share.tax
        ],
        "shipping_lines": order.address_lines,
        "billing_lines": order.billing_lines if order.billing_or_none else (),
        "order_url": order.full_url,
        "invoice_number": invoice.number if invoice else "",
        "seller_lines": [seller.legal_name, *seller.address.splitlines()],
    }
    return message_of(email, order.email, context, _attached(invoice if with_pdf else None))


def order_shipped(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: a parcel is on its way, what is in it, and what still comes."""
    order = email.order
    shipment = order.shipments.prefetch_related("lines__order_line").get(pk=email.about)
    lines = shipment.lines.all()
    context = {
        "carrier": shipment.carrier_name,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.link,
        "order_url": order.full_url,
        "shipping_lines": order.address_lines,
        "parcel": [
            {**line_context(order, line.order_line), "quantity": line.quantity} for line in lines
        ],
        "guides_url": _guides_url(order, [line.order_line for line in lines]),
        # A mail that is late tells of its own parcel, not of the one that followed.
        "is_complete": order.status in GONE and shipment == order.shipments.last(),
    }
    return message_of(email, order.email, context)


def _guides_url(order: Order, lines: Iterable[OrderLine]) -> str:
    return f"{order.full_url}#after-you-buy" if has_guides(order, lines) else ""


def order_refunded(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: money is on its way back, and what it is for; the credit note is attached."""
    refund = _refund_of(email)
    note = _credit_note_of(refund)
    context = _refund_context(email, refund, note)
    return message_of(email, email.order.email, context, _attached(note if with_pdf else None))


def order_canceled(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: the order is off, and what was paid for it comes back."""
    return order_refunded(email, with_pdf=with_pdf)


def _refund_of(email: OutgoingEmail) -> Refund | None:
    """What the mail is about; an order that nobody paid is canceled without a refund."""
    refunds = Refund.objects.select_related("payment").prefetch_related("lines__order_line")
    return refunds.filter(order=email.order, pk=int(email.about or 0)).first()


def _credit_note_of(refund: Refund | None) -> CreditNote | None:
    return CreditNote.objects.filter(refund=refund).first() if refund else None


def _refund_context(
    email: OutgoingEmail, refund: Refund | None, note: CreditNote | None
) -> dict[str, object]:
    order = email.order
    context: dict[str, object] = {
        "order_url": order.full_url,
        "refund": None,
        "credit_note_number": note.number if note else "",
    }
    if refund is not None:
        context["refund"] = {
            "amount": str(refund.money) if refund.amount else "",
            "note": refund.note,
            "is_of_second_payment": refund.payment.is_duplicate,
            "rows": _refund_rows(order, refund),
        }
    return context


def _attached(paper: Paper | None) -> list[Attachment]:
    if paper is None:
        return []
    return [Attachment(f"{paper.number}.pdf", paper_pdf(paper), "application/pdf")]


def _refund_rows(order: Order, refund: Refund) -> list[dict[str, str]]:
    """What the amount is made of, a row for each line and for what is for none."""
    rows = [
        {
            "label": f"{one.quantity} × {_name_of(one.order_line)}",
            "amount": str(order.money(one.amount)),
        }
        for one in refund.lines.all()
    ]
    if refund.shipping_amount:
        rows.append({"label": _("Delivery"), "amount": str(order.money(refund.shipping_amount))})
    if refund.other_amount and rows:
        label = _("Other") if refund.other_amount > 0 else _("Given back before")
        rows.append({"label": label, "amount": str(order.money(refund.other_amount))})
    return rows


def _name_of(line: OrderLine) -> str:
    return ", ".join(part for part in (line.title, line.options_label) if part)
