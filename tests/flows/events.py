"""Events of Stripe's, and twins of them that tell of something else."""

import copy

from tests.flows.shopper import Shopper


def completed(shopper: Shopper, session_id: str) -> dict:
    shopper.sandbox.pay(session_id)
    return shopper.sandbox.events("checkout.session.completed")[-1]


def changed(event: dict, event_id: str = "evt_changed", **session_changes: object) -> dict:
    twin = copy.deepcopy(event)
    twin["id"] = event_id
    twin["data"]["object"].update(session_changes)
    return twin


def delayed(event: dict, event_id: str, kind: str, payment_status: str) -> dict:
    """Of a method whose money comes days later, such as a bank debit."""
    twin = changed(event, event_id, payment_status=payment_status)
    twin["type"] = f"checkout.session.{kind}"
    return twin
