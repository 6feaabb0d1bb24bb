"""What each mail of an order says. One function per mail; the words stand in templates/emails/."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoices import invoice_pdf
from orders.models import (
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    OutgoingEmail,
    SellerSettings,
)
from orders.status import GONE
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.lib.mail import Attachment, render_message

Kind = OutgoingEmail.Kind


def build_message(email: OutgoingEmail, *, with_pdf: bool = True) -> EmailMultiAlternatives:
    """The message of one outbox row, always with the same Message-ID.

    Raises PdfError when the invoice cannot be typeset and `with_pdf` asks for it.
    """
    builders = {
        Kind.CONFIRMATION: order_confirmation,
        Kind.SHIPPED: order_shipped,
        Kind.STAFF_NEW_ORDER: staff_new_order,
        Kind.STAFF_ATTENTION: staff_attention,
    }
    return builders[Kind(email.kind)](email, with_pdf=with_pdf)


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
        "tax_total": str(order.money(order.tax_total)),
        "shipping_lines": order.address_lines,
        "order_url": order.full_url,
        "invoice_number": invoice.number if invoice else "",
        "seller_lines": [seller.legal_name, *seller.address.splitlines()],
    }
    return _message(email, order.email, context, attachments)


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
            {**_line_context(order, line.order_line), "quantity": line.quantity}
            for line in shipment.lines.all()
        ],
        # A mail that is late tells of its own parcel, not of the one that followed.
        "is_complete": order.status in GONE and shipment == order.shipments.last(),
    }
    return _message(email, order.email, context)


def staff_new_order(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the staff: a new order is paid and can be packed."""
    order = email.order
    context = {
        "country": order.country.name,
        "admin_url": _admin_url(order),
        "shipping_method": order.shipping_method_name,
        "shipping_lines": order.address_lines,
        "note": order.note,
    }
    return _message(email, SellerSettings.load().staff_email, context)


def staff_attention(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the staff: money came that does not fit its order, and a person has to decide."""
    order = email.order
    kinds = (OrderEvent.Kind.MISMATCH, OrderEvent.Kind.STOCK)
    reasons = [
        event.text or str(event.get_kind_display()) for event in order.events.filter(kind__in=kinds)
    ]
    context = {"reasons": reasons, "admin_url": _admin_url(order)}
    return _message(email, SellerSettings.load().staff_email, context)


def _admin_url(order: Order) -> str:
    path: str = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    return settings.WAGTAILADMIN_BASE_URL + path


def _message(
    email: OutgoingEmail,
    to: str,
    context: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
) -> EmailMultiAlternatives:
    brand = BrandSettings.load()
    parts = (email.order.number, email.kind, email.about)
    return render_message(
        name=email.kind,
        context={
            "order": {**_order_context(email.order), **context},
            "brand": mail_brand(brand),
        },
        to=to,
        from_email=mail_sender(brand),
        message_id=".".join(part for part in parts if part),
        attachments=attachments,
    )


def _order_context(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "name": order.name,
        "total": str(order.total_money),
        "lines": [_line_context(order, line) for line in order.lines.all()],
    }


def _line_context(order: Order, line: OrderLine) -> dict[str, object]:
    return {
        "sku": line.sku,
        "title": line.title,
        "options_label": line.options_label,
        "quantity": line.quantity,
        "line_total": str(order.money(line.line_total)),
    }
