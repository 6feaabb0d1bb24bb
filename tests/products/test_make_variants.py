"""Making variants in one step, from the product's page in the admin."""

from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from products.models import Product, ProductVariant
from tests.factories import make_product, make_variant
from tests.products.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_person("olga", "change_product", "add_productvariant"))
    return client


@pytest.fixture
def bowl(db: None) -> Product:
    """A bowl of colors and sizes; the blue small one is there already."""
    product = Product.objects.create(name="Bowl", option1_name="Color", option2_name="Size")
    make_variant(product, sku="BOWL-BLUE-S", price="31.50", on_hand=7, options=("Blue", "S"))
    return product


def url(product: Product) -> str:
    return reverse("products_admin:make_variants", args=[product.pk])


def asked(client: Client, product: Product, **changes: str) -> HttpResponse:
    query = {"values1": "Blue, Red", "values2": "S\nM", "prefix": "BOWL", "price": "31.50",
             "on_hand": "4", **changes}  # fmt: skip
    return client.get(url(product), query)


def rows_of(response: HttpResponse) -> list[dict[str, object]]:
    return [form.initial for form in response.context["rows"].forms]


def posted(rows: list[dict[str, object]]) -> dict[str, object]:
    """The table as the browser would send it back."""
    data: dict[str, object] = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name != "is_wanted":
                data[f"rows-{number}-{name}"] = value
            elif value:
                data[f"rows-{number}-{name}"] = "on"
    return data


def test_the_form_starts_with_what_there_is(admin: Client, bowl: Product) -> None:
    form = admin.get(url(bowl)).context["form"]
    assert {name: form[name].initial for name in form.fields} == {
        "values1": "Blue", "values2": "S", "prefix": "BOWL-BLUE-S",
        "price": Decimal("31.50"), "on_hand": 0,
    }  # fmt: skip
    assert form["values1"].label == "Color"


def test_only_missing_combinations_are_proposed_each_with_a_sku(
    admin: Client, bowl: Product
) -> None:
    rows = rows_of(asked(admin, bowl))
    assert [(row["option1"], row["option2"], row["sku"]) for row in rows] == [
        ("Blue", "M", "BOWL-BLUE-M"), ("Red", "S", "BOWL-RED-S"), ("Red", "M", "BOWL-RED-M"),
    ]  # fmt: skip
    assert all((row["price"], row["on_hand"]) == (Decimal("31.50"), 4) for row in rows)
    assert ProductVariant.objects.count() == 1


def test_the_ticked_ones_are_made_with_stock_and_price_behind_those_there_are(
    admin: Client, bowl: Product
) -> None:
    rows = rows_of(asked(admin, bowl))
    rows[0]["is_wanted"] = False
    rows[1] |= {"sku": "BOWL-OXBLOOD", "price": "35.00", "on_hand": "2"}
    response = admin.post(url(bowl), posted(rows))
    assert response["Location"] == reverse("products_admin:edit", args=[bowl.pk])
    variants = bowl.variants.select_related("stock")
    assert [(v.sku, v.option_values, v.price, v.stock.on_hand) for v in variants] == [
        ("BOWL-BLUE-S", ("Blue", "S"), Decimal("31.5"), 7),
        ("BOWL-OXBLOOD", ("Red", "S"), Decimal(35), 2),
        ("BOWL-RED-M", ("Red", "M"), Decimal("31.5"), 4),
    ]
    made = variants[1]
    assert [change.price for change in made.price_changes.all()] == [Decimal(35)]
    assert [str(movement) for movement in made.stock.movements.all()] == ["Opening stock +2"]


