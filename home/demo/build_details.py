"""Product types, their attributes, and what each product says to them."""

from collections.abc import Mapping
from decimal import Decimal

from home.demo.content.details import ATTRIBUTES, PRODUCT_TYPES
from home.demo.shapes import DemoAttribute, DemoProductType
from products.attributes import Answer, set_attribute_values
from products.models import Attribute, AttributeChoice, Product, ProductType

Kind = Attribute.Kind


def build_details() -> None:
    """Makes the attributes and types whose codes are not there yet; leaves the others alone."""
    for position, demo in enumerate(ATTRIBUTES):
        if not Attribute.objects.filter(code=demo.code).exists():
            _build_attribute(demo, position)
    for product_type in PRODUCT_TYPES:
        if not ProductType.objects.filter(code=product_type.code).exists():
            _build_type(product_type)


def describe_product(product: Product, answers: Mapping[str, str | bool]) -> None:
    """Answers what is asked of a new product; an attribute that somebody deleted is left out."""
    attributes = Attribute.objects.filter(code__in=answers)
    values = {one: _answer(one, answers[one.code]) for one in attributes}
    set_attribute_values(product=product, values=values)


def _build_attribute(demo: DemoAttribute, position: int) -> None:
    attribute = Attribute(
        code=demo.code,
        name=demo.name,
        kind=demo.kind,
        unit=demo.unit,
        is_facet=demo.is_facet,
        sort_order=position,
    )
    attribute.full_clean()
    attribute.save()
    for number, label in enumerate(demo.choices):
        AttributeChoice.objects.create(attribute=attribute, label=label, sort_order=number)


def _build_type(demo: DemoProductType) -> None:
    product_type = ProductType.objects.create(code=demo.code, name=demo.name)
    product_type.attributes.set(Attribute.objects.filter(code__in=demo.attributes))


def _answer(attribute: Attribute, text: str | bool) -> Answer:
    """None for a choice that somebody deleted."""
    match attribute.kind:
        case Kind.NUMBER:
            return Decimal(str(text))
        case Kind.CHOICE:
            return attribute.choices.filter(label=text).first()
    return text
