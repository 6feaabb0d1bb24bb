"""The one table of what may happen to an order, and the picture of it."""

import re
from pathlib import Path

import pytest

from orders.changes import change_status
from orders.models import Order
from orders.status import (
    SHIPPABLE,
    SOLD,
    TRANSITIONS,
    OrderAction,
    OrderStatus,
    draw_transitions,
)
from tests.factories import make_order

ARCHITECTURE = Path(__file__).resolve().parent.parent.parent / "ARCHITECTURE.md"


def test_every_state_but_the_first_can_be_reached() -> None:
    reached = {change.target for change in TRANSITIONS.values()}
    assert set(OrderStatus) == reached
    assert set(TRANSITIONS) == set(OrderAction)


def test_money_that_came_is_never_undone_by_late_news() -> None:
    """What the payment provider or the clock may say leads nowhere from an order that is sold."""
    late = (
        *(OrderAction.AWAIT_BANK, OrderAction.FAIL, OrderAction.EXPIRE),
        *(OrderAction.GIVE_UP, OrderAction.QUESTION, OrderAction.PAY),
    )
    assert [action for action in late if SOLD & set(TRANSITIONS[action].sources)] == []


def test_only_what_is_paid_is_shipped() -> None:
    assert {OrderStatus.PAID, OrderStatus.PARTLY_SHIPPED} == SHIPPABLE


@pytest.mark.django_db
@pytest.mark.parametrize("action", OrderAction)
@pytest.mark.parametrize("status", OrderStatus)
def test_an_action_is_taken_from_its_sources_alone(
    status: OrderStatus, action: OrderAction
) -> None:
    order = make_order(status=status)
    change = TRANSITIONS[action]
    is_allowed = status in change.sources
    assert change_status(order, action, source="test") is is_allowed
    stored = Order.objects.get(pk=order.pk).status
    assert stored == order.status == (change.target if is_allowed else status)
    written = [(event.kind, event.status) for event in order.events.all()]
    assert written == ([("status", change.target)] if is_allowed else [])


def test_the_diagram_of_the_architecture_shows_the_table() -> None:
    """Written anew by `python -m bin.order_states`."""
    drawn = re.findall(r"```mermaid\n(.*?)\n```", ARCHITECTURE.read_text("utf-8"), re.DOTALL)
    assert drawn == [draw_transitions()]
