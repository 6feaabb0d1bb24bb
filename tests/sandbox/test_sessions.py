import time
from typing import Any

import pytest
import requests
import stripe

from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession, MovableClock


def test_created_session_is_open_unpaid_and_has_a_payment_page(
    create: CreateSession, sandbox: RunningSandbox
) -> None:
    before = int(time.time())
    session = create()

    assert session.id.startswith("cs_test_")
    assert len(session.id) == 66
    assert session.status == "open"
    assert session.payment_status == "unpaid"
    assert session.payment_intent is None
    assert session.customer_details is None
    assert session.amount_subtotal == 4498
    assert session.amount_total == 4498
    assert session.currency == "eur"
    assert session.livemode is False
    assert session.mode == "payment"
    assert session.ui_mode == "hosted_page"
    assert session.client_reference_id == "order-1"
    assert session.metadata.to_dict() == {"order": "order-1"}
    assert session.url == f"{sandbox.base_url}/c/pay/{session.id}"
    assert before + 24 * 3600 <= session.expires_at <= time.time() + 24 * 3600
    assert "line_items" not in session


def test_session_is_retrieved_as_it_was_created(create: CreateSession, client: Any) -> None:
    session = create()
    assert client.checkout.sessions.retrieve(session.id).to_dict() == session.to_dict()


