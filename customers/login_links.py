"""Links to log in by: signed, good for a while and for one time.

The signature holds the row that a link was asked for with, and when it was made. Nothing that opens
the door is stored, and nothing in the address says whose it is.
"""

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from customers.models import CustomerEmail, Kind

LINK_MINUTES = 30
SALT = "customers.login_links"


def make_link(email: CustomerEmail) -> str:
    """The whole address, good from now on."""
    path: str = reverse("account-enter", args=[signing.dumps(email.pk, salt=SALT)])
    return settings.SITE_URL + path


def find_link(token: str) -> CustomerEmail | None:
    """What a link was asked for with; None for one that is not ours, too old or used."""
    return _unused(token).first()


def use_link(token: str) -> CustomerEmail | None:
    """The same, and ends it and all others to that address. Of two at once exactly one wins.

    Belongs into the transaction of what it is used for.
    """
    rows = _unused(token)
    email = rows.first()
    if email is None or not rows.update(used_at=timezone.now()):
        return None
    others = CustomerEmail.objects.filter(kind=email.kind, email=email.email, used_at=None)
    others.update(used_at=timezone.now())
    return email


def _unused(token: str) -> QuerySet[CustomerEmail]:
    rows = CustomerEmail.objects.filter(kind=Kind.LOG_IN, used_at__isnull=True)
    try:
        return rows.filter(pk=signing.loads(token, salt=SALT, max_age=LINK_MINUTES * 60))
    except (signing.BadSignature, ValueError):
        return rows.none()
