"""A catalog of any size for measurements: believable in its spread, made of numbers alone.

Product number n is the same in every database, so that two measurements speak of the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product as combinations
from random import Random

from products.bulk import NewProduct, NewVariant
from products.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    Product,
    ProductPage,
    ProductType,
    ProductVariant,
)

SKU_PREFIX = "SEED-"
CODE_PREFIX = "seed-"

TYPES = ("Mug", "Bowl", "Teapot", "Plate", "Jug", "Vase", "Lamp", "Tray", "Candle", "Towel")
MATERIALS = ("Stoneware", "Porcelain", "Earthenware", "Glass", "Oak", "Linen", "Wax", "Brass")
FINISHES = ("Matte", "Glossy", "Raw", "Speckled", "Crackled")
ADJECTIVES = (
    "Ash", "Amber", "Birch", "Cedar", "Clover", "Dune", "Ember", "Fern", "Flint", "Harbor",
    "Hazel", "Indigo", "Juniper", "Linden", "Marsh", "Moss", "North", "Olive", "Pebble", "Quartz",
    "Reed", "River", "Saffron", "Slate", "Thistle", "Umber", "Vale", "Willow",
)  # fmt: skip
NOUNS = (
    "Breakfast", "Evening", "Garden", "Kitchen", "Market", "Meadow", "Morning", "Orchard",
    "Pantry", "Studio", "Sunday", "Winter", "Workshop", "Journey",
)  # fmt: skip
TAGS = (
    "gift", "new-in", "bestseller", "handmade", "small-batch", "dishwasher", "outdoor", "winter",
    "summer", "wedding", "kids", "office", "tea", "coffee", "baking", "wine", "sale", "vegan",
    "local", "limited",
)  # fmt: skip
COLORS = ("Sand", "Moss", "Ink", "Rust", "Chalk", "Sky")
SIZES = ("Small", "Medium", "Large")
SENTENCES = (
    "Made in small batches by people who sign what they make.",
    "It feels lighter than it looks and stacks without a sound.",
    "The glaze runs a little differently each time, and that is the point.",
    "Made to be used every day and to be handed on.",
    "It pours well, drains well and dries in the rack.",
    "We have used ours for ten years.",
)


@dataclass(frozen=True)
class SampleDetails:
    """The types and attributes that all samples share."""

    types: Sequence[ProductType]
    material: Attribute
    finish: Attribute
    capacity: Attribute
    height: Attribute
    is_dishwasher_safe: Attribute
    care: Attribute


@dataclass(frozen=True)
class Sample:
    new: NewProduct
    page: ProductPage


def create_sample_details() -> SampleDetails:
    """Makes the types and attributes, once."""
    kind = Attribute.Kind
    material = _attribute("material", kind.CHOICE, choices=MATERIALS)
    finish = _attribute("finish", kind.CHOICE, choices=FINISHES)
    capacity = _attribute("capacity", kind.NUMBER, unit="ml")
    height = _attribute("height", kind.NUMBER, unit="cm")
    dishwasher = _attribute("dishwasher-safe", kind.BOOLEAN)
    care = _attribute("care", kind.TEXT)
    types = []
    for name in TYPES:
        product_type, is_new = ProductType.objects.get_or_create(
            code=f"{CODE_PREFIX}{name.lower()}", defaults={"name": f"Sample {name.lower()}"}
        )
        if is_new:
            product_type.attributes.set([material, finish, capacity, height, dishwasher, care])
        types.append(product_type)
    return SampleDetails(types, material, finish, capacity, height, dishwasher, care)


def make_sample(number: int, details: SampleDetails, *, now: datetime) -> Sample:
    """Product `number`, unsaved. One in five has options; one in nine is sold out as a whole."""
    random = Random(number)  # noqa: S311 - samples are no secret
    type_number = random.randrange(len(TYPES))
    kind = TYPES[type_number]
    name = f"{random.choice(ADJECTIVES)} {random.choice(NOUNS)} {kind} {number}"
    product = Product(name=name, product_type=details.types[type_number])
    colors, sizes = _options(random, product)
    price = Decimal(random.randrange(4_00, 250_00, 10)) / 100 + Decimal("0.05")
    variants = [
        NewVariant(_variant(number, position, product, values, price), _on_hand(number, random))
        for position, values in enumerate(combinations(colors, sizes))
    ]
    if number % 23 == 0:
        variants[0].variant.is_active = False
    first_published = now - timedelta(hours=number % 26_000, minutes=random.randrange(60))
    page = ProductPage(
        title=name,
        product=product,
        summary=" ".join(random.sample(SENTENCES, 3)),
        live=True,
        first_published_at=first_published,
        last_published_at=first_published + timedelta(minutes=random.randrange(60)),
    )
    tags = frozenset(random.sample(TAGS, random.randrange(4)))
    return Sample(NewProduct(product, variants, _values(random, details), tags), page)


def _options(random: Random, product: Product) -> tuple[Sequence[str], Sequence[str]]:
    if random.randrange(5):
        return ("",), ("",)
    product.option1_name = "Color"
    colors = random.sample(COLORS, random.randrange(2, 5))
    if random.randrange(3):
        return colors, ("",)
    product.option2_name = "Size"
    return colors, SIZES


def _variant(
    number: int, position: int, product: Product, values: tuple[str, str], price: Decimal
) -> ProductVariant:
    return ProductVariant(
        product=product,
        sku=f"{SKU_PREFIX}{number:06d}-{position + 1}",
        option1=values[0],
        option2=values[1],
        price=price + position,
        weight_grams=150 + number % 1_800,
        sort_order=position,
    )


def _on_hand(number: int, random: Random) -> int:
    """Plenty, a few or none; every ninth product has none of any variant."""
    if number % 9 == 0:
        return 0
    return random.choice((0, 1, 3, 5, 12, 40, 40, 250))


def _values(random: Random, details: SampleDetails) -> list[AttributeValue]:
    values = [
        AttributeValue(attribute=details.material, choice=_choice(random, details.material)),
        AttributeValue(attribute=details.finish, choice=_choice(random, details.finish)),
        AttributeValue(attribute=details.capacity, number=Decimal(random.randrange(80, 2_400, 10))),
        AttributeValue(attribute=details.height, number=Decimal(random.randrange(30, 420)) / 10),
    ]
    if random.randrange(4):
        is_safe = bool(random.randrange(2))
        values.append(AttributeValue(attribute=details.is_dishwasher_safe, boolean=is_safe))
    if not random.randrange(3):
        values.append(AttributeValue(attribute=details.care, text="Rinse by hand, dry at once."))
    return values


def _choice(random: Random, attribute: Attribute) -> AttributeChoice:
    return random.choice(list(attribute.choices.all()))


def _attribute(
    code: str, kind: Attribute.Kind, *, unit: str = "", choices: Sequence[str] = ()
) -> Attribute:
    name = code.replace("-", " ")
    defaults = {
        "name": f"Sample {name}",
        "kind": kind,
        "unit": unit,
        "is_facet": kind != Attribute.Kind.TEXT,
    }
    attribute, _is_new = Attribute.objects.get_or_create(
        code=f"{CODE_PREFIX}{code}", defaults=defaults
    )
    for position, label in enumerate(choices):
        AttributeChoice.objects.get_or_create(
            attribute=attribute, label=label, defaults={"sort_order": position}
        )
    # With its choices at hand: thousands of products ask for them.
    return Attribute.objects.prefetch_related("choices").get(pk=attribute.pk)
