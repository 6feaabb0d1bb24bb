"""The list of products follows every way to change a price, stock, a variant or a page."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from products.catalog import add_variant
from products.generation import current_generation
from products.listing_entries import one_refresh, refresh_listing, stale_listing
from products.models import CatalogGeneration, ListingEntry, ProductPage, ProductVariant
from products.order_stock import allocate_stock, release_stock, ship_stock
from products.prices import change_price
from products.stock import adjust_stock, count_stock
from tests.factories import make_product_page, make_variant

pytestmark = pytest.mark.django_db

Commit = Callable[..., object]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Callable[[], object]:
    """What happens inside is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Speckled Mug", sku="MUG", price="24.00", on_hand=3)


def variant_of(page: ProductPage) -> ProductVariant:
    return page.product.variants.get()


def entry_of(page: ProductPage) -> tuple[str, bool]:
    """Its price and whether it can be bought; fails unless all of the list is right."""
    assert stale_listing() == []
    entry = ListingEntry.objects.get(page=page)
    return f"{entry.price:.2f}", entry.is_buyable


def numbers_of(mug: ProductPage) -> dict[int, int]:
    return {variant_of(mug).pk: 3}


def test_publishing_puts_a_page_into_the_list(mug: ProductPage) -> None:
    assert entry_of(mug) == ("24.00", True)
    entry = ListingEntry.objects.get()
    assert entry.title_key == "speckled mug"
    assert entry.words == "MUG"
    assert entry.published_at == mug.first_published_at


def test_a_new_price_is_in_the_list(mug: ProductPage, commit: Commit) -> None:
    with commit():
        change_price(variant=variant_of(mug), price=Decimal("19.50"), user=None)
    assert entry_of(mug) == ("19.50", True)


def test_stock_that_is_promised_freed_and_shipped_is_in_the_list(
    mug: ProductPage, commit: Commit
) -> None:
    with commit():
        allocate_stock(quantities=numbers_of(mug), reference="T1")
    assert entry_of(mug) == ("24.00", False)
    with commit():
        release_stock(quantities=numbers_of(mug), reference="T1")
    assert entry_of(mug) == ("24.00", True)
    with commit():
        allocate_stock(quantities=numbers_of(mug), reference="T2")
    with commit():
        ship_stock(quantities=numbers_of(mug), reference="T2")
    assert entry_of(mug) == ("24.00", False)


def test_stock_that_is_counted_and_adjusted_is_in_the_list(
    mug: ProductPage, commit: Commit
) -> None:
    record = variant_of(mug).stock
    with commit():
        count_stock(record=record, counted=0, expected_on_hand=3, user=None)
    assert entry_of(mug) == ("24.00", False)
    with commit():
        adjust_stock(record=record, change=2, reason="received", user=None)
    assert entry_of(mug) == ("24.00", True)


def test_a_new_variant_is_in_the_list_and_the_cheapest_that_can_be_bought_counts(
    mug: ProductPage, commit: Commit
) -> None:
    variant_of(mug)
    ProductVariant.objects.update(option1="Oat")
    mug.product.option1_name = "Glaze"
    mug.product.save()
    new = ProductVariant(product=mug.product, sku="MUG-2", price=Decimal(12), option1="Moss")
    with commit():
        add_variant(variant=new, on_hand=0, user=None)
    assert entry_of(mug) == ("24.00", True)
    with commit():
        adjust_stock(record=new.stock, change=1, reason="received", user=None)
    assert entry_of(mug) == ("12.00", True)


def test_what_is_changed_in_the_admin_is_in_the_list(
    mug: ProductPage, commit: Commit, admin_client: Client
) -> None:
    variant = variant_of(mug)
    form = {"sku": "CUP", "price": "30", "price_seen": "24.000", "sort_order": "0"}
    with commit():
        admin_client.post(f"/admin/variants/edit/{variant.pk}/", {**form, "is_active": "on"})
    assert entry_of(mug) == ("30.00", True)
    assert ListingEntry.objects.get().words == "CUP"
    with commit():  # "For sale" is not ticked any more.
        form["price_seen"] = "30.000"
        admin_client.post(f"/admin/variants/edit/{variant.pk}/", form)
    entry = ListingEntry.objects.get()
    assert (entry.price, entry.is_buyable, entry.words) == (None, False, "")
    with commit():
        admin_client.post(f"/admin/variants/delete/{variant.pk}/")
    assert stale_listing() == []
    assert ListingEntry.objects.get().price is None
    with commit():
        admin_client.post(f"/admin/products/delete/{mug.product_id}/")
    assert not ListingEntry.objects.exists()


