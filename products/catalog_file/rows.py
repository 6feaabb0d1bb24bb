"""The cells of one line, each understood or refused with a reason."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from products.catalog_file.answers import parse_answer, parse_number, parse_yes_no
from products.catalog_file.columns import (
    ATTRIBUTE_PREFIX,
    CLEAR,
    OPTION_NAMES,
    OPTIONS,
    is_clearable,
    unprotect,
)
from products.catalog_file.reading import Line, Problem
from products.models import (
    Attribute,
    Product,
    ProductPage,
    ProductType,
    ProductVariant,
    TaxClass,
)
from products.price_rules import check_price
from shopsite.lib.text import has_control_characters

MAX_COUNT = 1_000_000  # More is a slip of the finger.
MAX_TAG = 100
MAX_WEIGHT = 2_000_000_000

CLEARED: Any = object()  # The cell says that nothing should be there.


@dataclass(frozen=True)
class Row:
    """`given` holds the columns whose cells were filled in; CLEARED where a dash stood."""

    line: int
    sku: str
    given: Mapping[str, Any]


class RowReader:
    """Knows the types and attributes of the shop, so that each line costs no query."""

    def __init__(self) -> None:
        types = list(ProductType.objects.prefetch_related("attributes"))
        self._types = {one.name.casefold(): one for one in types}
        self._types |= {one.code.casefold(): one for one in types}
        self.attributes = {
            f"{ATTRIBUTE_PREFIX}{one.code.casefold()}": one
            for one in Attribute.objects.prefetch_related("choices")
        }
        self._parsers: dict[str, Callable[[str], Any]] = {
            "sku": _text_of(ProductVariant, "sku"),
            "product": _text_of(Product, "name"),
            "type": self._parse_type,
            "tax_class": _parse_tax_class,
            "tags": _parse_tags,
            **{name: _text_of(Product, name) for name in OPTION_NAMES},
            **{name: _text_of(ProductVariant, name) for name in OPTIONS},
            "price": _parse_price,
            "stock": _whole_number(MAX_COUNT),
            "stock_was": _whole_number(MAX_COUNT),
            "weight_grams": _whole_number(MAX_WEIGHT),
            "gtin": _text_of(ProductVariant, "gtin"),
            "active": parse_yes_no,
            "page_title": _text_of(ProductPage, "title"),
            "summary": _text_of(ProductPage, "summary"),
        }

    def read(self, line: Line) -> tuple[Row | None, list[Problem]]:
        """The row, or everything that is wrong with its line."""
        given, problems = {}, []
        for column, cell in line.cells.items():
            try:
                given[column] = self._value(column, cell)
            except ValidationError as error:
                problems += [
                    Problem(line.number, f"{column}: {message}") for message in error.messages
                ]
        if "sku" not in line.cells:
            problems.append(Problem(line.number, _("The line has no SKU.")))
        if problems:
            return None, problems
        return Row(line.number, given.pop("sku"), given), []

    def _value(self, column: str, cell: str) -> Any:
        if cell == CLEAR:
            if is_clearable(column):
                return CLEARED
            raise ValidationError(_("This cannot be emptied."))
        if cell.startswith("="):
            raise ValidationError(
                _("“%(cell)s” is a formula. Put its result into the file.") % {"cell": cell[:40]}
            )
        if has_control_characters(cell, allow_newlines=True):
            raise ValidationError(_("The cell holds a character that cannot be shown."))
        text = unprotect(cell)
        if column in self.attributes:
            return parse_answer(self.attributes[column], text)
        return self._parsers[column](text)

    def _parse_type(self, text: str) -> ProductType:
        try:
            return self._types[text.casefold()]
        except KeyError as error:
            message = _(
                "There is no product type “%(text)s”. Make it under Products > Product types first."
            )
            raise ValidationError(message % {"text": text}) from error


def _text_of(model: type[models.Model], name: str) -> Callable[[str], str]:
    """Checks a text as the field of the model does, except for whether it is unique."""
    field = cast("models.Field[str, str]", model._meta.get_field(name))
    return lambda text: field.clean(text, None)


def _parse_price(text: str) -> Decimal:
    price = parse_number(text)
    check_price(price)
    return price


def _parse_tax_class(text: str) -> str:
    if text not in TaxClass.values:
        raise ValidationError(
            _("There is no tax class “%(text)s”; it is one of %(known)s.")
            % {"text": text, "known": ", ".join(TaxClass.values)}
        )
    return text


def _parse_tags(text: str) -> frozenset[str]:
    names = next(csv.reader([" ".join(text.split())], skipinitialspace=True))
    tags = frozenset(filter(None, (name.strip() for name in names)))
    long = next((tag for tag in tags if len(tag) > MAX_TAG), None)
    if long:
        raise ValidationError(_("The tag “%(tag)s” is too long.") % {"tag": f"{long[:40]}…"})
    return tags


def _whole_number(limit: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if re.fullmatch(r"-[0-9]+", text):
            raise ValidationError(_("“%(text)s” is less than nothing.") % {"text": text})
        if not re.fullmatch(r"[0-9]{1,12}", text):
            raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": text})
        if int(text) > limit:
            raise ValidationError(
                _("“%(text)s” is more than %(limit)d. Please check the number.")
                % {"text": text, "limit": limit}
            )
        return int(text)

    return parse
