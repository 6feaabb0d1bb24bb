"""What a piece of the demo's content consists of. Pure data; build_* make records of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class PictureRef:
    """A picture of home/demo/images, by file name."""

    name: str


@dataclass(frozen=True)
class PageRef:
    """A page of the demo, by its key: "shop", "shop/speckled-mug", "stories/matcha" and so on."""

    key: str


@dataclass(frozen=True)
class DocumentRef:
    """A file of home/demo/files, by its name."""

    name: str


@dataclass(frozen=True)
class FormRef:
    """A form that visitors fill in, by its title."""

    title: str


@dataclass(frozen=True)
class SectionRef:
    """A reusable section, by its title."""

    title: str


@dataclass(frozen=True)
class DemoBlock:
    """One block of a stream; `value` is its stored form with references in it."""

    type: str
    value: Any


@dataclass(frozen=True)
class DemoAttribute:
    """`kind` is one of Attribute.Kind; `choices` only of that kind."""

    code: str
    name: str
    kind: str
    unit: str = ""
    is_facet: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoProductType:
    code: str
    name: str
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class DemoVariant:
    """`reduced_to` is a price that is announced as a reduction."""

    sku: str
    price: str
    on_hand: int
    weight_grams: int
    picture: str
    options: tuple[str, ...] = ()
    is_active: bool = True
    reduced_to: str = ""


@dataclass(frozen=True)
class DemoProduct:
    """`days_ago` is when its page was first published: lists show the newest first. `attributes`
    maps codes to what a person would enter: a text, a number as text, a choice's label, or a yes
    or no."""

    slug: str
    name: str
    product_type: str
    tags: tuple[str, ...]
    summary: str
    search_description: str
    variants: tuple[DemoVariant, ...]
    pictures: tuple[str, ...]
    body: tuple[DemoBlock, ...]
    days_ago: int
    attributes: Mapping[str, str | bool] = field(default_factory=dict)
    option_names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"shop/{self.slug}"


@dataclass(frozen=True)
class DemoStory:
    slug: str
    title: str
    summary: str
    search_description: str
    author_name: str
    cover: str
    tags: tuple[str, ...]
    body: tuple[DemoBlock, ...]
    days_ago: int

    @property
    def key(self) -> str:
        return f"stories/{self.slug}"


@dataclass(frozen=True)
class DemoLandingPage:
    slug: str
    title: str
    search_description: str
    share_picture: str
    body: tuple[DemoBlock, ...]
    days_ago: int
    branch: str = "campaigns"

    @property
    def key(self) -> str:
        return f"{self.branch}/{self.slug}"


@dataclass(frozen=True)
class DemoCollection:
    """`picks` are slugs of products; `tags`, `types` and `price_max` make its rule. `parent` is
    the slug of the collection it lies in."""

    slug: str
    title: str
    intro: str
    search_description: str
    cover: str
    picks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    price_max: int | None = None
    in_stock: bool = False
    parent: str = ""
    body: tuple[DemoBlock, ...] = ()
    days_ago: int = 30

    @property
    def key(self) -> str:
        return f"collections/{self.slug}"


@dataclass(frozen=True)
class DemoFormField:
    label: str
    field_type: str
    is_required: bool = True
    choices: str = ""


@dataclass(frozen=True)
class DemoForm:
    title: str
    intro: str
    thanks: str
    confirmation_text: str
    fields: tuple[DemoFormField, ...]


@dataclass(frozen=True)
class DemoSection:
    title: str
    body: tuple[DemoBlock, ...]


@dataclass(frozen=True)
class DemoOrder:
    """`items` are SKUs with quantities, `customer` what the checkout form asks for. `key` names the
    order for good: while it exists, it is not placed again. `added_on` is the page and the kind of
    block where a SKU was added; all others were added on the product's own page."""

    key: str
    hours_ago: int
    outcome: Literal[
        "awaiting", "paid", "partly_shipped", "shipped", "delivered",
        "refunded", "partly_refunded", "review", "expired", "canceled",
    ]  # fmt: skip
    customer: Mapping[str, str]
    items: tuple[tuple[str, int], ...]
    shipping: str = ""
    added_on: Mapping[str, tuple[str, str]] = field(default_factory=dict)
