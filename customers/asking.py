"""Asking for a mail by an address.

What is written is the same whether or not the address is known, so the answer tells nothing. Only
addresses that have ordered or have an account get a mail: nobody can make the shop write to
strangers.
"""

from datetime import timedelta

from django.utils import timezone

from customers.models import After, CustomerEmail, Kind
from customers.outbox import OUTBOX
from customers.past_orders import normal_email

PAUSE_SECONDS = 600  # Between two mails of a kind to one address, whoever asks for them.
MOST_IN_A_DAY = 10
KEPT_FOR = timedelta(days=7)


def ask_for_mail(*, email: str, kind: Kind, after: After = After.ACCOUNT) -> None:
    """Writes the mail into the outbox, if the address was not sent enough of them lately. Asking
    again within ten minutes changes nothing."""
    email, now = normal_email(email), timezone.now()
    lately = CustomerEmail.objects.filter(email=email, created_at__gt=now - timedelta(days=1))
    if lately.count() >= MOST_IN_A_DAY:
        return
    slot = str(int(now.timestamp()) // PAUSE_SECONDS)
    OUTBOX.queue(kind=kind, email=email, slot=slot, defaults={"after": after})


def forget_old_mails() -> int:
    """Deletes what was asked for a week ago; returns how many."""
    rows = CustomerEmail.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    number, _by_model = rows.delete()
    return number
