"""What each mail of an order says. One function per mail; the words stand in templates/emails/."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoices import invoice_pdf
from orders.models import Invoice, Order, OrderEvent, OutgoingEmail, SellerSettings
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
        Kind.STAFF_NEW_ORDER: staff_new_order,
        Kind.STAFF_ATTENTION: staff_attention,
    }
    return builders[Kind(email.kind)](email.order, with_pdf=with_pdf)


def order_confirmation(order: Order, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the shopper, when the order is paid; the invoice is attached."""
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
    return _message(order, Kind.CONFIRMATION, order.email, context, attachments)


def staff_new_order(order: Order, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the staff: a new order is paid and can be packed."""
    context = {
        "country": order.country.name,
        "admin_url": _admin_url(order),
        "shipping_method": order.shipping_method_name,
        "shipping_lines": order.address_lines,
        "note": order.note,
    }
    return _message(order, Kind.STAFF_NEW_ORDER, SellerSettings.load().staff_email, context, [])


def staff_attention(order: Order, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the staff: money came that does not fit its order, and a person has to decide."""
    kinds = (OrderEvent.Kind.MISMATCH, OrderEvent.Kind.STOCK)
    reasons = [
        event.text or str(event.get_kind_display()) for event in order.events.filter(kind__in=kinds)
    ]
    context = {"reasons": reasons, "admin_url": _admin_url(order)}
    return _message(order, Kind.STAFF_ATTENTION, SellerSettings.load().staff_email, context, [])


def _admin_url(order: Order) -> str:
    path: str = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    return settings.WAGTAILADMIN_BASE_URL + path


def _message(
    order: Order,
    kind: OutgoingEmail.Kind,
    to: str,
    context: Mapping[str, object],
    attachments: list[Attachment],
) -> EmailMultiAlternatives:
    brand = BrandSettings.load()
    return render_message(
        name=kind.value,
        context={
            "order": {**_order_context(order), **context},
            "brand": mail_brand(brand),
        },
        to=to,
        from_email=mail_sender(brand),
        message_id=f"{order.number}.{kind.value}",
        attachments=attachments,
    )


def _order_context(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "name": order.name,
        "total": str(order.total_money),
        "lines": [
            {
                "sku": line.sku,
                "title": line.title,
                "options_label": line.options_label,
                "quantity": line.quantity,
                "line_total": str(order.money(line.line_total)),
            }
            for line in order.lines.all()
        ],
    }
