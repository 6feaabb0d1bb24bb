"""The listing of product pages in the admin: what shoppers meet, and what needs attention."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from orders.status import OrderStatus
from products.models import (
    Product,
    ProductIndexPage,
    ProductPage,
    ProductPagePicture,
    ProductVariant,
    StockRecord,
)
from tests.factories import make_order, make_product_page, make_user, make_variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture
def admin(client: Client, site: HomePage) -> Client:
    client.force_login(make_user("admin", is_superuser=True))
    return client


def listing_url() -> str:
    return reverse("wagtailadmin_explore", args=[ProductIndexPage.objects.get().pk])


def listed(client: Client, **query: str) -> dict[str, ProductPage]:
    response = client.get(listing_url(), query)
    assert response.status_code == 200
    return {page.title: page for page in response.context["object_list"]}


def age(page: Page, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    Page.objects.filter(pk=page.pk).update(last_published_at=moment)


def test_the_listing_says_what_shoppers_meet_and_why_they_cannot_buy(admin: Client) -> None:
    make_product_page("Ready", price="24.00", on_hand=3)
    make_product_page("Sold out", on_hand=0)
    make_product_page("Draft", live=False)
    inactive = make_product_page("Inactive")
    ProductVariant.objects.filter(product=inactive.product).update(is_active=False)
    bare = make_product_page("Bare")
    bare.product.variants.all().delete()
    gone = make_product_page("Gone")
    Product.objects.filter(pk=gone.product_id).delete()
    private = make_product_page("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    rows = {title: page.explorer_row for title, page in listed(admin).items()}
    assert {title: (row.state, row.reason) for title, row in rows.items()} == {
        "Ready": ("For sale", ""),
        "Sold out": ("Sold out", "Nothing of it is in stock."),
        "Draft": ("Not published", ""),
        "Inactive": ("Cannot be bought", "No variant is for sale."),
        "Bare": ("Cannot be bought", "There is no variant with a price to buy yet."),
        "Gone": ("Cannot be bought", "The product of this page was deleted."),
        "Private": ("Cannot be bought", "The page is private."),
    }
    assert [title for title, row in rows.items() if row.is_buyable] == ["Ready"]


def test_the_listing_shows_picture_price_stock_age_and_missing_texts(admin: Client) -> None:
    page = make_product_page("Mug", price="24.00", on_hand=3, picture=True)
    make_variant(page.product, price="26.00", on_hand=2, options=("Large",))
    ProductPagePicture.objects.create(
        page=page, image=page.main_picture.image, alt_text="", sort_order=1
    )
    age(page, 17)
    row = listed(admin)["Mug"].explorer_row
    assert (row.price, row.available, row.missing_alt_texts) == ("€24.00 – €26.00", 5, 1)
    html = admin.get(listing_url()).content.decode()
    assert "fill-64x80" in html
    assert "2 weeks, 3 days ago" in html.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("concern", "titles"),
    [
        ("unbuyable", {"Sold out", "Inactive"}),
        ("sold_out", {"Sold out", "Sold out draft"}),
        ("no_picture", {"Sold out", "Inactive", "Sold out draft", "No text"}),
        ("old_story", {"Inactive", "Good"}),
        ("best_seller", {"Good"}),
    ],
)
def test_what_needs_attention_is_filtered(concern: str, titles: set[str], admin: Client) -> None:
    good = make_product_page("Good", picture=True)
    no_text = make_product_page("No text", picture=True)
    ProductPagePicture.objects.filter(page=no_text).update(alt_text="")
    make_product_page("Sold out", on_hand=0)
    make_product_page("Sold out draft", on_hand=0, live=False)
    inactive = make_product_page("Inactive")
    ProductVariant.objects.filter(product=inactive.product).update(is_active=False)
    age(good, 181)
    age(inactive, 181)
    for page in (good, no_text):
        variant = page.product.variants.get()
        make_order(variant=variant, quantity=3, status=OrderStatus.PAID)
    make_order(variant=inactive.product.variants.get(), quantity=9)  # Never paid.
    assert set(listed(admin, concern=concern)) == titles


def test_an_old_order_makes_no_best_seller(admin: Client) -> None:
    page = make_product_page("Mug")
    age(page, 181)
    order = make_order(variant=page.product.variants.get(), status=OrderStatus.PAID)
    type(order).objects.update(created_at=timezone.now() - timedelta(days=91))
    assert listed(admin, concern="best_seller") == {}


def test_the_listing_is_searched_and_ordered(admin: Client) -> None:
    for number, title in enumerate(("Mug", "Kettle", "Muffin pan")):
        age(make_product_page(title), number)
    assert set(listed(admin, q="mu")) == {"Mug", "Muffin pan"}
    titles = list(listed(admin, ordering="last_published_at"))
    assert titles == ["Muffin pan", "Kettle", "Mug"]


def test_other_parts_of_the_site_keep_wagtails_own_listing(admin: Client, site: HomePage) -> None:
    response = admin.get(reverse("wagtailadmin_explore", args=[site.pk]))
    assert not hasattr(response.context["object_list"][0], "explorer_row")


def test_the_listing_costs_as_many_queries_for_two_pages_as_for_forty(admin: Client) -> None:
    counts = []
    for wanted in (2, 38):
        for number in range(wanted):
            page = make_product_page(f"Mug {wanted} {number}", picture=True)
            StockRecord.objects.filter(variant__product=page.product).update(on_hand=number)
        admin.get(listing_url())
        cache.clear()
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(admin)) == (2 if wanted == 2 else 40)
        counts.append(len(queries))
    assert counts[0] == counts[1]
