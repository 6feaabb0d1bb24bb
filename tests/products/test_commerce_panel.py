"""What the editors of a page and of a product show of price and stock."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import HomePage
from products.models import Product, ProductPage, ProductVariant
from products.order_stock import allocate_stock
from products.panels import CommercePanel
from products.readiness import Gap, PageFacts, VariantFacts, gaps_before_sale
from tests.factories import make_variant
from tests.products.editor import edit_url
from tests.products.makers import make_draft, make_person

pytestmark = pytest.mark.usefixtures("indexes")

READY_PAGE = {
    "has_product": True,
    "is_live": True,
    "is_public": True,
    "picture_count": 1,
    "pictures_without_alt": 0,
}
READY_VARIANT = {"sku": "A", "is_active": True, "available": 1}


@pytest.mark.parametrize(
    ("page", "variants", "codes"),
    [
        ({}, [{}], []),
        ({}, [{"available": 0}, {"sku": "B"}], []),
        ({"has_product": False, "is_live": False}, [], ["no_product"]),
        ({}, [], ["no_variant"]),
        ({}, [{"missing_option": "Color"}], ["missing_option"]),
        ({}, [{"is_active": False}], ["none_for_sale"]),
        ({}, [{"available": 0}], ["no_stock"]),
        ({}, [{"available": 0}, {"is_active": False}], ["no_stock"]),
        ({"picture_count": 0}, [{}], ["no_picture"]),
        ({"pictures_without_alt": 1}, [{}], ["no_alt_text"]),
        ({"is_live": False, "is_public": False}, [{}], ["not_live"]),
        ({"is_public": False}, [{}], ["not_public"]),
        (
            {"is_live": False, "picture_count": 0},
            [{"available": 0}],
            ["no_stock", "no_picture", "not_live"],
        ),
    ],
)
def test_what_is_missing_before_it_can_be_sold(
    page: dict[str, object], variants: list[dict[str, object]], codes: list[str]
) -> None:
    facts = PageFacts(**{**READY_PAGE, **page})
    gaps = gaps_before_sale(facts, [VariantFacts(**{**READY_VARIANT, **v}) for v in variants])
    assert [gap.code for gap in gaps] == codes


def test_a_gap_names_the_variant_and_its_option() -> None:
    variant = VariantFacts(sku="B-1", is_active=True, available=1, missing_option="Color")
    assert gaps_before_sale(PageFacts(**READY_PAGE), [variant]) == [
        Gap("missing_option", "B-1 does not say its Color.", sku="B-1")
    ]


@pytest.fixture
def page(site: HomePage) -> ProductPage:
    return make_draft("Mug", sku="MUG-1", on_hand=10)


def panel_of(client: Client, page: ProductPage) -> BeautifulSoup:
    html = client.get(edit_url(page)).content.decode()
    panel = BeautifulSoup(html, "html.parser").find(
        id="panel-child-content-price_and_stock-section"
    )
    assert panel is not None
    return panel


def texts(panel: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(node.get_text().split()) for node in panel.select(selector)]


def links(panel: BeautifulSoup) -> list[str]:
    return [a["href"] for a in panel.select(".w-panel__content a")]


EVERYTHING = (
    "change_product",
    "add_productvariant",
    "change_productvariant",
    "change_stockrecord",
)


def test_the_page_editor_shows_price_and_stock_with_links(
    client: Client, page: ProductPage
) -> None:
    variant = ProductVariant.objects.get()
    allocate_stock(quantities={variant.pk: 3}, reference="F1")
    client.force_login(make_person("paula", *EVERYTHING, page=page))
    panel = panel_of(client, page)
    assert texts(panel, "tbody td")[:6] == ["MUG-1", "–", "€24.00", "10", "3", "7"]
    assert texts(panel, "li") == ["The page is not published."]
    assert "ask the staff" not in panel.get_text()
    assert links(panel) == [
        f"/admin/variants/edit/{variant.pk}/",
        f"/admin/stock/edit/{variant.stock.pk}/",
        f"/admin/products/edit/{page.product_id}/",
        f"/admin/variants/new/?product={page.product_id}",
    ]


def test_each_gap_leads_to_where_it_is_mended(client: Client, page: ProductPage) -> None:
    client.force_login(make_person("paula", *EVERYTHING, page=page))
    page.pictures.all().delete()
    page = ProductPage.objects.get()
    page.save_revision()
    variant = ProductVariant.objects.get()
    variant.stock.on_hand = 0
    variant.stock.save()
    Product.objects.update(option1_name="Color")
    gaps = panel_of(client, page).select("li")
    assert [(li.get_text(strip=True), li.a and li.a["href"]) for li in gaps] == [
        ("MUG-1 does not say its Color.", f"/admin/variants/edit/{variant.pk}/"),
        ("Nothing of it is in stock.", f"/admin/stock/edit/{variant.stock.pk}/"),
        ("The page has no picture.", "#panel-child-content-pictures-heading"),
        ("The page is not published.", None),
    ]


def test_the_link_to_the_pictures_leads_somewhere(client: Client, page: ProductPage) -> None:
    client.force_login(make_person("paula", page=page))
    html = client.get(edit_url(page)).content.decode()
    assert 'id="panel-child-content-pictures-heading"' in html


def test_an_editor_who_may_not_trade_sees_the_numbers_without_links(
    client: Client, page: ProductPage
) -> None:
    client.force_login(make_person("erin", page=page))
    panel = panel_of(client, page)
    assert texts(panel, "tbody td")[:4] == ["MUG-1", "–", "€24.00", "10"]
    assert links(panel) == []
    assert "ask the staff of the shop" in panel.get_text()


def test_the_panel_is_no_part_of_the_form(page: ProductPage) -> None:
    panel = CommercePanel().bind_to_model(ProductPage)
    assert panel.get_form_options() == {}
    form_class = ProductPage.get_edit_handler().get_form_class()
    assert set(form_class.base_fields) == {
        "title", "summary", "body", "after_purchase", "slug", "seo_title", "search_description",
        "share_image", "show_in_menus", "go_live_at", "expire_at", "comment_notifications",
    }  # fmt: skip
    assert set(form_class.formsets) == {"pictures", "comments"}


def test_a_page_whose_product_was_deleted_can_still_be_edited(
    client: Client, page: ProductPage
) -> None:
    page.product.delete()
    client.force_login(make_person("paula", *EVERYTHING, page=page))
    panel = panel_of(client, page)
    assert texts(panel, "li") == ["The product of this page was deleted."]
    assert links(panel) == []


def test_the_editor_of_a_product_shows_its_variants_and_its_page(
    client: Client, page: ProductPage
) -> None:
    product = page.product
    product.option1_name = "Color"
    product.save()
    make_variant(product, sku="MUG-2", price="26.00", on_hand=4, options=("Ash",), is_active=False)
    client.force_login(make_person("paula", *EVERYTHING, page=page))
    html = client.get(f"/admin/products/edit/{product.pk}/").content.decode()
    soup = BeautifulSoup(html, "html.parser")
    rows = [texts(row, "td")[:6] for row in soup.select("table.listing tbody tr")]
    assert rows == [
        ["MUG-1", "–", "€24.00", "10", "0", "10"],
        ["MUG-2 not for sale", "Ash", "€26.00", "4", "0", "4"],
    ]
    assert soup.find("a", href=edit_url(page)).get_text() == "Mug"


def test_a_product_without_a_page_offers_to_make_one(client: Client, page: ProductPage) -> None:
    product = Product.objects.create(name="Kettle")
    client.force_login(make_person("paula", "add_product", *EVERYTHING, page=page))
    html = client.get(f"/admin/products/edit/{product.pk}/").content.decode()
    assert f'formaction="/admin/products/{product.pk}/page/"' in html
    assert "There is no variant yet." in html
    assert Decimal(ProductVariant.objects.get().price) == Decimal("24.000")
