"""Mails to a shopper whose order is not paid: its money is on its way, was refused, or is late."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from orders.email_parts import message_of
from orders.models import Order, OutgoingEmail


def payment_processing(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """The bank takes its time; there is nothing to do."""
    return message_of(email, email.order.email, _context(email.order))


def payment_failed(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """The bank said no. A mail that is late offers only what is still true of the order."""
    order = email.order
    held_until = timezone.localtime(order.expires_at) if order.is_payable else None
    return message_of(email, order.email, {**_context(order), "held_until": held_until})


def order_expired(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """Nobody paid in time. The order's page puts all of it into a cart again."""
    return message_of(email, email.order.email, _context(email.order))


def _context(order: Order) -> dict[str, object]:
    return {"order_url": order.full_url}
