"""Products from a file: what is created and what is updated."""

from decimal import Decimal

import pytest
from wagtail.models import Page, ReferenceIndex

from home.models import HomePage
from products.catalog_file.exporting import export_catalog
from products.models import (
    PriceChange,
    Product,
    ProductPage,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from tests.factories import make_product, make_product_page, make_variant
from tests.products.files import (
    HEADER,
    answers_of,
    everything,
    imported,
    make_mug_type,
    problems_of,
)

pytestmark = pytest.mark.django_db


# --- Creating ----------------------------------------------------------------------------------


def test_lines_of_one_name_make_one_product_with_all_it_has(site: HomePage) -> None:
    mug = make_mug_type()
    report = imported(
        HEADER,
        'MUG-BLUE,Mug,mug,"gift, tea time",Glaze,Blue,24.90,7,350,4006381333931,yes,'
        "Rinse,350,stoneware,no",
        "MUG-RED,Mug,,,,Red,26,,,,no,,,,",
    )
    assert (report.new_products, report.new_variants, report.problem_count) == (1, 2, 0)
    product = Product.objects.get()
    assert (product.name, product.product_type, product.option_names) == ("Mug", mug, ("Glaze",))
    assert sorted(product.tags.names()) == ["gift", "tea time"]
    assert answers_of(product) == {
        "care": "Rinse", "capacity": "350 ml", "material": "Stoneware", "dishwasher-safe": "No",
    }  # fmt: skip
    blue, red = product.variants.select_related("stock")
    assert (blue.sku, blue.option1, blue.price) == ("MUG-BLUE", "Blue", Decimal("24.9"))
    assert (blue.weight_grams, blue.gtin, blue.is_active) == (350, "4006381333931", True)
    assert (red.sku, red.option1, red.is_active) == ("MUG-RED", "Red", False)
    assert (blue.stock.on_hand, red.stock.on_hand) == (7, 0)
    assert [str(movement) for movement in blue.stock.movements.all()] == ["Opening stock +7"]
    assert [change.price for change in blue.price_changes.all()] == [Decimal("24.9")]
    assert not ProductPage.objects.exists()


def test_a_new_sku_joins_the_product_of_its_name_or_of_its_neighbors() -> None:
    known = Product.objects.create(name="Bowl", option1_name="Color")
    make_variant(known, sku="BOWL-1", options=("Blue",))
    other = Product.objects.create(name="Old name", option1_name="Color")
    make_variant(other, sku="CUP-1", options=("Blue",))
    imported(
        "sku,product,option1,price",
        "BOWL-2,Bowl,Red,3",
        "CUP-1,Cup,,",
        "CUP-2,Cup,Red,4",
    )
    assert [variant.sku for variant in known.variants.all()] == ["BOWL-1", "BOWL-2"]
    other.refresh_from_db()
    assert other.name == "Cup"
    assert [variant.sku for variant in other.variants.all()] == ["CUP-1", "CUP-2"]
    assert Product.objects.count() == 2


def test_drafts_of_pages_are_made_on_request_below_the_shop(
    site: HomePage, django_capture_on_commit_callbacks: object
) -> None:
    page_of_other = make_product_page("Kettle", sku="KET-1")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        report = imported(
            "sku,product,price,page_title,summary",
            "MUG-1,Speckled Mug,24,A mug to keep,By hand.",
            "CUP-1,Cup,12,,",
            "KET-1,,,Ignored,Ignored",
            with_pages=True,
        )
    assert report.new_pages == 2
    assert Page.find_problems() == ([], [], [], [], [])
    mug = ProductPage.objects.get(title="A mug to keep")
    assert (mug.live, mug.summary, mug.slug, mug.product.name) == (
        False, "By hand.", "a-mug-to-keep", "Speckled Mug",
    )  # fmt: skip
    assert mug.get_parent().slug == "shop"
    assert [reference.object_id for reference in ReferenceIndex.get_references_to(mug.product)] == [
        str(mug.pk)
    ]
    assert list(ProductPage.objects.search("keep")) == [mug]
    page_of_other.refresh_from_db()
    assert page_of_other.title == "Kettle"
    assert ProductPage.objects.get(title="Cup").summary == ""


# --- Updating ----------------------------------------------------------------------------------


def test_only_what_a_line_says_is_changed_and_each_log_gets_its_row(site: HomePage) -> None:
    make_mug_type()
    mug = make_product("Mug", sku="MUG-1", price="24.00", on_hand=10)
    cup = make_product("Cup", sku="CUP-1", price="12.00")
    report = imported(
        HEADER, "MUG-1,Big Mug,mug,gift,,,26.50,8,400,,,,500,,", "CUP-1,,,,,,12.00,10,,,yes,,,,"
    )
    assert (report.changed_products, report.changed_variants) == (1, 1)
    assert (report.new_prices, report.counted, report.unchanged) == (1, 1, 1)
    mug.refresh_from_db()
    assert (mug.product.name, mug.price, mug.weight_grams) == ("Big Mug", Decimal("26.5"), 400)
    assert answers_of(mug.product) == {"capacity": "500 ml"}
    assert [(row.variant, row.price) for row in PriceChange.objects.all()] == [
        (mug, Decimal("26.5"))
    ]
    movement = StockMovement.objects.get()
    assert (movement.record.variant, movement.reason, movement.on_hand_change, movement.note) == (
        mug, "counted", -2, "Import of a test",
    )  # fmt: skip
    cup.refresh_from_db()
    assert (cup.product.name, cup.price, cup.stock.on_hand) == ("Cup", Decimal(12), 10)


def test_an_empty_cell_leaves_alone_and_a_dash_takes_away(site: HomePage) -> None:
    make_mug_type()
    imported(HEADER, "MUG-1,Mug,mug,gift,,,24,5,350,4006381333931,yes,Rinse,350,Glass,yes")
    before = everything()
    imported(HEADER, "MUG-1,,,,,,,,,,,,,,")
    assert everything() == before
    imported(HEADER, "MUG-1,,,-,,,,,-,-,,-,-,,-")
    variant = ProductVariant.objects.get()
    assert (variant.weight_grams, variant.gtin) == (None, "")
    assert answers_of(variant.product) == {"material": "Glass"}
    assert list(variant.product.tags.names()) == []
    imported(HEADER, "MUG-1,,-,,,,,,,,,,,,")
    assert Product.objects.get().product_type is None


def test_two_variants_may_exchange_their_options() -> None:
    product = Product.objects.create(name="Bowl", option1_name="Color")
    make_variant(product, sku="B-1", options=("Blue",))
    make_variant(product, sku="B-2", options=("Red",))
    imported("sku,option1", "B-1,Red", "B-2,Blue")
    assert [(v.sku, v.option1) for v in product.variants.all()] == [("B-1", "Red"), ("B-2", "Blue")]


def test_stock_that_moved_since_the_export_is_not_counted_back() -> None:
    sold, counted, same = (make_product(sku=sku, on_hand=10) for sku in ("A", "B", "C"))
    StockRecord.objects.filter(variant__in=[sold, same]).update(on_hand=8)
    lines = ("sku,stock,stock_was", "A,9,10", "B,7,10", "C,10,10")
    assert problems_of(*lines) == [
        (2, "stock: It was 10 when the file was made and is 8 by now. Look again.")
    ]
    imported(*lines)
    on_hand = {record.variant_id: record.on_hand for record in StockRecord.objects.all()}
    assert on_hand == {sold.pk: 8, counted.pk: 7, same.pk: 8}


# --- Tax class ---------------------------------------------------------------------------------


def test_the_tax_class_comes_in_and_goes_out_again(site: HomePage) -> None:
    report = imported("sku,product,price,tax_class", "TEA-1,Tea,10.70,reduced", "MUG-1,Mug,24,")
    assert report.problem_count == 0
    classes = dict(Product.objects.values_list("name", "tax_class"))
    assert classes == {"Tea": "reduced", "Mug": "standard"}
    header, *lines = "".join(export_catalog()).splitlines()
    column = header.split(",").index("tax_class")
    assert [line.split(",")[column] for line in lines] == ["reduced", "standard"]
    assert imported("sku,tax_class", "TEA-1,standard").changed_products == 1
    assert set(Product.objects.values_list("tax_class", flat=True)) == {"standard"}


def test_a_tax_class_that_there_is_none_of_is_refused() -> None:
    make_product(sku="MUG-1")
    [problem] = problems_of("sku,tax_class", "MUG-1,luxury")
    assert "There is no tax class “luxury”; it is one of standard, reduced" in str(problem)
