"""What follows when Wagtail publishes, unpublishes or deletes a page, whoever asked for it."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from products.generation import bump_generation
from products.listing_entries import refresh_listing, refresh_listing_on_commit
from products.models import ProductPage


def follow_pages() -> None:
    """Starts to listen; Wagtail tells of every page that appears or goes, deleted ones included."""
    page_published.connect(follow_page, dispatch_uid="products_follow_published")
    page_unpublished.connect(follow_page, dispatch_uid="products_follow_unpublished")


def follow_page(instance: Page, **kwargs: Any) -> None:
    is_product = isinstance(instance, ProductPage)
    if is_product and instance.product_id:
        # At once, so that the page is in the lists as soon as it is live; and once more on commit,
        # for what was sold meanwhile.
        refresh_listing([instance.product_id])
        refresh_listing_on_commit(product_ids=[instance.product_id])
    bump_generation(lists=is_product)
