"""How long a shopper has to pay, and how long the stock waits for it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

# Stock is held a little longer than Stripe's session lives, for clocks that differ.
HOLD_GRACE = timedelta(minutes=5)


def payment_deadline() -> datetime:
    """When a payment that starts now has to be finished."""
    return timezone.now() + timedelta(minutes=settings.CHECKOUT_SESSION_MINUTES)


def hold_until(deadline: datetime) -> datetime:
    """How long the stock of an order is held whose payment has this deadline."""
    return deadline + HOLD_GRACE
