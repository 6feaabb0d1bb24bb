"""Two clerks give money back at the same moment, or one gives back what another is packing."""

from functools import partial
from threading import Barrier
from typing import Any

import pytest

from orders import refunds
from orders.models import CreditNote, Order, Refund, Shipment
from orders.refund_draft import CannotRefund, check_draft, refundable
from orders.refund_records import record_refund
from orders.refunds import request_refund
from orders.shipping import CannotShip, ParcelDraft, ship_order
from tests.orders.refunding import draft_of, euros, line_of, lines_of, make_paid_order, piece
from tests.services.databases import on_both_databases, on_postgresql
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

CLERKS = 8


def kinds_of(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@on_both_databases
def test_no_more_is_asked_for_than_was_paid(database: str) -> None:
    order = make_paid_order()
    drafts = [draft_of(order, other="60") for _clerk in range(CLERKS)]
    results = at_once([partial(request_refund, draft=draft, user=None) for draft in drafts])
    assert kinds_of(results) == ["CannotRefund"] * (CLERKS - 2) + ["Refund"] * 2
    assert refundable(order.payments.get()) == euros("40.90")


@on_postgresql
def test_without_the_lock_more_would_be_asked_for(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    order = make_paid_order()
    both_have_looked = Barrier(2)

    def look_and_wait(*args: Any) -> Any:
        amount = check_draft(*args)
        both_have_looked.wait(30)
        return amount

    monkeypatch.setattr(refunds, "lock_order", lambda pk: Order.objects.get(pk=pk))
    monkeypatch.setattr(refunds, "check_draft", look_and_wait)
    drafts = [draft_of(order, other="100") for _clerk in range(2)]
    results = at_once([partial(request_refund, draft=draft, user=None) for draft in drafts])
    assert kinds_of(results) == ["Refund", "Refund"]
    assert refundable(order.payments.get()) == euros("-39.10")


@on_both_databases
def test_the_same_form_sent_many_times_at_once_is_one_refund(database: str) -> None:
    order = make_paid_order()
    draft = draft_of(order, piece(order, "MUG-1", 1))
    results = at_once([partial(request_refund, draft=draft, user=None)] * CLERKS)
    assert set(results) == {Refund.objects.get()}
    assert lines_of(order)["MUG-1"] == (3, 0, 1, 0)


@on_both_databases
def test_a_piece_is_either_shipped_or_refunded(database: str) -> None:
    order = make_paid_order()
    pieces = {line_of(order, sku).pk: number for sku, number in (("MUG-1", 4), ("BOWL-1", 2))}
    everything = draft_of(order, piece(order, "MUG-1", 4), piece(order, "BOWL-1", 2))
    results = at_once(
        [
            partial(ship_order, order=order, parcel=ParcelDraft(pieces), user=None),
            partial(request_refund, draft=everything, user=None),
        ]
    )
    assert kinds_of(results) in (["CannotRefund", "Shipment"], ["CannotShip", "Refund"])
    errors = [one for one in results if isinstance(one, Exception)]
    assert [type(error) for error in errors] in ([CannotRefund], [CannotShip])
    assert Shipment.objects.count() + Refund.objects.count() == 1


@on_both_databases
def test_a_refund_told_of_many_times_at_once_is_settled_once(database: str) -> None:
    order = make_paid_order()
    draft = draft_of(order, piece(order, "MUG-1", 1))
    refund = request_refund(draft=draft, user=None)
    told = partial(
        record_refund,
        order.payments.get(),
        stripe_id="re_1",
        amount=euros("24"),
        state="succeeded",
        source="webhook",
        reference=str(refund.submission),
    )
    assert at_once([told] * CLERKS) == [None] * CLERKS
    assert order.events.filter(kind="refund").count() == 1
    assert order.emails.count() == 1
    assert CreditNote.objects.count() == 0  # The order of this test was never invoiced.
    variant = line_of(order, "MUG-1").variant
    assert variant is not None
    assert (variant.stock.on_hand, variant.stock.allocated) == (10, 3)
