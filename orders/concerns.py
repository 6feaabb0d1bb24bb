"""What only orders know of product pages: which of them sell best."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models import OrderLine
from orders.status import SOLD
from products.concerns import Concern, with_old_story

BEST_SELLERS = 20
RECENT_DAYS = 90


def best_sellers() -> list[int]:
    """The products of which most pieces were paid for lately, best first."""
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    lines = OrderLine.objects.filter(
        order__status__in=SOLD, order__created_at__gte=since, variant__isnull=False
    )
    sold = lines.values_list("variant__product_id").annotate(pieces=Sum("quantity"))
    ranked = sold.order_by("-pieces", "variant__product_id")[:BEST_SELLERS]
    return [product_id for product_id, _pieces in ranked]


def _best_sellers_with_old_story(pages: QuerySet[Any]) -> QuerySet[Any]:
    return with_old_story(pages).filter(product_id__in=best_sellers())


CONCERNS = [
    Concern("best_seller", _("Best seller with an old story"), _best_sellers_with_old_story)
]
