import time
from typing import Any

import pytest
import stripe

from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.schema.forms import decode_form
from stripe_sandbox.testing import RunningSandbox
from tests.sandbox.merchant import CreateSession, error_of

ITEM: dict[str, Any] = {
    "price_data": {"currency": "eur", "unit_amount": 1999, "product_data": {"name": "Tea"}},
    "quantity": 1,
}


def item(**price_data: Any) -> dict[str, Any]:
    merged = {**ITEM["price_data"], **price_data}
    return {"price_data": {k: v for k, v in merged.items() if v is not None}, "quantity": 1}


def shipping(amount: int = 490, currency: str = "eur") -> dict[str, Any]:
    return {
        "shipping_rate_data": {
            "display_name": "Post",
            "type": "fixed_amount",
            "fixed_amount": {"amount": amount, "currency": currency},
        }
    }


def in_seconds(seconds: int) -> int:
    return int(time.time()) + seconds


BAD_REQUESTS: dict[str, tuple[dict[str, Any], str | None, str | None]] = {
    "unknown": ({"colour": "red"}, "colour", "parameter_unknown"),
    "removed": ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
    "unknown nested": (
        {"line_items": [{**ITEM, "qty": 1}]},
        "line_items[0][qty]",
        "parameter_unknown",
    ),
    "missing mode": ({"mode": None}, "mode", "parameter_missing"),
    "missing currency": (
        {"line_items": [item(currency=None)]},
        "line_items[0][price_data][currency]",
        "parameter_missing",
    ),
    "missing name": (
        {"line_items": [item(product_data={"description": "x"})]},
        "line_items[0][price_data][product_data][name]",
        "parameter_missing",
    ),
    "missing amount": (
        {"line_items": [item(unit_amount=None)]},
        "line_items[0][price_data][unit_amount]",
        "parameter_missing",
    ),
    "missing quantity": (
        {"line_items": [{"price_data": ITEM["price_data"]}]},
        "line_items[0][quantity]",
        "parameter_missing",
    ),
    "fraction of a cent": (
        {"line_items": [item(unit_amount="19.99")]},
        "line_items[0][price_data][unit_amount]",
        "parameter_invalid_integer",
    ),
    "enumeration": ({"mode": "buy"}, "mode", None),
    "old enumeration": ({"ui_mode": "hosted"}, "ui_mode", None),
    "locale": ({"locale": "xx"}, "locale", None),
    "boolean": ({"allow_promotion_codes": "maybe"}, "allow_promotion_codes", None),
    "array": ({"line_items": "tea"}, "line_items", None),
    "object": ({"metadata": "tea"}, "metadata", None),
    "string": ({"cancel_url": {"a": "b"}}, "cancel_url", None),
    "empty": ({"cancel_url": ""}, "cancel_url", "parameter_invalid_empty"),
    "no line items": ({"line_items": None}, "line_items", "parameter_missing"),
    "too many line items": ({"line_items": [ITEM] * 101}, "line_items", None),
    "two currencies": (
        {"line_items": [ITEM, item(currency="usd")]},
        "line_items[1][price_data][currency]",
        None,
    ),
    "session currency": ({"currency": "usd"}, "currency", None),
    "no currency": (
        {"line_items": [item(currency="EUR")]},
        "line_items[0][price_data][currency]",
        None,
    ),
    "quantity": (
        {"line_items": [{**ITEM, "quantity": 0}]},
        "line_items[0][quantity]",
        "parameter_invalid_integer",
    ),
    "negative": (
        {"line_items": [item(unit_amount=-1)]},
        "line_items[0][price_data][unit_amount]",
        "parameter_invalid_integer",
    ),
    "too little": ({"line_items": [item(unit_amount=49)]}, None, "amount_too_small"),
    "too much": ({"line_items": [item(unit_amount=99999999)] * 2}, None, "amount_too_large"),
    "far too much": (
        {"line_items": [item(unit_amount=100000000)]},
        "line_items[0][price_data][unit_amount]",
        "amount_too_large",
    ),
    "third decimal": (
        {"line_items": [item(currency="kwd", unit_amount=12345)]},
        "line_items[0][price_data][unit_amount]",
        "parameter_invalid_integer",
    ),
    "stored price": (
        {"line_items": [{"price": "price_1", "quantity": 1}]},
        "line_items[0][price]",
        "resource_missing",
    ),
    "customer": ({"customer": "cus_1"}, "customer", "resource_missing"),
    "no success url": ({"success_url": None}, "success_url", "parameter_missing"),
    "relative url": ({"success_url": "/thanks/"}, "success_url", "url_invalid"),
    "script url": ({"cancel_url": "javascript:alert(1)"}, "cancel_url", "url_invalid"),
    "email": ({"customer_email": "nobody"}, "customer_email", "email_invalid"),
    "reference": ({"client_reference_id": "x" * 201}, "client_reference_id", None),
    "metadata keys": ({"metadata": {f"k{n}": "v" for n in range(51)}}, "metadata", None),
    "metadata key": ({"metadata": {"k" * 41: "v"}}, "metadata", None),
    "metadata value": ({"metadata": {"k": "v" * 501}}, "metadata[k]", None),
    "intent metadata": (
        {"payment_intent_data": {"metadata": {"k": "v" * 501}}},
        "payment_intent_data[metadata][k]",
        None,
    ),
    "no cards": (
        {"allowed_payment_method_types": ["paypal"]},
        "allowed_payment_method_types",
        None,
    ),
    "six shipping options": ({"shipping_options": [shipping()] * 6}, "shipping_options", None),
    "shipping currency": (
        {"shipping_options": [shipping(currency="usd")]},
        "shipping_options[0][shipping_rate_data][fixed_amount][currency]",
        None,
    ),
    "stored shipping rate": (
        {"shipping_options": [{"shipping_rate": "shr_1"}]},
        "shipping_options[0][shipping_rate]",
        "resource_missing",
    ),
    "not played": ({"discounts": [{"coupon": "ten"}]}, "discounts", None),
    "not expandable": ({"expand": ["customer"]}, "expand", None),
}


