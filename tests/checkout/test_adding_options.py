"""Products whose options are chosen one by one, and answers for pages that are not left."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from home.models import HomePage
from products.models import ProductPage, ProductVariant
from tests.factories import make_product_page, make_variant
from tests.products.contents import buy_box, make_story

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PART = {**SAME_ORIGIN, "HTTP_X_REQUESTED_WITH": "add-to-cart"}
BLOCK_ID = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"

pytestmark = pytest.mark.django_db


@pytest.fixture
def plates(site: HomePage) -> ProductPage:
    page = make_product_page("Plates", sku="OAT-S", price="24.00", picture=True)
    product = page.product
    product.option1_name, product.option2_name = "Glaze", "Size"
    product.save()
    ProductVariant.objects.update(option1="Oat", option2="21 cm")
    make_variant(product, sku="OAT-L", price="32.00", on_hand=4, options=("Oat", "27 cm"))
    make_variant(product, sku="SAGE-S", on_hand=5, options=("Sage", "21 cm"))
    make_variant(product, sku="SAGE-L", on_hand=0, options=("Sage", "27 cm"))
    make_variant(product, sku="CHAR-L", options=("Charcoal", "27 cm"))
    make_variant(product, sku="OFF", options=("Red", "27 cm"), is_active=False)
    return ProductPage.objects.get(pk=page.pk)


def choose(client: Client, sold: ProductPage, first: str, second: str, **more: object):
    headers = more.pop("headers", SAME_ORIGIN)
    data = {"product": sold.product_id, "option1": first, "option2": second, "quantity": 2, **more}
    return client.post("/cart/add/", data, **headers)


def cart_lines(client: Client) -> dict[str, int]:
    stored = client.session.get("cart", {}).get("lines", {})
    return {sku: line["quantity"] for sku, line in stored.items()}


def test_the_form_of_two_options_has_a_group_of_radios_for_each(
    client: Client, plates: ProductPage
) -> None:
    soup = BeautifulSoup(client.get(plates.url).content, "html.parser")
    groups = soup.select("form.add-to-cart fieldset")
    assert [group.legend.text for group in groups] == ["Glaze", "Size"]
    radios = [[(i["name"], i["value"]) for i in group.select("input")] for group in groups]
    assert radios == [
        [("option1", "Oat"), ("option1", "Sage"), ("option1", "Charcoal")],
        [("option2", "21 cm"), ("option2", "27 cm")],
    ]
    assert [i["value"] for i in soup.select("main fieldset input[checked]")] == ["Oat", "21 cm"]
    listed = [" ".join(one.stripped_strings) for one in soup.select(".combinations li")]
    assert listed[:2] == [
        "Oat in 21 cm €24.00 In stock €24.00",
        "Oat in 27 cm €32.00 Only 4 left €32.00",
    ]


@pytest.mark.parametrize(
    ("sku", "checked"), [("CHAR-L", ["Charcoal", "27 cm"]), ("SAGE-L", ["Sage", "27 cm"])]
)
def test_an_address_with_a_sku_has_its_values_chosen(
    client: Client, plates: ProductPage, sku: str, checked: list[str]
) -> None:
    soup = BeautifulSoup(client.get(f"{plates.url}?sku={sku}").content, "html.parser")
    assert [i["value"] for i in soup.select("main fieldset input[checked]")] == checked


def test_the_chosen_values_are_the_variant(client: Client, plates: ProductPage) -> None:
    response = choose(client, plates, "Oat", "27 cm")
    assert (response.status_code, response["Location"]) == (302, "/cart/")
    assert cart_lines(client) == {"OAT-L": 2}
    [message] = get_messages(response.wsgi_request)
    assert str(message) == "Added: Plates (Oat / 27 cm) × 2"


def test_the_sku_still_says_it_alone(client: Client, plates: ProductPage) -> None:
    client.post("/cart/add/", {"sku": "SAGE-S", "quantity": 1}, **SAME_ORIGIN)
    assert cart_lines(client) == {"SAGE-S": 1}


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("Charcoal", "21 cm", "Charcoal in 21 cm is not made. It comes in 27 cm."),
        ("Sage", "27 cm", "Sage in 27 cm is sold out. There is still 21 cm."),
        ("Red", "27 cm", "Please choose one: Glaze."),
        ("", "", "Please choose one: Glaze."),
    ],
)
def test_a_choice_that_cannot_be_had_is_made_again_and_nothing_is_lost(
    client: Client, plates: ProductPage, first: str, second: str, text: str
) -> None:
    choose(client, plates, "Oat", "21 cm")
    story = make_story("Two plates", buy_box(plates.pk, block_id=BLOCK_ID))
    added_in = {"page": str(story.pk), "revision": str(story.live_revision_id), "block": BLOCK_ID}
    response = choose(client, plates, first, second, **added_in, quantity="3")
    assert response.status_code == 422
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("[role=alert]").text.strip() == text
    form = soup.select_one("form.add-to-cart")
    sent = {i["name"]: i["value"] for i in form.select("input[type=hidden], input[type=number]")}
    assert sent == {**added_in, "product": str(plates.product_id), "quantity": "3"}
    known = [value for value in (first, second) if value not in ("", "Red")]
    assert [i["value"] for i in form.select("input[checked]")] == known
    assert cart_lines(client) == {"OAT-S": 2}


@pytest.mark.parametrize("product", ["", "0", "99999999999", "abc", "\x00", "1e3"])
def test_options_of_an_unknown_product_are_not_for_sale(
    client: Client, plates: ProductPage, product: str
) -> None:
    response = choose(client, plates, "Oat", "21 cm", product=product)
    [message] = get_messages(response.wsgi_request)
    assert str(message) == "This cannot be bought at the moment. It was not added."
    assert cart_lines(client) == {}


def test_a_page_that_is_not_live_sells_no_options(client: Client, plates: ProductPage) -> None:
    plates.unpublish()
    assert choose(client, plates, "Oat", "21 cm").status_code == 302
    assert cart_lines(client) == {}


def test_a_script_gets_the_words_and_ways_on_and_no_page(
    client: Client, plates: ProductPage
) -> None:
    response = choose(client, plates, "Oat", "21 cm", headers=PART)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert " ".join(soup.stripped_strings) == (
        "Added: Plates (Oat / 21 cm) × 2 View cart · Check out"
    )
    assert [link["href"] for link in soup.select("a")] == ["/cart/", "/checkout/"]
    assert soup.select("html, header") == []
    assert client.cookies["cart_count"].value == "2"
    assert response["Cache-Control"] == "private, no-store"
    assert "X-Requested-With" in response["Vary"]
    assert cart_lines(client) == {"OAT-S": 2}
    assert "Added:" not in client.get("/cart/").content.decode()


@pytest.mark.parametrize(
    ("first", "second", "quantity", "text"),
    [
        ("Charcoal", "21 cm", 1, "Charcoal in 21 cm is not made. It comes in 27 cm."),
        ("Oat", "21 cm", 0, "Please enter a whole number from 1 to 99."),
    ],
)
def test_a_script_gets_what_is_wrong_in_words(
    client: Client, plates: ProductPage, first: str, second: str, quantity: int, text: str
) -> None:
    response = choose(client, plates, first, second, quantity=quantity, headers=PART)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert list(soup.stripped_strings) == [text]
    assert cart_lines(client) == {}


def test_more_than_there_is_is_said_beside_the_button(client: Client, plates: ProductPage) -> None:
    response = choose(client, plates, "Oat", "27 cm", quantity=9, headers=PART)
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.p.text.strip() == "There are only 4 of Plates, and they are in your cart."
    assert len(soup.select("a")) == 2
    assert cart_lines(client) == {"OAT-L": 4}


def test_a_story_basket_answers_a_script_in_words(client: Client, plates: ProductPage) -> None:
    data = {"line": [1, 2], "sku-1": "OAT-S", "sku-2": "SAGE-L"}
    response = client.post("/cart/add-many/", data, **PART)
    soup = BeautifulSoup(response.content, "html.parser")
    assert [one.text.strip() for one in soup.select(".cart-answer__text")] == [
        "Added to your cart: Plates.",
        "Not added: Plates (sold out).",
    ]
    assert cart_lines(client) == {"OAT-S": 1}


def test_a_script_of_another_site_is_refused(client: Client, plates: ProductPage) -> None:
    headers = {**PART, "HTTP_SEC_FETCH_SITE": "cross-site"}
    assert choose(client, plates, "Oat", "21 cm", headers=headers).status_code == 403
    assert cart_lines(client) == {}
