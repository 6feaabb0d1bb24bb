from decimal import Decimal

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from home.models import HomePage
from products.catalog import add_variant, create_product
from products.models import (
    PriceChange,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from tests.factories import make_product, make_user
from tests.products.makers import make_draft, make_person, make_picture

NEW_PRODUCT = "/admin/products/new/"


@pytest.fixture
def shop(site: HomePage) -> ProductIndexPage:
    return ProductIndexPage.objects.get()


@pytest.fixture
def paula(shop: ProductIndexPage) -> AbstractBaseUser:
    """May add product records, and pages to the shop."""
    return make_person("paula", "add_product", page=shop)


@pytest.fixture
def admin(client: Client, paula: AbstractBaseUser) -> Client:
    client.force_login(paula)
    return client


def filled_in(**changes: object) -> dict[str, object]:
    fields = {
        "name": "Speckled Mug",
        "sku": "MUG-1",
        "price": "24.90",
        "on_hand": "12",
        "picture": "",
        "alt_text": "",
    }
    return {**fields, **changes}


def nothing_was_made() -> bool:
    models = (Product, ProductVariant, StockRecord, StockMovement, PriceChange, ProductPage)
    return not any(model.objects.exists() for model in models)


# --- The service -------------------------------------------------------------------------------


def test_a_new_product_is_a_record_its_logs_and_the_draft_of_its_page(
    shop: ProductIndexPage,
) -> None:
    olga = make_user("olga")
    picture = make_picture()
    page = create_product(
        name="Speckled Mug",
        sku="MUG-1",
        price=Decimal("24.90"),
        on_hand=12,
        picture=picture,
        alt_text="A mug on a table",
        parent=shop,
        user=olga,
    )
    variant = ProductVariant.objects.get()
    assert (variant.sku, variant.price, variant.is_active) == ("MUG-1", Decimal("24.90"), True)
    assert (variant.product.name, variant.option_values) == ("Speckled Mug", ())
    assert (variant.stock.on_hand, variant.stock.allocated) == (12, 0)
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.on_hand_change, movement.user) == ("opening", 12, olga)
    price_change = PriceChange.objects.get()
    assert (price_change.variant, price_change.price) == (variant, Decimal("24.90"))
    assert price_change.user == olga
    page = ProductPage.objects.get(pk=page.pk)
    assert (page.title, page.slug, page.live, page.owner) == (
        "Speckled Mug", "speckled-mug", False, olga,
    )  # fmt: skip
    assert page.product == variant.product
    assert page.get_parent() == shop.page_ptr
    assert [(p.image, p.alt_text) for p in page.pictures.all()] == [(picture, "A mug on a table")]
    revision = Revision.objects.for_instance(page).get()
    assert revision.user == olga
    assert [p.alt_text for p in revision.as_object().pictures.all()] == ["A mug on a table"]


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"sku": "TAKEN"}, "sku", "Another variant already has this SKU."),
        ({"sku": "with space"}, "sku", "A SKU is made of letters"),
        ({"price": Decimal(0)}, "price", "A price is more than zero."),
        ({"price": Decimal("NaN")}, "price", "“NaN” value must be a decimal number."),
        ({"on_hand": -1}, "on_hand", "There cannot be less than nothing on the shelf."),
        ({"name": ""}, "name", "This field cannot be blank."),
    ],
)
def test_a_product_that_cannot_be_made_leaves_nothing_behind(
    changes: dict[str, object], field: str, text: str, shop: ProductIndexPage
) -> None:
    taken = make_product(sku="TAKEN").product
    values = {"name": "Mug", "sku": "MUG-1", "price": Decimal(5), "on_hand": 1, **changes}
    with pytest.raises(ValidationError) as caught:
        create_product(**values, picture=None, alt_text="", parent=shop, user=None)
    assert caught.value.message_dict[field][0].startswith(text)
    assert list(Product.objects.all()) == [taken]
    assert not ProductPage.objects.exists()


