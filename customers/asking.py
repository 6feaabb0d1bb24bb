"""Asking for a mail by an address.

What is written is the same whether or not the address is known, so the answer tells nothing. Only
addresses that have an account, or an order that was paid or can still be, get a mail.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from customers.models import After, CustomerEmail, Kind
from customers.outbox import OUTBOX
from orders.by_email import normal_email
from shopsite.lib.days import kept_since

# To one address and of a kind, whoever asks. One who has used a link may want another at once.
PAUSE_SECONDS = 60  # Between two of a kind.
MOST_IN_AN_HOUR, MOST_IN_A_DAY = 5, 15


def ask_for_mail(*, email: str, kind: Kind, after: After = After.ACCOUNT) -> None:
    """Writes the mail into the outbox, if the address was not sent enough of them lately. Asking
    again within the same minute changes nothing."""
    email, now = normal_email(email), timezone.now()
    today = CustomerEmail.objects.filter(
        email=email, kind=kind, created_at__gt=now - timedelta(days=1)
    )
    is_of_this_hour = Q(created_at__gt=now - timedelta(hours=1))
    asked = today.aggregate(day=Count("pk"), hour=Count("pk", filter=is_of_this_hour))
    if asked["hour"] >= MOST_IN_AN_HOUR or asked["day"] >= MOST_IN_A_DAY:
        return
    slot = str(int(now.timestamp()) // PAUSE_SECONDS)
    OUTBOX.queue(kind=kind, email=email, slot=slot, defaults={"after": after})


def forget_old_mails() -> int:
    """Deletes what was asked for CUSTOMER_MAIL_DAYS ago; returns how many."""
    before = kept_since(settings.CUSTOMER_MAIL_DAYS)
    if before is None:
        return 0
    number, _by_model = CustomerEmail.objects.filter(created_at__lt=before).delete()
    return number
