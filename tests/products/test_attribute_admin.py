"""Product types and attributes in the admin, and their fields on the form of a product."""

from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from products.models import Attribute, AttributeChoice, AttributeValue, Product, ProductType
from tests.products.makers import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

Kind = Attribute.Kind


@pytest.fixture
def admin(client: Client) -> Client:
    verbs = ("add", "change", "delete")
    names = [f"{verb}_{model}" for verb in verbs for model in ("producttype", "attribute")]
    client.force_login(make_person("olga", *names, "change_product"))
    return client


@pytest.fixture
def mug(db: None) -> Product:
    """A mug whose type asks one question of each kind; nothing is answered yet."""
    product_type = ProductType.objects.create(name="Mug", code="mug")
    for position, (name, kind, unit) in enumerate(
        [
            ("Care", Kind.TEXT, ""),
            ("Capacity", Kind.NUMBER, "ml"),
            ("Material", Kind.CHOICE, ""),
            ("Dishwasher safe", Kind.BOOLEAN, ""),
        ]
    ):
        attribute = Attribute.objects.create(
            name=name, code=name.lower().replace(" ", "-"), kind=kind, unit=unit,
            sort_order=position,
        )  # fmt: skip
        product_type.attributes.add(attribute)
    material = Attribute.objects.get(code="material")
    for label in ("Stoneware", "Glass"):
        AttributeChoice.objects.create(attribute=material, label=label)
    return Product.objects.create(name="Speckled Mug", product_type=product_type)


def attribute_form(*choices: tuple[AttributeChoice | None, str], **changes: str) -> dict[str, str]:
    """The form of an attribute; a choice with an empty label is deleted."""
    rows = [
        {"id": str(choice.pk) if choice else "", "label": label, "DELETE": "" if label else "1"}
        for choice, label in choices
    ]
    initial = sum(choice is not None for choice, _label in choices)
    return {
        "name": "Material",
        "code": "material",
        "kind": "choice",
        "unit": "",
        "sort_order": "0",
        **nested_form_data({"choices": inline_formset(rows, initial=initial)}),
        **changes,
    }


def edit(client: Client, attribute: Attribute, data: dict[str, str]) -> HttpResponse:
    return client.post(reverse("attributes_admin:edit", args=[attribute.pk]), data)


def give(product: Product, code: str, **answer: object) -> AttributeValue:
    attribute = Attribute.objects.get(code=code)
    return AttributeValue.objects.create(product=product, attribute=attribute, **answer)


# --- Attributes --------------------------------------------------------------------------------


def test_an_attribute_is_made_with_its_choices_and_a_code_from_its_name(admin: Client) -> None:
    data = attribute_form((None, "Oak"), (None, "Ash"), name="Kind of Wood", code="")
    response = admin.post(reverse("attributes_admin:add"), data)
    assert response["Location"] == "/admin/attributes/"
    attribute = Attribute.objects.get()
    assert (attribute.name, attribute.code, attribute.kind) == ("Kind of Wood", "kind-of-wood",
                                                                "choice")  # fmt: skip
    assert [choice.label for choice in attribute.choices.all()] == ["Oak", "Ash"]


@pytest.mark.parametrize(
    ("choices", "changes", "field", "text"),
    [
        ([], {}, "kind", "Say below which choices there are."),
        ([(None, "Oak")], {"kind": "text"}, "kind", "Only “One of several” has choices."),
        ([], {"kind": "choice", "unit": "ml"}, "unit", "Only a number has a unit."),
        ([], {"kind": "text", "is_facet": "on"}, "is_facet", "Nobody filters by free text."),
        ([], {"kind": "text", "name": "…", "code": ""}, "code", "Enter a code of small letters"),
    ],
)
def test_an_attribute_that_makes_no_sense_is_not_saved(
    choices: list, changes: dict[str, str], field: str, text: str, admin: Client
) -> None:
    response = admin.post(reverse("attributes_admin:add"), attribute_form(*choices, **changes))
    assert response.context["form"].errors[field][0].startswith(text)
    assert not Attribute.objects.exists()


def test_a_kind_stays_while_products_have_answers_of_it(admin: Client, mug: Product) -> None:
    give(mug, "capacity", number=Decimal(350))
    capacity = Attribute.objects.get(code="capacity")
    data = attribute_form(name="Capacity", code="capacity", kind="text")
    response = edit(admin, capacity, data)
    assert response.context["form"].errors["kind"] == [
        "1 product has an answer of the kind “Number”. Remove it first, or make a new attribute."
    ]
    capacity.refresh_from_db()
    assert (capacity.kind, capacity.unit) == (Kind.NUMBER, "ml")