def test_a_sku_taken_at_the_very_moment_is_an_error_at_the_field(
    shop: ProductIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_product(sku="MUG-1")
    variant = ProductVariant(
        product=Product.objects.create(name="Mug"), sku="MUG-1", price=Decimal(5)
    )
    # The other sale slips in between the check and the insert.
    monkeypatch.setattr(ProductVariant, "full_clean", lambda self: None)
    with pytest.raises(ValidationError) as caught:
        add_variant(variant=variant, on_hand=1, user=None)
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert list(caught.value.message_dict) == ["sku"]
    assert ProductVariant.objects.count() == 1


def test_names_without_latin_letters_and_doubles_get_addresses(shop: ProductIndexPage) -> None:
    slugs = [
        make_draft(name, sku=f"S-{number}", picture=False).slug
        for number, name in enumerate(["茶壺", "Mug", "Mug"])
    ]
    assert slugs == ["茶壺", "mug", "mug-2"]


# --- The form ----------------------------------------------------------------------------------


def test_the_form_makes_the_product_and_opens_the_editor_of_its_page(
    admin: Client, paula: AbstractBaseUser
) -> None:
    picture = make_picture()
    response = admin.post(NEW_PRODUCT, filled_in(picture=picture.pk, alt_text="A mug"))
    page = ProductPage.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    variant = ProductVariant.objects.get()
    assert (variant.sku, variant.price, variant.stock.on_hand) == ("MUG-1", Decimal("24.90"), 12)
    assert (page.live, page.owner) == (False, paula)
    assert [(p.image, p.alt_text) for p in page.pictures.all()] == [(picture, "A mug")]
    editor = admin.get(response["Location"])
    assert "the draft of its page were made" in editor.content.decode()


def test_a_picture_can_be_added_later(admin: Client) -> None:
    admin.post(NEW_PRODUCT, filled_in())
    assert ProductPage.objects.get().pictures.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"name": ""}, "name", "Enter a name."),
        ({"name": "n" * 201}, "name", "Ensure this value has at most 200 characters"),
        ({"sku": ""}, "sku", "Enter a SKU."),
        ({"sku": "TAKEN"}, "sku", "Another variant already has this SKU."),
        ({"sku": "mug 1"}, "sku", "A SKU is made of letters"),
        ({"sku": "S" * 61}, "sku", "Ensure this value has at most 60 characters"),
        ({"price": ""}, "price", "Enter a price."),
        ({"price": "0"}, "price", "A price is more than zero."),
        ({"price": "-3"}, "price", "A price is more than zero."),
        ({"price": "NaN"}, "price", "Enter a number, such as 24.90."),
        ({"price": "Infinity"}, "price", "Enter a number, such as 24.90."),
        ({"price": "cheap"}, "price", "Enter a number, such as 24.90."),
        ({"price": "1e400"}, "price", "A price has at most nine digits"),
        ({"price": "1e-400"}, "price", "The smallest step of a price in EUR is 0.01."),
        ({"price": "24.905"}, "price", "The smallest step of a price in EUR is 0.01."),
        ({"on_hand": ""}, "on_hand", "Enter a number."),
        ({"on_hand": "-1"}, "on_hand", "Enter 0 or more."),
        ({"on_hand": "1.5"}, "on_hand", "Enter a whole number."),
        ({"on_hand": "9" * 30}, "on_hand", "That is more than 1000000. Please check"),
        ({"on_hand": "9" * 5000}, "on_hand", "Enter a whole number."),
        ({"picture": "999"}, "picture", "That picture is gone. Choose another one."),
        ({"picture": "PICTURE"}, "alt_text", "Say what the picture shows."),
        ({"picture": "PICTURE", "alt_text": "  "}, "alt_text", "Say what the picture shows."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    changes: dict[str, str], field: str, text: str, admin: Client
) -> None:
    if changes.get("picture") == "PICTURE":
        changes = {**changes, "picture": str(make_picture().pk)}
    if changes.get("sku") == "TAKEN":
        make_product(sku="TAKEN")
    count = Product.objects.count()
    response = admin.post(NEW_PRODUCT, filled_in(**changes))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(text)
    assert Product.objects.count() == count
    assert not ProductPage.objects.exists()


