"""What people bought together, read from the orders themselves: nothing is counted twice, nothing
has to be kept in step, and without orders there is simply nothing to say."""

from collections.abc import Collection

from django.db.models import Count

from orders.models import Order, OrderLine
from orders.status import SOLD
from products.cards import ProductCard, product_cards
from products.models import ProductPage

RECENT_ORDERS = 500  # Newer habits count, and the cost does not grow with the years.


def bought_together(product_ids: Collection[int], *, limit: int = 4) -> list[ProductCard]:
    """Cards of products that stand in the same paid orders, most often first.

    Only what can be bought now, and none of the given ones. A few queries, whatever the number of
    orders and products.
    """
    if not product_ids:
        return []
    together = (
        OrderLine.objects.filter(
            order_id__in=_recent_orders_with(product_ids), variant__isnull=False
        )
        .exclude(variant__product_id__in=product_ids)
        .values_list("variant__product_id")
        .annotate(orders=Count("order_id", distinct=True))
        .order_by("-orders", "variant__product_id")
    )
    ranked = [product_id for product_id, _orders in together[: limit * 3]]
    pages = ProductPage.objects.live().public().filter(product_id__in=ranked)
    in_order = sorted(pages, key=lambda page: ranked.index(page.product_id or 0))
    cards = product_cards(in_order)
    return [card for card in cards if card.availability.is_buyable][:limit]


def _recent_orders_with(product_ids: Collection[int]) -> list[int]:
    orders = Order.objects.filter(
        status__in=SOLD, lines__variant__product_id__in=product_ids
    ).order_by("-created_at")
    return list(dict.fromkeys(orders.values_list("pk", flat=True)[:RECENT_ORDERS]))
