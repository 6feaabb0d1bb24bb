"""A mail as one that is not sent: for the preview of its words, and for a test."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet

from orders.emails import build_message
from orders.models import MailText, Order, OutgoingEmail

Kind = OutgoingEmail.Kind


def sample_message(text: MailText, order: Order) -> EmailMultiAlternatives:
    """The mail as it would tell of this order in the words of `text`, without its PDF. Writes
    nothing."""
    email = OutgoingEmail(order=order, kind=text.kind, about=_about(text.kind, order))
    email.text = text
    return build_message(email, with_pdf=False)


def sample_order(text: MailText, order_id: str = "") -> Order | None:
    """The order with this key if the mail could be about it, else the newest of those."""
    orders = text.sample_orders
    is_key = order_id.isdecimal() and len(order_id) <= 18  # A database knows no larger one.
    wanted = orders.filter(pk=int(order_id)).first() if is_key else None
    return wanted or orders.first()


def _about(kind: str, order: Order) -> str:
    """What of the order such a mail is about: its last parcel or refund."""
    keys: dict[str, QuerySet[Any, int]] = {
        Kind.SHIPPED: order.shipments.values_list("pk", flat=True),
        Kind.REFUNDED: order.refunds.values_list("pk", flat=True),
        Kind.CANCELED: order.refunds.values_list("pk", flat=True),
    }
    key = keys[kind].order_by("-pk").first() if kind in keys else None
    return str(key or "")
