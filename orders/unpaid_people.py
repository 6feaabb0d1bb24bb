"""Of an order that was never paid nobody needs to know for long whose it was."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from orders.erasing import erase_people_from, not_erased
from orders.models import Order
from orders.status import ENDED, LIVE_ATTEMPTS
from shopsite.lib.days import kept_since


def forget_unpaid_people(*, limit: int = 500) -> int:
    """Erases the people from orders that ended unpaid and were placed UNPAID_ORDER_DAYS ago;
    returns how many orders. Each in a transaction of its own, looked at again under its lock: money
    may come in the last moment."""
    keys = _forgettable().order_by("pk").values_list("pk", flat=True)[:limit]
    return sum(_forget(key) for key in list(keys))


@transaction.atomic
def _forget(key: int) -> int:
    return erase_people_from(_forgettable().filter(pk=key).select_for_update())


def _forgettable() -> QuerySet[Order]:
    """Without those that money came for, or could still come for."""
    before = kept_since(settings.UNPAID_ORDER_DAYS)
    if before is None:
        return Order.objects.none()
    ended = Order.objects.filter(status__in=ENDED, paid_at=None, created_at__lt=before)
    money = Q(payments__isnull=False) | Q(attempts__state__in=LIVE_ATTEMPTS)
    with_money = Order.objects.filter(money, status__in=ENDED, paid_at=None).order_by()
    return not_erased(ended).exclude(pk__in=with_money.values("pk"))
