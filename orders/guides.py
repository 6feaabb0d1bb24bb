"""What the pages of bought products say to who has bought them, as they are today."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.blocks import StreamValue

from orders.models import Order, OrderLine
from orders.status import SOLD
from products.blocks import WantedProducts
from products.models import ProductPage


@dataclass(frozen=True)
class Guide:
    """`body` is the stream of one product's page."""

    title: str
    body: StreamValue


@dataclass(frozen=True)
class Guides:
    """`wanted` tells their blocks beforehand which products they may ask for, all at once."""

    items: tuple[Guide, ...]
    wanted: WantedProducts


def guides_of(order: Order, lines: Iterable[OrderLine]) -> Guides:
    """Of what the shopper has paid for and keeps, each product once, in the order of the lines.

    Two queries for the pages, and one for each kind of thing that their blocks choose, however many
    lines there are. What blocks look up by themselves as they are drawn comes on top.
    """
    pages = _pages(order, lines)
    streams = _read_together([page.after_purchase for page in pages])
    wanted = WantedProducts()
    for stream in streams:
        wanted.add(stream)
    items = (Guide(page.title, stream) for page, stream in zip(pages, streams, strict=True))
    return Guides(tuple(items), wanted)


def has_guides(order: Order, lines: Iterable[OrderLine]) -> bool:
    """Whether the order's page says something about these lines; 2 queries."""
    return bool(_pages(order, lines))


def _pages(order: Order, lines: Iterable[OrderLine]) -> list[ProductPage]:
    """Live pages with something to say, in 2 queries. A product that is gone has none."""
    if order.status not in SOLD:
        return []
    variants = [
        line.variant_id
        for line in lines
        if line.variant_id and line.quantity > line.canceled + line.returned
    ]
    pages = ProductPage.objects.live().filter(product__variants__in=variants)
    # The last of several pages of a product wins; so they come with the oldest at the end.
    page_of = dict(pages.order_by("-pk").values_list("product__variants", "pk"))
    page_ids = dict.fromkeys(page_of[one] for one in variants if one in page_of)
    by_id = ProductPage.objects.defer("body").in_bulk(page_ids)
    return [by_id[pk] for pk in page_ids if pk in by_id and len(by_id[pk].after_purchase)]


def _read_together(streams: list[StreamValue]) -> list[StreamValue]:
    """The same streams, read as one: a stream asks once for all blocks of a kind."""
    if not streams:
        return []
    block = streams[0].stream_block
    whole = StreamValue(block, [raw for one in streams for raw in one.raw_data], is_lazy=True)
    children = [(child.block_type, child.value, child.id) for child in whole]
    read = []
    for stream in streams:
        count = len(stream)
        read.append(StreamValue(block, children[:count]))
        children = children[count:]
    return read
