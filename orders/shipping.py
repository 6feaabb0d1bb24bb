"""What leaves the house: parcels are recorded, stock goes off the shelf, the shopper is told."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.changes import change_status, lock_order, record_event
from orders.models import Order, OrderEvent, OutgoingEmail, Shipment, ShipmentLine
from orders.models.shipment import NUMBER_MARK
from orders.outbox import queue_email
from orders.status import OrderAction
from products.order_stock import ship_stock

SOURCE = "desk"


class CannotShip(Exception):
    """Nothing was recorded; the text says why, in the clerk's words."""


@dataclass(frozen=True)
class ParcelDraft:
    """A parcel before it is recorded. `quantities` maps lines of the order, by their ids, to how
    many pieces are in it. `submission` names this one form that was sent."""

    quantities: Mapping[int, int]
    carrier_name: str = ""
    tracking_number: str = ""
    tracking_address: str = ""  # With a mark where the number belongs.
    submission: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def ship_order(
    *, order: Order, parcel: ParcelDraft, user: User | None, tell_shopper: bool = True
) -> Shipment:
    """Records a parcel; the order becomes partly shipped, or shipped with its last piece.

    Idempotent by the draft's `submission`. The pieces leave the stock that the order held. Of two
    clerks who pack the same pieces at once, one gets CannotShip, as for an order in another state.
    """
    order = lock_order(order.pk)
    known = Shipment.objects.filter(submission=parcel.submission).first()
    if known is not None:
        return known
    pieces = {pk: number for pk, number in parcel.quantities.items() if number > 0}
    if not pieces:
        raise CannotShip(_("Say how many pieces are in the parcel."))
    shipment = Shipment.objects.create(
        order=order,
        submission=parcel.submission,
        carrier_name=parcel.carrier_name,
        tracking_number=parcel.tracking_number,
        tracking_url=tracking_url(parcel.tracking_address, parcel.tracking_number),
        user=user,
    )
    _take_pieces(order, shipment, pieces)
    is_complete = not order.lines.filter(quantity__gt=F("shipped") + F("canceled")).exists()
    action = OrderAction.SHIP_REST if is_complete else OrderAction.SHIP_PART
    if not change_status(order, action, source=SOURCE, user=user):
        text = _("This order is “%(status)s”, so nothing of it can be shipped.")
        raise CannotShip(text % {"status": order.get_status_display()})
    record_event(order, OrderEvent.Kind.SHIPMENT, source=SOURCE, text=str(shipment), user=user)
    if tell_shopper:
        queue_email(order, OutgoingEmail.Kind.SHIPPED, about=str(shipment.pk))
    return shipment


@transaction.atomic
def mark_delivered(*, shipment: Shipment, user: User | None) -> bool:
    """Records that a parcel has arrived; with the last one the order is delivered.

    Returns whether it was news; a second time leaves no trace.
    """
    order = lock_order(shipment.order_id)
    waiting = order.shipments.filter(delivered_at__isnull=True)
    if not waiting.filter(pk=shipment.pk).update(delivered_at=timezone.now()):
        return False
    record_event(order, OrderEvent.Kind.DELIVERY, source=SOURCE, text=str(shipment), user=user)
    if not waiting.exists():
        change_status(order, OrderAction.DELIVER, source=SOURCE, user=user)
    return True


def tracking_url(address: str, number: str) -> str:
    """Where the parcel can be followed; empty without a number or a place for it."""
    if not number or NUMBER_MARK not in address:
        return ""
    return address.replace(NUMBER_MARK, quote(number, safe=""))


def _take_pieces(order: Order, shipment: Shipment, pieces: Mapping[int, int]) -> None:
    """Moves the pieces of each line from held to shipped, all or none."""
    by_variant: dict[int, int] = {}
    lines = {line.pk: line for line in order.lines.all()}
    for pk, number in pieces.items():
        held = order.lines.filter(pk=pk, allocated__gte=number)
        if not held.update(allocated=F("allocated") - number, shipped=F("shipped") + number):
            raise CannotShip(
                _("Somebody else has shipped some of these pieces. Please look at the order again.")
            )
        variant_id = lines[pk].variant_id
        if variant_id is not None:
            by_variant[variant_id] = by_variant.get(variant_id, 0) + number
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, order_line_id=pk, quantity=number)
        for pk, number in pieces.items()
    )
    ship_stock(quantities=by_variant, reference=order.number)
