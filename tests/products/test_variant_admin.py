from decimal import Decimal

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage
from orders.models import OrderLine
from products.models import PriceChange, Product, ProductPage, ProductVariant, StockRecord
from products.prices import change_price
from tests.factories import make_order, make_product, make_product_page, make_variant
from tests.products.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> AbstractBaseUser:
    actions = ("add", "change", "delete")
    return make_person(
        "olga",
        *(f"{action}_{model}" for action in actions for model in ("product", "productvariant")),
    )


@pytest.fixture
def admin(client: Client, olga: AbstractBaseUser) -> Client:
    client.force_login(olga)
    return client


@pytest.fixture
def bowl() -> Product:
    return Product.objects.create(name="Bowl", option1_name="Color")


def edit_url(variant: ProductVariant) -> str:
    return reverse("variants_admin:edit", args=[variant.pk])


def add_url(product: Product) -> str:
    return reverse("variants_admin:add") + f"?product={product.pk}"


def product_url(product: Product) -> str:
    return reverse("products_admin:edit", args=[product.pk])


def fields(variant: ProductVariant | None = None, **changes: object) -> dict[str, object]:
    """The form of a variant as it is served, with changes."""
    values: dict[str, object] = {
        "sku": variant.sku if variant else "BOWL-BLUE",
        "price": "24.00",
        "price_seen": variant.price if variant else "",
        "is_active": "on",
        "image": "",
        "weight_grams": "",
        "gtin": "",
        "sort_order": "0",
    }
    return {**values, **changes}


# --- Editing -----------------------------------------------------------------------------------


def test_a_new_price_goes_through_the_ledger(admin: Client, olga: AbstractBaseUser) -> None:
    variant = make_product(price="24.00")
    admin.post(edit_url(variant), fields(variant, price="31.50"))
    variant.refresh_from_db()
    assert variant.price == Decimal("31.500")
    row = PriceChange.objects.get()
    assert (row.variant, row.price, row.user) == (variant, Decimal("31.500"), olga)


def test_other_fields_are_saved_without_a_row_in_the_ledger(admin: Client) -> None:
    variant = make_product(sku="MUG-1")
    changes = {"sku": "MUG-2", "weight_grams": "350", "gtin": "4006381333931"}
    admin.post(edit_url(variant), fields(variant, **changes))
    variant.refresh_from_db()
    assert (variant.sku, variant.weight_grams, variant.gtin) == ("MUG-2", 350, "4006381333931")
    assert variant.price == Decimal("24.000")
    assert not PriceChange.objects.exists()


def test_a_form_left_open_does_not_bring_back_the_price_of_the_morning(admin: Client) -> None:
    variant = make_product(price="24.00")
    form = fields(variant, weight_grams="350")
    change_price(variant=variant, price=Decimal(30), user=None)
    admin.post(edit_url(variant), form)
    variant.refresh_from_db()
    assert (variant.price, variant.weight_grams) == (Decimal("30.000"), 350)


def test_a_price_changed_by_two_people_is_a_conflict_and_nothing_is_written(
    admin: Client,
) -> None:
    variant = make_product(price="24.00")
    form = fields(variant, price="26.00", weight_grams="350")
    change_price(variant=variant, price=Decimal(30), user=None)
    response = admin.post(edit_url(variant), form)
    assert response.context["form"].errors["price"] == [
        "Somebody changed the price meanwhile: it is €30.00 now. Look again."
    ]
    variant.refresh_from_db()
    assert (variant.price, variant.weight_grams) == (Decimal("30.000"), None)
    assert PriceChange.objects.count() == 1


# --- Reductions --------------------------------------------------------------------------------


def reduced(variant: ProductVariant, price: str = "19.00") -> ProductVariant:
    change_price(variant=variant, price=Decimal(price), user=None, announce_reduction=True)
    return variant


def prices(variant: ProductVariant) -> tuple[Decimal, Decimal | None]:
    variant.refresh_from_db()
    return variant.price, variant.reference_price


def test_a_new_price_can_be_announced_as_a_reduction(admin: Client) -> None:
    variant = make_product(price="24.00")
    admin.post(edit_url(variant), fields(variant, price="19.00", announce_reduction="on"))
    assert prices(variant) == (Decimal(19), Decimal(24))
    form = admin.get(edit_url(variant)).context["form"]
    assert form["announce_reduction"].value() is True


@pytest.mark.parametrize("price", ["24.00", "26.00"])
def test_a_price_that_is_not_lower_is_announced_as_no_reduction(admin: Client, price: str) -> None:
    variant = make_product(price="24.00")
    form = fields(variant, price=price, announce_reduction="on", weight_grams="350")
    response = admin.post(edit_url(variant), form)
    [error] = response.context["form"].errors["announce_reduction"]
    assert error.startswith(
        "This is no reduction: the lowest price of the last 30 days was €24.00."
    )
    assert prices(variant) == (Decimal(24), None)
    assert variant.weight_grams is None


