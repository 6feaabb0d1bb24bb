"""A catalog file that is wrong: told line by line, and nothing is written."""

import pytest

from products.models import Product, ProductType
from products.order_stock import allocate_stock
from tests.factories import make_product, make_variant
from tests.products.files import HEADER, imported, make_mug_type, problems_of

pytestmark = pytest.mark.django_db


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