def test_a_kind_changes_while_nobody_answered(admin: Client, mug: Product) -> None:
    capacity = Attribute.objects.get(code="capacity")
    edit(admin, capacity, attribute_form(name="Capacity", code="capacity", kind="text"))
    capacity.refresh_from_db()
    assert (capacity.kind, capacity.unit) == (Kind.TEXT, "")


def test_a_choice_that_products_have_goes_only_after_a_warning(admin: Client, mug: Product) -> None:
    stoneware, glass = AttributeChoice.objects.order_by("pk")
    give(mug, "material", choice=stoneware)
    material = Attribute.objects.get(code="material")
    data = attribute_form((stoneware, ""), (glass, "Glass"))
    response = edit(admin, material, data)
    text = "“Stoneware” is the answer of 1 product."
    assert response.context["form"].errors["delete_answers"] == [text]
    assert "Delete these answers as well" in response.content.decode()
    assert AttributeValue.objects.get().choice == stoneware
    edit(admin, material, {**data, "delete_answers": "on"})
    assert [choice.label for choice in AttributeChoice.objects.all()] == ["Glass"]
    assert not AttributeValue.objects.exists()


def test_a_choice_that_nobody_has_goes_at_once(admin: Client, mug: Product) -> None:
    stoneware, glass = AttributeChoice.objects.order_by("pk")
    material = Attribute.objects.get(code="material")
    html = admin.get(reverse("attributes_admin:edit", args=[material.pk])).content.decode()
    assert "Delete these answers as well" not in html
    edit(admin, material, attribute_form((stoneware, ""), (glass, "Glass")))
    assert [choice.label for choice in AttributeChoice.objects.all()] == ["Glass"]


def test_deleting_an_attribute_says_how_many_answers_go_with_it(
    admin: Client, mug: Product
) -> None:
    give(mug, "capacity", number=Decimal(350))
    url = reverse("attributes_admin:delete", args=[Attribute.objects.get(code="capacity").pk])
    assert "1 product has an answer to “Capacity”." in admin.get(url).content.decode()
    assert AttributeValue.objects.exists()
    admin.post(url)
    assert not AttributeValue.objects.exists()


def test_deleting_a_type_says_how_many_products_lose_it(admin: Client, mug: Product) -> None:
    url = reverse("product_types_admin:delete", args=[mug.product_type_id])
    assert "1 product is of the type “Mug” and would be of none." in admin.get(url).content.decode()
    admin.post(url)
    mug.refresh_from_db()
    assert mug.product_type is None


def test_a_type_is_made_of_attributes(admin: Client, mug: Product) -> None:
    chosen = [attribute.pk for attribute in Attribute.objects.filter(kind=Kind.NUMBER)]
    data = {"name": "Tea Bowl", "code": "", "attributes": chosen}
    admin.post(reverse("product_types_admin:add"), data)
    bowl = ProductType.objects.get(code="tea-bowl")
    assert [attribute.name for attribute in bowl.attributes.all()] == ["Capacity"]


def test_the_listings_count_what_is_used(admin: Client, mug: Product) -> None:
    give(mug, "capacity", number=Decimal(350))
    attributes = admin.get("/admin/attributes/").context["object_list"]
    assert {one.code: one.answers for one in attributes}["capacity"] == 1
    types = admin.get("/admin/product-types/").context["object_list"]
    assert [(one.name, one.product_count) for one in types] == [("Mug", 1)]


# --- The product -------------------------------------------------------------------------------


def product_url(product: Product) -> str:
    return reverse("products_admin:edit", args=[product.pk])


def product_form(product: Product, **answers: str) -> dict[str, object]:
    """The form as it is served, with answers by the codes of the attributes."""
    data: dict[str, object] = {
        "name": product.name,
        "product_type": product.product_type_id or "",
        "tax_class": product.tax_class,
        "tags": "",
        "option1_name": "",
        "option2_name": "",
        "option3_name": "",
    }
    by_code = {attribute.code: attribute.pk for attribute in Attribute.objects.all()}
    for code, text in answers.items():
        data[f"attribute-{by_code[code.replace('_', '-')]}"] = text
    return data


def answers_of(product: Product) -> dict[str, str]:
    return {value.attribute.code: value.label for value in product.attribute_values.all()}


