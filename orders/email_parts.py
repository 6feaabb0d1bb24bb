"""What the mails of an order have in common."""

from collections.abc import Mapping, Sequence

from django.core.mail import EmailMultiAlternatives

from orders.models import Order, OrderLine, OutgoingEmail
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.lib.mail import Attachment, render_message


def message_of(
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
            "order": {**order_context(email.order), **context},
            "brand": mail_brand(brand),
        },
        to=to,
        from_email=mail_sender(brand),
        message_id=".".join(part for part in parts if part),
        attachments=attachments,
    )


def order_context(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "name": order.name,
        "total": str(order.total_money),
        "lines": [line_context(order, line) for line in order.lines.all()],
    }


def line_context(order: Order, line: OrderLine) -> dict[str, object]:
    return {
        "sku": line.sku,
        "title": line.title,
        "options_label": line.options_label,
        "quantity": line.quantity,
        "line_total": str(order.money(line.line_total)),
    }
