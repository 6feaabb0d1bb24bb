"""What the lists of the shop and of a collection start from."""

from django.utils import timezone
from django.utils.translation import gettext as _

from products.collections import Contents, contents_of, pages_of
from products.facets.lists import Start
from products.models import CollectionPage
from products.rules import ProductOrder


def start_of_shop() -> Start:
    """Everything that is sold, the newest first."""
    return Start(order_name=str(ProductOrder.NEWEST.label), order=ProductOrder.NEWEST)


def start_of_collection(collection: CollectionPage) -> Start:
    """Found anew each day as well: what is new today is not for ever."""
    contents = contents_of(collection)
    order = None if contents.picks else contents.order
    return Start(
        order_name=str(order.label) if order else _("Featured"),
        order=order,
        key=("collection", contents, timezone.now().date()),
        find_page_ids=lambda: _page_ids(contents),
    )


def _page_ids(contents: Contents) -> list[int]:
    return list(pages_of(contents).values_list("pk", flat=True))
