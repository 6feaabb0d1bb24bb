"""What machines are told of an offer. JSON-LD and the product feed are two spellings of this."""

from collections.abc import Sequence
from dataclasses import dataclass

from products.availability import Code
from products.models import ProductPage
from products.offers import Offer
from shopsite.cms.machine_pictures import Addresses
from shopsite.cms.metadata import description_of
from shopsite.cms.models import ShopImage

DESCRIPTION_LENGTH = 5000  # The most a product feed may hold.
MAX_IMAGES = 11  # One, and ten more.

# What an option is called here, and in the vocabularies of search engines.
STANDARD_OPTIONS = {
    "color": "color",
    "colour": "color",
    "size": "size",
    "material": "material",
    "pattern": "pattern",
}


@dataclass(frozen=True)
class OfferFacts:
    """One variant that is for sale; addresses are absolute, the price is exact and plain.

    `former_price` is empty unless a reduction is announced. `standard` are its options under the
    names of the vocabularies, `others` those without one.
    """

    sku: str
    title: str
    url: str
    price: str
    former_price: str
    currency: str
    availability: Code
    gtin: str
    images: tuple[str, ...]
    standard: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    weight_grams: int | None


@dataclass(frozen=True)
class ProductFacts:
    """A product with all its offers; `group_id` stays the same for as long as the product lives."""

    group_id: str
    title: str
    description: str
    url: str
    images: tuple[str, ...]
    kind: str
    offers: tuple[OfferFacts, ...]

    @property
    def is_group(self) -> bool:
        return len(self.offers) > 1


def images_of(page: ProductPage, offers: Sequence[Offer]) -> list[ShopImage]:
    """All pictures of the page and of its offers, whose addresses `facts_of` asks for."""
    own = [offer.image for offer in offers if offer.image]
    return [*(picture.image for picture in page.pictures.all()), *own]


def facts_of(
    page: ProductPage, offers: Sequence[Offer], *, url: str, pictures: Addresses
) -> ProductFacts:
    """`url` is the absolute address of the page, `pictures` are those of its images. No query when
    the page came with its product, the type of that, and its pictures."""
    product = page.product
    images = [picture.image for picture in page.pictures.all()]
    return ProductFacts(
        group_id=f"product-{page.product_id}",
        title=page.title,
        description=description_of(page, fallback=page.title, max_length=DESCRIPTION_LENGTH),
        url=url,
        images=_addresses(images, pictures),
        kind=product.product_type.name if product and product.product_type else "",
        offers=tuple(
            _offer_facts(
                page,
                offer,
                url=url if len(offers) == 1 else f"{url}?sku={offer.sku}",
                images=_addresses(_pictures_of(offer, offers, images), pictures),
            )
            for offer in offers
        ),
    )


def is_gtin(digits: str) -> bool:
    """Whether the check digit is right: a wrong number names somebody else's goods."""
    if not digits.isdecimal() or len(digits) not in (8, 12, 13, 14):
        return False
    weighted = sum(int(digit) * (3, 1)[i % 2] for i, digit in enumerate(reversed(digits[:-1])))
    return (10 - weighted % 10) % 10 == int(digits[-1])


def _offer_facts(
    page: ProductPage, offer: Offer, *, url: str, images: tuple[str, ...]
) -> OfferFacts:
    names = page.product.option_names if page.product else ()
    options = list(zip(names, offer.option_values, strict=False))
    known = [(STANDARD_OPTIONS.get(name.casefold(), ""), name, value) for name, value in options]
    return OfferFacts(
        sku=offer.sku,
        title=" – ".join(filter(None, (page.title, offer.options_label))),
        url=url,
        price=f"{offer.price.amount:f}",
        former_price=f"{offer.former_price.amount:f}" if offer.former_price else "",
        currency=offer.price.currency,
        availability=offer.availability.code,
        gtin=offer.gtin if is_gtin(offer.gtin) else "",
        images=images,
        standard=tuple((standard, value) for standard, _name, value in known if standard),
        others=tuple((name, value) for standard, name, value in known if not standard),
        weight_grams=offer.weight_grams,
    )


def _pictures_of(
    offer: Offer, offers: Sequence[Offer], images: Sequence[ShopImage]
) -> list[ShopImage]:
    """The offer's own first, then those of the page that stand for no other: whoever looks for the
    blue cup is not to be shown the red one."""
    taken = {other.image.pk for other in offers if other.image}
    own = [offer.image] if offer.image else []
    return [*own, *(image for image in images if image.pk not in taken)]


def _addresses(images: Sequence[ShopImage], pictures: Addresses) -> tuple[str, ...]:
    ready = (pictures[image.pk] for image in images if image.pk in pictures)
    return tuple(dict.fromkeys(ready))[:MAX_IMAGES]
