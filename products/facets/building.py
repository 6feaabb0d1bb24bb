"""Facets, put together from the tokens of the products and the names of what they stand for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from products.facets.bits import SortedColumn, bits_of
from products.facets.index import SCALE, Facet, FacetValue
from products.facets.tokens import REDUCED, Token, read_token
from products.models import Attribute, AttributeChoice, ProductType

RESERVED = frozenset({"q", "page", "sort", "type", "price", "in_stock", "reduced"})
MAX_OPTION_VALUES = 60  # More than that is a serial number, not a choice.

Members = Mapping[Token, Sequence[int]]
Pairs = list[tuple[str, Sequence[int]]]


def build_facets(lines: Mapping[str, Sequence[int]], size: int) -> tuple[Facet, ...]:
    """`lines` says which products have each token. What no product has is left out. 3 queries."""
    members = {read_token(line): positions for line, positions in lines.items()}
    choices, options = _choices(members), _options(members)
    facets = [
        Facet("reduced", _("Reduced"), "flag", flag=bits_of(members.get(REDUCED, ()), size)),
        _value_facet("type", _("Type"), _types(members), size),
    ]
    for attribute in Attribute.objects.filter(is_facet=True):
        code = f"attribute-{attribute.code}" if attribute.code in RESERVED else attribute.code
        match attribute.kind:
            case Attribute.Kind.CHOICE:
                # A product whose variants differ in it, and one that has it as a detail, agree.
                pairs = [*choices[attribute.pk], *options.pop(code, ("", []))[1]]
                facets.append(_value_facet(code, attribute.name, pairs, size))
            case Attribute.Kind.NUMBER:
                facets.append(_number_facet(code, attribute, members, size))
            case Attribute.Kind.BOOLEAN:
                yes = members.get(Token("boolean", str(attribute.pk), "1"), ())
                facets.append(Facet(code, attribute.name, "flag", flag=bits_of(yes, size)))
    taken = {facet.code for facet in facets} | RESERVED
    facets += [
        _value_facet(code, name, sorted(pairs), size)
        for code, (name, pairs) in sorted(options.items())
        if code not in taken and len(pairs) <= MAX_OPTION_VALUES
    ]
    return tuple(facet for facet in facets if facet.values or facet.column or facet.flag)


def _types(members: Members) -> Pairs:
    return [
        (kind.name, members.get(Token("type", str(kind.pk)), ()))
        for kind in ProductType.objects.all()
    ]


def _choices(members: Members) -> dict[int, Pairs]:
    pairs: dict[int, Pairs] = defaultdict(list)
    rows = AttributeChoice.objects.filter(attribute__is_facet=True)
    for pk, attribute_id, label in rows.values_list("pk", "attribute_id", "label"):
        pairs[attribute_id].append((label, members.get(Token("choice", str(pk)), ())))
    return pairs


def _options(members: Members) -> dict[str, tuple[str, Pairs]]:
    """Options by the code of their name: "Color" and "color" are one."""
    options: dict[str, tuple[str, Pairs]] = {}
    for token, positions in members.items():
        if token.kind == "option" and (code := slugify(token.key, allow_unicode=True)):
            options.setdefault(code, (token.key, []))[1].append((token.value, positions))
    return options


def _value_facet(code: str, name: str, pairs: Pairs, size: int) -> Facet:
    values: dict[str, FacetValue] = {}
    for label, positions in pairs:
        slug = slugify(label, allow_unicode=True) or label
        bits = bits_of(positions, size)
        known = values.get(slug)
        if known is not None:
            values[slug] = FacetValue(slug, known.label, known.bits | bits)
        elif bits:
            values[slug] = FacetValue(slug, label, bits)
    return Facet(code, name, "values", values=values)


def _number_facet(code: str, attribute: Attribute, members: Members, size: int) -> Facet:
    key = str(attribute.pk)
    pairs = [
        (round(Decimal(token.value) * SCALE), position)
        for token, positions in members.items()
        if token.kind == "number" and token.key == key
        for position in positions
    ]
    column = SortedColumn(pairs, size) if pairs else None
    return Facet(code, attribute.name, "number", column=column, unit=attribute.unit)
