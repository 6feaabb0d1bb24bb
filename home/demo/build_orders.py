"""Orders in every state, placed and paid through the shop's own services."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from checkout.cart import Cart, CartLine
from checkout.cart_page import CartPage, cart_page
from checkout.forms import CheckoutForm
from checkout.shipping import deliverable_countries, shipping_choices
from checkout.submission import Submission
from home.demo.build_sources import find_source
from home.demo.past import as_if_at
from home.demo.shapes import DemoOrder
from orders.canceling import cancel_order
from orders.changes import end_unpaid, lock_order
from orders.models import PRETENDED, Carrier, Order, OrderLine, OutgoingEmail, Shipment
from orders.payments import Receipt, flag_mismatch, mark_paid
from orders.placing import OrderDraft, place_order
from orders.refund_records import record_refund
from orders.shipping import ParcelDraft, mark_delivered, ship_order
from orders.status import OrderAction
from shopsite.lib.money import Money
from shopsite.lib.tokens import TOKEN_LENGTH

SOURCE = "demo"
MINUTES_TO_PAY = 3
HOURS_TO_REFUND = 20
HOURS_TO_SHIP = 7
HOURS_TO_ARRIVE = 52
# Longer than the shop would wait, so that there is one to be seen the next day as well.
UNPAID_FOR = timedelta(days=3)


def build_orders(orders: Iterable[DemoOrder]) -> None:
    """Places those that are not there yet, oldest first, each at its time. What cannot be bought
    now, because somebody sold out or deleted it, is left out.

    Their mails are recorded as sent and go to nobody. Belongs into a transaction.
    """
    now = timezone.now()
    for demo in sorted(orders, key=lambda one: -one.hours_ago):
        if Order.objects.filter(checkout_token__startswith=_token(demo)).exists():
            continue
        placed_at = now - timedelta(hours=demo.hours_ago)
        with as_if_at(placed_at):
            draft = _draft(demo)
            order = place_order(draft) if draft else None
        if order is not None:
            OUTCOMES[demo.outcome](lock_order(order.pk), placed_at)
            _record_mails_as_sent(order)


def _token(demo: DemoOrder) -> str:
    """What the checkout form would have been sent with: it marks the order as the demo's."""
    return f"demo-{demo.key}".ljust(TOKEN_LENGTH, "-")


def _draft(demo: DemoOrder) -> OrderDraft | None:
    lines = {
        sku: CartLine(sku=sku, quantity=quantity, source=find_source(demo, sku))
        for sku, quantity in demo.items
    }
    cart = Cart(lines=lines)
    page = cart_page(cart)
    form = _form(demo, page)
    if page.has_problems or not form.is_valid():
        return None
    draft = Submission(cart, page, form).order_draft()
    is_open = demo.outcome == "awaiting"
    return replace(draft, expires_at=timezone.now() + UNPAID_FOR) if is_open else draft


def _form(demo: DemoOrder, page: CartPage) -> CheckoutForm:
    country = demo.customer["country"]
    choices = shipping_choices(country=country, subtotal=page.subtotal)
    wanted = next((one for one in choices if one.name == demo.shipping), None)
    method = wanted or next(iter(choices), None)
    data = {
        **demo.customer,
        "shipping_method": str(method.id) if method else "",
        "accept_terms": "on",
        "checkout_token": _token(demo),
    }
    return CheckoutForm(data, country=country, countries=deliverable_countries(), choices=choices)


def _receipt(order: Order, amount: Money) -> Receipt:
    # The end of the token is chance: a payment is known by its name to one order only.
    return Receipt(payment_intent=f"{PRETENDED}{order.token[:16]}", amount=amount, is_live=False)


def _stay_unpaid(order: Order, placed_at: datetime) -> None:
    """Waits for its shopper."""


def _pay(order: Order, placed_at: datetime) -> None:
    with as_if_at(placed_at + timedelta(minutes=MINUTES_TO_PAY)):
        mark_paid(order, _receipt(order, order.total_money), source=SOURCE)


def _ship(order: Order, placed_at: datetime, lines: list[OrderLine]) -> Shipment:
    carrier = Carrier.objects.first()
    parcel = ParcelDraft(
        quantities={line.pk: line.quantity for line in lines},
        carrier_name=carrier.name if carrier else "",
        tracking_number=f"{order.pk:06d}{len(lines):06d}" if carrier else "",
        tracking_address=carrier.tracking_address if carrier else "",
    )
    with as_if_at(placed_at + timedelta(hours=HOURS_TO_SHIP)):
        return ship_order(order=order, parcel=parcel, user=None)


def _pay_and_ship_some(order: Order, placed_at: datetime) -> None:
    _pay(order, placed_at)
    _ship(order, placed_at, list(order.lines.all()[:1]))


def _pay_and_ship(order: Order, placed_at: datetime) -> Shipment:
    _pay(order, placed_at)
    return _ship(order, placed_at, list(order.lines.all()))


def _deliver(order: Order, placed_at: datetime) -> None:
    shipment = _pay_and_ship(order, placed_at)
    with as_if_at(placed_at + timedelta(hours=HOURS_TO_ARRIVE)):
        mark_delivered(shipment=shipment, user=None)


def _pay_and_refund(order: Order, placed_at: datetime) -> None:
    """The money in Stripe's dashboard, the goods at the desk an hour later."""
    _pay(order, placed_at)
    _refund(order, placed_at, order.total_money)
    order.refresh_from_db()
    with as_if_at(placed_at + timedelta(hours=HOURS_TO_REFUND + 1)):
        cancel_order(order=order, user=None)


def _pay_and_refund_one(order: Order, placed_at: datetime) -> None:
    _pay(order, placed_at)
    _refund(order, placed_at, order.money(order.lines.all()[0].unit_price))


def _refund(order: Order, placed_at: datetime, amount: Money) -> None:
    with as_if_at(placed_at + timedelta(hours=HOURS_TO_REFUND)):
        record_refund(
            order.payments.get(),
            stripe_id=f"re_demo_{order.token[:16]}",
            amount=amount,
            state="succeeded",
            source=SOURCE,
        )


def _pay_too_little(order: Order, placed_at: datetime) -> None:
    paid = Money(order.total - Decimal(5), order.currency).quantize()
    text = f"Paid {paid}, but the order is {order.total_money}."
    with as_if_at(placed_at + timedelta(minutes=MINUTES_TO_PAY)):
        flag_mismatch(order, _receipt(order, paid), source=SOURCE, text=text)


def _expire(order: Order, placed_at: datetime) -> None:
    with as_if_at(order.expires_at):
        end_unpaid(order, OrderAction.EXPIRE, source=SOURCE)


def _cancel(order: Order, placed_at: datetime) -> None:
    with as_if_at(placed_at + timedelta(minutes=MINUTES_TO_PAY)):
        end_unpaid(order, OrderAction.GIVE_UP, source=SOURCE)


def _record_mails_as_sent(order: Order) -> None:
    for email in order.emails.all():
        OutgoingEmail.objects.filter(pk=email.pk).update(
            state=OutgoingEmail.State.SENT, attempts=1, sent_at=email.created_at
        )


OUTCOMES: Mapping[str, Callable[[Order, datetime], object]] = {
    "awaiting": _stay_unpaid,
    "paid": _pay,
    "partly_shipped": _pay_and_ship_some,
    "shipped": _pay_and_ship,
    "delivered": _deliver,
    "refunded": _pay_and_refund,
    "partly_refunded": _pay_and_refund_one,
    "review": _pay_too_little,
    "expired": _expire,
    "canceled": _cancel,
}
