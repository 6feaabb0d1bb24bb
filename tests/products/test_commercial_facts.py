"""Price, SKU and stock do not move, whatever Wagtail does with old versions of a page.

Each way of bringing old words back is driven through Wagtail's own views, commands and methods.
The summary, which does live in the page, is brought back by the same steps: this shows that each
of them really published something old, and what would happen to a price that was kept there.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Locale, Page, Revision

from home.models import HomePage
from products.models import (
    PriceChange,
    Product,
    ProductPage,
    ProductPagePicture,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from products.order_stock import allocate_stock
from products.prices import change_price
from products.stock import count_stock
from tests.factories import make_user
from tests.products.editor import autosave, edit_url, editor_form, publish, revert_url, save
from tests.products.makers import make_draft

OLD_WORDS, NEW_WORDS = "Old words.", "New words."

# SKU, price, on hand and allocated once trade has gone on.
FACTS_NOW = [("MUG-1B", Decimal("31.00"), 7, 2)]


def facts() -> list[tuple[str, Decimal, int, int]]:
    variants = ProductVariant.objects.select_related("stock").order_by("pk")
    return [(v.sku, v.price, v.stock.on_hand, v.stock.allocated) for v in variants]


def logs() -> tuple[int, int, int]:
    return Product.objects.count(), PriceChange.objects.count(), StockMovement.objects.count()


def trade() -> None:
    """A price goes up, the shelf is counted, an order comes in, a SKU is renamed."""
    variant = ProductVariant.objects.get()
    change_price(variant=variant, price=Decimal("31.00"), user=None)
    count_stock(record=variant.stock, counted=7, expected_on_hand=10, user=None)
    allocate_stock(quantities={variant.pk: 2}, reference="F1")
    ProductVariant.objects.filter(pk=variant.pk).update(sku="MUG-1B")


@pytest.fixture
def page(site: HomePage) -> ProductPage:
    """Published with old words; then trade went on; then published with new words."""
    page = make_draft(sku="MUG-1", on_hand=10)
    page.summary = OLD_WORDS
    page.save_revision().publish()
    trade()
    page = ProductPage.objects.get()
    page.summary = NEW_WORDS
    page.save_revision().publish()
    assert facts() == FACTS_NOW
    return ProductPage.objects.get()


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


def old_revision(page: ProductPage) -> Revision:
    return next(r for r in page.revisions.all() if r.content["summary"] == OLD_WORDS)


# --- The ways of bringing old words back -------------------------------------------------------


def publish_the_old_revision_in_python(client: Client, page: ProductPage) -> None:
    old_revision(page).publish()


def revert_and_publish_in_the_admin(client: Client, page: ProductPage) -> None:
    url = revert_url(old_revision(page))
    response = client.post(
        edit_url(page), editor_form(client, url, **{"action-publish": "1"}), follow=True
    )
    assert response.status_code == 200


def revert_and_post_back_to_the_revert_view(client: Client, page: ProductPage) -> None:
    url = revert_url(old_revision(page))
    client.post(url, editor_form(client, url, **{"action-publish": "1"}))


def type_the_old_words_and_publish(client: Client, page: ProductPage) -> None:
    publish(client, page, summary=OLD_WORDS)


def schedule_the_old_words(client: Client, page: ProductPage) -> None:
    go_live_at = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    publish(client, page, summary=OLD_WORDS, go_live_at=go_live_at)
    assert ProductPage.objects.get().summary == NEW_WORDS
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        call_command("publish_scheduled")


def save_the_old_words_and_publish_in_bulk(client: Client, page: ProductPage) -> None:
    url = revert_url(old_revision(page))
    client.post(edit_url(page), editor_form(client, url))
    assert ProductPage.objects.get().summary == NEW_WORDS
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={page.pk}", {"include_descendants": ""})


def autosave_a_tab_left_open_and_publish_it(client: Client, page: ProductPage) -> None:
    form = editor_form(client, edit_url(page))
    first = autosave(client, page, form, summary="Old wor").json()
    assert first["success"] is True
    form["overwrite_revision_id"] = str(first["revision_id"])
    second = autosave(client, page, form, summary=OLD_WORDS).json()
    assert (second["success"], second["revision_id"]) == (True, first["revision_id"])
    assert ProductPage.objects.get().summary == NEW_WORDS
    form["summary"] = OLD_WORDS
    form["action-publish"] = "1"
    client.post(edit_url(page), form)


WAYS_BACK = [
    publish_the_old_revision_in_python,
    revert_and_publish_in_the_admin,
    revert_and_post_back_to_the_revert_view,
    type_the_old_words_and_publish,
    schedule_the_old_words,
    save_the_old_words_and_publish_in_bulk,
    autosave_a_tab_left_open_and_publish_it,
]


@pytest.mark.parametrize("bring_back", WAYS_BACK, ids=lambda way: way.__name__)
def test_old_words_come_back_and_no_price_sku_or_stock_with_them(
    bring_back: Callable[[Client, ProductPage], None], editor: Client, page: ProductPage
) -> None:
    before = logs()
    bring_back(editor, page)
    page.refresh_from_db()
    assert (page.live, page.summary) == (True, OLD_WORDS)
    assert facts() == FACTS_NOW
    assert logs() == before


def test_trade_during_an_open_editor_survives_its_publishing(
    editor: Client, site: HomePage
) -> None:
    page = make_draft(sku="MUG-1", on_hand=10)
    form = editor_form(editor, edit_url(page), summary=NEW_WORDS, **{"action-publish": "1"})
    trade()
    editor.post(edit_url(page), form)
    page.refresh_from_db()
    assert (page.live, page.summary) == (True, NEW_WORDS)
    assert facts() == FACTS_NOW


def test_a_price_or_a_stock_posted_with_the_page_is_not_read(
    editor: Client, page: ProductPage
) -> None:
    publish(editor, page, summary=OLD_WORDS, price="1.00", sku="FREE", on_hand="999", product="999")
    page.refresh_from_db()
    assert page.summary == OLD_WORDS
    assert page.product == Product.objects.get()
    assert facts() == FACTS_NOW


@pytest.mark.parametrize("copy_revisions", [True, False])
def test_copying_a_page_in_python_shares_its_product(
    copy_revisions: bool, page: ProductPage
) -> None:
    before = logs()
    copy = page.copy(update_attrs={"title": "Copy", "slug": "copy"}, copy_revisions=copy_revisions)
    copy.get_latest_revision().publish()
    assert ProductPage.objects.count() == 2
    assert copy.product == page.product
    assert facts() == FACTS_NOW
    assert logs() == before


def test_copying_a_page_in_the_admin_shares_its_product(editor: Client, page: ProductPage) -> None:
    before = logs()
    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": str(page.get_parent().pk),
            "copy_subpages": "",
            "publish_copies": "on",
            "alias": "",
        },
    )
    assert response.status_code == 302
    copy = ProductPage.objects.get(slug="copy")
    assert (copy.live, copy.product_id) == (True, page.product_id)
    assert facts() == FACTS_NOW
    assert logs() == before


def test_a_translation_shares_the_product(page: ProductPage) -> None:
    german = Locale.objects.create(language_code="de")
    copy = page.copy_for_translation(german, copy_parents=True)
    copy.get_latest_revision().publish()
    assert copy.product_id == page.product_id
    assert facts() == FACTS_NOW


def test_unpublishing_and_deleting_a_page_leave_its_product_alone(
    editor: Client, page: ProductPage
) -> None:
    before = logs()
    page.unpublish()
    assert facts() == FACTS_NOW
    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not ProductPage.objects.exists()
    assert facts() == FACTS_NOW
    assert logs() == before


def test_saving_a_draft_of_a_live_page_changes_neither_words_nor_facts(
    editor: Client, page: ProductPage
) -> None:
    save(editor, page, summary="Newer words.")
    page.refresh_from_db()
    assert page.summary == NEW_WORDS
    assert page.get_latest_revision_as_object().summary == "Newer words."
    assert facts() == FACTS_NOW


# --- That it stays so -------------------------------------------------------------------------

COMMERCIAL_WORDS = ("price", "sku", "stock", "on_hand", "allocated", "gtin", "weight", "cost")


def revisioned_models(model: type[ClusterableModel]) -> list[type[models.Model]]:
    """A page and everything that its revisions write back with it."""
    found: list[type[models.Model]] = [model]
    for relation in get_all_child_relations(model):
        child = relation.related_model
        found += revisioned_models(child) if issubclass(child, ClusterableModel) else [child]
    return found


def commercial_fields(model: type[ClusterableModel]) -> list[str]:
    """Fields that a revision would roll back and that look like a fact of trade."""
    return [
        f"{one.__name__}.{field.name}"
        for one in revisioned_models(model)
        for field in one._meta.get_fields()
        if isinstance(field, models.DecimalField)
        or any(word in field.name for word in COMMERCIAL_WORDS)
    ]


def test_no_revision_holds_a_commercial_fact() -> None:
    assert commercial_fields(ProductPage) == []
    assert ProductPagePicture in revisioned_models(ProductPage)


def test_the_records_are_no_children_of_any_page() -> None:
    for record in (Product, ProductVariant, StockRecord, PriceChange, StockMovement):
        assert not issubclass(record, ClusterableModel)
        assert not any(isinstance(field, ParentalKey) for field in record._meta.get_fields())
    child_models = {
        relation.related_model
        for model in (Page, *Page.__subclasses__())
        for relation in get_all_child_relations(model)
    }
    assert child_models.isdisjoint({ProductVariant, StockRecord, PriceChange, StockMovement})


@isolate_apps("products")
def test_that_check_notices_a_price_in_a_page_and_in_its_children() -> None:
    class PricedPage(ClusterableModel):
        price = models.CharField(max_length=9)
        amount = models.DecimalField(max_digits=9, decimal_places=2)

        class Meta:
            app_label = "products"

    class PagedVariant(models.Model):  # noqa: DJ008
        page = ParentalKey(PricedPage, on_delete=models.CASCADE, related_name="variants")
        sku = models.CharField(max_length=9)

        class Meta:
            app_label = "products"

    assert sorted(commercial_fields(PricedPage)) == [
        "PagedVariant.sku",
        "PricedPage.amount",
        "PricedPage.price",
    ]
