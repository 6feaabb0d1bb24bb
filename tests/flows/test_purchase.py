"""From the cart to a paid order, and what the shop did on the way."""

from decimal import Decimal

from django.core import mail

from customers.new_links import replace_link
from orders.models import Invoice, Order, OutgoingEmail, Payment, PaymentAttempt
from orders.outbox import process_outbox
from orders.status import AttemptState, OrderStatus
from products.models import StockRecord
from tests.factories import make_order, make_product_page
from tests.flows.events import completed
from tests.flows.shopper import Shopper


def test_a_purchase_ends_in_a_paid_order_with_invoice_and_mails(
    shopper: Shopper, django_capture_on_commit_callbacks
) -> None:
    make_product_page(sku="MUG", price="24.00", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    assert (order.subtotal, order.shipping_total, order.total) == (
        Decimal("48.00"), Decimal("4.90"), Decimal("52.90"),
    )  # fmt: skip
    assert order.tax_total == Decimal("8.45")  # Of 52.90; 7.66 of the goods, the rest of the parcel
    assert StockRecord.objects.get().available == 3

    shopper.sandbox.pay(session_id)
    with django_capture_on_commit_callbacks() as nudges:
        assert shopper.deliver().status_code == 200

    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    payment = Payment.objects.get()
    assert (payment.order, payment.amount, payment.currency) == (order, Decimal("52.90"), "EUR")
    assert PaymentAttempt.objects.get().state == AttemptState.COMPLETE
    assert Invoice.objects.get().number.endswith("-00001")
    assert len(nudges) == 2
    assert process_outbox() == 2
    confirmation, notice = mail.outbox
    assert confirmation.to == ["alice@example.com"]
    name, content, mimetype = confirmation.attachments[0]
    assert (name, mimetype) == (f"{Invoice.objects.get().number}.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert notice.to == ["orders@example.com"]
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {"sent"}
    assert StockRecord.objects.get().allocated == 2


def test_the_session_asks_for_exactly_the_total_of_the_order(shopper: Shopper) -> None:
    make_product_page(sku="MUG", price="19.99")
    shopper.add("MUG", 3)
    order, session_id = shopper.check_out()
    session = shopper.sandbox.session(session_id)
    assert session["amount_total"] == 5997 + 490 == order.total_money.to_minor()
    assert session["currency"] == "eur"
    assert session["client_reference_id"] == order.number
    assert session["metadata"]["order"] == order.number


def test_the_cart_is_emptied_when_the_order_is_paid_and_not_before(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    _order, session_id = shopper.check_out()
    assert len(shopper.client.get("/cart/").context["cart"].lines) == 1

    shopper.sandbox.pay(session_id)
    shopper.deliver()

    cart = shopper.client.get("/cart/")
    assert cart.context["cart"].is_empty
    assert cart.cookies["cart_count"].value == ""


def test_what_was_added_after_the_order_stays_in_the_cart(shopper: Shopper) -> None:
    make_product_page("Mug", sku="MUG")
    make_product_page("Pot", sku="POT")
    shopper.add("MUG")
    _order, session_id = shopper.check_out()
    shopper.add("MUG")
    shopper.add("POT")
    shopper.sandbox.pay(session_id)
    shopper.deliver()
    lines = shopper.client.get("/cart/").context["cart"].lines
    assert [(line.sku, line.quantity) for line in lines] == [("MUG", 1), ("POT", 1)]


def test_coming_back_before_the_webhook_shows_the_payment_all_the_same(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)

    response = shopper.come_back(order, session_id)

    assert response["Location"] == f"/orders/{order.token}/"
    assert shopper.client.get(response["Location"]).context["state"] == "paid"
    assert shopper.deliver().status_code == 200  # The late webhook changes nothing.
    assert Payment.objects.count() == 1
    assert Invoice.objects.count() == 1
    assert OutgoingEmail.objects.count() == 2


def test_the_return_page_asks_for_no_session_of_another_order(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    shopper.come_back(make_order(), session_id)
    assert order.attempts.get().returned_at is None
    shopper.come_back(order, session_id)
    assert order.attempts.get().returned_at is not None


def test_the_return_page_never_claims_success_from_its_address(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    for given in (session_id, "cs_test_ofsomebodyelse", "<script>", ""):
        shopper.come_back(order, given)
        order.refresh_from_db()
        assert order.status == OrderStatus.AWAITING_PAYMENT
    assert not Payment.objects.exists()


def test_going_back_from_stripe_leads_to_a_full_cart_and_a_payable_order(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, _session_id = shopper.check_out()
    response = shopper.client.get(f"/checkout/canceled/{order.token}/", follow=True)
    assert response.redirect_chain == [("/cart/", 302)]
    assert len(response.context["cart"].lines) == 1
    assert response.context["open_order"] == order


def test_the_same_form_twice_makes_one_order_and_one_session(shopper: Shopper) -> None:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG")
    form = shopper.checkout_form()
    first, second = shopper.send(form), shopper.send(form)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1
    assert PaymentAttempt.objects.count() == 1
    assert StockRecord.objects.get().allocated == 1


def test_going_back_and_changing_the_address_replaces_the_order(shopper: Shopper) -> None:
    make_product_page(sku="MUG", on_hand=1)
    shopper.add("MUG")
    form = shopper.checkout_form()
    shopper.send(form)
    shopper.send({**form, "city": "Potsdam"})
    first, second = Order.objects.order_by("pk")
    assert (first.status, first.city) == (OrderStatus.CANCELED, "Berlin")
    assert (second.status, second.city) == (OrderStatus.AWAITING_PAYMENT, "Potsdam")
    assert shopper.sandbox.session(first.attempts.get().session_id)["status"] == "expired"
    assert StockRecord.objects.get().allocated == 1


def test_pay_now_leads_to_the_same_session(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    again = shopper.client.post(f"/orders/{order.token}/pay/")
    assert again.status_code == 303
    assert session_id in again["Location"]


def test_a_paid_order_cannot_be_paid_again(shopper: Shopper) -> None:
    make_product_page(sku="MUG")
    order = shopper.buy("MUG")
    again = shopper.client.post(f"/orders/{order.token}/pay/")
    assert again["Location"] == order.get_absolute_url()
    assert PaymentAttempt.objects.count() == 1


def test_a_changed_price_is_shown_before_anything_is_ordered(shopper: Shopper) -> None:
    page = make_product_page(sku="MUG", price="24.00")
    shopper.add("MUG")
    form = shopper.checkout_form()
    page.product.variants.update(price="29.00")
    response = shopper.send(form)
    assert response.status_code == 200
    assert "a price changed" in response.content.decode()
    assert not Order.objects.exists()
    accepted = {**form, "quote": response.context["form"]["quote"].value()}
    assert shopper.send(accepted).status_code == 303
    assert Order.objects.get().subtotal == Decimal("29.00")


def test_the_last_piece_taken_meanwhile_leads_back_to_the_cart(shopper: Shopper) -> None:
    make_product_page(sku="MUG", on_hand=1)
    shopper.add("MUG")
    form = shopper.checkout_form()
    StockRecord.objects.update(allocated=1)
    response = shopper.send(form)
    assert response["Location"] == "/cart/"
    assert not Order.objects.exists()
    assert "sold out" in shopper.client.get("/cart/").content.decode()


def test_what_was_paid_leaves_the_cart_though_the_order_was_given_another_link(
    shopper: Shopper,
) -> None:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    shopper.post_event(completed(shopper, session_id))
    assert replace_link(order, source="order page")
    assert shopper.client.get("/cart/").context["cart"].is_empty