def test_the_tick_stays_through_a_correction_and_a_further_step(admin: Client) -> None:
    variant = reduced(make_product(price="24.00"))
    ticked = {"price": "19.00", "announce_reduction": "on"}
    admin.post(edit_url(variant), fields(variant, **ticked, weight_grams="350"))
    assert (prices(variant), variant.weight_grams) == ((Decimal(19), Decimal(24)), 350)
    admin.post(edit_url(variant), fields(variant, **{**ticked, "price": "17.00"}))
    assert prices(variant) == (Decimal(17), Decimal(24))


def test_taking_the_tick_away_ends_the_reduction_and_keeps_the_price(admin: Client) -> None:
    variant = reduced(make_product(price="24.00"))
    admin.post(edit_url(variant), fields(variant, price="19.00"))
    assert prices(variant) == (Decimal(19), None)


def test_a_form_that_was_opened_before_a_reduction_does_not_end_it(admin: Client) -> None:
    variant = make_product(price="24.00")
    form = fields(variant, weight_grams="350")
    reduced(variant)
    admin.post(edit_url(variant), form)
    assert (prices(variant), variant.weight_grams) == ((Decimal(19), Decimal(24)), 350)


def test_a_new_variant_has_no_tick_for_a_reduction(admin: Client, bowl: Product) -> None:
    assert "announce_reduction" not in admin.get(add_url(bowl)).context["form"].fields


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"sku": "TAKEN"}, "sku", "Another variant already has this SKU."),
        ({"sku": "a b"}, "sku", "A SKU is made of letters"),
        ({"price": "0"}, "price", "A price is more than zero."),
        ({"price": "-2"}, "price", "A price is more than zero."),
        ({"price": "NaN"}, "price", "Enter a number, such as 24.90."),
        ({"price": "1e400"}, "price", "A price has at most nine digits"),
        ({"gtin": "123"}, "gtin", "A GTIN has 8, 12, 13 or 14 digits."),
        ({"weight_grams": "-1"}, "weight_grams", "Ensure this value is greater than or equal"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    changes: dict[str, str], field: str, text: str, admin: Client
) -> None:
    make_product(sku="TAKEN")
    variant = make_product(sku="MUG-1", price="24.00")
    response = admin.post(edit_url(variant), fields(variant, **changes))
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(text)
    variant.refresh_from_db()
    assert (variant.sku, variant.price, variant.gtin) == ("MUG-1", Decimal("24.000"), "")


# --- Adding ------------------------------------------------------------------------------------


def test_a_new_variant_has_options_stock_and_a_ledger(
    admin: Client, bowl: Product, olga: AbstractBaseUser
) -> None:
    response = admin.post(add_url(bowl), fields(option1="Blue", price="31.50", on_hand="3"))
    assert response["Location"] == product_url(bowl)
    variant = ProductVariant.objects.get()
    assert (variant.product, variant.sku, variant.option1) == (bowl, "BOWL-BLUE", "Blue")
    assert (variant.price, variant.stock.on_hand) == (Decimal("31.500"), 3)
    assert variant.stock.movements.get().user == olga
    assert variant.price_changes.get().price == Decimal("31.500")


def test_the_options_carry_the_words_of_the_product(admin: Client, bowl: Product) -> None:
    form = admin.get(add_url(bowl)).context["form"]
    assert form.fields["option1"].label == "Color"
    assert "option2" not in form.fields


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"option1": ""}, "option1", "Say which Color this variant has."),
        ({"option1": "Ash"}, "__all__", "Another variant has the same options."),
        ({"on_hand": "-1"}, "on_hand", "Enter 0 or more."),
        ({"price": ""}, "price", "Enter a price."),
        ({"sku": "BOWL-ASH"}, "sku", "Another variant already has this SKU."),
    ],
)
def test_a_variant_that_cannot_be_added_leaves_nothing(
    changes: dict[str, str], field: str, text: str, admin: Client, bowl: Product
) -> None:
    make_variant(bowl, sku="BOWL-ASH", options=("Ash",))
    data = fields(**{"option1": "Blue", "on_hand": "3", **changes})
    errors = admin.post(add_url(bowl), data).context["form"].errors
    assert errors[field] == [text]
    assert [variant.sku for variant in ProductVariant.objects.all()] == ["BOWL-ASH"]
    assert StockRecord.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["", "?product=", "?product=999", "?product=x", "?product=" + "9" * 400]
)
def test_a_variant_is_added_from_its_product(query: str, admin: Client) -> None:
    response = admin.get(reverse("variants_admin:add") + query)
    assert response["Location"] == "/admin/products/"


def test_a_second_variant_needs_something_to_differ_in(admin: Client) -> None:
    product = make_product().product
    response = admin.post(add_url(product), fields(on_hand="1"), follow=True)
    assert response.redirect_chain == [(product_url(product), 302)]
    assert "Say first what its variants differ in" in response.content.decode()
    assert ProductVariant.objects.count() == 1


# --- The product -------------------------------------------------------------------------------


