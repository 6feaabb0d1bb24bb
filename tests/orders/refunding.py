"""An order with money and goods in it, and what the tests of refunds read of both."""

from decimal import Decimal

from orders.models import Order, OrderLine, Payment
from orders.refund_draft import RefundDraft, RefundDraftLine
from orders.status import OrderStatus
from products.models import StockRecord
from products.order_stock import allocate_stock
from shopsite.lib.money import Money
from tests.factories import make_order, make_product
from tests.orders.desk import pay


def make_paid_order(**fields: object) -> Order:
    """Four mugs at 24 and two bowls at 30, held in stock; with delivery it is 160.90."""
    mug = make_product("Speckled Mug", sku="MUG-1", on_hand=10)
    bowl = make_product("Bowl", sku="BOWL-1", on_hand=2)
    values = {"status": OrderStatus.PAID, "number": "F7", "subtotal": 156, "total": "160.90"}
    order = make_order(variant=mug, quantity=4, **(values | fields))
    OrderLine.objects.create(
        order=order, variant=bowl, sku="BOWL-1", title="Bowl", quantity=2,
        unit_price=30, line_total=60, line_tax="9.58", allocated=2,
    )  # fmt: skip
    allocate_stock(quantities={mug.pk: 4, bowl.pk: 2}, reference=order.number)
    pay(order)
    return Order.objects.get(pk=order.pk)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def line_of(order: Order, sku: str) -> OrderLine:
    return order.lines.get(sku=sku)


def piece(
    order: Order, sku: str, quantity: int, *, was_shipped: bool = False, back: bool = True
) -> RefundDraftLine:
    return RefundDraftLine(
        line_of(order, sku).pk, quantity, was_shipped=was_shipped, goes_back_on_sale=back
    )


def draft_of(
    order: Order, *lines: RefundDraftLine, shipping: str = "0", other: str = "0", note: str = ""
) -> RefundDraft:
    payment = Payment.objects.get(order=order, is_duplicate=False)
    return RefundDraft(payment, lines, euros(shipping), euros(other), note)


def stock() -> dict[str, tuple[int, int]]:
    """On hand and allocated, by SKU."""
    rows = StockRecord.objects.values_list("variant__sku", "on_hand", "allocated")
    return {sku: (on_hand, allocated) for sku, on_hand, allocated in rows}


def lines_of(order: Order) -> dict[str, tuple[int, int, int, int]]:
    """Allocated, shipped, canceled and returned, by SKU."""
    return {
        line.sku: (line.allocated, line.shipped, line.canceled, line.returned)
        for line in order.lines.all()
    }
