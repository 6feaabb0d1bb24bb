"""What news from Stripe keeps about people: that something happened with their orders."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from checkout.inbox_retries import empty_events
from checkout.models import WebhookEvent
from orders.by_email import orders_of
from shopsite.cms.personal_data import Part, Record, record_of

FIELDS = ("event_id", "type", "object_id", "payment_intent", "facts", "created_at")


def _events(email: str) -> QuerySet[WebhookEvent]:
    return WebhookEvent.objects.filter(order__in=orders_of(email).values("pk"))


def find(email: str) -> list[Record]:
    return [record_of(event, *FIELDS) for event in _events(email)]


def erase(email: str) -> None:
    """What they said; that they came stays, so that they cannot come again."""
    empty_events(_events(email))


STRIPE_EVENTS = Part(
    code="stripe_events",
    words=_("Events of Stripe’s about the orders"),
    find=find,
    erase=erase,
    fields={"checkout.WebhookEvent": ("facts", "object_id", "payment_intent")},
)
