"""What lines say of one product, and whether it differs from what is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.catalog_file.columns import OPTION_NAMES, OPTIONS, is_of_product
from products.catalog_file.plans import Wrong
from products.catalog_file.reading import Problem
from products.catalog_file.rows import CLEARED, Row
from products.models import AttributeValue

VARIANT_FIELDS = {**{name: name for name in OPTIONS}, "weight_grams": "weight_grams",
                  "gtin": "gtin", "active": "is_active"}  # fmt: skip
PRODUCT_FIELDS = {
    "product": "name",
    "type": "product_type",
    "tax_class": "tax_class",
    **{name: name for name in OPTION_NAMES},
}
EMPTY: dict[str, Any] = {"type": None, "weight_grams": None}


def merge_rows(rows: Iterable[Row]) -> tuple[dict[str, Any], dict[str, int]]:
    """What lines say of the product itself, and which line does. Raises Wrong if two differ."""
    given: dict[str, Any] = {}
    said_in: dict[str, int] = {}
    problems = []
    for row in rows:
        for column, value in row.given.items():
            if not is_of_product(column):
                continue
            if given.setdefault(column, value) != value:
                text = _("%(column)s: Line %(line)d says something else of the same product.")
                words = {"column": column, "line": said_in[column]}
                problems.append(Problem(row.line, text % words))
            said_in.setdefault(column, row.line)
    if problems:
        raise Wrong(problems)
    return given, said_in


def apply_fields(given: Mapping[str, Any], record: Any, fields: Mapping[str, str]) -> bool:
    """Sets what differs, by the fields that `fields` names for the columns; whether any did."""
    is_changed = False
    for column, name in fields.items():
        if column in given:
            value = plain_value(column, given[column])
            if differs(getattr(record, name), value):
                setattr(record, name, value)
                is_changed = True
    return is_changed


def plain_value(column: str, given: Any) -> Any:
    return EMPTY.get(column, "") if given is CLEARED else given


def differs(stored: Any, wanted: Any) -> bool:
    """White space around a text is no difference: the file cannot say it."""
    return (stored.strip() if isinstance(stored, str) else stored) != wanted


def has_other_answer(value: AttributeValue | None, columns: Mapping[str, Any]) -> bool:
    if value is None or not columns:
        return bool(value) != bool(columns)
    return any(differs(getattr(value, name), columns[name]) for name in columns)


def not_asked_text(column: str, product_type: Any) -> str:
    if product_type is None:
        return _("%(column)s: The product has no type, so nothing can be said of it here.") % {
            "column": column
        }
    text = _(
        "%(column)s: Products of the type “%(type)s” do not have this. Add it to the type under "
        "Products > Product types first."
    )
    return text % {"column": column, "type": product_type.name}


def problems_of(line: int, error: ValidationError) -> list[Problem]:
    return [Problem(line, message) for message in error.messages]


def copy_of(record: Any) -> Any:
    """A copy to change, with the same related records at hand."""
    copy = type(record).from_db(
        record._state.db,
        [field.attname for field in record._meta.concrete_fields],
        [getattr(record, field.attname) for field in record._meta.concrete_fields],
    )
    copy._state.fields_cache.update(record._state.fields_cache)
    return copy
