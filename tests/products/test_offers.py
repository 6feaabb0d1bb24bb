"""Price and availability as they are read for pages, cards, cart and structured data."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from home.models import HomePage
from products.cards import product_cards
from products.listing import listing_for
from products.models import Product, ProductIndexPage, ProductPage, ProductVariant
from products.offers import offers_for_pages, offers_for_skus
from products.order_stock import allocate_stock
from products.prices import change_price
from shopsite.lib.money import Money
from tests.factories import make_product, make_product_page, make_variant
from tests.products.makers import make_draft, make_picture

pytestmark = pytest.mark.usefixtures("site")


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def make_bowl() -> ProductPage:
    """A live page of a product in three colors: one plenty, one sold out, one not for sale."""
    page = make_draft("Bowl", sku="BOWL-BLUE", on_hand=3)
    page.save_revision().publish()
    product = page.product
    product.option1_name = "Color"
    product.save()
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(option1="Blue", price=Decimal("31.50"))
    make_variant(product, sku="BOWL-ASH", price="29.00", on_hand=0, options=("Ash",))
    make_variant(product, sku="BOWL-RED", price="9.00", options=("Red",), is_active=False)
    return ProductPage.objects.get(pk=page.pk)


# --- By SKU ------------------------------------------------------------------------------------


def test_an_offer_says_all_that_a_cart_needs() -> None:
    page = make_bowl()
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(weight_grams=420, gtin="12345670")
    offer = offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"]
    assert (offer.sku, offer.title, offer.option_values) == ("BOWL-BLUE", "Bowl", ("Blue",))
    assert (offer.price, offer.weight_grams, offer.gtin) == (eur("31.50"), 420, "12345670")
    assert (offer.availability.code, offer.availability.max_quantity) == ("low_stock", 3)
    assert (offer.page, offer.url, offer.options_label) == (page, "/shop/bowl/", "Blue")
    assert (offer.image, offer.image_alt) == (page.main_picture.image, "A mug on a table")


def test_a_picture_of_its_own_comes_before_that_of_the_page() -> None:
    make_bowl()
    picture = make_picture(description="The blue bowl.")
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(image=picture)
    offer = offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"]
    assert (offer.image, offer.image_alt) == (picture, "The blue bowl.")


def test_unknown_skus_are_missing_and_others_are_not_for_sale() -> None:
    make_bowl()
    make_product("Without a page", sku="BARE")
    make_draft("Draft", sku="DRAFT")
    codes = {
        sku: offer.availability.code
        for sku, offer in offers_for_skus(["BOWL-ASH", "BOWL-RED", "BARE", "DRAFT", "?"]).items()
    }
    assert codes == {
        "BOWL-ASH": "sold_out",
        "BOWL-RED": "unavailable",
        "BARE": "unavailable",
        "DRAFT": "unavailable",
    }


def test_what_is_on_a_private_page_cannot_be_bought() -> None:
    page = make_bowl()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"].availability.code == "unavailable"


def test_what_is_promised_to_others_is_not_offered_but_what_is_held_for_the_shopper_is() -> None:
    make_bowl()
    variant = ProductVariant.objects.get(sku="BOWL-BLUE")
    allocate_stock(quantities={variant.pk: 2}, reference="F1")
    plain = offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"].availability
    held = offers_for_skus(["BOWL-BLUE"], held={"BOWL-BLUE": 2})["BOWL-BLUE"].availability
    assert (plain.max_quantity, held.max_quantity) == (1, 3)


def test_of_two_live_pages_the_older_one_is_linked() -> None:
    page = make_bowl()
    copy = page.copy(update_attrs={"title": "Bowl for guests", "slug": "bowl-for-guests"})
    copy.get_latest_revision().publish()
    assert offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"].url == "/shop/bowl/"
    page.unpublish()
    assert offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"].url == "/shop/bowl-for-guests/"


# --- By page -----------------------------------------------------------------------------------


def test_a_page_offers_what_is_for_sale_in_the_order_of_its_variants() -> None:
    page = make_bowl()
    assert [offer.sku for offer in offers_for_pages([page])[page.pk]] == ["BOWL-BLUE", "BOWL-ASH"]
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(sort_order=5)
    assert [offer.sku for offer in offers_for_pages([page])[page.pk]] == ["BOWL-ASH", "BOWL-BLUE"]


def test_the_preview_of_a_draft_shows_what_will_be_sold() -> None:
    page = make_draft("Draft", sku="DRAFT", on_hand=9)
    offer = offers_for_pages([page])[page.pk][0]
    assert (offer.price, offer.availability.max_quantity) == (eur("24.00"), 9)


def test_a_page_whose_product_is_gone_offers_nothing() -> None:
    page = make_bowl()
    page.product.delete()
    page = ProductPage.objects.get()
    assert offers_for_pages([page]) == {page.pk: []}
    listing = listing_for(page, offers_for_pages([page])[page.pk])
    assert (listing.choices, listing.price_from, listing.option_names) == ((), None, ())
    assert (listing.availability.code, listing.is_buyable) == ("unavailable", False)


def test_a_new_price_is_offered_at_once() -> None:
    page = make_bowl()
    variant = ProductVariant.objects.get(sku="BOWL-BLUE")
    change_price(variant=variant, price=Decimal("12.00"), user=None)
    assert offers_for_pages([page])[page.pk][0].price == eur("12.00")
    assert offers_for_skus(["BOWL-BLUE"])["BOWL-BLUE"].price == eur("12.00")


# --- Cards and listing -------------------------------------------------------------------------


def test_a_card_shows_the_lowest_price_of_what_can_be_bought() -> None:
    page = make_bowl()
    (card,) = product_cards([page])
    assert (card.title, card.url, card.price_from) == ("Bowl", "/shop/bowl/", eur("31.50"))
    assert (card.price_varies, card.availability.code) == (False, "low_stock")
    assert (card.image, card.image_alt) == (page.main_picture.image, "A mug on a table")


def test_a_card_of_what_is_sold_out_shows_the_lowest_price_of_all() -> None:
    page = make_bowl()
    variant = ProductVariant.objects.get(sku="BOWL-BLUE")
    allocate_stock(quantities={variant.pk: 3}, reference="F1")
    (card,) = product_cards([page])
    assert (card.price_from, card.price_varies) == (eur("29.00"), True)
    assert card.availability.code == "sold_out"


def test_cards_keep_the_order_of_the_pages() -> None:
    pages = [make_product_page(name) for name in ("C", "A", "B")]
    assert [card.title for card in product_cards(pages)] == ["C", "A", "B"]


def test_the_listing_selects_the_first_that_can_be_bought() -> None:
    page = make_bowl()
    ProductVariant.objects.filter(sku="BOWL-ASH").update(sort_order=0)
    ProductVariant.objects.filter(sku="BOWL-BLUE").update(sort_order=1)
    listing = listing_for(page, offers_for_pages([page])[page.pk])
    assert (listing.name, listing.option_names) == ("Bowl", ("Color",))
    choices = [(c.sku, c.label, c.price, c.max_quantity, c.is_selected) for c in listing.choices]
    assert choices == [
        ("BOWL-ASH", "Ash", eur("29.00"), 0, False),
        ("BOWL-BLUE", "Blue", eur("31.50"), 3, True),
    ]
    assert (listing.price_from, listing.price_varies) == (eur("31.50"), False)
    assert (listing.is_buyable, listing.max_quantity) == (True, 3)


def test_the_only_variant_is_called_as_its_page() -> None:
    page = make_product_page("Kettle", sku="KET-1", on_hand=0)
    listing = listing_for(page, offers_for_pages([page])[page.pk])
    assert [(choice.label, choice.is_selected) for choice in listing.choices] == [("Kettle", False)]
    assert (listing.is_buyable, listing.availability.label) == (False, "Sold out")


def test_templates_pass_over_drafts_and_gaps() -> None:
    live, draft = make_product_page("Live"), make_product_page("Draft", live=False)
    template = Template(
        "{% load product_tags %}{% cards_for pages as cards %}{{ cards.0.title }},"
        "{{ cards|length }}"
    )
    assert template.render(Context({"pages": [live, None, draft]})) == "Live,1"


def test_templates_pass_over_private_pages() -> None:
    page = make_product_page("For members")
    template = Template("{% load product_tags %}{% cards_for pages as cards %}{{ cards.0.title }}")
    assert template.render(Context({"pages": [page]})) == "For members"
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert template.render(Context({"pages": [page]})) == ""


# --- The number of queries does not grow -------------------------------------------------------


@pytest.fixture(params=[2, 20])
def many_pages(request: pytest.FixtureRequest, site: HomePage) -> list[ProductPage]:
    for number in range(request.param):
        page = make_draft(f"Mug {number}", sku=f"MUG-{number}")
        page.save_revision().publish()
    pages = list(ProductPage.objects.order_by("pk"))
    assert len(pages) == request.param
    _warm_up(pages)
    return pages


def _warm_up(pages: list[ProductPage]) -> None:
    """The addresses of sites are asked for once and kept in the cache."""
    cache.clear()
    assert pages[0].url == "/shop/mug-0/"


def test_offers_by_sku_take_five_queries(
    many_pages: list[ProductPage], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skus = [f"MUG-{number}" for number in range(len(many_pages))]
    with django_assert_num_queries(5):
        offers = offers_for_skus(skus)
        assert [offers[sku].url for sku in skus] == [page.url for page in many_pages]
        assert all(offer.image_alt == "A mug on a table" for offer in offers.values())


def test_offers_by_page_take_three_queries(
    many_pages: list[ProductPage], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        offers = offers_for_pages(many_pages)
        assert [offers[page.pk][0].image_alt for page in many_pages] == (
            ["A mug on a table"] * len(many_pages)
        )
    with django_assert_num_queries(1):
        offers_for_pages(many_pages)


def test_cards_take_three_queries(
    many_pages: list[ProductPage], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        cards = product_cards(many_pages)
        assert [card.url for card in cards] == [page.url for page in many_pages]


def test_the_shop_page_lists_live_public_pages_newest_first() -> None:
    shop = ProductIndexPage.objects.get()
    for name in ("A", "B"):
        make_product_page(name)
    make_product_page("Draft", live=False)
    hidden = make_product_page("Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    found = list(ProductPage.objects.child_of(shop).live().public().order_by("-first_published_at"))
    assert [page.title for page in found] == ["B", "A"]
    assert Product.objects.count() == 4
