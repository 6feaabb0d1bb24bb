import copy
from typing import Any

import pytest
import stripe

from stripe_sandbox.schema.objects import NonconformingObject, find_mismatches
from stripe_sandbox.testing import Outcome, RunningSandbox
from tests.sandbox.merchant import CreateSession

EXPANDED = {"expand": ["payment_intent.latest_charge.refunds", "line_items"]}


@pytest.fixture
def history(create: CreateSession, client: Any, sandbox: RunningSandbox) -> list[str]:
    """Everything that can happen to sessions, once."""
    declined, failed, ended = create(), create(), create()
    sandbox.pay(declined.id, card="4000000000009995")
    sandbox.pay(declined.id)
    assert sandbox.pay(failed.id, card="4000002500003155").outcome is (Outcome.NEEDS_AUTHENTICATION)
    sandbox.authenticate(failed.id, succeed=False)
    sandbox.pay(failed.id, card="4000002500003155")
    sandbox.authenticate(failed.id)
    client.checkout.sessions.expire(ended.id)
    paid = client.checkout.sessions.retrieve(declined.id)
    client.refunds.create({"payment_intent": paid.payment_intent, "amount": 100})
    return [declined.id, failed.id, ended.id]


def test_every_stored_object_and_event_fits_the_types_of_the_sdk(
    history: list[str], sandbox: RunningSandbox
) -> None:
    kinds = {
        "checkout.session": 3,
        "item": 6,
        "payment_intent": 2,
        "payment_method": 4,
        "charge": 3,
        "refund": 1,
    }
    with sandbox.store.reading() as records:
        for kind, count in kinds.items():
            bodies = records.list_all(kind)
            assert len(bodies) == count, kind
            assert [find_mismatches(body) for body in bodies] == [[]] * count
    events = sandbox.events()
    assert len(events) == 17
    assert [find_mismatches(event) for event in events] == [[]] * len(events)


def test_expanded_answers_fit_the_types_of_the_sdk(history: list[str], client: Any) -> None:
    for session_id in history:
        session = client.checkout.sessions.retrieve(session_id, EXPANDED)
        assert find_mismatches(session.to_dict(for_json=True)) == []
    listed = client.checkout.sessions.list({"expand": ["data.payment_intent"]})
    assert find_mismatches(listed.to_dict(for_json=True)) == []


def test_all_events_have_the_pinned_version(history: list[str], client: Any) -> None:
    versions = {event.api_version for event in client.events.list({"limit": 100})}
    assert versions == {stripe.api_version}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"colour": "red"}, "checkout.session.colour: unknown field"),
        ({"amount_total": "44.98"}, "checkout.session.amount_total: expected int, got '44.98'"),
        ({"amount_total": True}, "checkout.session.amount_total: expected int, got True"),
        ({"mode": None}, "checkout.session.mode: must not be null"),
        ({"status": "paid"}, "checkout.session.status: 'paid' is not in the enumeration"),
        (
            {"customer_details": {"mail": "x"}},
            "checkout.session.customer_details.mail: unknown field",
        ),
        ({"metadata": {"a": 1}}, "checkout.session.metadata.a: expected str, got 1"),
        (
            {"payment_method_types": "card"},
            "checkout.session.payment_method_types: expected a list",
        ),
    ],
)
def test_the_check_of_objects_can_fail(
    create: CreateSession, sandbox: RunningSandbox, change: dict[str, Any], problem: str
) -> None:
    session = copy.deepcopy(sandbox.session(create().id))
    session |= change
    (found,) = find_mismatches(session)
    assert found.startswith(problem)
    with pytest.raises(NonconformingObject), sandbox.store.transaction() as records:
        records.save(session)


def test_missing_field_is_noticed(create: CreateSession, sandbox: RunningSandbox) -> None:
    session = sandbox.session(create().id)
    del session["payment_status"]
    assert find_mismatches(session) == ["checkout.session.payment_status: missing"]
