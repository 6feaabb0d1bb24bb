"""Parcels: pieces leave the stock that the order held, and everybody reads the same of it."""

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from orders.emails import build_message
from orders.models import Carrier, Order, OrderEvent, OrderLine, OutgoingEmail, Shipment
from orders.shipping import CannotShip, ParcelDraft, mark_delivered, ship_order, tracking_url
from orders.status import OrderStatus
from products.models import StockRecord
from products.order_stock import allocate_stock
from tests.factories import make_order, make_product, make_user

pytestmark = pytest.mark.django_db

TRACK = "https://parcels.example/follow?id={number}"


@pytest.fixture
def order() -> Order:
    """Paid: four mugs and two bowls, held in stock."""
    mug = make_product("Speckled Mug", sku="MUG-1", on_hand=10)
    bowl = make_product("Bowl", sku="BOWL-1", on_hand=2)
    made = make_order(variant=mug, quantity=4, status=OrderStatus.PAID)
    OrderLine.objects.create(
        order=made, variant=bowl, sku="BOWL-1", title="Bowl", quantity=2,
        unit_price=30, line_total=60, line_tax=9, allocated=2,
    )  # fmt: skip
    allocate_stock(quantities={mug.pk: 4, bowl.pk: 2}, reference=made.number)
    return made


def pieces(order: Order, **by_sku: int) -> dict[int, int]:
    lines = {line.sku.split("-")[0].lower(): line.pk for line in order.lines.all()}
    return {lines[name]: number for name, number in by_sku.items()}


def stock() -> dict[str, tuple[int, int]]:
    """On hand and allocated, by SKU."""
    rows = StockRecord.objects.values_list("variant__sku", "on_hand", "allocated")
    return {sku: (on_hand, allocated) for sku, on_hand, allocated in rows}


def lines(order: Order) -> dict[str, tuple[int, int]]:
    """Allocated and shipped, by SKU."""
    return {line.sku: (line.allocated, line.shipped) for line in order.lines.all()}


def test_a_part_that_leaves_is_taken_off_the_shelf_and_the_rest_stays_held(order: Order) -> None:
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=3)), user=None)
    assert Order.objects.get().status == OrderStatus.PARTLY_SHIPPED
    assert stock() == {"MUG-1": (7, 1), "BOWL-1": (2, 2)}
    assert lines(order) == {"MUG-1": (1, 3), "BOWL-1": (2, 0)}


def test_with_its_last_piece_an_order_is_shipped(order: Order) -> None:
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=3)), user=None)
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=1, bowl=2)), user=None)
    assert Order.objects.get().status == OrderStatus.SHIPPED
    assert stock() == {"MUG-1": (6, 0), "BOWL-1": (0, 0)}
    assert lines(order) == {"MUG-1": (0, 4), "BOWL-1": (0, 2)}


def test_the_timeline_says_who_shipped_what(order: Order) -> None:
    clerk = make_user("clerk")
    draft = ParcelDraft(pieces(order, mug=4, bowl=2), "DHL", "00340 4", TRACK)
    ship_order(order=order, parcel=draft, user=clerk)
    assert [
        (event.kind, event.status, event.text, event.user, event.source)
        for event in order.events.all()
    ] == [
        ("status", "shipped", "", clerk, "desk"),
        ("shipment", "", "DHL 00340 4", clerk, "desk"),
    ]


def test_the_same_form_sent_twice_is_one_parcel(order: Order) -> None:
    draft = ParcelDraft(pieces(order, mug=2), submission=uuid.uuid4())
    first = ship_order(order=order, parcel=draft, user=None)
    assert ship_order(order=order, parcel=draft, user=None) == first
    assert lines(order)["MUG-1"] == (2, 2)
    assert OutgoingEmail.objects.count() == 1


def test_of_two_clerks_with_the_same_pieces_the_second_is_told(order: Order) -> None:
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=3)), user=None)
    with pytest.raises(CannotShip, match="Somebody else has shipped some of these pieces"):
        ship_order(order=order, parcel=ParcelDraft(pieces(order, bowl=1, mug=2)), user=None)
    assert lines(order) == {"MUG-1": (1, 3), "BOWL-1": (2, 0)}
    assert stock() == {"MUG-1": (7, 1), "BOWL-1": (2, 2)}
    assert Shipment.objects.count() == 1


