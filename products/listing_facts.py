"""What an entry of the product list says, worked out anew from the records it follows from."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from products.attributes import shown_values
from products.availability import availability_of
from products.facets.tokens import REDUCED, Token, number_text, write_tokens
from products.models import AttributeValue, Product, ProductPage, ProductTag, ProductVariant
from products.models.attributes import Attribute

MAX_TITLE_KEY = 255


@dataclass(frozen=True)
class Facts:
    """The columns of a ListingEntry."""

    product_id: int
    title_key: str
    price: Decimal | None
    is_buyable: bool
    published_at: datetime | None
    words: str
    facets: str


def facts_of(product_ids: Collection[int]) -> dict[int, Facts]:
    """By page id, for all pages of these products, live or not; 4 queries for any number."""
    pages = ProductPage.objects.filter(product_id__in=product_ids)
    pages = pages.select_related("product__product_type").defer("body", "after_purchase", "summary")
    variants: dict[int, list[ProductVariant]] = defaultdict(list)
    rows = ProductVariant.objects.filter(product_id__in=product_ids, is_active=True)
    for variant in rows.select_related("stock"):
        variants[variant.product_id].append(variant)
    tags = _tags(product_ids)
    answers: dict[int, list[AttributeValue]] = defaultdict(list)
    for value in shown_values(product_ids):
        answers[value.product_id].append(value)
    return {
        page.pk: _facts(
            page,
            page.product,
            variants=variants[page.product.pk],
            tags=tags[page.product.pk],
            answers=answers[page.product.pk],
        )
        for page in pages
        if page.product is not None
    }


def title_key(title: str) -> str:
    """Names in the order of a shelf: without regard to case or accents, in every database alike."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.strip()[:MAX_TITLE_KEY]


def _facts(
    page: ProductPage,
    product: Product,
    *,
    variants: Sequence[ProductVariant],
    tags: Sequence[str],
    answers: Sequence[AttributeValue],
) -> Facts:
    buyable = [variant for variant in variants if _is_buyable(variant)]
    shown = buyable or variants  # As products.cards: what can be bought, or else all there is.
    kind = product.product_type
    words = [kind.name if kind else "", *tags, *_words_of(answers), *_own_words(variants)]
    tokens = [*_own_tokens(product, shown), *_tokens_of(answers)]
    return Facts(
        product_id=product.pk,
        title_key=title_key(page.title),
        price=min((variant.price for variant in shown), default=None),
        is_buyable=bool(buyable),
        published_at=page.first_published_at,
        words=" ".join(dict.fromkeys(filter(None, words))),
        facets=write_tokens(tokens),
    )


def _is_buyable(variant: ProductVariant) -> bool:
    stock = getattr(variant, "stock", None)
    available = stock.available if stock else 0
    return availability_of(available=available, is_active=variant.is_active).is_buyable


def _tags(product_ids: Collection[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    rows = ProductTag.objects.filter(content_object_id__in=product_ids).order_by("tag__name")
    for product_id, name in rows.values_list("content_object_id", "tag__name"):
        names[product_id].append(name)
    return names


def _words_of(answers: Iterable[AttributeValue]) -> list[str]:
    """The answers that are words; nobody looks for "yes" or "350"."""
    return [one.choice.label if one.choice else one.text for one in answers]


def _own_words(variants: Iterable[ProductVariant]) -> list[str]:
    return [
        text for variant in variants for text in (*variant.option_values, variant.sku, variant.gtin)
    ]


def _own_tokens(product: Product, variants: Iterable[ProductVariant]) -> list[Token]:
    tokens = [
        Token("option", name, value)
        for variant in variants
        for name, value in zip(product.option_names, variant.option_values, strict=False)
    ]
    if any(variant.reference_price is not None for variant in variants):
        tokens.append(REDUCED)
    if product.product_type_id:
        tokens.append(Token("type", str(product.product_type_id)))
    return tokens


def _tokens_of(answers: Iterable[AttributeValue]) -> list[Token]:
    tokens = []
    for one in answers:
        match one.attribute.kind:
            case Attribute.Kind.CHOICE if one.choice_id:
                tokens.append(Token("choice", str(one.choice_id)))
            case Attribute.Kind.NUMBER if one.number is not None:
                tokens.append(Token("number", str(one.attribute_id), number_text(one.number)))
            case Attribute.Kind.BOOLEAN if one.boolean is not None:
                tokens.append(Token("boolean", str(one.attribute_id), str(int(one.boolean))))
    return tokens
