"""What the templates of product blocks ask: everything of one rendered page from one shelf."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import BoundBlock
from wagtail.rich_text import RichText, expand_db_html

from products.blocks.wanted import CONTEXT_NAME, WantedProducts
from products.live_prices import with_live_prices
from products.picks import (
    Basket,
    ComparisonRow,
    Pick,
    Picks,
    Point,
    basket_of,
    compare,
    pick,
    pick_all,
    pick_grid,
    points_of,
)
from products.previews import SCENARIO_LABELS
from products.scenarios import Scenario, imagining
from products.shelf import Shelf
from shopsite.cms.blocks import SHOP

register = template.Library()


def shelf_of(context: template.Context) -> Shelf:
    """The shelf of the page that is being rendered. Outside a stream, one for this block alone."""
    wanted = context.get(CONTEXT_NAME)
    if wanted is None:
        wanted = context[CONTEXT_NAME] = WantedProducts()
    if wanted.shelf is None:
        wanted.shelf = Shelf()
    wanted.shelf.add(wanted.page_ids, wanted.sources)
    shelf: Shelf = wanted.shelf
    return shelf


@register.simple_tag(takes_context=True)
def product_pick(context: template.Context, choice: Mapping[str, Any]) -> Pick | None:
    """The product a block shows, or the one that stands in for it; None for nothing."""
    return pick(choice, shelf_of(context))


@register.simple_tag(takes_context=True)
def product_picks(context: template.Context, choices: Iterable[Mapping[str, Any]]) -> Picks:
    return pick_all(choices, shelf_of(context))


@register.simple_tag(takes_context=True)
def grid_picks(context: template.Context, block: Any, value: Any) -> Picks:
    """What was chosen by hand, then what the grid's collection and rule find."""
    shelf = shelf_of(context)
    source = block.product_source(value)
    limit = value.get("limit")
    return pick_grid(value["products"], source, shelf, limit=limit)


@register.simple_tag(takes_context=True)
def look_points(context: template.Context, choices: Iterable[Mapping[str, Any]]) -> list[Point]:
    return points_of(choices, shelf_of(context))


@register.simple_tag(takes_context=True)
def story_basket(context: template.Context, items: Iterable[Mapping[str, Any]]) -> Basket:
    return basket_of(items, shelf_of(context))


@register.simple_tag(takes_context=True)
def comparison_rows(
    context: template.Context, picks: Picks, only_differences: bool
) -> list[ComparisonRow]:
    products = [one.product for one in picks.shown]
    return compare(products, shelf_of(context), only_differences=only_differences)


@register.simple_tag(takes_context=True)
def in_other_states(context: template.Context, bound_block: BoundBlock) -> list[tuple[Any, str]]:
    """For the preview of the block picker: a block of products as it looks when they are sold out
    and when they are on sale, each with the name of the state. Empty for other blocks."""
    if bound_block.block.meta.group != SHOP:
        return []
    states = []
    for scenario in (Scenario.SOLD_OUT, Scenario.ON_SALE):
        with imagining(scenario):
            states.append((SCENARIO_LABELS[scenario], bound_block.render(context.flatten())))
    return states


@register.simple_tag(takes_context=True)
def live_text(context: template.Context, text: RichText | str) -> SafeString:
    """Rich text whose links to products say what they cost now."""
    source = text.source if isinstance(text, RichText) else str(text or "")
    html = expand_db_html(with_live_prices(source, shelf_of(context)))
    return mark_safe(html)  # noqa: S308  (rich text as Wagtail's own filter renders it)  # nosec
