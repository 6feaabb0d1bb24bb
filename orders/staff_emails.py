"""Mails to the staff."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from orders.email_parts import message_of
from orders.models import Order, OrderEvent, OutgoingEmail, SellerSettings
from orders.status import OrderStatus

Kind = OrderEvent.Kind


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
    return message_of(email, SellerSettings.load().staff_email, context)


def staff_attention(email: OutgoingEmail, *, with_pdf: bool) -> EmailMultiAlternatives:
    """To the staff: something about an order or its money needs a person to decide."""
    order = email.order
    kinds = (Kind.MISMATCH, Kind.STOCK, Kind.DISPUTE, Kind.ATTENTION)

    reasons = [
        event.text or str(event.get_kind_display()) for event in order.events.filter(kind__in=kinds)
    ]
    is_held_back = order.status == OrderStatus.REVIEW
    context = {
        "reasons": reasons,
        "admin_url": _admin_url(order),
        "is_held_back": is_held_back,
    }
    return message_of(email, SellerSettings.load().staff_email, context)


def _admin_url(order: Order) -> str:
    path: str = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    return settings.WAGTAILADMIN_BASE_URL + path
