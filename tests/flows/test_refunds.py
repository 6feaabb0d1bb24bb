"""Money back from the desk: the real views, the real SDK over HTTP, the sandbox playing Stripe."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from checkout import gateway
from home.granting import create_roles
from home.roles import SHOP_STAFF
from orders.models import Order, OutgoingEmail, Refund
from orders.refunds import send_refund
from orders.status import OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page, make_user
from tests.flows.shopper import Shopper

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def order(shopper: Shopper) -> Order:
    make_product_page(sku="MUG", price="24", on_hand=5)
    return shopper.buy("MUG", 2)


@pytest.fixture
def clerk() -> Client:
    create_roles()
    client = Client()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


def page_of(order: Order, action: str) -> str:
    return reverse(f"orders_order_modeladmin_{action}", args=[order.pk])


def give_back(clerk: Client, order: Order, amount: str) -> Refund:
    form = {"submission": uuid.uuid4(), "other": amount, "confirmed": amount}
    assert clerk.post(page_of(order, "refund"), form).status_code == 302
    return Refund.objects.latest("pk")


def test_a_canceled_order_is_paid_back_at_stripe_and_its_webhooks_change_nothing(
    shopper: Shopper, clerk: Client, order: Order
) -> None:
    clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()})
    order.refresh_from_db()
    refund = Refund.objects.get()
    assert (order.status, refund.state) == (OrderStatus.CANCELED, "succeeded")
    [event] = shopper.sandbox.events("refund.created")
    told = event["data"]["object"]
    assert (told["id"], told["amount"]) == (refund.stripe_id, 5290)
    assert told["metadata"] == {"refund": str(refund.submission), "order": order.number}
    record = StockRecord.objects.get()
    assert (record.on_hand, record.allocated) == (5, 0)

    before = order.events.count()
    for kind in ("refund.created", "refund.updated"):
        assert shopper.deliver(kind).status_code == 200
    assert Refund.objects.count() == 1
    assert order.events.count() == before
    assert order.emails.filter(kind=OutgoingEmail.Kind.CANCELED).count() == 1


def test_the_webhook_of_a_refund_whose_answer_was_lost_finds_it(
    shopper: Shopper, clerk: Client, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = gateway.create_refund

    def lose_answer(request: dict, key: str) -> gateway.GatewayRefund:
        real(request, key)
        raise gateway.GatewayUnavailable("the connection broke")

    with monkeypatch.context() as patch:
        patch.setattr("checkout.gateway.create_refund", lose_answer)
        refund = give_back(clerk, order, "10")
    assert (refund.state, refund.stripe_id) == ("new", None)
    shopper.deliver("refund.created")
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    send_refund(refund)
    assert len(shopper.sandbox.events("refund.created")) == 1


def test_asked_again_after_a_lost_answer_it_is_the_same_refund(
    shopper: Shopper, clerk: Client, order: Order, settings
) -> None:
    base = settings.STRIPE_API_BASE
    settings.STRIPE_API_BASE = NOBODY
    refund = give_back(clerk, order, "10")
    assert refund.state == "new"
    settings.STRIPE_API_BASE = base
    for _run in range(2):
        Refund.objects.update(state="new")
        send_refund(Refund.objects.get())
    assert len(shopper.sandbox.events("refund.created")) == 1
    assert Refund.objects.get().state == "succeeded"


def test_a_refund_that_stripe_refuses_is_undone(
    shopper: Shopper, clerk: Client, order: Order
) -> None:
    """The dashboard was quicker, and its webhook has not arrived."""
    shopper.sandbox.refund(order.payments.get().payment_intent)
    clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()})
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Refund.objects.get().state == "failed"
    assert StockRecord.objects.get().allocated == 2
    shopper.deliver("refund.created")
    assert sorted(Refund.objects.values_list("state", flat=True)) == ["failed", "succeeded"]
    assert "Cancel the order" in order.events.get(kind="attention").text
    clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()})
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELED


def test_an_unpaid_order_is_canceled_with_its_session_at_stripe(
    shopper: Shopper, clerk: Client
) -> None:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    done = clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()}, follow=True)
    assert "The order is canceled." in done.content.decode()
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELED
    assert shopper.sandbox.session(session_id)["status"] == "expired"
    assert StockRecord.objects.get().allocated == 0
    assert order.events.get(status="canceled").source == "desk clerk"


def test_an_order_that_was_paid_a_moment_ago_stays(shopper: Shopper, clerk: Client) -> None:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    done = clerk.post(page_of(order, "cancel"), {"submission": uuid.uuid4()}, follow=True)
    assert "The order was paid a moment ago." in done.content.decode()
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
