"""Answers to attributes as they stand in a cell. Pure but for the attributes given."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.utils.translation import gettext as _

from products.attributes import Answer
from products.catalog_file.columns import NO, YES
from products.models import Attribute, AttributeValue
from products.models.catalog import DECIMAL_PLACES, MAX_DIGITS

NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
COMMA_NUMBER = re.compile(r"-?[0-9.]*,[0-9]+")
YES_WORDS, NO_WORDS = {YES, "true", "1", "y"}, {NO, "false", "0", "n"}
MAX_LISTED = 8


def parse_number(text: str) -> Decimal:
    """Raises ValidationError for anything but digits with a decimal point."""
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if COMMA_NUMBER.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” has a comma. Write numbers with a point and without separators, such as "
              "24.90.") % {"text": text}
        )  # fmt: skip
    raise ValidationError(_("“%(text)s” is not a number.") % {"text": text})


def parse_yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in YES_WORDS | NO_WORDS:
        raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text})
    return word in YES_WORDS


def parse_answer(attribute: Attribute, text: str) -> Answer:
    """What a cell says to an attribute with its choices prefetched. Raises ValidationError."""
    match attribute.kind:
        case Attribute.Kind.NUMBER:
            number = parse_number(text)
            DecimalValidator(MAX_DIGITS, DECIMAL_PLACES)(number)
            return number
        case Attribute.Kind.BOOLEAN:
            return parse_yes_no(text)
        case Attribute.Kind.CHOICE:
            return _choice(attribute, text)
    return str(AttributeValue._meta.get_field("text").clean(text, None))


def format_answer(value: AttributeValue) -> str:
    """The cell that gives this answer back, not yet protected."""
    match value.attribute.kind:
        case Attribute.Kind.NUMBER if value.number is not None:
            return plain_number(value.number)
        case Attribute.Kind.BOOLEAN if value.boolean is not None:
            return YES if value.boolean else NO
        case Attribute.Kind.CHOICE if value.choice is not None:
            return value.choice.label
    return value.text


def plain_number(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _choice(attribute: Attribute, text: str) -> Answer:
    choices = list(attribute.choices.all())
    exact = [choice for choice in choices if choice.label.strip() == text]
    similar = [choice for choice in choices if choice.label.strip().casefold() == text.casefold()]
    found = (exact or similar)[:1]
    if found:
        return found[0]
    known = ", ".join(choice.label for choice in choices[:MAX_LISTED])
    rest = "" if len(choices) <= MAX_LISTED else ", …"
    raise ValidationError(
        _(
            "“%(text)s” is none of its choices: %(known)s. Add it under Products > Attributes > "
            "%(attribute)s first."
        )
        % {"text": text, "known": known + rest or "–", "attribute": attribute.name}
    )
