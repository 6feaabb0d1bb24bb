"""The desk records parcels: who may, what the form offers, what it says back."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from home.granting import create_roles
from orders.models import Carrier, Order, OutgoingEmail, Shipment
from orders.shipping import ParcelDraft, ship_order
from orders.status import OrderStatus
from products.order_stock import allocate_stock
from tests.factories import make_order, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group="Shop staff"))
    return client


@pytest.fixture
def order() -> Order:
    """Paid: four mugs, held in stock."""
    mug = make_product("Speckled Mug", sku="MUG-1", on_hand=10)
    made = make_order(variant=mug, quantity=4, status=OrderStatus.PAID, number="F7")
    allocate_stock(quantities={mug.pk: 4}, reference=made.number)
    return made


@pytest.fixture
def carrier() -> Carrier:
    return Carrier.objects.create(
        name="Rail", tracking_address="https://parcels.example/follow?id={number}"
    )


def page_of(order: Order, action: str = "inspect") -> str:
    return reverse(f"orders_order_modeladmin_{action}", args=[order.pk])


def form_of(order: Order, quantity: object, **fields: object) -> dict[str, object]:
    line = order.lines.get()
    return {"submission": uuid.uuid4(), f"line_{line.pk}": quantity, **fields}


def read(response: object) -> str:
    text = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_form_offers_all_that_is_left(clerk: Client, order: Order, carrier: Carrier) -> None:
    first = ParcelDraft({order.lines.get().pk: 1})
    ship_order(order=order, parcel=first, user=None)
    html = clerk.get(page_of(order, "ship")).content.decode()
    field = re.search(rf'<input[^>]*name="line_{order.lines.get().pk}"[^>]*>', html)
    assert field is not None
    assert 'value="3"' in field[0]
    assert 'max="3"' in field[0]
    assert "Rail" in html


def test_a_clerk_ships_and_the_order_shows_its_parcel(
    clerk: Client, order: Order, carrier: Carrier
) -> None:
    data = form_of(order, 3, carrier=carrier.pk, tracking_number="JD014", tell_shopper="on")
    response = clerk.post(page_of(order, "ship"), data, follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    words = read(response)
    assert "The parcel is recorded." in words
    assert "3 × Speckled Mug" in words
    assert "3 shipped, 1 held" in words
    assert 'href="https://parcels.example/follow?id=JD014"' in response.content.decode()
    shipment = Shipment.objects.get()
    assert (shipment.carrier_name, shipment.user) == ("Rail", response.wsgi_request.user)
    assert [email.kind for email in OutgoingEmail.objects.all()] == ["order_shipped"]


def test_no_mail_is_written_when_the_clerk_says_so(clerk: Client, order: Order) -> None:
    clerk.post(page_of(order, "ship"), form_of(order, 4))
    assert Order.objects.get().status == OrderStatus.SHIPPED
    assert OutgoingEmail.objects.count() == 0


def test_a_second_click_is_no_second_parcel(clerk: Client, order: Order) -> None:
    data = form_of(order, 2)
    for _click in range(2):
        response = clerk.post(page_of(order, "ship"), data, follow=True)
        assert "The parcel is recorded." in read(response)
    assert order.lines.get().shipped == 2


@pytest.mark.parametrize(
    ("quantity", "fields", "words"),
    [
        (5, {}, "Ensure this value is less than or equal to 4"),
        (-1, {}, "Ensure this value is greater than or equal to 0"),
        ("two", {}, "Enter a whole number"),
        ("", {}, "Say how many pieces are in the parcel."),
        (1, {"tracking_number": "JD014"}, "A tracking number needs the carrier that gave it."),
        (1, {"carrier": 999}, "not one of the available choices"),
        (1, {"submission": "x"}, "The form did not arrive whole."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    clerk: Client, order: Order, quantity: object, fields: dict[str, object], words: str
) -> None:
    response = clerk.post(page_of(order, "ship"), form_of(order, quantity, **fields))
    assert response.status_code == 200
    assert words in read(response)
    assert Shipment.objects.count() == 0


def test_an_order_that_is_not_paid_has_nothing_to_ship(clerk: Client, order: Order) -> None:
    Order.objects.update(status=OrderStatus.AWAITING_PAYMENT)
    assert page_of(order, "ship") not in clerk.get(page_of(order)).content.decode()
    for response in (
        clerk.get(page_of(order, "ship"), follow=True),
        clerk.post(page_of(order, "ship"), form_of(order, 1), follow=True),
    ):
        assert "Nothing of this order can be shipped now." in read(response)
    assert Shipment.objects.count() == 0


def test_a_parcel_that_has_arrived_is_clicked_away(clerk: Client, order: Order) -> None:
    shipment = ship_order(order=order, parcel=ParcelDraft({order.lines.get().pk: 4}), user=None)
    assert "Mark as arrived" in read(clerk.get(page_of(order)))
    data = {"parcel": shipment.pk}
    response = clerk.post(page_of(order, "delivered"), data, follow=True)
    assert "Mark as arrived" not in read(response)
    assert Order.objects.get().status == OrderStatus.DELIVERED


@pytest.mark.parametrize("parcel", ["", "x", "999", "9" * 40])
def test_a_parcel_of_no_order_is_not_found(clerk: Client, order: Order, parcel: str) -> None:
    response = clerk.post(page_of(order, "delivered"), {"parcel": parcel})
    assert response.status_code == 404


def test_only_a_post_says_that_a_parcel_has_arrived(clerk: Client, order: Order) -> None:
    assert clerk.get(page_of(order, "delivered")).status_code == 405


def test_who_may_only_look_at_orders_ships_nothing(client: Client, order: Order) -> None:
    create_roles()
    user = make_user("temp", group="Shop staff")
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="ship_order"))
    client.force_login(user)
    html = client.get(page_of(order)).content.decode()
    assert page_of(order, "ship") not in html
    for response in (
        client.get(page_of(order, "ship")),
        client.post(page_of(order, "ship"), form_of(order, 1)),
        client.post(page_of(order, "delivered"), {"parcel": 1}),
    ):
        assert response.status_code == 302  # To the admin's start, as Wagtail refuses.
        assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert Shipment.objects.count() == 0


def test_the_shopper_sees_the_parcel_and_where_it_is(
    client: Client, site: object, order: Order
) -> None:
    draft = ParcelDraft(
        {order.lines.get().pk: 3}, "Rail", "JD014", "https://parcels.example/follow?id={number}"
    )
    ship_order(order=order, parcel=draft, user=None)
    response = client.get(order.get_absolute_url())
    words = read(response)
    assert "A part of your order is on its way" in words
    assert "3 × Speckled Mug" in words
    link = '<a href="https://parcels.example/follow?id=JD014" rel="noreferrer">Follow JD014</a>'
    assert link in response.content.decode()
