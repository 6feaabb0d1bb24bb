"""Product types, their attributes, and what each product says to them."""

from collections.abc import Mapping
from decimal import Decimal

from home.demo.content.details import ATTRIBUTES, PRODUCT_TYPES
from home.demo.shapes import DemoAttribute, DemoProductType
from products.models import Attribute, AttributeChoice, AttributeValue, Product, ProductType

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
    """Writes a new product's values; an attribute or choice that somebody deleted is left out."""
    attributes = {a.code: a for a in Attribute.objects.filter(code__in=answers)}
    for code, answer in answers.items():
        if code not in attributes:
            continue
        attribute = attributes[code]
        if columns := _columns(attribute, answer):
            AttributeValue.objects.create(product=product, attribute=attribute, **columns)


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


def _columns(attribute: Attribute, answer: str | bool) -> dict[str, object]:
    match attribute.kind:
        case Kind.NUMBER:
            return {"number": Decimal(str(answer))}
        case Kind.CHOICE:
            choice = attribute.choices.filter(label=answer).first()
            return {"choice": choice} if choice else {}
        case Kind.BOOLEAN:
            return {"boolean": bool(answer)}
    return {"text": str(answer)}
