"""What products say of themselves: reading and writing the answers to the attributes of their type.

A product keeps its answers when its type changes. Those the new type does not ask for are not
shown anywhere and come back with the old type: a slip in one select field destroys nothing.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from products.models import Attribute, AttributeChoice, AttributeValue, Product, ProductType

Answer = str | Decimal | bool | AttributeChoice | None

NO_ANSWER: dict[str, Any] = {"text": "", "number": None, "choice": None, "boolean": None}


def attributes_of(product_type: ProductType | None) -> list[Attribute]:
    """What a type asks for, with the choices, in the order of the table of details; 2 queries."""
    if product_type is None:
        return []
    return list(product_type.attributes.prefetch_related("choices"))


def shown_values(products: Collection[int]) -> QuerySet[AttributeValue]:
    """The answers of these products that their types ask for."""
    return AttributeValue.objects.filter(
        product_id__in=products, attribute__product_types=F("product__product_type")
    ).select_related("attribute", "choice")


def answer_of(value: AttributeValue) -> Answer:
    """What the columns of a value say."""
    match value.attribute.kind:
        case Attribute.Kind.NUMBER:
            return value.number
        case Attribute.Kind.CHOICE:
            return value.choice
        case Attribute.Kind.BOOLEAN:
            return value.boolean
    return value.text or None


def columns_of(attribute: Attribute, answer: Answer) -> dict[str, Any]:
    """The columns of a value that gives this answer; empty for none.

    Raises ValidationError for an answer that the attribute does not take.
    """
    if answer is None or answer == "":
        return {}
    kind = Attribute.Kind
    match attribute.kind, answer:
        case kind.TEXT, str():
            return {**NO_ANSWER, "text": answer}
        case kind.NUMBER, Decimal() if answer.is_finite():
            return {**NO_ANSWER, "number": answer}
        case kind.CHOICE, AttributeChoice() if answer.attribute_id == attribute.pk:
            return {**NO_ANSWER, "choice": answer}
        case kind.BOOLEAN, bool():
            return {**NO_ANSWER, "boolean": answer}
    text = _("“%(answer)s” is no answer to “%(attribute)s”.")
    raise ValidationError(text % {"answer": answer, "attribute": attribute.name})


@transaction.atomic
def set_attribute_values(*, product: Product, values: Mapping[Attribute, Answer]) -> bool:
    """Writes the answers that differ from those there are; None takes one away.

    Attributes that `values` does not name are left alone. Returns whether anything was written.
    """
    known = {value.attribute_id: value for value in product.attribute_values.all()}
    is_changed = False
    for attribute, answer in values.items():
        columns, value = columns_of(attribute, answer), known.get(attribute.pk)
        if not columns and value:
            value.delete()
        elif columns and value is None:
            AttributeValue.objects.create(product=product, attribute=attribute, **columns)
        elif columns and value and any(getattr(value, name) != columns[name] for name in columns):
            AttributeValue.objects.filter(pk=value.pk).update(**columns)
        else:
            continue
        is_changed = True
    return is_changed