def test_a_title_is_in_the_list_when_it_is_published(mug: ProductPage) -> None:
    mug.title = "Éclair Plate"
    revision = mug.save_revision()
    assert ListingEntry.objects.get().title_key == "speckled mug"
    revision.publish()
    assert ListingEntry.objects.get().title_key == "eclair plate"


def test_a_copy_of_a_page_is_in_the_list(mug: ProductPage) -> None:
    copy = mug.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert ListingEntry.objects.filter(page=copy).exists()
    assert stale_listing() == []


def test_publishing_unpublishing_and_deleting_end_the_generation(
    mug: ProductPage, commit: Commit
) -> None:
    seen = [current_generation()]
    for change in (mug.unpublish, mug.save_revision().publish, mug.delete):
        with commit():
            change()
        assert current_generation().list_number > seen[-1].list_number
        seen.append(current_generation())
    assert not ListingEntry.objects.exists()


def test_a_sale_that_changes_no_list_leaves_the_lists_their_generation(
    mug: ProductPage, commit: Commit
) -> None:
    with commit():
        mug.save_revision().publish()
    before = current_generation()
    with commit():
        allocate_stock(quantities={variant_of(mug).pk: 1}, reference="T1")
    after = current_generation()
    assert after.number > before.number
    assert after.list_number == before.list_number


def test_a_rolled_back_change_ends_no_generation(mug: ProductPage, commit: Commit) -> None:
    before = current_generation()
    with commit(), pytest.raises(ValueError, match="no"):
        _change_and_fail(mug)
    assert current_generation() == before


def _change_and_fail(mug: ProductPage) -> None:
    with transaction.atomic():
        change_price(variant=variant_of(mug), price=Decimal(1), user=None)
        raise ValueError("no")


def test_changes_in_bulk_are_refreshed_together(
    mug: ProductPage, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    cup = make_product_page("Cup")
    calls: list[set[int]] = []
    monkeypatch.setattr(
        "products.listing_entries.refresh_listing", lambda ids: calls.append(set(ids))
    )
    with commit(), one_refresh():
        change_price(variant=variant_of(mug), price=Decimal(5), user=None)
        allocate_stock(quantities={variant_of(cup).pk: 1}, reference="T1")
        assert calls == []
    assert calls == [{mug.product_id, cup.product_id}]


def test_the_list_can_be_checked_and_made_anew(mug: ProductPage) -> None:
    ListingEntry.objects.update(price=Decimal(1), title_key="wrong")
    with pytest.raises(CommandError, match="1 entries are missing or wrong"):
        call_command("refresh_listing", "--check")
    call_command("refresh_listing")
    call_command("refresh_listing", "--check")
    assert entry_of(mug) == ("24.00", True)
    assert refresh_listing() == 0


def test_the_words_of_the_catalog_are_found(mug: ProductPage) -> None:
    mug.product.tags.add("breakfast")
    assert list(ProductPage.objects.search("breakfast")) == []
    refresh_listing([mug.product_id])
    assert list(ProductPage.objects.search("breakfast")) == [mug]


def test_there_is_one_generation(db: None) -> None:
    with pytest.raises(IntegrityError):
        CatalogGeneration.objects.create(pk=2)


def test_a_refresh_costs_the_same_for_2_and_for_40_products(site: HomePage) -> None:
    found = []
    for more in (2, 38):
        for number in range(more):
            page = make_product_page(f"Mug {number}")
            make_variant(page.product, options=("Oat",))
        refresh_listing()
        ListingEntry.objects.update(price=None)
        with CaptureQueriesContext(connection) as queries:
            refresh_listing()
        found.append(len(queries))
    assert found[0] == found[1]
