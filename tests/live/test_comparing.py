"""The parts of the comparison with Stripe that ask nobody."""

from typing import Any

import pytest

from tests.live.key import KeyRefused, read_key
from tests.live.shapes import list_differences

SESSION: dict[str, Any] = {
    "id": "cs_1",
    "url": None,
    "amount_total": 4498,
    "metadata": {"order": "1"},
    "line_items": {"data": [{"quantity": 2}]},
}


def test_key_of_test_mode_is_used_and_none_is_no_error() -> None:
    assert read_key({"STRIPE_LIVE_TEST_KEY": " sk_test_abc "}) == "sk_test_abc"
    assert read_key({"STRIPE_LIVE_TEST_KEY": ""}) is None
    assert read_key({"STRIPE_SECRET_KEY": "sk_test_abc"}) is None


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc", "pk_test_abc", "abc"])
def test_any_other_key_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(KeyRefused) as caught:
        read_key({"STRIPE_LIVE_TEST_KEY": key})
    assert key not in str(caught.value).split()


@pytest.mark.parametrize(
    ("changes", "differences"),
    [
        ({}, []),
        ({"id": "cs_2", "amount_total": 1, "metadata": {}}, []),
        ({"url": "https://checkout.stripe.com/"}, []),
        ({"amount_total": "4498"}, ["amount_total: number at Stripe, string here"]),
        ({"amount_total": True}, ["amount_total: number at Stripe, boolean here"]),
        ({"mode": "payment"}, ["mode: only here"]),
        (
            {"line_items": {"data": [{"quantity": [2]}]}},
            ["line_items.data[0].quantity: number at Stripe, list here"],
        ),
        ({"line_items": {"data": [{}]}}, ["line_items.data[0].quantity: only at Stripe"]),
        ({"line_items": {"data": []}}, []),
    ],
)
def test_only_another_form_is_a_difference(changes: dict[str, Any], differences: list[str]) -> None:
    assert list_differences(SESSION, {**SESSION, **changes}) == differences