def test_the_label_of_the_price_names_the_currency(admin: Client) -> None:
    assert "Price in EUR" in admin.get(NEW_PRODUCT).content.decode()


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("permissions", [(), ("add_product",)])
def test_who_may_only_add_records_or_only_pages_cannot_make_a_product(
    permissions: tuple[str, ...], client: Client, shop: ProductIndexPage
) -> None:
    user = make_person("sam", *permissions, page=None if permissions else shop)
    client.force_login(user)
    assert client.get(NEW_PRODUCT).status_code == 302
    assert client.post(NEW_PRODUCT, filled_in())["Location"] == "/admin/"
    assert nothing_was_made()


def test_somebody_who_is_not_logged_in_is_asked_to(client: Client, shop: ProductIndexPage) -> None:
    assert client.post(NEW_PRODUCT, filled_in())["Location"].startswith("/admin/login/")
    assert nothing_was_made()


def test_adding_a_page_below_the_shop_leads_to_the_form(
    admin: Client, shop: ProductIndexPage
) -> None:
    chooser = admin.get(reverse("wagtailadmin_pages:add_subpage", args=[shop.pk]), follow=True)
    assert chooser.redirect_chain[-1][0] == NEW_PRODUCT
    add = reverse("wagtailadmin_pages:add", args=["products", "productpage", shop.pk])
    response = admin.post(add, {"title": "A page without a product", "slug": "none"})
    assert response["Location"] == NEW_PRODUCT
    assert nothing_was_made()


def test_who_may_not_add_records_is_told_why_no_page_can_be_added(
    client: Client, shop: ProductIndexPage
) -> None:
    client.force_login(make_person("sam", page=shop))
    add = reverse("wagtailadmin_pages:add", args=["products", "productpage", shop.pk])
    response = client.get(add, follow=True)
    assert "you also need the permission to add products" in response.content.decode()
    assert nothing_was_made()


def test_the_menu_the_listing_and_the_explorer_lead_to_the_form(
    admin: Client, shop: ProductIndexPage
) -> None:
    for url in ("/admin/", "/admin/products/", f"/admin/pages/{shop.pk}/"):
        assert NEW_PRODUCT in admin.get(url).content.decode(), url


def test_the_way_to_the_form_is_not_shown_to_others(client: Client, shop: ProductIndexPage) -> None:
    client.force_login(make_person("sam", "view_product", "change_product", page=shop))
    for url in ("/admin/", "/admin/products/", f"/admin/pages/{shop.pk}/"):
        response = client.get(url)
        assert response.status_code == 200
        assert NEW_PRODUCT not in response.content.decode(), url


# --- A page for a product that has none --------------------------------------------------------


def test_an_imported_product_gets_the_draft_of_a_page_once(admin: Client) -> None:
    product = make_product("Kettle").product
    url = reverse("products_admin:make_page", args=[product.pk])
    first, second = admin.post(url), admin.post(url)
    page = ProductPage.objects.get()
    assert (page.title, page.product, page.live) == ("Kettle", product, False)
    assert first["Location"] == second["Location"] == f"/admin/pages/{page.pk}/edit/"


def test_that_page_is_made_by_a_post_of_a_person_who_may(
    client: Client, shop: ProductIndexPage
) -> None:
    product = make_product("Kettle").product
    url = reverse("products_admin:make_page", args=[product.pk])
    client.force_login(make_person("sam", "change_product", page=shop))
    assert client.post(url)["Location"] == "/admin/"
    assert client.get(url).status_code == 405
    assert not ProductPage.objects.exists()
