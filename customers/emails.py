"""What each mail to a customer says; the words stand in templates/emails/."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from customers.login_links import LINK_MINUTES, make_link
from customers.models import Customer, CustomerEmail, Kind
from customers.past_orders import kept_orders_of
from orders.languages import order_language
from orders.models import Order
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.lib.days import kept_since
from shopsite.lib.mail import render_message

MOST_LINKS = 20


def build_message(email: CustomerEmail) -> EmailMultiAlternatives | None:
    """The message of one row of the outbox, always with the same Message-ID, in the language of the
    newest order. None when the address has nothing here."""
    orders = _orders_for(email)
    is_log_in = email.kind == Kind.LOG_IN
    if not orders and not (is_log_in and Customer.objects.filter(email=email.email).exists()):
        return None
    language = order_language(orders[0]) if orders else translation.get_language()
    with translation.override(language):
        return _message(email, orders)


def _orders_for(email: CustomerEmail) -> list[Order]:
    """The order that the mail is about stands first, whatever its age."""
    orders = kept_orders_of(email.email)
    if email.kind == Kind.LOG_IN:
        return list(orders[:1])
    since = kept_since(settings.ORDER_LINK_DAYS)
    recent = orders.filter(created_at__gt=since) if since else orders
    if email.order is None:
        return list(recent[:MOST_LINKS])
    return [email.order, *recent.exclude(pk=email.order.pk)[: MOST_LINKS - 1]]


def _message(email: CustomerEmail, orders: list[Order]) -> EmailMultiAlternatives:
    brand = BrandSettings.load()
    context: dict[str, object] = {"brand": mail_brand(brand)}
    if email.kind == Kind.LOG_IN:
        context |= {"log_in_url": make_link(email), "minutes": LINK_MINUTES}
    else:
        context["orders"] = [_order_context(one) for one in orders]
    return render_message(
        name=email.kind,
        context=context,
        to=email.email,
        from_email=mail_sender(brand),
        message_id=f"customer-{email.pk}.{email.kind}",
    )


def _order_context(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "placed_on": timezone.localdate(order.created_at),
        "total": str(order.total_money),
        "status": order.shopper_status,
        "url": order.full_url,
    }
