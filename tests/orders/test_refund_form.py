"""The desk gives money back and cancels: who may, what is asked twice, what is said back."""

import re
import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from home.granting import create_roles
from home.roles import SHOP_STAFF
from orders import canceling, refunds
from orders.models import Order, Refund
from orders.provider import ProviderRejected, ProviderUnavailable
from orders.shipping import ParcelDraft, ship_order
from orders.status import OrderStatus
from tests.factories import make_user
from tests.orders.desk import pay
from tests.orders.refunding import line_of, make_paid_order
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)
    return double


@pytest.fixture
def clerk(client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


@pytest.fixture
def order(stripe: ProviderDouble) -> Order:
    return make_paid_order()


def page_of(order: Order, action: str = "inspect") -> str:
    return reverse(f"orders_order_modeladmin_{action}", args=[order.pk])


def read(response: object) -> str:
    text = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def form_of(order: Order, **fields: object) -> dict[str, object]:
    """Two mugs that were not shipped, unless said otherwise."""
    line = line_of(order, "MUG-1")
    mugs = {f"waiting_{line.pk}": 2, f"waiting_{line.pk}_shelf": "on"}
    return {"submission": uuid.uuid4(), **mugs, **fields}


def test_the_form_offers_what_is_in_the_house_and_what_left_it(clerk: Client, order: Order) -> None:
    ship_order(order=order, parcel=ParcelDraft({line_of(order, "MUG-1").pk: 3}), user=None)
    words = read(clerk.get(page_of(order, "refund")))
    assert "1 not shipped yet. Each €24.00." in words
    assert "3 shipped. Each €24.00." in words
    assert "2 not shipped yet. Each €30.00." in words
    assert "€4.90 are left of it." in words


def test_the_amount_is_shown_before_it_is_given_back(
    clerk: Client, order: Order, stripe: ProviderDouble
) -> None:
    form = form_of(order, shipping="4.90", note="With our apologies.")
    shown = clerk.post(page_of(order, "refund"), form)
    assert "€52.90 is refunded to Alice Arnold" in read(shown)
    assert not Refund.objects.exists()

    confirmed = re.search(r'name="confirmed" value="([^"]+)"', shown.content.decode())
    assert confirmed is not None
    form["confirmed"] = confirmed[1]
    done = clerk.post(page_of(order, "refund"), form, follow=True)
    assert "€52.90 are on their way back." in read(done)
    refund = Refund.objects.get()
    assert (refund.note, refund.user.username) == ("With our apologies.", "clerk")
    assert [str(one) for one in refund.lines.all()] == ["2 x MUG-1"]

    again = clerk.post(page_of(order, "refund"), form, follow=True)
    assert "€52.90 are on their way back." in read(again)
    assert Refund.objects.count() == len(stripe.asked) == 1


def test_what_was_changed_after_the_amount_was_shown_is_shown_again(
    clerk: Client, order: Order
) -> None:
    form = form_of(order, confirmed="24.00")
    assert "€48.00 is refunded" in read(clerk.post(page_of(order, "refund"), form))
    assert not Refund.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"other": "-3"}, "greater than or equal to 0"),
        ({"other": "3.005"}, "no more than 2 decimal places"),
        ({"other": "much"}, "Enter a number"),
        ({"other": "150"}, "€198.00 is more than the €160.90 that are left of this payment"),
        ({"shipping": "5"}, "€5.00 is more than the €4.90 that are left of the delivery"),
        ({"submission": "x"}, "The form did not arrive whole"),
    ],
)
def test_bad_input_is_said_in_the_form_and_nothing_is_lost(
    clerk: Client, order: Order, fields: dict[str, object], words: str
) -> None:
    form = form_of(order, note="Kept words", **fields)
    response = clerk.post(page_of(order, "refund"), form)
    assert response.status_code == 200
    assert words in read(response)
    assert "Kept words" in response.content.decode()
    assert not Refund.objects.exists()


