"""Sample products for measurements: written in bulk, and yet as whole as those made by hand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from home.models import HomePage
from products.listing import listing_for
from products.models import (
    AttributeValue,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from products.offers import offers_for_pages
from tests.factories import make_product_page
from tests.site_tree import leave_welcome_page

pytestmark = pytest.mark.django_db


def seed(count: int) -> None:
    call_command("seed_catalogue", str(count), "--force", stdout=StringIO(), stderr=StringIO())


def test_samples_are_live_pages_in_a_tree_without_faults(site: HomePage) -> None:
    make_product_page("Kettle")
    seed(40)
    assert Page.find_problems() == ([], [], [], [], [])
    shop = ProductIndexPage.objects.get()
    assert shop.get_children().count() == shop.numchild == 41
    page = ProductPage.objects.get(product__variants__sku="SEED-000040-1")
    assert page.live
    assert page.url == f"/shop/{page.slug}/"
    assert page.title == page.draft_title == page.product.name


def test_samples_stand_in_every_state_with_stock_logs_and_prices(site: HomePage) -> None:
    seed(60)
    offers = offers_for_pages(ProductPage.objects.all())
    codes = {offer.availability.code for listed in offers.values() for offer in listed}
    assert codes == {"in_stock", "low_stock", "sold_out"}
    assert ProductVariant.objects.filter(is_active=False).exists()
    variants = ProductVariant.objects.count()
    assert StockRecord.objects.count() == StockMovement.objects.count() == variants
    assert all(variant.price_changes.count() == 1 for variant in ProductVariant.objects.all())
    for variant in ProductVariant.objects.select_related("product"):
        variant.full_clean()


def test_samples_have_types_values_tags_and_options(site: HomePage) -> None:
    seed(60)
    assert not Product.objects.filter(product_type=None).exists()
    assert Product.objects.exclude(option1_name="").exists()
    assert Product.objects.filter(tags__name="gift").exists()
    kinds = set(AttributeValue.objects.values_list("attribute__kind", flat=True))
    assert kinds == {"choice", "number", "boolean", "text"}


def test_samples_are_found_by_the_search(site: HomePage) -> None:
    seed(3)
    page = ProductPage.objects.last()
    assert list(ProductPage.objects.search(page.title)) == [page]
    assert listing_for(page, offers_for_pages([page])[page.pk]).name == page.title


def test_a_second_run_goes_on_where_the_first_ended(site: HomePage) -> None:
    seed(2)
    names = set(Product.objects.values_list("name", flat=True))
    seed(3)
    assert Product.objects.count() == ProductPage.objects.count() == 5
    assert names < set(Product.objects.values_list("name", flat=True))
    assert ProductVariant.objects.filter(sku="SEED-000005-1").exists()


@pytest.mark.parametrize("arguments", [["3"], ["0", "--force"], ["x", "--force"]])
def test_a_real_shop_or_a_wrong_number_gets_nothing(arguments: list[str], site: HomePage) -> None:
    with pytest.raises(CommandError):
        call_command("seed_catalogue", *arguments, stderr=StringIO())
    assert not Product.objects.exists()


def test_without_a_shop_page_nothing_is_written(db: None) -> None:
    leave_welcome_page()
    with pytest.raises(CommandError, match="There is no shop page yet"):
        call_command("seed_catalogue", "3", "--force")
    assert not Product.objects.exists()
