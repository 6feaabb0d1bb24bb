from django import template

from orders.recommendations import bought_together
from products.cards import ProductCard
from products.models import ProductPage

register = template.Library()


@register.simple_tag
def bought_with(page: ProductPage) -> list[ProductCard]:
    """Cards of what people bought together with the product of this page."""
    return bought_together([page.product_id]) if page.product_id else []
