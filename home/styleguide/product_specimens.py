"""The components that show what is sold, in every state it can be in, and the cards beside them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from types import SimpleNamespace

from django.conf import settings
from django.core.paginator import Paginator

from home.styleguide.component_specimens import FLAG, OPTIONS
from home.styleguide.specimens import Specimen, State, one_state
from products.availability import availability_of
from products.cards import ProductCard
from products.facets.chips import Chip
from products.facets.shapes import Group
from shopsite.cms.blocks import sample_picture
from shopsite.cms.models import ShopImage
from shopsite.lib.money import Money


@dataclass(frozen=True)
class SamplePage:
    """What the cards of stories and collections ask of a page."""

    title: str
    cover: ShopImage | None
    cover_alt: str = ""
    summary: str = ""
    reading_minutes: int = 0
    get_url: str = "/stories/"


@dataclass(frozen=True)
class SamplePick:
    """What a template asks of a product that stands in for another one."""

    stands_in_for: str


def money(amount: str) -> Money:
    return Money(Decimal(amount), settings.SHOP_CURRENCY)


def sample_cards() -> dict[str, ProductCard]:
    """A card for each state, by its name."""
    plenty = ProductCard(
        title="Speckled mug",
        url="/shop/",
        image=sample_picture(),
        image_alt="",
        price_from=money("24"),
        price_varies=False,
        availability=availability_of(available=20, is_active=True),
    )
    last = availability_of(available=3, is_active=True)
    sold_out = availability_of(available=0, is_active=True)
    gone = availability_of(available=0, is_active=False)
    long_title = "A mug with a name that is much longer than anybody would give to a mug"
    return {
        "in stock": plenty,
        "last three, from": replace(plenty, availability=last, price_varies=True),
        "reduced": replace(plenty, price_from=money("19.20"), former_price=money("24")),
        "sold out": replace(plenty, availability=sold_out),
        "not for sale": replace(plenty, availability=gone, price_from=None),
        "no picture, long name": replace(plenty, image=None, title=long_title),
    }


def product_specimens() -> list[Specimen]:
    cards = sample_cards()
    states = tuple(State(name, {"card": card, "level": 4}) for name, card in cards.items())
    prices = tuple(
        State(name, {"price": c.price_from, "varies": c.price_varies, "former": c.former_price})
        for name, c in list(cards.items())[:3]
    )
    availabilities = tuple(
        State(card.availability.code, {"availability": card.availability})
        for card in (cards[name] for name in ("in stock", "last three, from", "sold out"))
    )
    gone = State("unavailable", {"availability": cards["not for sale"].availability})
    return [
        Specimen("price", prices, columns=True),
        Specimen("availability", (*availabilities, gone), columns=True),
        Specimen("product_card", states, columns=True),
        one_state("product_grid", cards=list(cards.values())[:4], level=4),
        Specimen("product_row", states, columns=True),
        one_state("stands_in", pick=SamplePick("Moss matcha bowl")),
        one_state(
            "left_out", request=SimpleNamespace(is_preview=True), left_out=("Moss matcha bowl",)
        ),
        _product_list(list(cards.values())),
    ]


def card_specimens() -> list[Specimen]:
    picture = sample_picture()
    story = SamplePage("The kettle comes first", picture, "", "On water and iron.", 4)
    plain = SamplePage("A story without a picture", None, summary="Only words.")
    collection = SamplePage("For the tea table", picture)
    pages = {"with a picture": collection, "without": replace(collection, cover=None)}
    return [
        Specimen(
            "story_card",
            (
                State("with a picture", {"story": story, "level": 4}),
                State("without", {"story": plain, "level": 4}),
            ),
            columns=True,
        ),
        Specimen(
            "collection_card",
            tuple(
                State(name, {"target": page, "cover": page.cover, "level": 4})
                for name, page in pages.items()
            ),
            columns=True,
        ),
        one_state("collection_grid", collections=[collection, collection], level=4),
    ]


def _product_list(cards: list[ProductCard]) -> Specimen:
    listing = {
        "cards": cards,
        "page": Paginator(range(48), 24).page(1),
        "total": 6,
        "total_unfiltered": 48,
        "is_filtered": True,
        "groups": (
            Group("glaze", "Glaze", "values", OPTIONS),
            Group("dishwasher", "Dishwasher safe", "flag", FLAG),
        ),
        "chips": (Chip("Moss", "/shop/"),),
        "sorts": ({"value": "", "label": "Newest first", "is_selected": True},),
        "filters": {"query": ""},
        "page_prefix": "",
        "unfiltered_address": "/shop/",
    }
    nothing = {**listing, "cards": [], "total": 0, "groups": (), "chips": ()}
    states = (
        State("filtered", {"listing": listing, "level": 4}),
        State("nothing fits", {"listing": {**nothing, "total_unfiltered": 1}, "level": 4}),
        State("empty shop", {"listing": {**nothing, "is_filtered": False}, "level": 4}),
    )
    return Specimen("product_list", states)
