"""What search engines are told of a product: of the same offers as its page."""

import json
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from products.models import ProductPage, ProductPagePicture, ProductVariant
from products.offer_facts import facts_of, images_of, is_gtin
from products.offers import offers_for_pages
from products.structured_data import product_things
from shopsite.cms.machine_pictures import addresses_of, make_machine_pictures
from shopsite.lib.schema_org import script_json
from tests.factories import make_image, make_product_page, make_variant

pytestmark = pytest.mark.usefixtures("empty_cache", "site", "indexes")


def things_of(page: ProductPage) -> list[dict[str, Any]]:
    offers = offers_for_pages([page])[page.pk]
    pictures = addresses_of(images_of(page, offers))
    facts = facts_of(page, offers, url=f"http://testserver{page.url}", pictures=pictures)
    return product_things(facts, brand="Fern & Kettle")


def make_bowl() -> ProductPage:
    """Four variants: plenty, few, sold out and not for sale."""
    page = make_product_page("Bowl", sku="BOWL-BLUE", price="31.50", picture=True)
    product = page.product
    product.option1_name, product.option2_name = "Color", "Glaze"
    product.save()
    ProductVariant.objects.update(option1="Blue", option2="Matt", gtin="4006381333931")
    make_variant(product, sku="BOWL-ASH", price="29.00", on_hand=2, options=("Ash", "Matt"))
    make_variant(product, sku="BOWL-OAT", price="29.00", on_hand=0, options=("Oat", "Matt"))
    make_variant(product, sku="BOWL-RED", price="9", options=("Red", "Matt"), is_active=False)
    return ProductPage.objects.get(pk=page.pk)


def test_a_product_with_one_variant_is_a_product_with_one_offer() -> None:
    page = make_product_page("Mug", sku="MUG", price="24.90", picture=True)
    ProductPagePicture.objects.create(page=page, image=make_image("Side"), alt_text="Its side")
    page = ProductPage.objects.get(pk=page.pk)
    make_machine_pictures(page.shown_pictures)
    addresses = addresses_of(picture.image for picture in page.pictures.all())
    assert len(addresses) == 2
    assert things_of(page) == [
        {
            "@type": "Product",
            "name": "Mug",
            "description": "Mug, by hand.",
            "url": "http://testserver/shop/mug/",
            "image": [addresses[picture.image_id] for picture in page.pictures.all()],
            "brand": {"@type": "Brand", "name": "Fern & Kettle"},
            "sku": "MUG",
            "offers": {
                "@type": "Offer",
                "sku": "MUG",
                "url": "http://testserver/shop/mug/",
                "price": "24.90",
                "priceCurrency": "EUR",
                "availability": "https://schema.org/InStock",
                "itemCondition": "https://schema.org/NewCondition",
            },
        }
    ]


def test_several_variants_are_a_group_in_which_each_has_its_own_address_and_price() -> None:
    page = make_bowl()
    [group] = things_of(page)
    assert (group["@type"], group["url"]) == ("ProductGroup", "http://testserver/shop/bowl/")
    assert group["productGroupID"] == f"product-{page.product_id}"
    assert group["variesBy"] == ["https://schema.org/color"]
    assert "offers" not in group
    variants = group["hasVariant"]
    told = [(v["sku"], v["color"], v["offers"]["price"], v["offers"]["url"]) for v in variants]
    assert told == [
        ("BOWL-BLUE", "Blue", "31.50", "http://testserver/shop/bowl/?sku=BOWL-BLUE"),
        ("BOWL-ASH", "Ash", "29.00", "http://testserver/shop/bowl/?sku=BOWL-ASH"),
        ("BOWL-OAT", "Oat", "29.00", "http://testserver/shop/bowl/?sku=BOWL-OAT"),
    ]
    assert [v["offers"]["availability"].rsplit("/", 1)[1] for v in variants] == [
        "InStock", "LimitedAvailability", "OutOfStock",
    ]  # fmt: skip
    assert variants[0]["name"] == "Bowl – Blue / Matt"
    assert variants[0]["gtin"] == "4006381333931"
    assert variants[0]["additionalProperty"] == [
        {"@type": "PropertyValue", "name": "Glaze", "value": "Matt"}
    ]


def test_what_cannot_be_bought_at_all_is_no_product_to_a_search_engine() -> None:
    page = make_product_page("Mug", sku="MUG")
    ProductVariant.objects.update(is_active=False)
    assert things_of(page) == []
    html = Client().get("/shop/mug/").content.decode()
    assert '"Offer"' not in html


def test_a_title_cannot_end_the_script_element() -> None:
    page = make_bowl()
    page.title = "</script><script>alert(1)</script><!-- &"
    html = script_json(things_of(page))
    assert not any(character in html for character in "<>&")
    assert json.loads(html)["name"] == "</script><script>alert(1)</script><!-- &"


@override_settings(SHOP_CURRENCY="JPY")
def test_a_currency_without_decimals_is_written_without() -> None:
    page = make_product_page("Kettle", price="8900")
    assert things_of(page)[0]["offers"]["price"] == "8900"


@pytest.mark.parametrize(
    ("digits", "is_right"),
    [
        ("4006381333931", True),
        ("4006381333932", False),
        ("96385074", True),
        ("036000291452", True),
        ("00012345600012", True),
        ("", False),
        ("400638133393", False),
    ],
)
def test_only_a_gtin_with_the_right_check_digit_is_told(digits: str, is_right: bool) -> None:
    assert is_gtin(digits) is is_right


def test_page_and_structured_data_are_made_of_the_same_offers() -> None:
    page = make_bowl()
    template = Template(
        "{% load product_tags %}{% listing_of page as listing %}{{ listing.price_from }}"
        "{{ structured_data }}"
    )
    with CaptureQueriesContext(connection) as queries:
        html = template.render(Context({"page": page}))
    assert sum('FROM "products_productvariant"' in query["sql"] for query in queries) == 1
    assert html.startswith("€29.00{")
    assert '"sku": "BOWL-BLUE"' in html


# --- Who comes for one variant ------------------------------------------------------------------


def test_the_address_of_a_variant_shows_its_price_and_selects_it() -> None:
    make_bowl()
    listing = Client().get("/shop/bowl/?sku=BOWL-BLUE").context["listing"]
    assert (str(listing.price_from), listing.price_varies) == ("€31.50", False)
    assert [c.sku for c in listing.choices if c.is_selected] == ["BOWL-BLUE"]
    assert listing.has_several_prices


def test_a_sold_out_variant_selects_no_other_one_in_its_place() -> None:
    make_bowl()
    listing = Client().get("/shop/bowl/?sku=BOWL-OAT").context["listing"]
    assert str(listing.price_from) == "€29.00"
    assert not any(choice.is_selected for choice in listing.choices)
    assert listing.is_buyable


@pytest.mark.parametrize("sku", ["BOWL-RED", "NOTHING", "<script>", ""])
def test_an_unknown_variant_in_the_address_changes_nothing(sku: str) -> None:
    make_bowl()
    plain = Client().get("/shop/bowl/").content
    assert Client().get("/shop/bowl/", {"sku": sku}).content == plain
    assert plain.partition(b"</main>")[0].count(b" checked") == 2  # One value of each option.
