"""What needs a person because of news from Stripe that could not be taken in."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from checkout.inbox_retries import failed_events
from checkout.models import WebhookEvent
from orders.attention import Concern
from orders.attention_queries import Orders
from orders.models import Order
from orders.order_desk.attention_panel import Notice

SEE_EVENTS = "checkout.view_webhookevent"
REFUSED = "payment_intent.payment_failed"
MANY_REFUSED = 20


def orders_with_failed_events() -> Orders:
    of_orders = failed_events().filter(order__isnull=False).order_by()
    return Order.objects.filter(pk__in=of_orders.values("order_id"))


WEBHOOK_FAILED = Concern(
    "webhook_failed",
    _("Stripe told the shop something about it that could not be taken in. See Stripe events."),
    orders_with_failed_events,
)


def notice_of_failed_events(user: User) -> Notice | None:
    """Those that no order is known of; the others are told of with their orders."""
    if not user.has_perm(SEE_EVENTS):
        return None
    count = failed_events().filter(order__isnull=True).count()
    if not count:
        return None
    words = ngettext(
        "%(count)d event of Stripe’s that belongs to no known order could not be taken in.",
        "%(count)d events of Stripe’s that belong to no known order could not be taken in.",
        count,
    )
    return Notice(words % {"count": count}, failed_events_url(), _("See Stripe events"))


def notice_of_card_testing(user: User) -> Notice | None:
    """Many refused payments in an hour: somebody may be finding out which stolen cards work. Stripe
    tells of each, if the endpoint is subscribed to it."""
    if not user.has_perm(SEE_EVENTS):
        return None
    since = timezone.now() - timedelta(hours=1)
    count = WebhookEvent.objects.filter(type=REFUSED, created_at__gt=since).count()
    if count < MANY_REFUSED:
        return None
    words = _(
        "%(count)d payments were refused in an hour. Somebody may be trying stolen cards: look at "
        "Radar in Stripe’s dashboard, and refund what looks wrong."
    )
    return Notice(words % {"count": count}, reverse("stripe_events:index"), _("See Stripe events"))


def failed_events_url() -> str:
    return f"{reverse('stripe_events:index')}?state={WebhookEvent.State.FAILED}"
