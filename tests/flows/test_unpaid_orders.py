"""Whose money comes late, is refused, or does not come hears of it, with a way to pay or to order
again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from checkout.reconciling import expire_orders
from orders.models import Order, OutgoingEmail
from orders.outbox import process_outbox
from orders.status import OrderStatus
from products.models import StockRecord
from tests.factories import make_product_page
from tests.flows.events import changed, completed, delayed
from tests.flows.shopper import Shopper


@pytest.fixture
def ready(shopper: Shopper) -> Shopper:
    make_product_page("Mug", sku="MUG", price="24.00", on_hand=5)
    shopper.add("MUG", 2)
    shopper.client.get("/cart/")
    return shopper


def kinds() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("kind", flat=True))


def let_the_time_pass(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert expire_orders() == 1


def sent() -> mail.EmailMultiAlternatives:
    """The one mail that went out."""
    mail.outbox.clear()
    assert process_outbox() == 1
    [message] = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    return message


def test_a_slow_bank_is_told_of_once_and_the_confirmation_follows(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    event = completed(ready, session_id)
    for number in range(3):
        ready.post_event(delayed(event, f"evt_{number}", "completed", "unpaid"))
    assert kinds() == ["payment_processing"]
    message = sent()
    assert message.to == ["alice@example.com"]
    assert message.subject == (
        f"We have your Fern & Kettle order {order.number}; your payment is on its way"
    )
    assert "Your bank needs some days for this kind of payment" in message.body
    assert order.full_url in message.body

    # It was sent, so it stays.
    ready.post_event(delayed(event, "evt_paid", "async_payment_succeeded", "paid"))
    assert kinds() == ["payment_processing", "order_confirmation", "staff_new_order"]


def refuse(shopper: Shopper, session_id: str, *, times: int = 1) -> None:
    event = completed(shopper, session_id)
    shopper.post_event(delayed(event, "evt_open", "completed", "unpaid"))
    sent()
    for number in range(times):
        shopper.post_event(delayed(event, f"evt_{number}", "async_payment_failed", "unpaid"))


def test_a_refused_payment_is_told_of_with_the_way_to_pay(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    refuse(ready, session_id, times=3)
    assert kinds() == ["payment_processing", "payment_failed"]
    message = sent()
    assert "Your bank did not let the payment" in message.body
    assert "Your things are still held for you until" in message.body
    assert f"Pay now:\n{order.full_url}" in message.body
    assert ready.client.post(f"/orders/{order.token}/pay/").status_code == 303


def test_a_late_mail_about_a_refused_payment_offers_only_what_still_holds(ready: Shopper) -> None:
    order, session_id = ready.check_out()
    refuse(ready, session_id)
    Order.objects.update(status=OrderStatus.EXPIRED)
    message = sent()
    assert "held for you" not in message.body
    assert "Pay now" not in message.body
    assert f"See your order:\n{order.full_url}" in message.body


def test_who_lets_the_time_pass_hears_of_it_and_can_order_again(ready: Shopper) -> None:
    order, _session_id = ready.check_out()
    let_the_time_pass(order)
    assert kinds() == ["order_expired"]
    message = sent()
    assert "was not paid in time" in message.body
    assert f"Order again:\n{order.full_url}" in message.body

    page = ready.client.get(order.get_absolute_url()).content.decode()
    assert f'action="/orders/{order.token}/again/"' in page


def test_money_after_its_time_takes_back_the_mail_that_nobody_sent_yet(ready: Shopper) -> None:
    _order, session_id = ready.check_out()
    event = completed(ready, session_id)
    expired = changed(event, "evt_expired", status="expired")
    ready.post_event({**expired, "type": "checkout.session.expired"})
    assert kinds() == ["order_expired"]
    ready.post_event(event)
    assert kinds() == ["order_confirmation", "staff_new_order"]


def test_a_second_order_of_the_same_person_silences_the_first(ready: Shopper) -> None:
    first, _session_id = ready.check_out()
    make_product_page("Bowl", sku="BOWL", price="24.00", on_hand=5)
    ready.add("BOWL")
    second, session_id = ready.check_out(email="Alice@Example.com")
    assert second.pk != first.pk
    ready.sandbox.pay(session_id)
    ready.deliver()
    OutgoingEmail.objects.all().delete()
    Order.objects.filter(pk=first.pk).update(status=OrderStatus.AWAITING_PAYMENT)
    first.attempts.update(checked_at=None)
    let_the_time_pass(first)
    assert kinds() == []


def test_who_gives_up_hears_nothing(ready: Shopper) -> None:
    ready.check_out()
    ready.add("MUG")
    ready.check_out()
    first = Order.objects.earliest("pk")
    assert first.status == OrderStatus.CANCELED
    assert kinds() == []


# --- Ordering again -----------------------------------------------------------------------------


def again(shopper: Shopper, order: Order) -> str:
    response = shopper.client.post(f"/orders/{order.token}/again/", follow=True)
    assert response.redirect_chain == [("/cart/", 302)]
    return " ".join(response.content.decode().split())


def test_all_of_an_order_comes_back_into_an_empty_cart(ready: Shopper) -> None:
    order, _session_id = ready.check_out()
    let_the_time_pass(order)
    ready.client.cookies.clear()
    assert "Added to your cart: Mug." in again(ready, order)
    assert ready.client.get("/checkout/").status_code == 200
    assert "All of it is in your cart already." in again(ready, order)


def test_what_is_sold_out_meanwhile_is_named(ready: Shopper) -> None:
    order, _session_id = ready.check_out()
    let_the_time_pass(order)
    ready.client.cookies.clear()
    StockRecord.objects.update(on_hand=1)
    assert "There is no more than this, and it is in your cart: 1 of Mug." in again(ready, order)
    ready.client.cookies.clear()
    StockRecord.objects.update(on_hand=0)
    assert "Not added: Mug (sold out)." in again(ready, order)


def test_an_order_that_can_still_be_paid_is_shown_instead(ready: Shopper) -> None:
    order, _session_id = ready.check_out()
    response = ready.client.post(f"/orders/{order.token}/again/")
    assert response["Location"] == order.get_absolute_url()
    assert ready.client.get(f"/orders/{order.token}/again/").status_code == 405
    assert ready.client.post("/orders/nobody/again/").status_code == 404
