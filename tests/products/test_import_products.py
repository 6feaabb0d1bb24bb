"""Products from a file: what is created, what is updated, and what is refused without a trace."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from home.models import HomePage
from products.models import (
    PriceChange,
    Product,
    ProductPage,
    ProductType,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from products.stock import allocate_stock
from tests.factories import make_product, make_product_page, make_variant
from tests.products.files import (
    checked,
    everything,
    exported,
    file_of,
    imported,
    make_mug_type,
    problems_of,
    run_command,
)

pytestmark = pytest.mark.django_db

HEADER = (
    "sku,product,type,tags,option1_name,option1,price,stock,weight_grams,gtin,active,"
    "attr:care,attr:capacity,attr:material,attr:dishwasher-safe"
)


def answers_of(product: Product) -> dict[str, str]:
    return {value.attribute.code: value.label for value in product.attribute_values.all()}


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


# --- Refusing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"price": "24,90"}, "price: “24,90” has a comma. Write numbers with a point"),
        ({"price": "1.024,90"}, "price: “1.024,90” has a comma."),
        ({"price": "NaN"}, "price: “NaN” is not a number."),
        ({"price": "Infinity"}, "price: “Infinity” is not a number."),
        ({"price": "€24.90"}, "price: “€24.90” is not a number."),
        ({"price": "1e3"}, "price: “1e3” is not a number."),
        ({"price": "٣"}, "price: “٣” is not a number."),
        ({"price": "-1"}, "price: A price is more than zero."),
        ({"price": "0"}, "price: A price is more than zero."),
        ({"price": "24.999"}, "price: The smallest step of a price in EUR is 0.01."),
        ({"price": "9999999999"}, "price: A price has at most nine digits"),
        ({"price": "-"}, "price: This cannot be emptied."),
        ({"price": ""}, "price: A new variant needs a price."),
        ({"price": "=A2*2"}, "price: “=A2*2” is a formula. Put its result into the file."),
        ({"product": "=HYPERLINK(1)"}, "product: “=HYPERLINK(1)” is a formula."),
        ({"product": ""}, "product: There is no SKU “NEW-1” yet, so the line must name its"),
        ({"product": "x" * 201}, "product: Ensure this value has at most 200 characters"),
        ({"product": "a\x00b"}, "product: The cell holds a character that cannot be shown."),
        ({"sku": "a b"}, "sku: A SKU is made of letters"),
        ({"sku": ""}, "The line has no SKU."),
        ({"sku": "S" * 61}, "sku: Ensure this value has at most 60 characters"),
        (
            {"type": "mugs"},
            "type: There is no product type “mugs”. Make it under Products > Product types first.",
        ),
        ({"stock": "-1"}, "stock: “-1” is less than nothing."),
        ({"stock": "2.5"}, "stock: “2.5” is not a whole number."),
        ({"stock": "9999999"}, "stock: “9999999” is more than 1000000. Please check the number."),
        ({"weight_grams": "a lot"}, "weight_grams: “a lot” is not a whole number."),
        ({"gtin": "4.00638E+12"}, "gtin: A GTIN has 8, 12, 13 or 14 digits."),
        ({"active": "maybe"}, "active: “maybe” is neither yes nor no."),
        ({"option1": "Blue"}, "The product has no such option."),
        ({"option1_name": "Color"}, "Say which Color this variant has."),
        ({"attr:capacity": "350 ml"}, "attr:capacity: “350 ml” is not a number."),
        ({"attr:capacity": "1.2345"}, "attr:capacity: Ensure that there are no more than 3"),
        (
            {"attr:material": "Steel"},
            (
                "attr:material: “Steel” is none of its choices: Glass, Stoneware. "
                "Add it under Products > Attributes > Material first."
            ),
        ),
        ({"attr:dishwasher-safe": "2"}, "attr:dishwasher-safe: “2” is neither yes nor no."),
        ({"attr:care": "x" * 201}, "attr:care: Ensure this value has at most 200 characters"),
        ({"type": "", "attr:care": "Rinse"}, "attr:care: The product has no type"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_nothing_is_written(
    cells: dict[str, str], text: str
) -> None:
    make_mug_type()
    make_product(sku="OLD-1")
    row = {"sku": "NEW-1", "product": "Mug", "type": "mug", "price": "24.90", **cells}
    columns = HEADER.split(",")
    line = ";".join(row.get(column, "") for column in columns)
    problems = problems_of(";".join(columns), "OLD-1", line)
    assert [number for number, _text in problems] == [3]
    assert problems[0][1].startswith(text)


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (
            ["sku,product,price", "A,Mug,3", "B,Mug,4", "a,Cup,5"],
            [
                (3, "“B” has the same options as “A”. Say how they differ."),
                (4, "sku: “a” stands in line 2 already."),
            ],
        ),
        (
            ["sku,product,price,option1_name,option1,tags", "A,Mug,3,Color,Red,x",
             "B,Mug,4,Size,S,y"],
            [
                (3, "option1_name: Line 2 says something else of the same product."),
                (3, "tags: Line 2 says something else of the same product."),
            ],
        ),
        (
            ["sku,product,price,option1_name,option1,option2_name,option2",
             "A,Mug,3,Size,S,size,M"],
            [(2, "Two options have the same name.")],
        ),
        (
            ["sku,option1_name,option1", "BOWL-1,Color,Red"],
            [(2, "“BOWL-2”, which is not in the file: The product has no such option.")],
        ),
        (["sku,option1,option2", "BOWL-1,Red,M"],
         [(2, "“BOWL-1” has the same options as “BOWL-2”. Say how they differ.")]),
        (["sku,product,price", "X,Twin,3"],
         [(2, "product: Several products are called “Twin”. Add this variant by hand.")]),
        (["sku,stock", "BOWL-1,2"],
         [(2, "stock: 3 pieces are promised to orders, so there must be at least as many.")]),
    ],
)  # fmt: skip
def test_lines_that_do_not_go_together_are_told_and_nothing_is_written(
    lines: list[str], problems: list[tuple[int, str]]
) -> None:
    bowl = Product.objects.create(name="Bowl", option1_name="Color", option2_name="Size")
    first = make_variant(bowl, sku="BOWL-1", options=("Blue", "M"))
    make_variant(bowl, sku="BOWL-2", options=("Red", "M"))
    allocate_stock(quantities={first.pk: 3}, reference="T1")
    make_product("Twin", sku="TWIN-1")
    make_product("Twin", sku="TWIN-2")
    if lines[0] == "sku,option1_name,option1":
        Product.objects.filter(pk=bowl.pk).update(option2_name="Size")
        lines = ["sku,option1_name,option1,option2_name,option2", "BOWL-1,Color,Red,-,-"]
    assert problems_of(*lines) == problems


def test_an_attribute_of_another_type_is_refused() -> None:
    make_mug_type()
    ProductType.objects.create(name="Candle", code="candle")
    assert problems_of("sku,product,type,price,attr:care", "A,Candle,candle,3,Rinse") == [
        (
            2,
            (
                "attr:care: Products of the type “Candle” do not have this. "
                "Add it to the type under Products > Product types first."
            ),
        )
    ]


def test_wrong_lines_are_left_out_and_the_others_written() -> None:
    report = imported("sku,product,price", "A,Mug,3", "B,Cup,NaN", "C,Jug,5", "C,Jug,6")
    assert [product.name for product in Product.objects.all()] == ["Jug", "Mug"]
    assert [problem.line for problem in report.problems] == [3, 5]


# --- The command -------------------------------------------------------------------------------


@pytest.fixture
def catalog_file(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.csv"
    path.write_bytes(file_of("sku,product,price", "A,Mug,3", "B,Cup,-1"))
    return path


def test_the_command_writes_nothing_while_a_line_is_wrong(catalog_file: Path) -> None:
    out, err = run_command(str(catalog_file))
    assert out == ""
    assert "Line 3: price: A price is more than zero." in err
    assert "Nothing was written: 1 things are wrong." in err
    assert "100 % 1/1 products checked" in err
    assert not Product.objects.exists()


def test_the_command_leaves_wrong_lines_out_on_request(catalog_file: Path) -> None:
    out, err = run_command(str(catalog_file), "--skip-errors")
    assert "1 new product\n  1 new variant" in out
    assert "Line 3: price" in err
    assert [product.name for product in Product.objects.all()] == ["Mug"]


def test_a_dry_run_says_what_would_happen(catalog_file: Path) -> None:
    out, _err = run_command(str(catalog_file), "--skip-errors", "--dry-run")
    assert out.startswith("This was a dry run; nothing was written.")
    assert "1 new product" in out
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "Line 1: The file is empty. Nothing was written."),
        (b"sku,prise\nA,3", "Line 1: The column “prise” is not known. Is it “price”?"),
        (b"\xff\xfe\x00", "Line 1: The file is not in UTF-8."),
    ],
)
def test_a_file_that_is_none_ends_in_a_sentence(
    content: bytes, text: str, catalog_file: Path
) -> None:
    catalog_file.write_bytes(content)
    assert text in run_command(str(catalog_file))[1]


def test_a_file_that_is_missing_ends_in_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in run_command(str(tmp_path / "none.csv"))[1]
    assert "cannot be read" in run_command(str(tmp_path))[1]


def test_pages_need_a_shop(catalog_file: Path, db: None) -> None:
    Page.objects.filter(depth=2).delete()
    assert "There is no shop page" in run_command(str(catalog_file), "--with-pages")[1]


# --- And back ----------------------------------------------------------------------------------


def test_an_export_read_again_changes_nothing(site: HomePage) -> None:
    make_mug_type()
    imported(
        HEADER,
        'MUG-1,"=cmd|Mug, ""big""",mug,"gift, ""a, b""",Glaze,-5 °C,24.90,7,350,4006381333931,'
        "no,'- rinse,-3.50,Glass,no".replace('"=cmd', "\"'=cmd"),
        'MUG-2,"\'=cmd|Mug, ""big""",,,,\'-,26,0,,,yes,,,,',
    )
    make_product_page("Kettle", sku="KET-1")
    product = Product.objects.get(product_type__isnull=False)
    assert product.name == '=cmd|Mug, "big"'
    assert sorted(product.tags.names()) == ["a, b", "gift"]
    assert [variant.option1 for variant in product.variants.all()] == ["-5 °C", "-"]
    assert answers_of(product)["care"] == "- rinse"
    before, content = everything(), exported()
    lines = content.decode("utf-8-sig").splitlines()
    assert checked(*lines).problems == []
    report = imported(*lines)
    assert everything() == before
    assert (report.unchanged, report.lines, report.problem_count) == (3, 3, 0)
    assert exported() == content


