"""The feed of products for Google Merchant Center."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import HomePage
from products import feed
from products.models import (
    Product,
    ProductIndexPage,
    ProductPage,
    ProductPagePicture,
    ProductType,
    ProductVariant,
)
from shopsite.cms.machine_pictures import make_machine_pictures
from tests.factories import make_image, make_product_page, make_variant

pytestmark = pytest.mark.usefixtures("empty_cache", "site")

G = "{http://base.google.com/ns/1.0}"
Item = dict[str, list[str]]


def make_ready(page: ProductPage) -> ProductPage:
    page = ProductPage.objects.get(pk=page.pk)
    make_machine_pictures(page.shown_pictures)
    return page


def make_listed(name: str = "Mug", **kwargs: Any) -> ProductPage:
    return make_ready(make_product_page(name, picture=True, **kwargs))


def read_feed() -> tuple[ElementTree.Element, dict[str, Item]]:
    """The channel, and the items by id: their texts by the elements' names."""
    response = Client().get("/feeds/products.xml")
    assert response.status_code == 200
    root = ElementTree.fromstring(response.getvalue())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root[0]
    items: dict[str, Item] = {}
    for element in channel.findall("item"):
        item: Item = {}
        for child in element:
            item.setdefault(child.tag.replace(G, "g:"), []).append(child.text or "")
        [key] = item["g:id"]
        assert key not in items
        items[key] = item
    return channel, items


def test_one_variant_is_told_with_all_that_google_asks_for() -> None:
    page = make_listed("Mug", sku="MUG", price="24.90")
    product_type = ProductType.objects.create(name="Mugs and cups", code="mugs")
    Product.objects.update(product_type=product_type)
    ProductVariant.objects.update(gtin="4006381333931", weight_grams=410)
    channel, items = read_feed()
    picture = page.main_picture.image.get_rendition("max-1600x1600|format-jpeg")
    assert [channel.findtext(name) for name in ("title", "link", "description")] == [
        "Fern & Kettle", "http://testserver/", "Fern & Kettle",
    ]  # fmt: skip
    assert items["MUG"] == {
        "g:id": ["MUG"],
        "title": ["Mug"],
        "description": ["Mug, by hand."],
        "link": ["http://testserver/shop/mug/"],
        "g:image_link": [f"http://testserver{picture.url}"],
        "g:availability": ["in_stock"],
        "g:price": ["24.90 EUR"],
        "g:condition": ["new"],
        "g:brand": ["Fern & Kettle"],
        "g:gtin": ["4006381333931"],
        "g:product_type": ["Mugs and cups"],
        "g:shipping_weight": ["410 g"],
    }


def test_variants_of_a_product_are_items_of_one_group() -> None:
    page = make_product_page("Bowl", sku="BOWL-BLUE", picture=True)
    product = page.product
    product.option1_name, product.option2_name = "Color", "Glaze"
    product.save()
    ProductVariant.objects.update(option1="Blue", option2="Matt")
    ash = make_variant(product, sku="BOWL-ASH", on_hand=0, options=("Ash", "Matt"))
    ash.image = make_image("Ash")
    ash.save()
    make_variant(product, sku="BOWL-RED", options=("Red", "Matt"), is_active=False)
    side = ProductPagePicture.objects.create(
        page=page, image=make_image("Side"), alt_text="Side", sort_order=1
    )
    make_ready(page)
    _channel, items = read_feed()
    assert set(items) == {"BOWL-BLUE", "BOWL-ASH"}
    ash_item = items["BOWL-ASH"]
    assert ash_item["title"] == ["Bowl – Ash / Matt"]
    assert ash_item["link"] == ["http://testserver/shop/bowl/?sku=BOWL-ASH"]
    assert ash_item["g:color"] == ["Ash"]
    assert ash_item["g:availability"] == ["out_of_stock"]
    assert ash_item["g:identifier_exists"] == ["no"]
    assert ash_item["g:item_group_id"] == items["BOWL-BLUE"]["g:item_group_id"]
    own = ash.image.get_rendition("max-1600x1600|format-jpeg").url
    assert ash_item["g:image_link"] == [f"http://testserver{own}"]
    beside = side.image.get_rendition("max-1600x1600|format-jpeg").url
    assert ash_item["g:additional_image_link"] == [f"http://testserver{beside}"]
    assert items["BOWL-BLUE"]["g:additional_image_link"] == [f"http://testserver{beside}"]