def test_what_is_wrong_is_said_at_its_line_and_nothing_is_made(
    admin: Client, bowl: Product
) -> None:
    make_product(sku="TAKEN")
    rows = rows_of(asked(admin, bowl))
    rows[0]["sku"] = "TAKEN"
    rows[1]["sku"] = rows[2]["sku"] = "TWICE"
    response = admin.post(url(bowl), posted(rows))
    assert [form.errors for form in response.context["rows"].forms] == [
        {"sku": ["Another variant already has this SKU."]},
        {},
        {"sku": ["Another variant already has this SKU."]},
    ]
    assert bowl.variants.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"sku": "a b"}, "sku", "A SKU is made of letters"),
        ({"sku": ""}, "sku", "Enter a SKU."),
        ({"price": "NaN"}, "price", "Enter a number, such as 24.90."),
        ({"price": "-1"}, "price", "A price is more than zero."),
        ({"on_hand": "-1"}, "on_hand", "Enter 0 or more."),
        ({"option2": ""}, "sku", "Say which Size this variant has."),
        ({"option3": "x"}, "sku", "The product has no such option."),
    ],
)
def test_a_wrong_line_is_refused(
    changes: dict[str, str], field: str, text: str, admin: Client, bowl: Product
) -> None:
    rows = rows_of(asked(admin, bowl))[:1]
    rows[0] |= changes
    response = admin.post(url(bowl), posted(rows))
    assert response.context["rows"].forms[0].errors[field][0].startswith(text)
    assert bowl.variants.count() == 1


def test_a_combination_that_somebody_made_meanwhile_is_told(admin: Client, bowl: Product) -> None:
    rows = rows_of(asked(admin, bowl))
    make_variant(bowl, sku="BOWL-OTHER", options=("Red", "M"))
    response = admin.post(url(bowl), posted(rows))
    assert response.context["rows"].forms[2].errors == {
        "sku": ["Another variant has the same options."]
    }
    assert bowl.variants.count() == 2


def test_a_wrong_line_without_its_tick_is_passed_over(admin: Client, bowl: Product) -> None:
    rows = rows_of(asked(admin, bowl))[:2]
    rows[0] |= {"sku": "", "price": "", "is_wanted": False}
    admin.post(url(bowl), posted(rows))
    assert [variant.sku for variant in bowl.variants.all()] == ["BOWL-BLUE-S", "BOWL-RED-S"]


def test_nothing_ticked_makes_nothing(admin: Client, bowl: Product) -> None:
    rows = [row | {"is_wanted": False} for row in rows_of(asked(admin, bowl))]
    response = admin.post(url(bowl), posted(rows))
    assert response.context["rows"].forms[0].errors["is_wanted"] == ["Tick at least one line."]
    assert admin.post(url(bowl), posted([])).status_code == 200
    assert bowl.variants.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"values1": " , "}, "values1", "Enter at least one value."),
        ({"values1": "x" * 61}, "values1", f"“{'x' * 61}” is longer than 60 characters."),
        ({"prefix": "a b"}, "prefix", "A SKU is made of letters"),
        ({"price": "1e400"}, "price", "A price has at most nine digits"),
        (
            {"values1": ",".join(map(str, range(67))), "values2": "1,2,3"},
            "__all__",
            "That makes 201 combinations. Enter fewer values",
        ),
    ],
)
def test_values_that_make_no_sense_are_not_combined(
    changes: dict[str, str], field: str, text: str, admin: Client, bowl: Product
) -> None:
    response = asked(admin, bowl, **changes)
    assert response.context["rows"] is None
    assert response.context["form"].errors[field][0].startswith(text)


def test_a_product_that_has_everything_says_so(admin: Client, bowl: Product) -> None:
    response = asked(admin, bowl, values1="Blue", values2="S")
    assert "Every combination has its variant already." in response.content.decode()


def test_two_hundred_combinations_are_made_at_once(admin: Client, bowl: Product) -> None:
    rows = rows_of(asked(admin, bowl, values1=",".join(map(str, range(100))), values2="S,M"))
    assert len(rows) == 200
    admin.post(url(bowl), posted(rows))
    assert bowl.variants.count() == 201


def test_without_options_there_is_nothing_to_combine(admin: Client) -> None:
    product = make_product().product
    response = admin.get(url(product), follow=True)
    assert "Say first what its variants differ in" in response.content.decode()


def test_the_product_page_leads_there(admin: Client, bowl: Product) -> None:
    html = admin.get(reverse("products_admin:edit", args=[bowl.pk])).content.decode()
    assert url(bowl) in html


def test_it_takes_the_permission_to_add_variants(client: Client, bowl: Product) -> None:
    client.force_login(make_person("sam", "change_product"))
    assert client.get(url(bowl))["Location"] == "/admin/"
    row = {"option1": "Red", "option2": "M", "sku": "X", "price": "1", "on_hand": "1",
           "is_wanted": True}  # fmt: skip
    assert client.post(url(bowl), posted([row]))["Location"] == "/admin/"
    assert bowl.variants.count() == 1
