"""Refunds: written down first, asked for, told of by Stripe; goods and money always agree."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from orders import refund_answers, refunds
from orders.models import Order, OutgoingEmail, Refund
from orders.provider import ProviderRejected, ProviderStuck, ProviderUnavailable
from orders.refund_draft import CannotRefund, refundable
from orders.refund_records import record_refund
from orders.refunds import request_refund, send_refund
from orders.shipping import ParcelDraft, ship_order
from orders.status import OrderStatus
from orders.waiting_refunds import send_waiting_refunds
from tests.factories import make_user
from tests.orders.desk import pay
from tests.orders.refunding import (
    draft_of,
    euros,
    line_of,
    lines_of,
    make_paid_order,
    piece,
    stock,
)
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    for module in (refunds, refund_answers):
        monkeypatch.setattr(module, "payment_provider", lambda: double)
    return double


@pytest.fixture
def order() -> Order:
    return make_paid_order()


def give_back(order: Order, *lines: object, **amounts: str) -> Refund:
    refund = request_refund(draft=draft_of(order, *lines, **amounts), user=None)  # type: ignore[arg-type]
    send_refund(refund)
    return refund


def test_one_piece_before_it_is_shipped_goes_back_on_sale(
    order: Order, stripe: ProviderDouble
) -> None:
    refund = give_back(order, piece(order, "MUG-1", 1))
    assert (refund.state, refund.money) == ("succeeded", euros("24"))
    assert stock() == {"MUG-1": (10, 3), "BOWL-1": (2, 2)}
    assert lines_of(order) == {"MUG-1": (3, 0, 1, 0), "BOWL-1": (2, 0, 0, 0)}
    assert Order.objects.get().status == OrderStatus.PAID
    [asked] = stripe.asked
    assert (asked.payment_intent, asked.amount) == ("pi_F7", euros("24"))
    assert (asked.order_number, asked.reference) == ("F7", refund.submission)


def test_a_broken_piece_is_written_off(order: Order, stripe: ProviderDouble) -> None:
    give_back(order, piece(order, "BOWL-1", 1, back=False))
    assert stock() == {"MUG-1": (10, 4), "BOWL-1": (1, 1)}
    assert lines_of(order)["BOWL-1"] == (1, 0, 1, 0)


@pytest.mark.parametrize(("back", "on_hand"), [(True, 8), (False, 7)])
def test_a_shipped_piece_comes_back_to_the_shelf_only_if_the_clerk_says_so(
    order: Order, stripe: ProviderDouble, back: bool, on_hand: int
) -> None:
    parcel = ParcelDraft({line_of(order, "MUG-1").pk: 3})
    ship_order(order=order, parcel=parcel, user=None)
    give_back(order, piece(order, "MUG-1", 1, was_shipped=True, back=back))
    assert stock()["MUG-1"] == (on_hand, 1)
    assert lines_of(order)["MUG-1"] == (1, 3, 0, 1)
    assert Order.objects.get().status == OrderStatus.PARTLY_SHIPPED


def test_a_shipped_and_a_waiting_piece_of_one_line_in_one_refund(
    order: Order, stripe: ProviderDouble
) -> None:
    ship_order(order=order, parcel=ParcelDraft({line_of(order, "MUG-1").pk: 3}), user=None)
    shipped = piece(order, "MUG-1", 2, was_shipped=True)
    refund = give_back(order, shipped, piece(order, "MUG-1", 1), shipping="4.90", other="2")
    assert refund.money == euros("78.90")
    assert lines_of(order)["MUG-1"] == (0, 3, 1, 2)
    assert stock()["MUG-1"] == (9, 0)


def test_when_nothing_is_left_to_ship_the_order_is_canceled(
    order: Order, stripe: ProviderDouble
) -> None:
    give_back(order, piece(order, "MUG-1", 4))
    assert Order.objects.get().status == OrderStatus.PAID
    give_back(order, piece(order, "BOWL-1", 2))
    assert Order.objects.get().status == OrderStatus.CANCELED
    assert stock() == {"MUG-1": (10, 0), "BOWL-1": (2, 0)}
    kinds = list(order.emails.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["order_refunded", "order_canceled"]


def test_when_the_rest_is_canceled_a_partly_shipped_order_is_shipped(
    order: Order, stripe: ProviderDouble
) -> None:
    ship_order(order=order, parcel=ParcelDraft({line_of(order, "MUG-1").pk: 4}), user=None)
    give_back(order, piece(order, "BOWL-1", 2))
    assert Order.objects.get().status == OrderStatus.SHIPPED


def test_the_last_piece_that_is_shipped_after_a_refund_completes_the_order(
    order: Order, stripe: ProviderDouble
) -> None:
    give_back(order, piece(order, "BOWL-1", 2))
    ship_order(order=order, parcel=ParcelDraft({line_of(order, "MUG-1").pk: 4}), user=None)
    assert Order.objects.get().status == OrderStatus.SHIPPED


def test_an_amount_alone_touches_no_goods(order: Order, stripe: ProviderDouble) -> None:
    give_back(order, other="10")
    assert lines_of(order) == {"MUG-1": (4, 0, 0, 0), "BOWL-1": (2, 0, 0, 0)}
    assert refundable(order.payments.get()) == euros("150.90")


def test_the_same_form_sent_twice_is_one_refund(order: Order, stripe: ProviderDouble) -> None:
    draft = draft_of(order, piece(order, "MUG-1", 1))
    first = request_refund(draft=draft, user=None)
    assert request_refund(draft=draft, user=None) == first
    assert lines_of(order)["MUG-1"] == (3, 0, 1, 0)


@pytest.mark.parametrize(
    ("lines", "amounts", "words"),
    [
        ([("MUG-1", 5, False)], {}, "The order has changed meanwhile"),
        ([("MUG-1", 1, True)], {}, "The order has changed meanwhile"),
        ([("MUG-1", 0, False)], {}, "The order has changed meanwhile"),
        ([], {}, "Say what is to be refunded"),
        ([], {"other": "-1"}, "Say what is to be refunded"),
        ([], {"other": "160.91"}, "€160.91 is more than the €160.90 that are left of this payment"),
        ([], {"shipping": "5"}, "€5.00 is more than the €4.90 that are left of the delivery"),
    ],
)
def test_what_cannot_be_refunded_is_refused_and_leaves_no_trace(
    order: Order,
    stripe: ProviderDouble,
    lines: list[tuple[str, int, bool]],
    amounts: dict[str, str],
    words: str,
) -> None:
    pieces = [piece(order, sku, number, was_shipped=gone) for sku, number, gone in lines]
    with pytest.raises(CannotRefund, match=words):
        give_back(order, *pieces, **amounts)
    assert not Refund.objects.exists()
    assert lines_of(order)["MUG-1"] == (4, 0, 0, 0)
    assert stripe.asked == []


def test_a_refund_that_was_only_asked_for_counts_already(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.trouble = ProviderUnavailable("APIError 500")
    give_back(order, piece(order, "MUG-1", 4), shipping="4.90")
    with pytest.raises(CannotRefund, match="order has changed"):
        give_back(order, piece(order, "MUG-1", 1))
    with pytest.raises(CannotRefund, match="left of the delivery"):
        give_back(order, shipping="0.01")
    with pytest.raises(CannotRefund, match="left of this payment"):
        give_back(order, other="60.01")


def test_without_an_answer_goods_wait_and_the_same_is_asked_again(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.trouble = ProviderUnavailable("APIError 500")
    refund = give_back(order, piece(order, "MUG-1", 1))
    assert (refund.state, stock()["MUG-1"]) == ("new", (10, 4))
    assert not order.emails.exists()
    assert send_waiting_refunds() == 0  # The answer may still be on its way.

    stripe.trouble = None
    Refund.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert send_waiting_refunds() == 1
    refund.refresh_from_db()
    assert (refund.state, stock()["MUG-1"]) == ("succeeded", (10, 3))
    assert stripe.asked[0] == stripe.asked[1]
    assert send_waiting_refunds() == 0


def test_after_almost_a_day_nobody_asks_again_and_the_staff_is_told_once(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.trouble = ProviderUnavailable("APIError 500")
    stripe.books_are_shut = True
    refund = give_back(order, piece(order, "MUG-1", 1))
    Refund.objects.update(created_at=timezone.now() - timedelta(hours=21))
    for _run in range(2):
        assert send_waiting_refunds() == 1
    assert len(stripe.asked) == 1
    [email] = order.emails.all()
    assert (email.kind, email.about) == ("staff_attention", f"refund-{refund.pk}")
    assert order.events.filter(kind="attention").count() == 1
    refund.refresh_from_db()
    assert (refund.state, lines_of(order)["MUG-1"]) == ("new", (3, 0, 1, 0))


def wait(**delta: float) -> None:
    """Lets the refund have been asked for so long ago, and stuck for as long, and the job run."""
    then = timezone.now() - timedelta(**delta)
    Refund.objects.update(created_at=then)
    Refund.objects.filter(stuck_since__isnull=False).update(stuck_since=then)
    assert send_waiting_refunds() == 1


def lose_answers(order: Order, stripe: ProviderDouble, trouble: Exception) -> Refund:
    """Stripe gives a mug back, and nobody is told."""
    refund = request_refund(draft=draft_of(order, piece(order, "MUG-1", 1)), user=None)
    stripe.refund(refund_answers.request_of(refund))
    stripe.trouble = trouble
    return refund


@pytest.mark.parametrize(
    ("trouble", "delta"),
    [
        (ProviderStuck("500, remembered"), {"minutes": 2}),
        (ProviderUnavailable("APIError 500"), {"hours": 20, "minutes": 1}),
    ],
)
def test_a_refund_that_stripe_made_without_an_answer_is_taken_over_from_its_books(
    order: Order, stripe: ProviderDouble, trouble: Exception, delta: dict[str, float]
) -> None:
    refund = lose_answers(order, stripe, trouble)
    wait(**delta)
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("succeeded", f"re_{refund.submission}")
    assert stock()["MUG-1"] == (10, 3)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize(
    ("trouble", "too_soon", "delta"),
    [
        (ProviderStuck("500, remembered"), {"minutes": 59}, {"minutes": 61}),
        (ProviderUnavailable("APIError 500"), {"hours": 20, "minutes": 59}, {"hours": 21}),
    ],
)
def test_a_refund_that_stripe_knows_nothing_of_fails_and_can_be_made_again(
    order: Order,
    stripe: ProviderDouble,
    trouble: Exception,
    too_soon: dict[str, float],
    delta: dict[str, float],
) -> None:
    stripe.trouble = trouble
    refund = give_back(order, piece(order, "MUG-1", 4), shipping="4.90")
    wait(**too_soon)
    refund.refresh_from_db()
    assert (refund.state, lines_of(order)["MUG-1"]) == ("new", (0, 0, 4, 0))
    wait(**delta)
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("failed", None)
    assert lines_of(order)["MUG-1"] == (4, 0, 0, 0)
    assert stock()["MUG-1"] == (10, 4)
    assert refundable(order.payments.get()) == euros("160.90")
    assert order.events.get(kind="attention").text == (
        "Stripe never answered about a refund of €100.90 and knows of none, so nothing was given "
        "back. Please refund it again."
    )
    assert [email.about for email in order.emails.all()] == [f"refund-{refund.pk}"]

    stripe.trouble = None
    again = give_back(order, piece(order, "MUG-1", 4), shipping="4.90")
    assert (again.state, send_waiting_refunds()) == ("succeeded", 0)
    assert list(stripe.paid) == [str(again.submission)]


def test_a_refund_that_reached_stripe_hours_late_is_not_given_up_within_the_hour(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.trouble = ProviderUnavailable("APIConnectionError")
    refund = give_back(order, piece(order, "MUG-1", 1))
    wait(hours=19)
    stripe.trouble = ProviderStuck("500, remembered")
    for hours in (19, 21):
        Refund.objects.update(created_at=timezone.now() - timedelta(hours=hours))
        assert send_waiting_refunds() == 1
        refund.refresh_from_db()
        assert refund.state == "new"
    wait(hours=21)
    refund.refresh_from_db()
    assert refund.state == "failed"


def test_a_refund_that_turns_up_after_it_was_given_up_counts_and_calls_a_person(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.trouble = ProviderStuck("500, remembered")
    refund = give_back(order, piece(order, "MUG-1", 1))
    wait(hours=2)
    for _delivery in range(2):
        record_refund(
            order.payments.get(), stripe_id="re_late", amount=euros("24"), state="succeeded",
            source="webhook", reference=str(refund.submission),
        )  # fmt: skip
    failed, late = Refund.objects.order_by("pk")
    assert (failed.state, failed.stripe_id) == ("failed", None)
    assert (late.state, late.stripe_id, late.lines.count()) == ("succeeded", "re_late", 0)
    assert refundable(order.payments.get()) == euros("136.90")
    assert lines_of(order)["MUG-1"] == (4, 0, 0, 0)
    _given_up, turned_up = order.events.filter(kind="attention")
    assert turned_up.text == (
        "€24.00 went back after all (re_late), of a refund that had failed here. Please look "
        "whether it was made again meanwhile."
    )


def test_what_stripe_refuses_is_undone(order: Order, stripe: ProviderDouble) -> None:
    stripe.trouble = ProviderRejected("InvalidRequestError 400 charge_already_refunded")
    refund = give_back(order, piece(order, "MUG-1", 1))
    assert refund.state == "failed"
    assert lines_of(order)["MUG-1"] == (4, 0, 0, 0)
    assert stock()["MUG-1"] == (10, 4)
    assert refundable(order.payments.get()) == euros("160.90")
    [event] = order.events.all()
    assert event.kind == "refund_failed"
    assert "charge_already_refunded" in event.text


def test_the_webhook_may_be_quicker_than_the_answer(order: Order, stripe: ProviderDouble) -> None:
    refund = request_refund(draft=draft_of(order, piece(order, "MUG-1", 1)), user=None)
    facts = {"stripe_id": f"re_{refund.submission}", "amount": euros("24"), "source": "webhook"}
    record_refund(
        order.payments.get(), state="succeeded", reference=str(refund.submission), **facts
    )
    send_refund(refund)
    assert Refund.objects.get().state == "succeeded"
    assert stock()["MUG-1"] == (10, 3)
    assert [event.kind for event in order.events.all()] == ["refund"]
    assert order.emails.count() == 1


@pytest.mark.parametrize("reference", ["", "not-a-uuid", "7ef66161-1ebf-409e-b587-0edd8a3593c3"])
def test_one_made_in_the_dashboard_looks_the_same(
    order: Order, stripe: ProviderDouble, reference: str
) -> None:
    for _delivery in range(2):
        record_refund(
            order.payments.get(), stripe_id="re_9", amount=euros("10"), state="pending",
            source="webhook", reference=reference,
        )  # fmt: skip
    refund = Refund.objects.get()
    assert (refund.state, refund.money, refund.lines.count()) == ("pending", euros("10"), 0)
    assert [email.kind for email in order.emails.all()] == ["order_refunded"]
    assert stock() == {"MUG-1": (10, 4), "BOWL-1": (2, 2)}


def test_all_of_the_money_back_from_the_dashboard_leaves_the_goods_to_a_person(
    order: Order, stripe: ProviderDouble
) -> None:
    record_refund(
        order.payments.get(), stripe_id="re_9", amount=euros("160.90"), state="succeeded",
        source="webhook",
    )  # fmt: skip
    assert Order.objects.get().status == OrderStatus.PAID
    kinds = set(order.emails.values_list("kind", flat=True))
    assert kinds == {"order_refunded", "staff_attention"}
    assert "Cancel the order" in order.events.get(kind="attention").text


def test_money_that_comes_back_from_the_bank_calls_for_attention(
    order: Order, stripe: ProviderDouble
) -> None:
    refund = give_back(order, piece(order, "MUG-1", 1))
    record_refund(
        order.payments.get(), stripe_id=refund.stripe_id or "", amount=euros("24"), state="failed",
        source="webhook",
    )  # fmt: skip
    refund.refresh_from_db()
    assert refund.state == "failed"
    assert refundable(order.payments.get()) == euros("160.90")
    # The goods went back on sale and stay there.
    assert stock()["MUG-1"] == (10, 3)
    assert order.events.get(kind="attention").text.startswith("€24.00 came back")


def test_a_pending_refund_that_fails_before_it_was_taken_on_gives_the_pieces_back(
    order: Order, stripe: ProviderDouble
) -> None:
    stripe.state = "failed"
    give_back(order, piece(order, "MUG-1", 1))
    assert lines_of(order)["MUG-1"] == (4, 0, 0, 0)
    assert not OutgoingEmail.objects.exists()


def test_a_second_payment_goes_back_without_touching_the_order(
    order: Order, stripe: ProviderDouble
) -> None:
    second = pay(order, payment_intent="pi_second", is_duplicate=True)
    draft = replace(draft_of(order, other="160.90"), payment=second)
    send_refund(request_refund(draft=draft, user=None))
    assert refundable(second) == euros("0")
    assert refundable(order.payments.get(is_duplicate=False)) == euros("160.90")
    assert not order.events.filter(kind="attention").exists()


def test_the_timeline_says_who_gave_what_back(order: Order, stripe: ProviderDouble) -> None:
    clerk = make_user("clerk")
    send_refund(request_refund(draft=draft_of(order, other="3"), user=clerk))
    [event] = order.events.all()
    assert (event.kind, event.user, event.source) == ("refund", clerk, "desk")
    assert event.text.startswith("€3.00 Given back (re_")


def test_a_payment_of_the_demonstration_cannot_be_refunded(
    order: Order, stripe: ProviderDouble
) -> None:
    order.payments.update(payment_intent="pi_demo_1")
    with pytest.raises(CannotRefund, match="came with the demonstration"):
        give_back(order, other="3")
