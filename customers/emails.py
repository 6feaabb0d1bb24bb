"""What each mail to a customer says; the words stand in templates/emails/."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from customers.login_links import LINK_MINUTES, make_link
from customers.models import Customer, CustomerEmail, Kind
from customers.past_orders import orders_of
from orders.languages import order_language
from orders.models import Order
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.lib.mail import render_message

LINKS_FOR = timedelta(days=2 * 365)
MOST_LINKS = 20


def build_message(email: CustomerEmail) -> EmailMultiAlternatives | None:
    """The message of one row of the outbox, always with the same Message-ID, in the language of the
    newest order. None when the address has nothing here."""
    orders = list(orders_of(email.email)[:MOST_LINKS])
    if email.kind == Kind.LOG_IN:
        is_known = bool(orders) or Customer.objects.filter(email=email.email).exists()
    else:
        orders = [one for one in orders if one.created_at > timezone.now() - LINKS_FOR]
        is_known = bool(orders)
    if not is_known:
        return None
    language = order_language(orders[0]) if orders else translation.get_language()
    with translation.override(language):
        return _message(email, orders)


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
        "status": order.get_status_display(),
        "url": order.full_url,
    }