def test_options_are_named_on_the_product(admin: Client) -> None:
    variant = make_product("Bowl")
    names = {"option1_name": "Color", "option2_name": "Size", "option3_name": ""}
    names["tax_class"] = "standard"
    admin.post(product_url(variant.product), {"name": "Tea bowl", **names})
    product = Product.objects.get()
    assert (product.name, product.option_names) == ("Tea bowl", ("Color", "Size"))


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("", "Size", ""), "Fill in the options from the first one on."),
        (("Size", "size", ""), "Two options have the same name."),
    ],
)
def test_options_that_make_no_sense_are_not_saved(
    names: tuple[str, str, str], text: str, admin: Client, bowl: Product
) -> None:
    data = dict(zip(("option1_name", "option2_name", "option3_name"), names, strict=True))
    data["tax_class"] = "standard"
    response = admin.post(product_url(bowl), {"name": "Bowl", **data})
    assert response.context["form"].errors["__all__"] == [text]
    bowl.refresh_from_db()
    assert bowl.option_names == ("Color",)


def test_an_option_in_which_variants_differ_cannot_be_taken_away(
    admin: Client, bowl: Product
) -> None:
    make_variant(bowl, options=("Blue",))
    make_variant(bowl, options=("Ash",))
    data = {"name": "Bowl", "option1_name": "", "option2_name": "", "option3_name": ""}
    data["tax_class"] = "standard"
    response = admin.post(product_url(bowl), data)
    assert response.context["form"].errors["option1_name"] == [
        "Several variants differ in this. Delete all but one of them first."
    ]
    bowl.refresh_from_db()
    assert bowl.option_names == ("Color",)


def test_the_only_variant_loses_the_value_of_an_option_that_is_gone(
    admin: Client, bowl: Product
) -> None:
    variant = make_variant(bowl, options=("Blue",))
    data = {"name": "Bowl", "option1_name": "", "option2_name": "", "option3_name": ""}
    data["tax_class"] = "standard"
    admin.post(product_url(bowl), data)
    variant.refresh_from_db()
    assert variant.option_values == ()


# --- Finding -----------------------------------------------------------------------------------


def test_staff_find_a_product_by_its_sku(admin: Client) -> None:
    make_product("Speckled Mug", sku="MUG-1")
    make_product("Kettle", sku="KET-1")
    variants = admin.get("/admin/variants/?q=ket-").context["object_list"]
    assert [variant.sku for variant in variants] == ["KET-1"]
    products = admin.get("/admin/products/?q=MUG-1").context["object_list"]
    assert [product.name for product in products] == ["Speckled Mug"]


def test_variants_are_listed_of_one_product(admin: Client, bowl: Product) -> None:
    make_product(sku="MUG-1")
    make_variant(bowl, sku="BOWL-ASH", options=("Ash",))
    variants = admin.get(f"/admin/variants/?product={bowl.pk}").context["object_list"]
    assert [variant.sku for variant in variants] == ["BOWL-ASH"]


@pytest.mark.parametrize("url", ["/admin/products/", "/admin/variants/", "/admin/stock/"])
def test_listings_ask_the_database_as_often_for_two_products_as_for_twenty(
    url: str, client: Client, site: HomePage
) -> None:
    client.force_login(
        make_person("sam", "change_product", "change_productvariant", "change_stockrecord")
    )
    counts = []
    for wanted in (2, 18):
        for _number in range(wanted):
            make_product_page("Mug", live=False)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Deleting ----------------------------------------------------------------------------------


def test_deleting_a_variant_that_was_ordered_leaves_the_order_as_it_was(admin: Client) -> None:
    variant = make_product(sku="MUG-1")
    order = make_order(variant=variant, quantity=2)
    admin.post(reverse("variants_admin:delete", args=[variant.pk]))
    assert not ProductVariant.objects.exists()
    line = OrderLine.objects.get()
    assert (line.order, line.variant, line.sku, line.quantity) == (order, None, "MUG-1", 2)
    assert (line.title, line.unit_price) == ("Speckled Mug", Decimal("24.00"))


def test_deleting_a_product_leaves_its_orders_and_the_words_of_its_page(
    admin: Client, site: HomePage
) -> None:
    page = make_product_page("Speckled Mug", sku="MUG-1")
    make_order(variant=ProductVariant.objects.get(), quantity=2)
    admin.post(reverse("products_admin:delete", args=[page.product_id]))
    assert not Product.objects.exists()
    assert OrderLine.objects.get().sku == "MUG-1"
    page = ProductPage.objects.get()
    assert (page.product, page.summary) == (None, "Speckled Mug, by hand.")


# --- Who may -----------------------------------------------------------------------------------


def test_each_page_asks_for_its_own_permission(client: Client) -> None:
    variant = make_product(sku="MUG-1", price="24.00")
    client.force_login(make_person("sam", "change_stockrecord"))
    for url in (
        edit_url(variant),
        add_url(variant.product),
        product_url(variant.product),
        reverse("variants_admin:delete", args=[variant.pk]),
        reverse("products_admin:delete", args=[variant.product_id]),
        "/admin/stock-log/",
    ):
        response = client.post(url, fields(variant, price="1.00"))
        assert (response.status_code, response["Location"]) == (302, "/admin/"), url
    variant.refresh_from_db()
    assert variant.price == Decimal("24.000")
