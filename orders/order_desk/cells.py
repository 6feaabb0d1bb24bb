"""How the list of orders shows what it knows."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orders.models import Order, Payment

NEEDED_FOR_A_ROW = ("payments",)  # Of each order; read for all of a page at once.


def moment(value: datetime) -> SafeString:
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "SHORT_DATETIME_FORMAT"),
    )


def customer(order: Order) -> SafeString:
    if order.is_erased:
        return format_html('<span class="order-desk__minor">{}</span>', _("Erased"))
    return format_html(
        '{}<span class="order-desk__minor">{}</span>', order.name or "–", order.email
    )


def status_tag(order: Order) -> SafeString:
    """The state in words; its color only repeats them. Below it what needs a person, in the list
    that has looked for it."""
    concerns = [(one.words,) for one in getattr(order, "concerns", [])]
    return format_html(
        '<span class="order-status order-status--{}">{}</span>{}',
        order.status,
        order.get_status_display(),
        format_html_join("", '<span class="order-desk__concern">{}</span>', concerns),
    )


def payment_links(order: Order) -> SafeString:
    """A link to each of the order's payments in Stripe's dashboard, test or live."""
    links = [(payment_link(payment, _("Stripe")),) for payment in order.payments.all()]
    return format_html_join("", "<div>{}</div>", links) if links else SafeString("–")


def payment_link(payment: Payment, label: str) -> SafeString:
    """What leads to the payment, or words where there is nothing to be led to."""
    if payment.is_pretended:
        return format_html("<span>{}</span>", _("Demonstration"))
    notes = [] if payment.is_live else [_("test")]
    if payment.is_duplicate:
        notes.append(_("paid twice"))
    return format_html(
        '<a href="{}" target="_blank" rel="noopener noreferrer" title="{}">{}</a>{}',
        payment.dashboard_url,
        payment.payment_intent,
        label,
        f" ({', '.join(notes)})" if notes else "",
    )