def test_unknown_session_is_a_404(client: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.checkout.sessions.retrieve("cs_test_none")
    assert caught.value.http_status == 404
    assert caught.value.code == "resource_missing"
    assert caught.value.param == "session"


def test_line_items_are_listed_in_order_with_their_totals(
    create: CreateSession, client: Any
) -> None:
    items = client.checkout.sessions.line_items.list(create().id).data
    assert [(i.description, i.quantity, i.amount_total) for i in items] == [
        ("Fern tea", 2, 3998),
        ("Strainer", 1, 500),
    ]
    assert items[0].price.unit_amount == 1999
    assert items[0].price.currency == "eur"


def test_line_items_can_be_expanded_in_the_session(create: CreateSession) -> None:
    session = create(expand=["line_items"])
    assert [item.description for item in session.line_items.data] == ["Fern tea", "Strainer"]
    assert session.line_items.has_more is False


def test_hundred_line_items_are_listed_in_pages(
    create: CreateSession, client: Any, order: dict[str, Any]
) -> None:
    order["line_items"] = [order["line_items"][1] for _ in range(100)]
    session = create(line_items=order["line_items"])
    assert session.amount_total == 50000
    listed = client.checkout.sessions.line_items.list(session.id, {"limit": 40})
    assert len(listed.data) == 40
    assert len(list(listed.auto_paging_iter())) == 100


def test_expire_ends_an_open_session_once(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()

    expired = client.checkout.sessions.expire(session.id)

    assert expired.status == "expired"
    assert expired.url is None
    with pytest.raises(stripe.InvalidRequestError, match="status of expired") as caught:
        client.checkout.sessions.expire(session.id)
    assert caught.value.http_status == 400
    assert [e["data"]["object"]["id"] for e in sandbox.events("checkout.session.expired")] == [
        session.id
    ]


def test_session_expires_when_it_is_read_after_its_time(
    create: CreateSession, client: Any, clock: MovableClock, sandbox: RunningSandbox
) -> None:
    session = create(expires_at=int(time.time()) + 1801)
    assert client.checkout.sessions.retrieve(session.id).status == "open"

    clock.moved = 1802

    expired = client.checkout.sessions.retrieve(session.id)
    assert (expired.status, expired.url, expired.payment_status) == ("expired", None, "unpaid")
    assert len(sandbox.events("checkout.session.expired")) == 1


def test_session_expires_in_the_background(
    create: CreateSession, clock: MovableClock, sandbox: RunningSandbox
) -> None:
    session = create(expires_at=int(time.time()) + 1801)
    clock.moved = 1802
    deadline = time.monotonic() + 3
    while sandbox.session(session.id)["status"] == "open" and time.monotonic() < deadline:
        time.sleep(0.01)

    (event,) = sandbox.events("checkout.session.expired")
    assert event["data"]["object"]["id"] == session.id
    assert event["data"]["object"]["status"] == "expired"
    assert event["request"] == {"id": None, "idempotency_key": None}


def test_paid_session_does_not_expire(
    create: CreateSession, client: Any, clock: MovableClock, sandbox: RunningSandbox
) -> None:
    session = create(expires_at=int(time.time()) + 1801)
    sandbox.pay(session.id)
    clock.moved = 90000
    sandbox.sweep()
    assert client.checkout.sessions.retrieve(session.id).status == "complete"
    assert sandbox.events("checkout.session.expired") == []


def test_metadata_is_merged_and_emptied(create: CreateSession, client: Any) -> None:
    session = create()
    merged = client.checkout.sessions.update(session.id, {"metadata": {"note": "x"}})
    assert merged.metadata.to_dict() == {"order": "order-1", "note": "x"}
    removed = client.checkout.sessions.update(session.id, {"metadata": {"order": ""}})
    assert removed.metadata.to_dict() == {"note": "x"}
    emptied = client.checkout.sessions.update(session.id, {"metadata": ""})
    assert emptied.metadata.to_dict() == {}


def test_shipping_option_is_part_of_the_total(create: CreateSession, client: Any) -> None:
    session = create(
        shipping_options=[
            {
                "shipping_rate_data": {
                    "display_name": "Post",
                    "type": "fixed_amount",
                    "fixed_amount": {"amount": 490, "currency": "eur"},
                }
            }
        ]
    )
    assert session.amount_subtotal == 4498
    assert session.amount_total == 4988
    assert session.total_details.amount_shipping == 490
    assert session.shipping_cost.amount_total == 490


def test_sessions_are_listed_newest_first_and_filtered(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    first, second, third = create(), create(), create()
    sandbox.pay(second.id, email="second@example.com")
    client.checkout.sessions.expire(third.id)
    sessions = client.checkout.sessions

    assert [s.id for s in sessions.list()] == [third.id, second.id, first.id]
    assert [s.id for s in sessions.list({"status": "open"})] == [first.id]
    assert [s.id for s in sessions.list({"status": "complete"})] == [second.id]
    paid = sessions.retrieve(second.id)
    assert [s.id for s in sessions.list({"payment_intent": paid.payment_intent})] == [second.id]
    email = {"customer_details": {"email": "second@example.com"}}
    assert [s.id for s in sessions.list(email)] == [second.id]
    assert sessions.list({"created": {"gt": int(time.time()) + 5}}).data == []
    assert len(sessions.list({"created": {"gte": first.created}}).data) == 3


def test_lists_are_paged_in_both_directions(create: CreateSession, client: Any) -> None:
    ids = [create().id for _ in range(5)][::-1]
    sessions = client.checkout.sessions

    page = sessions.list({"limit": 2})
    assert ([s.id for s in page], page.has_more) == (ids[:2], True)
    page = sessions.list({"limit": 2, "starting_after": ids[3]})
    assert ([s.id for s in page], page.has_more) == (ids[4:], False)
    page = sessions.list({"limit": 2, "ending_before": ids[3]})
    assert ([s.id for s in page], page.has_more) == (ids[1:3], True)
    assert [s.id for s in sessions.list({"limit": 2}).auto_paging_iter()] == ids


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({"limit": 0}, "limit", "parameter_invalid_integer"),
        ({"limit": 101}, "limit", "parameter_invalid_integer"),
        ({"starting_after": "cs_test_none"}, "starting_after", "resource_missing"),
        ({"starting_after": "a", "ending_before": "b"}, None, "parameters_exclusive"),
        ({"expand": ["data.customer"]}, "expand", None),
        ({"expand": ["line_items"]}, "expand", None),
    ],
)
def test_bad_list_requests_are_refused(
    create: CreateSession, client: Any, params: dict[str, Any], param: str | None, code: str | None
) -> None:
    create()
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.checkout.sessions.list(params)
    assert (caught.value.http_status, caught.value.param, caught.value.code) == (400, param, code)


def test_payment_intent_and_its_charge_can_be_expanded(
    create: CreateSession, client: Any, sandbox: RunningSandbox
) -> None:
    session = create()
    sandbox.pay(session.id)
    expanded = client.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.refunds"]}
    )
    charge = expanded.payment_intent.latest_charge
    assert expanded.payment_intent.metadata.to_dict() == {"order": "order-1"}
    assert charge.metadata.to_dict() == {"order": "order-1"}
    assert (charge.amount, charge.status, charge.refunds.data) == (4498, "succeeded", [])
    assert client.charges.retrieve(charge.id).payment_intent == expanded.payment_intent.id
    assert client.payment_intents.retrieve(expanded.payment_intent.id).latest_charge == charge.id


def test_request_headers_are_answered(sandbox: RunningSandbox) -> None:
    answer = requests.get(
        f"{sandbox.base_url}/v1/events", headers={"Authorization": "Bearer sk_test_x"}, timeout=5
    )
    assert answer.status_code == 200
    assert answer.headers["Request-Id"].startswith("req_")
    assert answer.headers["Stripe-Version"] == stripe.api_version
    assert answer.json() == {"object": "list", "data": [], "has_more": False, "url": "/v1/events"}
