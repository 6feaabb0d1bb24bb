"""Disputes, and the lists of what was charged."""

from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession, MovableClock


@pytest.fixture
def intent(create: CreateSession, client: Any, sandbox: RunningSandbox) -> str:
    """A payment of 44.98 euros."""
    session = create()
    sandbox.pay(session.id)
    return str(client.checkout.sessions.retrieve(session.id).payment_intent)


def dispute_types(sandbox: RunningSandbox) -> list[str]:
    events = [event["type"] for event in sandbox.events()]
    return [kind.removeprefix("charge.dispute.") for kind in events if "dispute" in kind]


def press(sandbox: RunningSandbox, path: str) -> int:
    """The status of a press on the start page, without going where it leads."""
    url = f"{sandbox.base_url}/disputes/{path}"
    return requests.post(url, timeout=5, allow_redirects=False).status_code


def test_a_dispute_is_opened_answered_and_won_on_the_start_page(
    intent: str, client: Any, sandbox: RunningSandbox
) -> None:
    assert "Dispute: " + intent in requests.get(sandbox.base_url, timeout=5).text
    assert press(sandbox, f"open/{intent}") == 303
    [dispute] = client.disputes.list({"payment_intent": intent}).data
    assert (dispute.amount, dispute.currency, dispute.status) == (4498, "eur", "needs_response")
    assert dispute.payment_intent == intent
    days = (dispute.evidence_details.due_by - dispute.created) / 86400
    assert 8 <= days <= 9
    assert client.charges.retrieve(dispute.charge).disputed is True

    assert press(sandbox, f"{dispute.id}/answer") == 303
    assert client.disputes.retrieve(dispute.id).status == "under_review"
    assert press(sandbox, f"{dispute.id}/win") == 303
    assert client.disputes.retrieve(dispute.id).status == "won"
    assert dispute_types(sandbox) == [
        "created", "funds_withdrawn", "updated", "funds_reinstated", "closed",
    ]  # fmt: skip


def test_a_dispute_that_nobody_answered_can_be_lost(intent: str, sandbox: RunningSandbox) -> None:
    dispute = sandbox.dispute(intent)
    assert press(sandbox, f"{dispute['id']}/lose") == 303
    assert dispute_types(sandbox) == ["created", "funds_withdrawn", "closed"]
    closed = sandbox.events("charge.dispute.closed")[-1]
    assert closed["data"]["object"]["status"] == "lost"


def test_what_cannot_be_done_is_refused_and_changes_nothing(
    intent: str, create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    dispute = sandbox.dispute(intent)
    sandbox.close_dispute(dispute["id"], won=True)
    before = dispute_types(sandbox)
    assert press(sandbox, f"open/{intent}") == 409
    assert press(sandbox, f"{dispute['id']}/answer") == 409
    assert press(sandbox, f"{dispute['id']}/lose") == 409
    assert press(sandbox, "du_none/win") == 404
    assert press(sandbox, "open/pi_none") == 404
    unpaid = create()
    sandbox.pay(unpaid.id, card="4000000000000002")
    declined = client.checkout.sessions.retrieve(unpaid.id).payment_intent
    assert press(sandbox, f"open/{declined}") == 409
    assert dispute_types(sandbox) == before


def test_disputed_money_cannot_be_refunded_until_it_is_won(
    intent: str, client: Any, sandbox: RunningSandbox
) -> None:
    dispute = sandbox.dispute(intent)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_disputed"
    sandbox.close_dispute(dispute["id"], won=True)
    assert client.refunds.create({"payment_intent": intent}).status == "succeeded"


def test_charges_are_listed_by_payment_and_time(
    intent: str, create: CreateSession, client: Any, sandbox: RunningSandbox, clock: MovableClock
) -> None:
    first_until = int(sandbox.now()) + 1
    clock.moved += 3600
    session = create()
    sandbox.pay(session.id, card="4000000000000002")
    sandbox.pay(session.id)
    later = client.charges.list({"created": {"gt": first_until}}).data
    assert [(one.paid, one.amount) for one in later] == [(True, 4498), (False, 4498)]
    [first] = client.charges.list({"created": {"lte": first_until}}).data
    assert (first.payment_intent, first.metadata.to_dict()) == (intent, {"order": "order-1"})
    assert [one.id for one in client.charges.list({"payment_intent": intent})] == [first.id]
    pages = client.charges.list({"limit": 1})
    assert len(list(pages.auto_paging_iter())) == 3