def test_no_cell_of_an_export_is_run_as_a_formula(site: HomePage) -> None:
    make_product("=1+1", sku="A")
    make_product("@home", sku="B")
    names = [line.split(",")[1] for line in exported().decode().splitlines()[1:]]
    assert names == ["'=1+1", "'@home"]


def test_an_export_costs_as_many_queries_for_two_products_as_for_forty() -> None:
    make_mug_type()
    counts = []
    for wanted in (2, 38):
        lines = [f"S-{wanted}-{n},Mug {wanted} {n},mug,gift,,,24,1,,,,Rinse,3,Glass,yes"
                 for n in range(wanted)]  # fmt: skip
        imported(HEADER, *lines)
        with CaptureQueriesContext(connection) as queries:
            exported()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_checking_costs_as_many_queries_for_two_products_as_for_forty() -> None:
    make_mug_type()
    counts = []
    for wanted in (2, 40):
        lines = [f"S-{n},Mug {n},mug,gift,,,24,1,,,,Rinse,3,Glass,yes" for n in range(wanted)]
        imported(HEADER, *lines)
        with CaptureQueriesContext(connection) as queries:
            checked(HEADER, *(line.replace("24", "25") for line in lines))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_changed_product_says_when(site: HomePage) -> None:
    make_product("Mug", sku="A")
    yesterday = timezone.now() - timedelta(days=1)
    Product.objects.update(updated_at=yesterday)
    imported("sku,product", "A,Big Mug")
    assert Product.objects.get().updated_at > yesterday
