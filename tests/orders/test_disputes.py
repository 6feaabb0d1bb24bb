"""Disputes: what a bank wants back, takes, and gives back after an appeal."""

from datetime import UTC, datetime, timedelta

import pytest

from orders import canceling, refund_answers, refunds
from orders.attention import concerns_by_order
from orders.canceling import cancel_order
from orders.disputes import record_dispute
from orders.models import Dispute, Order
from orders.money_back import DisputeState
from orders.refund_draft import lost_to_the_bank, refundable
from orders.status import OrderStatus
from tests.orders.refunding import euros, make_paid_order, stock
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    for module in (refunds, refund_answers, canceling):
        monkeypatch.setattr(module, "payment_provider", lambda: double)
    return double


@pytest.fixture
def order() -> Order:
    return make_paid_order()


def tell(order: Order, state: str, *, day: int | None) -> None:
    record_dispute(
        order.payments.get(), stripe_id="dp_1", amount=euros("160.90"), state=state,
        source="webhook", told_at=None if day is None else BEGIN + timedelta(days=day),
    )  # fmt: skip


def codes(order: Order) -> list[str]:
    return [one.code for one in concerns_by_order([order.pk]).get(order.pk, [])]


def test_money_that_the_bank_gives_back_after_an_appeal_is_the_shops_again(order: Order) -> None:
    tell(order, "needs_response", day=0)
    tell(order, "lost", day=1)
    assert (codes(order), lost_to_the_bank(order)) == (["dispute_lost"], euros("160.90"))
    cancel_order(order=order, user=None)
    order.refresh_from_db()
    assert (order.status, stock()["MUG-1"]) == (OrderStatus.CANCELED, (10, 0))

    tell(order, "appeal_under_review", day=2)
    assert (codes(order), lost_to_the_bank(order)) == (["dispute_open"], euros("0"))
    tell(order, "won", day=3)
    assert (codes(order), lost_to_the_bank(order)) == (["dispute_won"], euros("0"))
    assert refundable(order.payments.get()) == euros("160.90")
    texts = order.events.filter(kind="dispute").values_list("text", flat=True)
    assert list(texts) == [
        "€160.90 Needs an answer (dp_1)",
        "€160.90 Lost (dp_1)",
        "€160.90 Appealed, with the bank (dp_1)",
        "€160.90 Won (dp_1)",
    ]


def test_the_staff_hears_of_a_dispute_that_goes_on_after_it_was_decided(order: Order) -> None:
    for day, state in enumerate(["needs_response", "lost", "appeal_needs_response", "lost"]):
        tell(order, state, day=day)
    pk = Dispute.objects.get().pk
    about = order.emails.filter(kind="staff_attention").values_list("about", flat=True)
    assert list(about) == [f"dispute-{pk}", f"dispute-{pk}-appeal_needs_response"]
    assert codes(order) == ["dispute_lost"]


def test_an_appeal_waits_for_an_answer_until_its_day(order: Order) -> None:
    tell(order, "won", day=0)
    tell(order, "appeal_needs_response", day=1)
    Dispute.objects.update(due_by=BEGIN)
    assert Dispute.objects.get().answer_by == BEGIN
    assert codes(order) == ["dispute"]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([("lost", 2), ("under_review", 1)], "lost"),
        ([("won", 3), ("lost", 2)], "won"),
        ([("lost", 3), ("won", 2)], "lost"),
        # Told again later, so that what came between is known to be over.
        ([("lost", 1), ("lost", 3), ("appeal_under_review", 2)], "lost"),
        # Of the same second, or of moments that nobody kept: by rank.
        ([("lost", 1), ("under_review", 1)], "lost"),
        ([("lost", 1), ("won", 1)], "won"),
        ([("lost", None), ("under_review", 1)], "lost"),
        ([("lost", None), ("appeal_needs_response", 1)], "appeal_needs_response"),
    ],
)
def test_the_latest_word_counts_in_whatever_order_it_arrives(
    order: Order, told: list[tuple[str, int | None]], state: str
) -> None:
    for each, day in told:
        tell(order, each, day=day)
    assert Dispute.objects.get().state == state
    is_first = told[0][0] == state
    assert order.events.filter(kind="dispute").count() == (1 if is_first else 2)


def test_a_dispute_that_was_prevented_keeps_the_order_from_being_shipped_unseen(
    order: Order,
) -> None:
    tell(order, DisputeState.PREVENTED, day=0)
    [concern] = concerns_by_order([order.pk])[order.pk]
    assert (concern.code, concern.holds_parcels) == ("dispute_prevented", True)
