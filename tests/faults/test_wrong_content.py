"""News that Stripe did send, of something else than was agreed; and addresses that claim things."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from checkout import gateway
from orders.models import Invoice, Order, OutgoingEmail, Payment
from orders.status import OrderStatus
from products.models import StockRecord
from tests.factories import make_order, make_product_page
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.events import changed, completed, delayed
from tests.flows.shopper import Shopper

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(shopper: Shopper) -> tuple[Order, str]:  # noqa: F811
    """An order that waits for its payment, and its session."""
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    return shopper.check_out()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sessions that Stripe is asked about."""
    sessions: list[str] = []
    real = gateway.retrieve_session

    def note(session_id: str) -> gateway.CheckoutSession:
        sessions.append(session_id)
        return real(session_id)

    monkeypatch.setattr("checkout.gateway.retrieve_session", note)
    return sessions


@pytest.mark.parametrize("amount", [0, 5290])
def test_a_session_that_asked_for_no_payment_pays_no_order(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
    amount: int,
) -> None:
    """Whatever it says of the amount: each order of the shop costs something."""
    order, session_id = waiting
    event = changed(
        completed(shopper, session_id), amount_total=amount, payment_intent=None,
        payment_status="no_payment_required",
    )  # fmt: skip
    assert shopper.post_event(event).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.REVIEW
    assert (Payment.objects.count(), Invoice.objects.count()) == (0, 0)
    assert [mail.kind for mail in OutgoingEmail.objects.all()] == ["staff_attention"]


def test_a_session_of_another_mode_that_is_not_ours_changes_nothing(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
) -> None:
    order, session_id = waiting
    event = completed(shopper, session_id)
    for number, mode in enumerate(("subscription", "setup")):
        foreign = changed(event, f"evt_{number}", id=f"cs_test_{mode}", mode=mode, metadata={})
        assert shopper.post_event(foreign).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
    assert order.events.filter(kind="mismatch").count() == 0


def test_the_paid_session_of_one_order_pays_no_other_that_it_names(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
) -> None:
    """What a session carries with it can be chosen by who makes it; its id cannot."""
    order, session_id = waiting
    other = make_order(total="52.90")
    event = changed(
        completed(shopper, session_id), client_reference_id=other.number,
        metadata={"order": other.number, "attempt": f"order-{other.number}-1"},
    )  # fmt: skip
    shopper.post_event(event)
    order.refresh_from_db()
    other.refresh_from_db()
    assert (order.status, other.status) == (OrderStatus.PAID, OrderStatus.AWAITING_PAYMENT)


def test_a_payment_that_the_bank_still_thinks_about_is_shown_as_that(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
) -> None:
    order, session_id = waiting
    shopper.post_event(delayed(completed(shopper, session_id), "evt_1", "completed", "unpaid"))
    page = shopper.client.get(order.get_absolute_url())
    assert page.context["state"] == "processing"
    assert not page.context["can_pay"]
    assert (Payment.objects.count(), Invoice.objects.count()) == (0, 0)


FOREIGN = (
    "", "cs_test_", "cs_live_1234567890", "cs_test_somebodyelses", "cs_test_" + "a" * 61,
    "cs_test_a\n", "cs_test_٣", "{CHECKOUT_SESSION_ID}", "<script>alert(1)</script>",
    "cs_test_1' OR '1'='1", "../../v1/refunds", ["cs_test_1", "cs_test_2"],
)  # fmt: skip


def test_the_way_back_with_another_session_asks_nobody_and_tells_the_truth(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
    asked: list[str],
) -> None:
    order, session_id = waiting
    shopper.sandbox.pay(session_id)
    path = f"/checkout/return/{order.token}/"
    for given in FOREIGN:
        response = shopper.client.get(path, {"session_id": given})
        assert response["Location"] == order.get_absolute_url(), given
    assert asked == []
    assert shopper.client.get(order.get_absolute_url()).context["state"] == "unpaid"
    assert not Payment.objects.exists()


def test_nobody_comes_back_to_an_order_by_guessing(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
    asked: list[str],
) -> None:
    order, session_id = waiting
    shopper.sandbox.pay(session_id)
    for token in ("x" * len(order.token), order.number, str(order.pk)):
        path = f"/checkout/return/{token}/"
        assert shopper.client.get(path, {"session_id": session_id}).status_code == 404
    assert asked == []


def test_the_way_back_after_thirty_days_shows_what_became_of_the_order(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
    asked: list[str],
) -> None:
    order, session_id = waiting
    shopper.sandbox.expire(session_id)
    shopper.deliver("checkout.session.expired")
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        response = shopper.come_back(order, session_id)
        page = shopper.client.get(response["Location"])
    assert page.context["state"] == "expired"
    assert asked == []
    assert StockRecord.objects.get().allocated == 0


def test_the_way_back_without_a_payment_shows_an_order_that_waits(
    shopper: Shopper,  # noqa: F811
    waiting: tuple[Order, str],
    asked: list[str],
) -> None:
    order, session_id = waiting
    response = shopper.come_back(order, session_id)
    assert asked == [session_id]
    page = shopper.client.get(response["Location"])
    assert page.context["state"] != "paid"
    order.refresh_from_db()
    assert order.status == OrderStatus.AWAITING_PAYMENT
