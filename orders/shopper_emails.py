"""Mails to the shopper of an order."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.email_parts import line_context, message_of
from orders.invoices import invoice_pdf
from orders.models import Invoice, Order, OrderLine, OutgoingEmail, Refund, SellerSettings
from orders.status import GONE
from orders.taxes import order_tax_shares
from shopsite.lib.mail import Attachment


def order_confirmation(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper, when the order is paid; the invoice is attached."""
    order = email.order
    invoice = Invoice.objects.filter(order=order).first()
    attachments = []
    if invoice and with_pdf:
        name = f"{invoice.number}.pdf"
        attachments = [Attachment(name, invoice_pdf(invoice), "application/pdf")]
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
        "order_url": order.full_url,
        "invoice_number": invoice.number if invoice else "",
        "seller_lines": [seller.legal_name, *seller.address.splitlines()],
    }
    return message_of(email, order.email, context, attachments)


def order_shipped(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: a parcel is on its way, what is in it, and what still comes."""
    order = email.order
    shipment = order.shipments.prefetch_related("lines__order_line").get(pk=email.about)
    context = {
        "carrier": shipment.carrier_name,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "order_url": order.full_url,
        "shipping_lines": order.address_lines,
        "parcel": [
            {**line_context(order, line.order_line), "quantity": line.quantity}
            for line in shipment.lines.all()
        ],
        # A mail that is late tells of its own parcel, not of the one that followed.
        "is_complete": order.status in GONE and shipment == order.shipments.last(),
    }
    return message_of(email, order.email, context)


def order_refunded(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: money is on its way back, and what it is for."""
    return message_of(email, email.order.email, _refund_context(email))


def order_canceled(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper: the order is off, and what was paid for it comes back."""
    return message_of(email, email.order.email, _refund_context(email))


def _refund_context(email: OutgoingEmail) -> dict[str, object]:
    """Of the refund that the mail is about; an order that nobody paid has none."""
    order = email.order
    refunds = Refund.objects.select_related("payment").prefetch_related("lines__order_line")
    refund = refunds.filter(order=order, pk=int(email.about or 0)).first()
    context: dict[str, object] = {"order_url": order.full_url, "refund": None}
    if refund is not None:
        context["refund"] = {
            "amount": str(refund.money) if refund.amount else "",
            "note": refund.note,
            "is_of_second_payment": refund.payment.is_duplicate,
            "rows": refund_rows(order, refund),
        }
    return context


def refund_rows(order: Order, refund: Refund) -> list[dict[str, str]]:
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