def test_a_product_has_a_typed_field_for_each_attribute_of_its_type(
    admin: Client, mug: Product
) -> None:
    glass = AttributeChoice.objects.get(label="Glass")
    form = product_form(
        mug, care="Rinse by hand", capacity="350.5", material=str(glass.pk), dishwasher_safe="no"
    )
    response = admin.post(product_url(mug), form)
    assert response["Location"] == "/admin/products/"
    assert answers_of(mug) == {
        "care": "Rinse by hand",
        "capacity": "350.5 ml",
        "material": "Glass",
        "dishwasher-safe": "No",
    }
    fields = admin.get(product_url(mug)).context["form"]
    assert [field.value() for field in fields if field.name.startswith("attribute-")] == [
        "Rinse by hand", "350.5", glass.pk, "no",
    ]  # fmt: skip


def test_each_answer_stands_in_the_form_once(admin: Client, mug: Product) -> None:
    """A browser sends both of two fields of one name, and the last one counts."""
    text = admin.get(product_url(mug)).content.decode()
    assert len(mug.product_type.attributes.all()) == 4
    for attribute in mug.product_type.attributes.all():
        assert text.count(f'name="attribute-{attribute.pk}"') == 1, attribute


def test_an_empty_field_takes_the_answer_away(admin: Client, mug: Product) -> None:
    give(mug, "care", text="Rinse")
    give(mug, "dishwasher-safe", boolean=False)
    admin.post(product_url(mug), product_form(mug, care="", dishwasher_safe=""))
    assert answers_of(mug) == {}


@pytest.mark.parametrize("text", ["much", "NaN", "1e400", "1.2345", "Infinity"])
def test_a_number_that_is_none_is_refused_and_nothing_changes(
    text: str, admin: Client, mug: Product
) -> None:
    give(mug, "capacity", number=Decimal(350))
    response = admin.post(product_url(mug), product_form(mug, capacity=text) | {"name": "Other"})
    pk = Attribute.objects.get(code="capacity").pk
    assert response.context["form"].errors[f"attribute-{pk}"]
    mug.refresh_from_db()
    assert (mug.name, answers_of(mug)) == ("Speckled Mug", {"capacity": "350 ml"})


def test_a_choice_of_another_attribute_is_refused(admin: Client, mug: Product) -> None:
    other = Attribute.objects.create(name="Glaze", code="glaze", kind=Kind.CHOICE)
    matte = AttributeChoice.objects.create(attribute=other, label="Matte")
    admin.post(product_url(mug), product_form(mug, material=str(matte.pk)))
    assert answers_of(mug) == {}


def test_another_type_shows_its_details_next_and_keeps_the_old_answers(
    admin: Client, mug: Product
) -> None:
    give(mug, "capacity", number=Decimal(350))
    candle = ProductType.objects.create(name="Candle", code="candle")
    burns = Attribute.objects.create(name="Burn time", code="burn-time", kind=Kind.NUMBER, unit="h")
    candle.attributes.add(burns)
    form = product_form(mug, capacity="350") | {"product_type": candle.pk}
    response = admin.post(product_url(mug), form)
    assert response["Location"] == f"{product_url(mug)}#panel-details-section"
    page = admin.get(product_url(mug))
    assert [name for name in page.context["form"].fields if name.startswith("attribute-")] == [
        f"attribute-{burns.pk}"
    ]
    assert 'id="panel-details-section"' in page.content.decode()
    assert answers_of(mug) == {"capacity": "350 ml"}


def test_a_form_opened_under_another_type_empties_nothing(admin: Client, mug: Product) -> None:
    give(mug, "capacity", number=Decimal(350))
    admin.post(product_url(mug), product_form(mug))
    assert answers_of(mug) == {"capacity": "350 ml"}


def test_tags_are_kept_with_the_product(admin: Client, mug: Product) -> None:
    admin.post(product_url(mug), product_form(mug) | {"tags": 'gift, "tea time"'})
    assert sorted(mug.tags.names()) == ["gift", "tea time"]


# --- Who may -----------------------------------------------------------------------------------


def test_types_and_attributes_ask_for_their_permission(client: Client, mug: Product) -> None:
    client.force_login(make_person("sam", "change_product"))
    attribute = Attribute.objects.first()
    for url in (
        reverse("attributes_admin:index"),
        reverse("attributes_admin:add"),
        reverse("attributes_admin:delete", args=[attribute.pk]),
        reverse("product_types_admin:index"),
        reverse("product_types_admin:delete", args=[mug.product_type_id]),
    ):
        response = client.post(url, attribute_form())
        assert (response.status_code, response["Location"]) == (302, "/admin/"), url
    assert Attribute.objects.count() == 4
    assert ProductType.objects.exists()
