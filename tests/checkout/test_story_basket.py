"""Several products in one post: what can be had is added, and words say what became of the rest."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from products.models import ProductVariant, StockRecord
from tests.factories import make_product_page

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def shop(site: HomePage) -> None:
    make_product_page("Mug", sku="MUG", on_hand=10)
    make_product_page("Bowl", sku="BOWL", on_hand=2)
    make_product_page("Whisk", sku="WHISK", on_hand=0)


def post(client: Client, data: dict[str, Any], **headers: str) -> list[tuple[str, str]]:
    response = client.post("/cart/add-many/", data, **(headers or SAME_ORIGIN))
    assert (response.status_code, response.headers["Location"]) == (302, "/cart/")
    return [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)]


def lines(client: Client) -> dict[str, int]:
    stored = client.session.get("cart", {}).get("lines", {})
    return {sku: line["quantity"] for sku, line in stored.items()}


def basket(*items: tuple[str, int], wanted: list[int] | None = None) -> dict[str, Any]:
    data: dict[str, Any] = {"line": wanted or list(range(1, len(items) + 1))}
    for number, (sku, quantity) in enumerate(items, start=1):
        data |= {f"sku-{number}": sku, f"quantity-{number}": quantity}
    return data


def test_everything_is_added_in_one_post(client: Client, shop: None) -> None:
    told = post(client, basket(("MUG", 2), ("BOWL", 1)))
    assert told == [("success", "Added to your cart: Mug, Bowl.")]
    assert lines(client) == {"MUG": 2, "BOWL": 1}
    assert client.cookies["cart_count"].value == "3"


def test_an_option_that_is_not_ticked_stays_out(client: Client, shop: None) -> None:
    post(client, basket(("MUG", 1), ("BOWL", 1), wanted=[1]))
    assert lines(client) == {"MUG": 1}


def test_a_line_with_zero_is_not_wanted(client: Client, shop: None) -> None:
    told = post(client, basket(("MUG", 0), ("BOWL", 1)))
    assert told == [("success", "Added to your cart: Bowl.")]
    assert lines(client) == {"BOWL": 1}


def test_what_is_possible_is_added_and_the_rest_is_named(client: Client, shop: None) -> None:
    told = post(client, basket(("MUG", 1), ("BOWL", 5), ("WHISK", 1), ("NONSENSE", 1)))
    assert told == [
        ("success", "Added to your cart: Mug."),
        ("warning", "There is no more than this, and it is in your cart: 2 of Bowl."),
        ("error", "Not added: Whisk (sold out), One of the products (not for sale)."),
    ]
    assert lines(client) == {"MUG": 1, "BOWL": 2}


def test_what_is_in_the_cart_already_counts(client: Client, shop: None) -> None:
    post(client, basket(("BOWL", 1)))
    client.get("/cart/")  # Shows what was told.
    told = post(client, basket(("BOWL", 2)))
    assert told == [("warning", "There is no more than this, and it is in your cart: 2 of Bowl.")]
    assert lines(client) == {"BOWL": 2}


def test_a_variant_that_is_not_for_sale_is_not_added(client: Client, shop: None) -> None:
    ProductVariant.objects.filter(sku="MUG").update(is_active=False)
    assert post(client, basket(("MUG", 1))) == [("error", "Not added: Mug (not for sale).")]
    assert lines(client) == {}


def test_a_full_cart_takes_no_other_product(client: Client, shop: None) -> None:
    session = client.session
    filler = {"quantity": 1, "price": "1.00", "source": None}
    session["cart"] = {"lines": {f"OLD-{number}": filler for number in range(50)}, "order": ""}
    session.save()
    assert post(client, basket(("MUG", 1))) == [("error", "Not added: Mug (your cart is full).")]
    assert len(lines(client)) == 50


@pytest.mark.parametrize("quantity", ["-1", "1.5", "many", "100", ""])
def test_a_quantity_that_is_no_number_adds_nothing(
    client: Client, shop: None, quantity: str
) -> None:
    data = basket(("MUG", 1), ("BOWL", 1)) | {"quantity-2": quantity}
    ((level, text),) = post(client, data)
    assert level == "error"
    assert text == "Nothing was added. Please enter a whole number from 0 to 99."
    assert lines(client) == {}


@pytest.mark.parametrize("data", [{}, {"line": ["1"]}, {"line": ["1"], "sku-1": "a\x00b"}])
def test_nothing_chosen_adds_nothing(client: Client, shop: None, data: dict[str, Any]) -> None:
    told = post(client, data)
    assert told == [("info", "Nothing was added, because nothing was chosen.")]
    assert lines(client) == {}


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}]
)
def test_a_form_of_another_site_is_refused(
    client: Client, shop: None, headers: dict[str, str]
) -> None:
    response = client.post("/cart/add-many/", basket(("MUG", 1)), **headers)
    assert response.status_code == 403
    assert lines(client) == {}


def test_the_address_is_for_posts(client: Client, shop: None) -> None:
    assert client.get("/cart/add-many/").status_code == 405


def test_twelve_lines_cost_as_many_queries_as_two(client: Client, shop: None) -> None:
    for number in range(12):
        make_product_page(f"Cup {number}", sku=f"CUP-{number}")

    def count(number: int) -> int:
        fresh = Client()
        with CaptureQueriesContext(connection) as queries:
            post(fresh, basket(*((f"CUP-{one}", 1) for one in range(number))))
        assert len(lines(fresh)) == number
        return len(queries)

    assert count(12) == count(2)


def test_adding_takes_no_stock(client: Client, shop: None) -> None:
    before = list(StockRecord.objects.values_list("on_hand", "allocated"))
    post(client, basket(("MUG", 2), ("BOWL", 5)))
    assert list(StockRecord.objects.values_list("on_hand", "allocated")) == before
