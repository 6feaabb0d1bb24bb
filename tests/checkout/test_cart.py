"""The cart's forms: what they accept, what they say, and what they leave alone."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client

from home.models import HomePage
from products.models import Product, ProductPage, ProductVariant, StockRecord
from tests.factories import make_product_page

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", price="24.00", on_hand=8)


def add(client: Client, sku: str = "MUG", quantity: object = 1):
    return client.post("/cart/add/", {"sku": sku, "quantity": quantity}, **SAME_ORIGIN)


def change(client: Client, sku: str, quantity: object):
    return client.post("/cart/update/", {"sku": sku, "quantity": quantity}, **SAME_ORIGIN)


def cart_lines(client: Client) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in client.get("/cart/").context["cart"].lines]


def told(response) -> str:
    """The newest message that waits for the shopper."""
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def test_adding_twice_adds_up(client: Client, mug: ProductPage) -> None:
    first = add(client, quantity=2)
    assert first.status_code == 302
    assert first["Location"] == "/cart/"
    assert first.cookies["cart_count"].value == "2"
    assert add(client, quantity=3).cookies["cart_count"].value == "5"
    assert cart_lines(client) == [("MUG", 5)]


@pytest.mark.parametrize(
    "quantity",
    ["0", "-1", "1e9", "NaN", "²", "٣", "", "1.5", "100", "9999999999", " ", "1_0", "+1"],
)
def test_a_quantity_that_is_none_gets_a_clear_message(
    client: Client, mug: ProductPage, quantity: str
) -> None:
    response = add(client, quantity=quantity)
    assert response.status_code == 302
    assert told(response) == "Please enter a whole number from 1 to 99."
    assert cart_lines(client) == []


def test_a_list_of_quantities_gets_a_clear_message(client: Client, mug: ProductPage) -> None:
    response = add(client, quantity=["1", "2"])
    assert told(response) == "Please enter a whole number from 1 to 99."
    assert cart_lines(client) == []


@pytest.mark.parametrize("sku", ["NONE", "", "\x00", "x" * 5000, "<script>", "' OR 1=1 --"])
def test_an_unknown_sku_gets_a_clear_message(client: Client, mug: ProductPage, sku: str) -> None:
    response = add(client, sku=sku)
    assert told(response) == "This cannot be bought at the moment. It was not added."
    assert cart_lines(client) == []


def test_what_is_sold_out_unpublished_or_switched_off_is_not_added(
    client: Client, mug: ProductPage
) -> None:
    make_product_page("Sold out", sku="GONE", on_hand=0)
    make_product_page("Draft", sku="DRAFT", live=False)
    make_product_page("Off", sku="OFF")
    ProductVariant.objects.filter(sku="OFF").update(is_active=False)
    for sku in ("GONE", "DRAFT", "OFF"):
        response = add(client, sku=sku)
        assert told(response) == "This cannot be bought at the moment. It was not added."
    assert cart_lines(client) == []


def test_more_than_there_is_adds_what_there_is_and_says_so(
    client: Client, mug: ProductPage
) -> None:
    response = add(client, quantity=20)
    assert told(response) == "There are only 8 of Mug, and they are in your cart."
    assert cart_lines(client) == [("MUG", 8)]


def test_a_quantity_can_be_changed_and_zero_removes(client: Client, mug: ProductPage) -> None:
    add(client)
    assert change(client, "MUG", "4").cookies["cart_count"].value == "4"
    assert cart_lines(client) == [("MUG", 4)]
    assert change(client, "MUG", "0").cookies["cart_count"].value == ""
    assert cart_lines(client) == []


@pytest.mark.parametrize("quantity", ["-1", "1e9", "NaN", "²", ""])
def test_a_wrong_change_leaves_the_line_as_it_was(
    client: Client, mug: ProductPage, quantity: str
) -> None:
    add(client, quantity=2)
    response = change(client, "MUG", quantity)
    assert told(response) == "Please enter a whole number from 0 to 99."
    assert cart_lines(client) == [("MUG", 2)]


def test_removing_what_is_not_there_is_harmless(client: Client, mug: ProductPage) -> None:
    add(client)
    assert client.post("/cart/remove/", {"sku": "OTHER"}, **SAME_ORIGIN).status_code == 302
    assert cart_lines(client) == [("MUG", 1)]
    client.post("/cart/remove/", {"sku": "MUG"}, **SAME_ORIGIN)
    assert cart_lines(client) == []


@pytest.mark.parametrize("price", ["abc", "NaN", "Infinity", ["1"], {}, None])
def test_a_seen_price_that_is_none_is_passed_over(
    client: Client, mug: ProductPage, price: object
) -> None:
    add(client)
    session = client.session
    session["cart"] = {"lines": {"MUG": {"quantity": 2, "price": price}}}
    session.save()
    page = client.get("/cart/")
    assert page.status_code == 200
    assert page.context["cart"].notices == []
    assert cart_lines(client) == [("MUG", 2)]


def test_prices_are_read_live_and_a_change_is_told(client: Client, mug: ProductPage) -> None:
    add(client, quantity=2)
    ProductVariant.objects.update(price="26.50")
    page = client.get("/cart/")
    line = page.context["cart"].lines[0]
    assert str(line.unit_price) == "€26.50"
    assert str(line.line_total) == "€53.00"
    assert page.context["cart"].notices == [
        "The price of Mug changed from €24.00 to €26.50 since you added it."
    ]


def test_what_is_sold_out_by_now_shows_no_sum_as_if_it_were_charged(
    client: Client, mug: ProductPage
) -> None:
    add(client)
    assert "cart-line__total" in client.get("/cart/").content.decode()
    StockRecord.objects.update(on_hand=0)
    html = client.get("/cart/").content.decode()
    assert "This is sold out. Please remove it." in html
    assert "cart-line__total" not in html


def test_a_product_that_was_deleted_is_a_flagged_line_and_no_error(
    client: Client, mug: ProductPage
) -> None:
    add(client)
    Product.objects.all().delete()
    page = client.get("/cart/")
    assert page.status_code == 200
    assert page.context["cart"].lines[0].problem == (
        "This is not for sale any more. Please remove it."
    )
    assert page.context["cart"].has_problems
    assert client.get("/checkout/")["Location"] == "/cart/"


def test_a_page_that_was_unpublished_flags_its_line(client: Client, mug: ProductPage) -> None:
    add(client)
    mug.unpublish()
    line = client.get("/cart/").context["cart"].lines[0]
    assert line.problem == "This is not for sale any more. Please remove it."
    assert client.get("/cart/").context["cart"].subtotal.amount == 0


def test_stock_that_ran_short_flags_the_line(client: Client, mug: ProductPage) -> None:
    add(client, quantity=5)
    StockRecord.objects.update(on_hand=2)
    line = client.get("/cart/").context["cart"].lines[0]
    assert line.problem == "There are only 2 left. Please change the quantity."
    StockRecord.objects.update(on_hand=0)
    line = client.get("/cart/").context["cart"].lines[0]
    assert line.problem == "This is sold out. Please remove it."


def test_a_visitor_without_a_cart_gets_no_session_and_no_cookie(
    client: Client, mug: ProductPage
) -> None:
    for url in ("/", "/shop/", mug.url, "/cart/", "/checkout/", "/stories/"):
        assert not client.get(url).cookies, url
    assert not Session.objects.exists()


def test_the_session_keeps_of_a_line_only_what_names_it_and_the_price_that_was_seen(
    client: Client, mug: ProductPage
) -> None:
    add(client, quantity=2)
    client.get("/cart/")  # Showing the lines with their products leaves nothing of them behind.
    change(client, "MUG", "3")
    stored = client.session["cart"]["lines"]
    assert stored == {"MUG": {"quantity": 3, "price": "24.00", "source": None}}


@pytest.mark.parametrize(
    "stored",
    [
        {"lines": {"MUG": {"quantity": "2"}, "X": 3, "Y": {"quantity": -1}}},
        {"lines": ["MUG"]},
        {"lines": None},
        {"order": 7},
        ["MUG"],
        "MUG",
    ],
)
def test_a_cart_survives_a_session_of_another_version(
    client: Client, mug: ProductPage, stored: object
) -> None:
    add(client)
    session = client.session
    session["cart"] = stored
    session.save()
    assert client.get("/cart/").status_code == 200
    assert cart_lines(client) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_REFERER": "https://evil.example/testserver/"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
    ],
)
@pytest.mark.parametrize("path", ["/cart/add/", "/cart/update/", "/cart/remove/"])
def test_a_post_from_elsewhere_is_refused(
    client: Client, mug: ProductPage, path: str, headers: dict[str, str]
) -> None:
    add(client, quantity=2)
    response = client.post(path, {"sku": "MUG", "quantity": "1"}, **headers)
    assert response.status_code == 403
    assert cart_lines(client) == [("MUG", 2)]


@pytest.mark.parametrize(
    "headers", [{"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/shop/"}]
)
def test_an_older_browser_of_our_own_site_may_post(
    client: Client, mug: ProductPage, headers: dict[str, str]
) -> None:
    client.post("/cart/add/", {"sku": "MUG", "quantity": "1"}, **headers)
    assert cart_lines(client) == [("MUG", 1)]


@pytest.mark.parametrize("path", ["/cart/add/", "/cart/update/", "/cart/remove/"])
def test_cart_forms_answer_to_post_only(client: Client, mug: ProductPage, path: str) -> None:
    assert client.get(path).status_code == 405


def test_the_cart_costs_the_same_number_of_queries_for_many_lines(
    client: Client, site: HomePage, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    for number in range(12):
        make_product_page(f"Cup {number}", sku=f"CUP-{number}", picture=False)
    add(client, sku="CUP-0")
    add(client, sku="CUP-1")
    client.get("/cart/")  # Shows the messages of adding, which cost a query of their own.
    with django_assert_max_num_queries(40) as few:
        client.get("/cart/")
    count = len(few)
    for number in range(2, 12):
        add(client, sku=f"CUP-{number}")
    client.get("/cart/")
    with django_assert_num_queries(count):
        client.get("/cart/")


def test_a_line_that_the_shop_knows_no_more_says_its_number_in_words(client: Client) -> None:
    session = client.session
    session["cart"] = {"lines": {"OLD-1": {"quantity": 1, "seen_price": "12.00"}}}
    session.save()
    html = client.get("/cart/").content.decode()
    assert "No longer in the shop" in html
    assert '<p class="cart-line__options">It had the number OLD-1.</p>' in html
    assert "#parcel" in html.partition('class="cart-line__picture"')[2].partition("</div>")[0]
