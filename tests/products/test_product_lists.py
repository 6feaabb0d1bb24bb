"""Lists of products can be filtered, ordered and paged through, all by their address."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from products.facets.lists import PAGE_SIZE, ProductList
from products.listing_entries import refresh_listing
from products.models import Attribute
from tests.factories import make_collection, make_product_page
from tests.products.shelf import fill_shelf, make_towel, set_detail

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(site: HomePage) -> None:
    fill_shelf()


def listing(query: str = "", *, address: str = "/shop/") -> ProductList:
    response = Client().get(address + query)
    assert response.status_code == 200
    found: ProductList = response.context["listing"]
    return found


def titles(query: str = "", *, address: str = "/shop/") -> list[str]:
    return [card.title for card in listing(query, address=address).cards]


def counts(query: str = "") -> dict[str, dict[str, int]]:
    return {
        group.name: {option.label: option.count for option in group.options}
        for group in listing(query).groups
        if group.options
    }


def test_the_shop_shows_the_newest_first_and_what_is_sold_out_last(shelf: None) -> None:
    assert titles() == ["Oat bowl", "Big oat mug", "Oat mug", "Moss mug", "Iron kettle"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sort=price-up", ["Moss mug", "Oat mug", "Big oat mug", "Oat bowl", "Iron kettle"]),
        ("?sort=price-down", ["Oat bowl", "Big oat mug", "Oat mug", "Moss mug", "Iron kettle"]),
        ("?sort=name", ["Big oat mug", "Moss mug", "Oat bowl", "Oat mug", "Iron kettle"]),
        ("?type=mug", ["Big oat mug", "Oat mug", "Moss mug"]),
        ("?glaze=oat", ["Oat bowl", "Big oat mug", "Oat mug"]),
        ("?glaze=oat&glaze=moss", ["Oat bowl", "Big oat mug", "Oat mug", "Moss mug"]),
        ("?glaze=oat&type=mug", ["Big oat mug", "Oat mug"]),
        ("?price_min=22.5&price_max=30", ["Big oat mug", "Oat mug"]),
        ("?price_max=22,50", ["Oat mug", "Moss mug"]),
        ("?price_min=30&price_max=20", ["Big oat mug", "Oat mug", "Moss mug"]),
        ("?volume_min=900", ["Oat bowl", "Iron kettle"]),
        ("?dishwasher-safe=1&type=mug", ["Oat mug", "Moss mug"]),
        ("?in_stock=1", ["Oat bowl", "Big oat mug", "Oat mug", "Moss mug"]),
        ("?glaze=moss&volume_min=400", []),
    ],
)
def test_an_address_filters_and_orders(shelf: None, query: str, expected: list[str]) -> None:
    assert titles(query) == expected


def test_a_count_says_what_one_more_tick_would_show(shelf: None) -> None:
    assert counts() == {
        "In stock": {"In stock": 4},
        "Type": {"Bowl": 1, "Kettle": 1, "Mug": 3},
        "Glaze": {"Moss": 1, "Oat": 3},
        "Dishwasher safe": {"Dishwasher safe": 3},
    }
    # Of its own facet a count passes over what is ticked; the others count within it.
    assert counts("?glaze=moss") == {
        "In stock": {"In stock": 1},
        "Type": {"Bowl": 0, "Kettle": 0, "Mug": 1},
        "Glaze": {"Moss": 1, "Oat": 3},
        "Dishwasher safe": {"Dishwasher safe": 1},
    }
    assert counts("?price_min=30")["Glaze"] == {"Moss": 0, "Oat": 2}


def test_every_count_is_what_the_list_then_has(shelf: None) -> None:
    for start in ("?", "?type=mug&", "?price_max=30&", "?in_stock=1&volume_min=350&"):
        for group in listing(start).groups:
            if group.code in start:
                continue
            for option in group.options:
                query = f"{start}{group.code}={option.slug}"
                assert len(titles(query)) == option.count, query


def test_options_of_variants_are_a_filter_and_only_what_can_be_bought_counts(
    shelf: None,
) -> None:
    make_towel()
    assert counts()["Color"] == {"Sage": 1}
    assert titles("?color=sage") == ["Linen towel"]
    assert titles("?color=oat") == titles()  # No filter any more: nobody can buy it.


def test_an_option_and_an_attribute_of_one_name_are_one_filter(shelf: None) -> None:
    Attribute.objects.filter(code="glaze").update(code="color", name="Color")
    make_towel()
    assert counts()["Color"] == {"Moss": 1, "Oat": 3, "Sage": 1}
    assert len(listing().groups) == 6


def test_ranges_say_what_there_is(shelf: None) -> None:
    groups = {group.name: group for group in listing().groups}
    assert (groups["Price"].lowest_text, groups["Price"].highest_text) == ("20", "120")
    volume = groups["Volume"]
    assert (volume.lowest_text, volume.highest_text, volume.unit) == ("300", "1500", "ml")


def test_what_tells_nothing_apart_is_no_filter(site: HomePage) -> None:
    fill_shelf()
    collection = make_collection(rule={"price_max": "22.50", "in_stock": True})
    names = [group.name for group in listing(address=collection.url).groups]
    assert names == ["Price", "Glaze", "Volume"]  # All are mugs, safe and in stock.


def test_chips_take_one_filter_away_each(shelf: None) -> None:
    query = "?type=mug&glaze=oat&glaze=moss&price_max=25&volume_min=300&in_stock=1&sort=name"
    found = {chip.label: chip.address for chip in listing(query).chips}
    assert set(found) == {
        "In stock",
        "Price: up to €25.00",
        "Type: Mug",
        "Glaze: Moss",
        "Glaze: Oat",
        "Volume: from 300 ml",
    }
    assert found["Glaze: Oat"] == (
        "?glaze=moss&type=mug&price_max=25&volume_min=300&in_stock=1&sort=name"
    )
    assert found["Price: up to €25.00"] == (
        "?glaze=moss&glaze=oat&type=mug&volume_min=300&in_stock=1&sort=name"
    )
    assert listing(query).unfiltered_address == "?sort=name"


@pytest.mark.parametrize(
    "query",
    [
        "?price_min=abc&price_max=NaN",
        "?price_min=-5&price_max=Infinity",
        "?price_min=1e999&volume_min=" + "9" * 50,
        "?glaze=none&glaze=&type=%00",
        "?sort=worst&page=-3",
        "?in_stock=maybe&dishwasher-safe=x",
        "?page=999999999999999999999",
        "?utm_source=mail&q=mug",
        "?%F0%9F%8D%B5=1&type[]=mug",
    ],
)
def test_nonsense_is_passed_over(shelf: None, query: str) -> None:
    assert titles(query) == titles()
    assert listing(query).chips == ()


def test_pages_keep_the_filters(site: HomePage) -> None:
    for number in range(PAGE_SIZE + 1):
        make_product_page(f"Mug {number}", price="10.00")
    make_product_page("Kettle", price="90.00")
    query = "?price_max=20&sort=name"
    assert len(titles(query)) == PAGE_SIZE
    html = Client().get(f"/shop/{query}").content.decode()
    assert 'href="?price_max=20&amp;sort=name&amp;page=2"' in html
    assert titles(f"{query}&page=2") == ["Mug 9"]
    assert listing(query).total == PAGE_SIZE + 1


def canonical(address: str) -> tuple[str, bool]:
    """The canonical address, and whether search engines may list the page."""
    html = Client().get(address).content.decode()
    [link] = re.findall(r'<link rel="canonical"\s+href="([^"]*)">', html)
    return link, '<meta name="robots" content="noindex,follow">' not in html


def test_a_filtered_list_points_at_the_whole_one(shelf: None) -> None:
    assert canonical("/shop/") == ("http://testserver/shop/", True)
    assert canonical("/shop/?utm_source=mail") == ("http://testserver/shop/", True)
    assert canonical("/shop/?glaze=oat") == ("http://testserver/shop/", False)
    assert canonical("/shop/?sort=name") == ("http://testserver/shop/", False)
    for number in range(PAGE_SIZE):
        make_product_page(f"Mug {number}")
    assert canonical("/shop/?page=2") == ("http://testserver/shop/?page=2", True)
    assert canonical("/shop/?page=2&glaze=oat") == ("http://testserver/shop/", False)


def test_a_collection_has_the_same_filters_within_itself(shelf: None) -> None:
    collection = make_collection(rule={"price_max": "30", "order": "price-up"})
    assert titles(address=collection.url) == ["Moss mug", "Oat mug", "Big oat mug"]
    assert titles("?glaze=oat", address=collection.url) == ["Oat mug", "Big oat mug"]
    assert titles("?sort=price-down", address=collection.url) == [
        "Big oat mug",
        "Oat mug",
        "Moss mug",
    ]
    sorts = [sort.label for sort in listing(address=collection.url).sorts]
    assert sorts == ["Price, low to high", "Newest first", "Price, high to low", "Name, A to Z"]


def test_drafts_and_private_pages_are_in_no_list_and_no_count(shelf: None) -> None:
    for title, live in (("Secret mug", True), ("Draft mug", False)):
        page = make_product_page(title, live=live)
        set_detail(page, "glaze", "Oat")
        if live:
            page.view_restrictions.create(restriction_type="login")
    refresh_listing()
    assert len(titles()) == 5
    assert counts()["Glaze"] == {"Moss": 1, "Oat": 3}


def test_every_filter_has_a_name_and_works_without_javascript(shelf: None) -> None:
    html = Client().get("/shop/?glaze=oat").content.decode().partition("</main>")[0]
    assert html.count("<fieldset") == html.count("<legend") == 4
    assert '<label class="sort__label" for="sort">' in html
    assert 'name="glaze"' in html
    assert 'value="oat" checked' in " ".join(html.split())
    assert 'form="filters"' in html
    assert '<p class="product-list__count numeric" role="status">' in html
    assert "3 products of 5" in html
    assert "Clear all filters" in html


@pytest.mark.parametrize("query", ["", "?sort=price-up&in_stock=1&price_max=500"])
def test_a_list_costs_the_same_with_2_and_with_40_products(site: HomePage, query: str) -> None:
    client, found = Client(), []
    for more in (2, 38):
        for _number in range(more):
            make_product_page("Mug", picture=True)
        client.get(f"/shop/{query}")  # Makes renditions and fills caches.
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(f"/shop/{query}").context["listing"].cards) >= 2
        found.append(len(queries))
    assert found[0] == found[1]


def test_filters_that_nothing_would_be_left_of_are_folded_away(shelf: None) -> None:
    html = " ".join(Client().get("/shop/?price_max=1").content.decode().split())
    assert html.count('<ul class="filter__options">') == html.count("without products") > 0
    assert re.findall(r"> ([^<]+ without products) <", html) == [
        "Show 3 without products",
        "Show 2 without products",
    ]
    assert "without products" not in Client().get("/shop/").content.decode()
