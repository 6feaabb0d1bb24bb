"""Where the demo's shoppers put things into their carts."""

from wagtail.models import Page

from home.demo.identity import find_demo_page
from home.demo.shapes import DemoOrder
from orders.sources import LineSource
from products.models import ProductPage
from products.page_blocks import page_blocks, streams_of_page


def find_source(demo: DemoOrder, sku: str) -> LineSource | None:
    """None when somebody deleted the page."""
    key, kind = demo.added_on.get(sku, ("", ""))
    page = find_demo_page(key) if key else _page_of(sku)
    if page is None:
        return None
    blocks = page_blocks(streams_of_page(page.specific)) if kind else []
    return LineSource(
        page_id=page.pk,
        page_title=page.title,
        revision_id=page.live_revision_id,
        block_id=next((one.id for one in blocks if one.block.name == kind), None),
    )


def _page_of(sku: str) -> Page | None:
    return ProductPage.objects.filter(product__variants__sku=sku).first()
