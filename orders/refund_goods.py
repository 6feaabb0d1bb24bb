"""What a refund does to the goods: pieces are taken out of the order, and stock follows.

Every function here belongs into a transaction that has the order locked.
"""

from collections.abc import Iterable, Mapping

from django.db.models import F

from orders.changes import change_status
from orders.models import OrderLine, Refund, RefundLine
from orders.status import OrderAction, OrderStatus
from products.order_stock import release_stock, take_back_stock, write_off_stock


def take_pieces(refund: Refund) -> None:
    """Takes what is refunded out of the order, so that nobody ships or refunds it meanwhile. The
    stock waits until the money is on its way."""
    for one in refund.lines.all():
        _change_line(one, sign=1)


def give_pieces_back(refund: Refund) -> None:
    """For money that never left: the pieces are the order's again."""
    for one in refund.lines.all():
        _change_line(one, sign=-1)


def settle_goods(refund: Refund, *, source: str) -> bool:
    """Moves the stock as the clerk said, and the order if nothing of it is left to ship; returns
    whether that canceled all of it."""
    lines = list(refund.lines.select_related("order_line"))
    number, user = refund.order.number, refund.user
    kept = [one for one in lines if one.held and one.goes_back_on_sale]
    lost = [one for one in lines if one.held and not one.goes_back_on_sale]
    back = [one for one in lines if one.was_shipped and one.goes_back_on_sale]
    release_stock(quantities=_by_variant(kept, "held"), reference=number)
    write_off_stock(quantities=_by_variant(lost, "held"), reference=number, user=user)
    take_back_stock(quantities=_by_variant(back, "quantity"), reference=number, user=user)
    if not lines or any(line.to_ship for line in refund.order.lines.all()):
        return False
    order = refund.order
    order.refresh_from_db(fields=["status"])
    if order.status == OrderStatus.PARTLY_SHIPPED:
        change_status(order, OrderAction.CLOSE, source=source, user=user)
        return False
    return change_status(order, OrderAction.CANCEL, source=source, user=user)


def _change_line(one: RefundLine, *, sign: int) -> None:
    pieces, held = sign * one.quantity, sign * one.held
    line = OrderLine.objects.filter(pk=one.order_line_id)
    if one.was_shipped:
        line.update(returned=F("returned") + pieces)
    else:
        line.update(canceled=F("canceled") + pieces, allocated=F("allocated") - held)


def _by_variant(lines: Iterable[RefundLine], counted: str) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for one in lines:
        variant_id = one.order_line.variant_id
        if variant_id is not None:
            found[variant_id] = found.get(variant_id, 0) + getattr(one, counted)
    return found