def test_only_what_everybody_may_see_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    make_listed("Live", sku="LIVE")
    make_listed("Draft", sku="DRAFT", live=False)
    private = make_listed("Private", sku="PRIVATE")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_product_page("No picture", sku="NO-PICTURE")
    make_listed("Not for sale", sku="INACTIVE")
    ProductVariant.objects.filter(sku="INACTIVE").update(is_active=False)
    hidden = make_listed("Hidden", sku="HIDDEN")
    listed = property(lambda page: page.pk != hidden.pk)
    monkeypatch.setattr(ProductPage, "is_indexable", listed)
    assert set(read_feed()[1]) == {"LIVE"}


def test_a_product_with_two_pages_is_told_once_by_its_oldest() -> None:
    first = make_listed("Mug", sku="MUG")
    second = ProductPage(title="The mug again", product=first.product)
    ProductIndexPage.objects.get().add_child(instance=second)
    second.pictures.create(image=first.main_picture.image, alt_text="A mug")
    assert read_feed()[1]["MUG"]["link"] == ["http://testserver/shop/mug/"]


@override_settings(SHOP_CURRENCY="JPY")
def test_a_currency_without_decimals_is_written_without() -> None:
    make_listed("Kettle", sku="KETTLE", price="8900")
    assert read_feed()[1]["KETTLE"]["g:price"] == ["8900 JPY"]


def test_what_xml_cannot_say_is_left_out() -> None:
    page = make_listed("Mug", sku="MUG")
    ProductPage.objects.update(title="A \x08mug & <b>\ufffe</b>", search_description="\x1f„Ü“ 🍵")
    assert page.live
    item = read_feed()[1]["MUG"]
    assert item["title"] == ["A mug & <b></b>"]
    assert item["description"] == ["„Ü“ 🍵"]


def test_a_long_sku_has_an_id_that_google_takes() -> None:
    long_skus = ["A" * 60, "A" * 59 + "B"]
    ids = [feed.feed_id(sku) for sku in long_skus]
    assert [len(one) for one in ids] == [50, 50]
    assert ids[0] != ids[1]
    assert feed.feed_id("A" * 50) == "A" * 50


@override_settings(SITE_URL="https://shop.example", ALLOWED_HOSTS=["*"])
def test_addresses_come_from_the_settings_whatever_the_host_was_called() -> None:
    make_listed("Mug", sku="MUG")
    response = Client().get("/feeds/products.xml", HTTP_HOST="evil.example")
    assert b"<link>https://shop.example/shop/mug/</link>" in response.getvalue()
    assert b"evil.example" not in b"".join(response)


def test_the_feed_is_kept_no_longer_than_the_pages_it_must_agree_with() -> None:
    response = Client().get("/feeds/products.xml")
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert response.streaming
    assert not response.cookies
    assert Client().post("/feeds/products.xml").status_code == 405


def test_the_queries_do_not_grow_with_the_products(site: HomePage) -> None:
    numbers = []
    for count in (2, 40):
        for number in range(count):
            make_listed(f"P{count}-{number}")
        read_feed()  # Fills what is cached.
        with CaptureQueriesContext(connection) as queries:
            _channel, items = read_feed()
        numbers.append((len(items), len(queries)))
    assert [count for count, _queries in numbers] == [2, 42]
    assert numbers[0][1] == numbers[1][1]


def test_products_are_read_in_chunks_and_none_is_lost_between_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed, "CHUNK", 2)
    for number in range(5):
        make_listed(f"P{number}", sku=f"P-{number}")
    assert list(read_feed()[1]) == [f"P-{number}" for number in range(5)]