def test_a_parcel_without_a_piece_is_none(order: Order) -> None:
    with pytest.raises(CannotShip, match="how many pieces"):
        ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=0)), user=None)
    assert Shipment.objects.count() == 0


def test_pieces_of_another_order_are_not_shipped_with_this_one(order: Order) -> None:
    other = make_order(quantity=4, status=OrderStatus.PAID)
    with pytest.raises(CannotShip, match="Somebody else"):
        ship_order(order=order, parcel=ParcelDraft({other.lines.get().pk: 1}), user=None)
    assert other.lines.get().shipped == 0


@pytest.mark.parametrize(
    "status",
    [status for status in OrderStatus if status not in ("paid", "partly_shipped")],
)
def test_nothing_is_shipped_of_an_order_that_is_not_paid(order: Order, status: str) -> None:
    Order.objects.update(status=status)
    with pytest.raises(CannotShip, match="so nothing of it can be shipped"):
        ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=1)), user=None)
    assert stock() == {"MUG-1": (10, 4), "BOWL-1": (2, 2)}
    assert (Shipment.objects.count(), OutgoingEmail.objects.count()) == (0, 0)
    assert Order.objects.get().status == status


def test_a_product_that_is_gone_is_shipped_without_stock(order: Order) -> None:
    OrderLine.objects.filter(sku="BOWL-1").update(variant=None)
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=4, bowl=2)), user=None)
    assert Order.objects.get().status == OrderStatus.SHIPPED
    assert stock()["BOWL-1"] == (2, 2)


def test_an_order_is_delivered_with_its_last_parcel_once(order: Order) -> None:
    first = ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=4)), user=None)
    assert mark_delivered(shipment=first, user=None)
    assert Order.objects.get().status == OrderStatus.PARTLY_SHIPPED
    second = ship_order(order=order, parcel=ParcelDraft(pieces(order, bowl=2)), user=None)
    assert mark_delivered(shipment=second, user=None)
    assert not mark_delivered(shipment=second, user=None)
    assert Order.objects.get().status == OrderStatus.DELIVERED
    assert order.events.filter(kind=OrderEvent.Kind.DELIVERY).count() == 2


@pytest.mark.parametrize(
    ("address", "number", "url"),
    [
        (TRACK, "JD 01/4", "https://parcels.example/follow?id=JD%2001%2F4"),
        (TRACK, "", ""),
        ("", "JD014", ""),
    ],
)
def test_a_parcel_is_followed_by_its_number(address: str, number: str, url: str) -> None:
    assert tracking_url(address, number) == url


@pytest.mark.parametrize(
    "address", ["https://parcels.example/", "javascript:alert({number})", "parcels {number}"]
)
def test_an_address_that_leads_to_no_parcel_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Carrier(name="Odd", tracking_address=address).full_clean()


@pytest.fixture
def mail_of() -> Callable[[int], tuple[str, str]]:
    """Subject and text of the mail about the order's first, second ... parcel."""

    def read(number: int) -> tuple[str, str]:
        message = build_message(OutgoingEmail.objects.all()[number], with_pdf=False)
        return message.subject, str(message.body)

    return read


def test_each_parcel_has_a_mail_of_its_own_that_says_what_is_in_it(
    order: Order, mail_of: Callable[[int], tuple[str, str]]
) -> None:
    draft = ParcelDraft(pieces(order, mug=3), "DHL", "JD014", TRACK)
    ship_order(order=order, parcel=draft, user=None)
    ship_order(order=order, parcel=ParcelDraft(pieces(order, mug=1, bowl=2)), user=None)
    subject, text = mail_of(0)
    assert subject == f"A part of your Fern & Kettle order {order.number} is on its way"
    assert "3 × Speckled Mug" in text
    assert "Bowl" not in text
    assert "https://parcels.example/follow?id=JD014" in text
    subject, text = mail_of(1)
    assert subject == f"Your Fern & Kettle order {order.number} is on its way"
    assert "1 × Speckled Mug" in text
    assert "2 × Bowl" in text
    ids = {build_message(email).extra_headers["Message-ID"] for email in order.emails.all()}
    assert len(ids) == 2


def test_a_clerk_may_ship_without_a_mail(order: Order) -> None:
    draft = ParcelDraft(pieces(order, mug=1))
    ship_order(order=order, parcel=draft, user=None, tell_shopper=False)
    assert OutgoingEmail.objects.count() == 0