def test_more_pieces_than_there_are_is_said_at_the_field(clerk: Client, order: Order) -> None:
    form = form_of(order, **{f"waiting_{line_of(order, 'MUG-1').pk}": 5})
    assert "less than or equal to 4" in read(clerk.post(page_of(order, "refund"), form))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (ProviderUnavailable("500"), "Stripe does not answer. The refund of €10.00 is written"),
        (ProviderRejected("400 charge_disputed"), "Stripe refused to give back €10.00"),
    ],
)
def test_what_became_of_it_is_said(
    clerk: Client, order: Order, stripe: ProviderDouble, trouble: Exception, words: str
) -> None:
    stripe.trouble = trouble
    form = {"submission": uuid.uuid4(), "other": "10", "confirmed": "10"}
    assert words in read(clerk.post(page_of(order, "refund"), form, follow=True))


def test_canceling_says_first_what_it_will_do(
    clerk: Client, order: Order, stripe: ProviderDouble
) -> None:
    shown = read(clerk.get(page_of(order, "cancel")))
    assert "€160.90 is refunded to Alice Arnold, the way it was paid." in shown
    assert "4 × Speckled Mug (MUG-1) is not shipped. Put back on sale: 4." in shown
    assert "alice@example.com gets a mail about it." in shown
    assert stripe.asked == []

    form = {"submission": uuid.uuid4(), "note": "The kiln broke."}
    done = clerk.post(page_of(order, "cancel"), form, follow=True)
    assert "€160.90 are on their way back." in read(done)
    assert Order.objects.get().status == OrderStatus.CANCELED
    again = clerk.post(page_of(order, "cancel"), form, follow=True)
    assert "nothing of it can be canceled" in read(again)
    assert len(stripe.asked) == 1


def test_a_second_payment_is_given_back_with_one_press(
    clerk: Client, order: Order, stripe: ProviderDouble
) -> None:
    second = pay(order, payment_intent="pi_second", is_duplicate=True)
    assert "Give back €160.90" in read(clerk.get(page_of(order)))
    for _press in range(2):
        clerk.post(page_of(order, "refund_payment"), {"payment": second.pk})
    assert [one.payment_intent for one in stripe.asked] == ["pi_second"]
    assert "Give back" not in read(clerk.get(page_of(order)))


@pytest.mark.parametrize("payment", ["", "x", "9" * 30, "0"])
def test_the_payment_of_the_order_itself_is_not_given_back_so(
    clerk: Client, order: Order, stripe: ProviderDouble, payment: str
) -> None:
    url = page_of(order, "refund_payment")
    assert clerk.post(url, {"payment": payment or order.payments.get().pk}).status_code == 404
    assert clerk.get(url).status_code == 405
    assert stripe.asked == []


@pytest.mark.parametrize("action", ["refund", "cancel", "refund_payment"])
@pytest.mark.parametrize("missing", ["refund_order", "view_order"])
def test_each_action_needs_its_right(
    clerk: Client, order: Order, stripe: ProviderDouble, action: str, missing: str
) -> None:
    right = Permission.objects.get(codename=missing, content_type__app_label="orders")
    Group.objects.get(name=SHOP_STAFF).permissions.remove(right)
    for response in (
        clerk.get(page_of(order, action)),
        clerk.post(page_of(order, action), {"submission": uuid.uuid4(), "other": "1"}),
    ):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/")
    assert not Refund.objects.exists()


def test_without_the_right_to_cancel_the_button_is_not_there(clerk: Client, order: Order) -> None:
    assert page_of(order, "cancel") in clerk.get(page_of(order)).content.decode()
    Group.objects.get(name=SHOP_STAFF).permissions.remove(
        Permission.objects.get(codename="cancel_order")
    )
    html = clerk.get(page_of(order)).content.decode()
    assert page_of(order, "cancel") not in html
    assert page_of(order, "refund") in html
    assert clerk.get(page_of(order, "cancel")).status_code == 302


def test_when_all_is_given_back_nothing_is_offered(clerk: Client, order: Order) -> None:
    clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()})
    html = clerk.get(page_of(order)).content.decode()
    assert page_of(order, "refund") not in html
    assert page_of(order, "cancel") not in html
    followed = clerk.get(page_of(order, "refund"), follow=True)
    assert "Nothing is left of this order to be given back." in read(followed)
    followed = clerk.get(page_of(order, "cancel"), follow=True)
    assert "Nothing of this order can be canceled now." in read(followed)
