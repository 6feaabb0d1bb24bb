"""Where a product is shown: stories, landing pages, collections, menus, reusable sections."""

from products.models import Product
from shopsite.cms.places import Place, places_showing


def where_sold(product: Product) -> list[Place]:
    """Every place that shows one of the product's pages, or the product itself."""
    return places_showing(pages=list(product.pages.all()), records=[product])
