"""Price and availability are the same wherever somebody reads them: on the page, in its structured
data, in the feed of products, in the cart and at Stripe. Each is parsed from what was really sent.
"""

import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import PageViewRestriction

from checkout.models import ShippingMethod
from products.models import ProductPage, ProductVariant, StockRecord
from products.order_stock import allocate_stock
from products.prices import change_price, end_reduction
from shopsite.cms.machine_pictures import make_machine_pictures
from shopsite.lib.money import Money
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_product_page, make_variant
from tests.flows.shopper import Shopper

G = "{http://base.google.com/ns/1.0}"
BUYABLE = {
    # What each of them calls it: the page, schema.org, Google Merchant Center.
    "in_stock": True, "low_stock": True, "sold_out": False,
    "InStock": True, "LimitedAvailability": True, "OutOfStock": False,
    "out_of_stock": False,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What one place says of a variant: its price in plain digits, whether it can be bought, and
    what the price is reduced from, if it is."""

    price: Decimal
    currency: str
    is_buyable: bool
    former: Decimal | None = None


SIGNS = {"€": "EUR", "¥": "JPY"}


def money_in(text: str) -> tuple[Decimal, str]:
    sign = next(sign for sign in SIGNS if sign in text)
    return Decimal(re.sub(r"[^\d.]", "", text)), SIGNS[sign]


@pytest.fixture(params=["EUR", "JPY"])
def currency(request: pytest.FixtureRequest, settings) -> str:
    settings.SHOP_CURRENCY = request.param
    return str(request.param)


@pytest.fixture
def shop(currency: str, shopper: Shopper, shipping: ShippingMethod, empty_cache: None) -> Shopper:
    """A shop with a product in every state."""
    ShippingMethod.objects.update(price="5", free_from=None)
    make_product_page("Plenty", sku="PLENTY", price="280", on_hand=50, picture=True)
    make_product_page("Few", sku="FEW", price="1200", on_hand=3, picture=True)
    make_product_page("Gone", sku="GONE", price="170", on_hand=0, picture=True)
    _make_bowl()
    _make_plate()
    make_product_page("Draft", sku="DRAFT", live=False, picture=True)
    private = make_product_page("Private", sku="PRIVATE", picture=True)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    if currency == "EUR":
        ProductVariant.objects.filter(sku="PLENTY").update(price=Decimal("24.90"))
        ProductVariant.objects.filter(sku="BOWL-ASH").update(price=Decimal("1029.05"))
    for page in ProductPage.objects.all():
        make_machine_pictures(page.shown_pictures)
    return shopper


def _make_bowl() -> None:
    bowl = make_product_page("Bowl", sku="BOWL-BLUE", price="310", picture=True).product
    bowl.option1_name = "Color"
    bowl.save()
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(option1="Blue")
    make_variant(bowl, sku="BOWL-ASH", price="290", on_hand=2, options=("Ash",))
    make_variant(bowl, sku="BOWL-OAT", price="350", on_hand=0, options=("Oat",))
    make_variant(bowl, sku="BOWL-RED", price="9", options=("Red",), is_active=False)


def _make_plate() -> None:
    """Two options, and one of its variants reduced: the price of both is the same now."""
    plate = make_product_page("Plate", sku="PLATE-S", price="400", picture=True).product
    plate.option1_name, plate.option2_name = "Glaze", "Size"
    plate.save()
    ProductVariant.objects.filter(sku="PLATE-S").update(option1="Oat", option2="Small")
    large = make_variant(plate, sku="PLATE-L", price="600", options=("Moss", "Large"))
    change_price(variant=large, price=Decimal(400), user=None, announce_reduction=True)


SOLD_AT = {  # The page of each SKU. Those of the second list are for sale nowhere.
    "PLENTY": "plenty", "FEW": "few", "GONE": "gone",
    "BOWL-BLUE": "bowl", "BOWL-ASH": "bowl", "BOWL-OAT": "bowl",
    "PLATE-S": "plate", "PLATE-L": "plate",
}  # fmt: skip
NOT_SOLD = {"BOWL-RED": "bowl", "DRAFT": "draft", "PRIVATE": "private"}


# --- The places ---------------------------------------------------------------------------------


def on_page(url: str, sku: str) -> Told | None:
    """What a shopper sees who came to this address for this variant."""
    response = Client().get(url)
    if response.status_code != 200:
        return None
    soup = BeautifulSoup(response.content, "html.parser")
    if soup.select_one(".options"):
        return among_options(soup, sku)
    field = soup.select_one(f'input[name="sku"][value="{sku}"]')
    if field is None:
        # Without a form only a product with one variant says that it is sold out.
        label = soup.select_one(".add-to-cart__availability .availability")
        is_this_one = url.endswith(f"/{SOLD_AT.get(sku)}/")
        return _seen(soup, label) if label and is_this_one else None
    choice = field.find_parent("label") or field.find_parent("form")
    assert choice is not None
    told = _seen(soup, choice.select_one(".availability"))
    assert told.is_buyable is not field.has_attr("disabled")
    return told


def among_options(soup: BeautifulSoup, sku: str) -> Told | None:
    """What stands beside the chosen values, if they are those of this variant."""
    values = [field["value"] for field in soup.select(".options input[checked]")]
    variant = ProductVariant.objects.filter(sku=sku, is_active=True).first()
    if variant is None or tuple(values) != variant.option_values:
        return None
    assert {field["value"] for field in soup.select(".options input")} >= set(values)
    return _seen(soup, soup.select_one("[data-told] .availability"))


def _seen(soup: BeautifulSoup, label: Tag | None) -> Told:
    price = soup.select_one(".product__price .price")
    former = soup.select_one(".product__price .price__former")
    assert label is not None
    assert price is not None
    state = re.findall(r"availability--(\w+)", " ".join(label["class"]))[0]
    reduced_from = money_in(former.text)[0] if former else None
    return Told(*money_in(price.text), BUYABLE[state], reduced_from)


def in_structured_data(slug: str) -> dict[str, tuple[str, Told]]:
    """The address and the facts of each offer of a page, by SKU."""
    html = Client().get(f"/shop/{slug}/").content.decode()
    offers = {}
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
        data = json.loads(text)
        products = data.get("hasVariant", [data]) if "@type" in data else []
        for offer in (product["offers"] for product in products if "offers" in product):
            state = offer["availability"].rsplit("/", 1)[1]
            former = former_in(offer)
            told = Told(Decimal(offer["price"]), offer["priceCurrency"], BUYABLE[state], former)
            offers[offer["sku"]] = (offer["url"], told)
    return offers


def former_in(offer: dict[str, Any]) -> Decimal | None:
    former = offer.get("priceSpecification")
    if former is None:
        return None
    assert former["priceType"] == "https://schema.org/StrikethroughPrice"
    assert former["priceCurrency"] == offer["priceCurrency"]
    return Decimal(former["price"])


def in_feed() -> dict[str, tuple[str, Told]]:
    root = ElementTree.fromstring(Client().get("/feeds/products.xml").getvalue())
    items = {}
    for item in root.iter("item"):
        price, currency = item.findtext(f"{G}price", "").split()
        state = BUYABLE[item.findtext(f"{G}availability", "")]
        told = Told(Decimal(price), currency, state)
        if sale := item.findtext(f"{G}sale_price"):
            assert sale.split()[1] == currency
            told = Told(Decimal(sale.split()[0]), currency, state, former=Decimal(price))
        items[item.findtext(f"{G}id", "")] = (item.findtext("link", ""), told)
    return items


def in_cart(shopper: Shopper, sku: str) -> Told | None:
    """None when the cart does not take it."""
    shopper.add(sku)
    soup = BeautifulSoup(shopper.client.get("/cart/").content, "html.parser")
    price = soup.select_one(".cart-line__price")
    if price is None:
        return None
    assert soup.select_one(".cart-line__problem") is None
    return Told(*money_in(price.text), is_buyable=True)


def at_stripe(shopper: Shopper, sandbox: RunningSandbox) -> Told:
    """What the Checkout Session of the cart asks for, less the delivery."""
    order, session_id = shopper.check_out()
    session = sandbox.session(session_id)
    currency = session["currency"].upper()
    total = Money.from_minor(session["amount_total"], currency)
    return Told(total.amount - order.shipping_total, currency, is_buyable=True)


# --- The walk -----------------------------------------------------------------------------------


def assert_all_agree(shop: Shopper, sandbox: RunningSandbox, sku: str) -> Told:
    structured, feed = in_structured_data(SOLD_AT[sku]), in_feed()
    url, told = feed[sku]
    assert structured[sku] == (url, told)
    assert on_page(url.removeprefix("http://testserver"), sku) == told
    if told.is_buyable:
        charged = replace(told, former=None)
        assert in_cart(shop, sku) == charged
        assert at_stripe(shop, sandbox) == charged
        shop.remove(sku)
    else:
        assert in_cart(shop, sku) is None
    return told


def test_price_and_availability_are_the_same_everywhere_in_every_state(
    shop: Shopper, sandbox: RunningSandbox, currency: str
) -> None:
    told = {sku: assert_all_agree(shop, sandbox, sku) for sku in SOLD_AT}
    prices = {
        "PLENTY": "24.90", "FEW": "1200", "GONE": "170",
        "BOWL-BLUE": "310", "BOWL-ASH": "1029.05", "BOWL-OAT": "350",
        "PLATE-S": "400", "PLATE-L": "400",
    }  # fmt: skip
    if currency == "JPY":
        prices |= {"PLENTY": "280", "BOWL-ASH": "290"}
    formers = {"PLATE-L": Decimal(600)}
    assert told == {
        sku: Told(Decimal(price), currency, sku not in ("GONE", "BOWL-OAT"), formers.get(sku))
        for sku, price in prices.items()
    }
    assert set(in_feed()) == set(SOLD_AT)


@pytest.mark.parametrize("sku", NOT_SOLD)
def test_what_is_not_for_sale_is_for_sale_nowhere(shop: Shopper, sku: str) -> None:
    slug = NOT_SOLD[sku]
    assert sku not in in_feed()
    assert sku not in in_structured_data(slug)
    assert on_page(f"/shop/{slug}/?sku={sku}", sku) is None
    assert in_cart(shop, sku) is None


def test_a_new_price_and_the_last_sale_are_told_everywhere_at_once(
    shop: Shopper, sandbox: RunningSandbox, currency: str
) -> None:
    variant = ProductVariant.objects.get(sku="FEW")
    change_price(variant=variant, price=Decimal(990), user=None)
    assert assert_all_agree(shop, sandbox, "FEW") == Told(Decimal(990), currency, True)
    # The order of the walk holds one of the three.
    allocate_stock(quantities={variant.pk: 2}, reference="T1")
    somebody_else = Shopper(Client(), sandbox)
    assert assert_all_agree(somebody_else, sandbox, "FEW") == Told(Decimal(990), currency, False)


def test_an_announced_reduction_and_its_end_are_told_everywhere_at_once(
    shop: Shopper, sandbox: RunningSandbox, currency: str
) -> None:
    variant = ProductVariant.objects.get(sku="FEW")
    change_price(variant=variant, price=Decimal(990), user=None, announce_reduction=True)
    told = assert_all_agree(shop, sandbox, "FEW")
    assert told == Told(Decimal(990), currency, True, former=Decimal(1200))
    end_reduction(variant=variant, user=None)
    somebody_else = Shopper(Client(), sandbox)
    StockRecord.objects.update(allocated=0)
    assert assert_all_agree(somebody_else, sandbox, "FEW") == Told(Decimal(990), currency, True)
