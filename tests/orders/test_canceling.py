"""Orders that the shop gives up: one step, whatever state of money and goods it finds."""

import uuid

import pytest

from orders import canceling, refunds
from orders.canceling import CannotCancel, cancel_order
from orders.models import Dispute, Order, OutgoingEmail, Refund
from orders.provider import ProviderUnavailable
from orders.refund_records import record_refund
from orders.shipping import ParcelDraft, ship_order
from orders.status import CANCELABLE, OrderStatus
from tests.factories import make_order, make_user
from tests.orders.refunding import euros, line_of, lines_of, make_paid_order, stock
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)
    return double


def kinds_of(order: Order) -> list[str]:
    return list(order.emails.order_by("pk").values_list("kind", flat=True))


def test_a_paid_order_gives_back_all_of_it_and_frees_its_goods(stripe: ProviderDouble) -> None:
    order = make_paid_order()
    refund = cancel_order(order=order, user=make_user("clerk"), note="The kiln broke.")
    assert refund is not None
    assert (refund.money, refund.other_amount) == (euros("160.90"), 0)
    assert order.money(refund.shipping_amount) == euros("4.90")
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert stock() == {"MUG-1": (10, 0), "BOWL-1": (2, 0)}
    assert kinds_of(order) == ["order_canceled"]


def test_what_was_given_back_before_is_taken_off(stripe: ProviderDouble) -> None:
    order = make_paid_order()
    record_refund(
        order.payments.get(), stripe_id="re_9", amount=euros("10"), state="succeeded", source="w"
    )
    refund = cancel_order(order=order, user=None)
    assert refund is not None
    assert (refund.money, refund.other_amount) == (euros("150.90"), -10)


def test_when_all_went_back_in_the_dashboard_only_the_goods_are_left(
    stripe: ProviderDouble,
) -> None:
    order = make_paid_order()
    record_refund(
        order.payments.get(), stripe_id="re_9", amount=euros("160.90"), state="succeeded",
        source="w",
    )  # fmt: skip
    cancel_order(order=order, user=None)
    assert stripe.asked == []
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert stock() == {"MUG-1": (10, 0), "BOWL-1": (2, 0)}


@pytest.mark.parametrize(("taken", "left"), [("160.90", []), ("100", ["60.90"])])
def test_what_the_bank_took_back_for_good_is_not_given_back_again(
    stripe: ProviderDouble, taken: str, left: list[str]
) -> None:
    order = make_paid_order()
    for state, amount in (("lost", taken), ("won", "160.90")):
        Dispute.objects.create(
            order=order, stripe_id=f"dp_{state}", amount=amount, currency="EUR", state=state
        )
    cancel_order(order=order, user=None)
    assert [one.amount for one in stripe.asked] == [euros(amount) for amount in left]
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert stock() == {"MUG-1": (10, 0), "BOWL-1": (2, 0)}


def test_of_a_partly_shipped_order_only_the_rest_goes_back(stripe: ProviderDouble) -> None:
    order = make_paid_order()
    ship_order(order=order, parcel=ParcelDraft({line_of(order, "MUG-1").pk: 3}), user=None)
    order.refresh_from_db()
    refund = cancel_order(order=order, user=None)
    assert refund is not None
    assert refund.money == euros("84")  # A mug and two bowls, without the delivery.
    assert Order.objects.get().status == OrderStatus.SHIPPED
    assert stock() == {"MUG-1": (7, 0), "BOWL-1": (2, 0)}


def test_paid_too_late_for_its_goods_is_refundable_in_one_step(stripe: ProviderDouble) -> None:
    order = make_paid_order(status=OrderStatus.REVIEW)
    order.lines.update(allocated=0)
    refund = cancel_order(order=order, user=None)
    assert refund is not None
    assert refund.money == euros("160.90")
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert lines_of(order) == {"MUG-1": (0, 0, 4, 0), "BOWL-1": (0, 0, 2, 0)}
    # Nothing was held for it any more, so nothing is freed.
    assert stock() == {"MUG-1": (10, 4), "BOWL-1": (2, 2)}


def test_of_a_wrong_amount_exactly_that_goes_back(stripe: ProviderDouble) -> None:
    order = make_paid_order(status=OrderStatus.REVIEW)
    order.payments.update(amount="155.90")
    refund = cancel_order(order=order, user=None)
    assert refund is not None
    assert (refund.money, refund.other_amount) == (euros("155.90"), -5)


def test_an_order_in_review_without_a_payment_of_its_own_is_canceled_without_a_refund(
    stripe: ProviderDouble,
) -> None:
    order = make_paid_order(status=OrderStatus.REVIEW)
    order.payments.all().delete()
    clerk = make_user("clerk")
    assert cancel_order(order=order, user=clerk) is None
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert stock() == {"MUG-1": (10, 0), "BOWL-1": (2, 0)}
    assert order.events.get().user == clerk
    assert kinds_of(order) == ["order_canceled"]


def test_while_stripe_does_not_answer_it_stays_and_is_canceled_later(
    stripe: ProviderDouble,
) -> None:
    order = make_paid_order()
    stripe.trouble = ProviderUnavailable("APIError 500")
    refund = cancel_order(order=order, user=None)
    assert refund is not None
    assert (refund.state, Order.objects.get().status) == ("new", OrderStatus.PAID)
    stripe.trouble = None
    refunds.send_refund(refund)
    assert Order.objects.get().status == OrderStatus.CANCELED


def test_the_same_form_sent_twice_cancels_once(stripe: ProviderDouble) -> None:
    order, submission = make_paid_order(), uuid.uuid4()
    cancel_order(order=order, user=None, submission=submission)
    with pytest.raises(CannotCancel, match="“Canceled”, so nothing of it can be canceled"):
        cancel_order(order=Order.objects.get(), user=None, submission=submission)
    # One that had been read before the first was done.
    cancel_order(order=order, user=None, submission=submission)
    assert Refund.objects.count() == len(stripe.asked) == 1


@pytest.mark.parametrize("status", sorted(set(OrderStatus) - CANCELABLE))
def test_in_other_states_nothing_is_canceled(stripe: ProviderDouble, status: str) -> None:
    order = make_order(status=OrderStatus(status))
    with pytest.raises(CannotCancel):
        cancel_order(order=order, user=None)
    assert not OutgoingEmail.objects.exists()
