"""What the form of a product asks for: a SKU, or a product with a value for each of its options."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from checkout.source import read_id
from products.models import ProductPage
from products.offers import Offer, offers_for_skus, offers_of_product
from products.option_choice import Values, find_combination
from products.option_groups import field_of

SKU_LENGTH = 60
VALUE_LENGTH = 60


@dataclass(frozen=True)
class ChosenOptions:
    """A product of which somebody has chosen the options, with all that is for sale of it."""

    page: ProductPage
    names: tuple[str, ...]
    values: Values
    offers: list[Offer]

    def find_offer(self) -> Offer:
        """Raises WrongCombination, in words for the shopper."""
        return find_combination(self.offers, names=self.names, chosen=self.values)


def read_sku(data: QueryDict) -> str:
    """The SKU of a form; empty for what could be none."""
    sku = data.get("sku", "")[:SKU_LENGTH]
    return "" if "\x00" in sku else sku


def offer_of_sku(sku: str, *, held: Mapping[str, int]) -> Offer | None:
    return offers_for_skus([sku], held=held).get(sku) if sku else None


def read_options(data: QueryDict, *, held: Mapping[str, int]) -> ChosenOptions | None:
    """From `product`, `option1` and so on; None for a form that names no product with options that
    is for sale. An option that nobody chose is an empty value."""
    product_id = read_id(data.get("product", ""))
    offers = offers_of_product(product_id, held=held) if product_id is not None else []
    page = offers[0].page if offers else None
    names = page.product.option_names if page is not None and page.product else ()
    if page is None or not names or any(len(o.option_values) != len(names) for o in offers):
        return None
    values = (data.get(field_of(position), "") for position in range(len(names)))
    return ChosenOptions(page, names, tuple(value[:VALUE_LENGTH] for value in values), offers)
