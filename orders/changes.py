"""Changes of an order's status: one conditional update each, and a line on its timeline."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from orders.models import Order, OrderEvent
from orders.status import TRANSITIONS, OrderAction, OrderStatus
from products.order_stock import InsufficientStock, allocate_stock, release_stock


def lock_order(pk: int) -> Order:
    """The order, locked until the transaction ends. On SQLite the transaction itself is the lock,
    since there is only one writer."""
    return Order.objects.select_for_update().get(pk=pk)


@transaction.atomic(savepoint=False)
def change_status(
    order: Order,
    action: OrderAction,
    *,
    source: str,
    text: str = "",
    user: User | None = None,
) -> bool:
    """Takes the order where `action` leads, if the table allows it from where it stands now.

    Returns whether it did; False leaves no trace. `order` is brought up to date either way. The
    source states stand in the WHERE of the update, so of two at once exactly one wins.
    """
    change = TRANSITIONS[action]
    changes: dict[str, object] = {"status": change.target, "updated_at": timezone.now()}
    if change.target == OrderStatus.PAID:
        changes["paid_at"] = timezone.now()
    updated = Order.objects.filter(pk=order.pk, status__in=change.sources).update(**changes)
    order.refresh_from_db(fields=["status", "paid_at", "updated_at"])
    if updated:
        OrderEvent.objects.create(
            order=order,
            kind=OrderEvent.Kind.STATUS,
            status=change.target,
            source=source,
            text=text[:300],
            user=user,
        )
    return bool(updated)


def record_event(
    order: Order,
    kind: OrderEvent.Kind,
    *,
    source: str,
    text: str = "",
    user: User | None = None,
    concern: str = "",
) -> None:
    """Adds a line to the timeline, cut to what it can hold. `concern` is what it ends."""
    OrderEvent.objects.create(
        order=order, kind=kind, source=source, text=text[:300], user=user, concern=concern
    )


@transaction.atomic
def end_unpaid(
    order: Order, action: OrderAction, *, source: str, text: str = "", user: User | None = None
) -> bool:
    """Expires or gives up an order that was not paid and frees its stock, once."""
    if not change_status(order, action, source=source, text=text, user=user):
        return False
    held = {
        line.variant_id: line.allocated
        for line in order.lines.filter(allocated__gt=0)
        if line.variant_id is not None
    }
    order.lines.update(allocated=0)
    release_stock(quantities=held, reference=order.number)
    return True


@transaction.atomic(savepoint=False)
def hold_stock_again(order: Order) -> bool:
    """For money that arrives after the stock was freed: True when all of it could be had again,
    or was held all the time."""
    missing = list(order.lines.filter(allocated__lt=F("quantity")))
    if not missing:
        return True
    if any(line.variant_id is None for line in missing):
        return False  # A product that is gone altogether.
    wanted = {
        line.variant_id: line.quantity - line.allocated
        for line in missing
        if line.variant_id is not None
    }
    try:
        allocate_stock(quantities=wanted, reference=order.number)
    except InsufficientStock:
        return False
    order.lines.update(allocated=F("quantity"))
    return True
