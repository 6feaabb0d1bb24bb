"""What is left of many orders shipped at once: one parcel each, and each order by itself, so that
one that cannot be shipped keeps none of the others."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orders.attention import Concern, concerns_by_order
from orders.models import Carrier, Order, Shipment
from orders.shipping import CannotShip, ParcelDraft, ship_order
from orders.status import SHIPPABLE


@dataclass(frozen=True)
class LeftOut:
    """An order that is not among those, and why, in the clerk's words."""

    order: Order
    reason: str | Promise


@dataclass(frozen=True)
class ManyOrders:
    ready: tuple[Order, ...]
    left_out: tuple[LeftOut, ...]


def plan_parcels(orders: Sequence[Order]) -> ManyOrders:
    """Which of them can be shipped whole; wants their lines prefetched and makes one query."""
    concerns = concerns_by_order([order.pk for order in orders])
    ready, left_out = [], []
    for order in orders:
        reason = reason_not_to_pack(order) or reason_not_whole(order)
        reason = reason or _reason_to_hold(concerns.get(order.pk, []))
        if reason:
            left_out.append(LeftOut(order, reason))
        else:
            ready.append(order)
    return ManyOrders(tuple(ready), tuple(left_out))


def plan_slips(orders: Sequence[Order]) -> ManyOrders:
    """Which of them have something to be packed; wants their lines prefetched."""
    reasons = [(order, reason_not_to_pack(order)) for order in orders]
    return ManyOrders(
        tuple(order for order, reason in reasons if not reason),
        tuple(LeftOut(order, reason) for order, reason in reasons if reason),
    )


def reason_not_to_pack(order: Order) -> str:
    if order.status not in SHIPPABLE:
        return _("It is “%(status)s”.") % {"status": order.get_status_display()}
    if not order.lines_to_ship:
        return _("Nothing of it is left to ship.")
    return ""


def _reason_to_hold(concerns: Sequence[Concern]) -> str:
    return next((str(one.words) for one in concerns if one.holds_parcels), "")


def reason_not_whole(order: Order) -> str:
    if any(line.allocated < line.to_ship for line in order.lines.all()):
        return _("Not all of it is held in stock.")
    return ""


def ship_many(
    *,
    orders: Sequence[Order],
    carrier: Carrier | None,
    submission: uuid.UUID,
    user: User | None,
    tell_shopper: bool,
) -> ManyOrders:
    """Records the rest of each order as a parcel without a tracking number; `ready` are those that
    are shipped now. Idempotent by `submission`. Each order is a transaction of its own, so it must
    not be called inside one.
    """
    parcels = {order.pk: uuid.uuid5(submission, str(order.pk)) for order in orders}
    known = set(
        Shipment.objects.filter(submission__in=parcels.values()).values_list("order_id", flat=True)
    )
    shipped = [order for order in orders if order.pk in known]
    plan = plan_parcels([order for order in orders if order.pk not in known])
    left_out = list(plan.left_out)
    for order in plan.ready:
        draft = ParcelDraft(
            quantities={line.pk: line.allocated for line in order.lines.all()},
            carrier_name=carrier.name if carrier else "",
            submission=parcels[order.pk],
        )
        try:
            ship_order(order=order, parcel=draft, user=user, tell_shopper=tell_shopper)
        except CannotShip as error:
            left_out.append(LeftOut(order, str(error)))
        except IntegrityError:
            left_out.append(LeftOut(order, _("The shelf does not have all of it. Count it first.")))
        else:
            shipped.append(order)
    return ManyOrders(tuple(shipped), tuple(left_out))