@pytest.mark.parametrize(("changes", "param", "code"), BAD_REQUESTS.values(), ids=BAD_REQUESTS)
def test_bad_session_is_refused_by_name_and_leaves_nothing(
    create: CreateSession,
    client: Any,
    sandbox: RunningSandbox,
    changes: dict[str, Any],
    param: str | None,
    code: str | None,
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(**changes)
    assert caught.value.http_status == 400
    assert error_of(caught.value)["type"] == "invalid_request_error"
    assert (caught.value.param, caught.value.code) == (param, code)
    assert caught.value.user_message
    assert client.checkout.sessions.list().data == []
    assert sandbox.events() == []


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(1740, "at least 30 minutes"), (24 * 3600 + 60, "less than 24 hours")],
)
def test_lifetime_of_a_session_has_bounds(
    create: CreateSession, seconds: int, sentence: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=sentence) as caught:
        create(expires_at=in_seconds(seconds))
    assert caught.value.param == "expires_at"


def test_lifetime_within_the_bounds_is_kept(create: CreateSession) -> None:
    expires_at = in_seconds(1860)
    assert create(expires_at=expires_at).expires_at == expires_at


@pytest.mark.parametrize(
    ("currency", "amount"), [("jpy", 50), ("usd", 50), ("kwd", 500), ("gbp", 30), ("isk", 500)]
)
def test_least_amounts_of_currencies_are_accepted(
    create: CreateSession, currency: str, amount: int
) -> None:
    session = create(line_items=[item(currency=currency, unit_amount=amount)])
    assert (session.amount_total, session.currency) == (amount, currency)


def test_longest_values_are_accepted(create: CreateSession) -> None:
    metadata = {f"{n:040}": "v" * 500 for n in range(50)}
    session = create(client_reference_id="x" * 200, metadata=metadata)
    assert session.client_reference_id == "x" * 200
    assert session.metadata.to_dict() == metadata


def test_parameters_that_ask_for_the_plain_thing_are_accepted(create: CreateSession) -> None:
    session = create(
        adaptive_pricing={"enabled": False},
        allowed_payment_method_types=["card"],
        automatic_tax={"enabled": False},
        invoice_creation={"enabled": False},
        locale="auto",
        submit_type="pay",
        branding_settings={"display_name": "Fern & Kettle"},
    )
    assert session.adaptive_pricing.enabled is False
    assert session.branding_settings.display_name == "Fern & Kettle"


def test_unknown_parameter_is_met_with_the_likely_one(create: CreateSession) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Did you mean success_url"):
        create(sucess_url="http://example.com/")


def test_brackets_are_decoded_into_a_tree() -> None:
    pairs = [("a[b][0][c]", "1"), ("a[b][1][c]", "2"), ("e[]", "x"), ("e[]", "y"), ("f", "")]
    assert decode_form(pairs) == {
        "a": {"b": {"0": {"c": "1"}, "1": {"c": "2"}}},
        "e": {"0": "x", "1": "y"},
        "f": "",
    }


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "1"), ("a[b]", "2")],
        [("a[b]", "2"), ("a", "1")],
        [("a[b", "1")],
        [("[a]", "1")],
        [("a" + "[b]" * 20, "1")],
    ],
)
def test_keys_that_contradict_each_other_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidParameter):
        decode_form(pairs)
