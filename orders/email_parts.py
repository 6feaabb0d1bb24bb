"""What the mails of an order have in common."""

from collections.abc import Mapping, Sequence

from django.core.mail import EmailMultiAlternatives

from orders.mail_words import published_text, words_of
from orders.models import Order, OrderLine, OutgoingEmail
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.lib.mail import SUBJECT_MAX_LENGTH, Attachment, render_message
from shopsite.lib.text import plain_line


def message_of(
    email: OutgoingEmail,
    to: str,
    context: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
) -> EmailMultiAlternatives:
    """Notes on `email` which revision of the shop's own words it is made of."""
    brand = BrandSettings.load()
    order = order_context(email.order)
    values = {name: str(order[name]) for name in ("name", "number", "total")}
    text = email.text or published_text(email.kind)
    words = words_of(text, {**values, "shop": brand.name})
    message = render_message(
        name=email.kind,
        context={"order": {**order, **context}, "brand": mail_brand(brand), "words": words},
        to=to,
        from_email=mail_sender(brand),
        message_id=_message_id(email),
        attachments=attachments,
    )
    if words.subject:
        message.subject = plain_line(words.subject, SUBJECT_MAX_LENGTH)
    email.words_revision_id = words.revision
    return message


def _message_id(email: OutgoingEmail) -> str:
    copy = f"copy{email.copy}" if email.copy else ""
    return ".".join(part for part in (email.order.number, email.kind, email.about, copy) if part)


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
