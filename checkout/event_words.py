"""The events of Stripe's that mean something to this shop, in words of the staff. Pure."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_WORDS: Mapping[str, Promise] = {
    "checkout.session.completed": _("Checkout completed"),
    "checkout.session.async_payment_succeeded": _("Payment arrived after days"),
    "checkout.session.async_payment_failed": _("Payment refused after days"),
    "checkout.session.expired": _("Checkout not paid in time"),
    "refund.created": _("Refund made"),
    "refund.updated": _("Refund changed"),
    "refund.failed": _("Refund failed"),
    "charge.dispute.created": _("Dispute opened"),
    "charge.dispute.updated": _("Dispute changed"),
    "charge.dispute.closed": _("Dispute closed"),
    "charge.dispute.funds_reinstated": _("Money of a dispute came back"),
}
OTHER_EVENT = _("Something else")


def words_of(event_type: str) -> str:
    """What the staff calls an event; one that means nothing here keeps Stripe's name as well."""
    words = EVENT_WORDS.get(event_type)
    return str(words) if words else f"{OTHER_EVENT} ({event_type})"
