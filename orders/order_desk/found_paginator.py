from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

from orders.models import Order
from orders.order_desk.cells import NEEDED_FOR_A_ROW
from orders.order_search import keys_up_to

MOST_FOUND = 1_000


class FoundPaginator(WagtailPaginator):
    """Of what was searched for: its pages end where nobody looks any more. The search runs once,
    for its count and its pages."""

    @cached_property
    def _keys(self) -> list[int]:
        return keys_up_to(self.object_list, MOST_FOUND)

    @property
    def has_more(self) -> bool:
        return len(self._keys) > MOST_FOUND

    @cached_property
    def count(self) -> int:
        return min(len(self._keys), MOST_FOUND)

    def page(self, number: int | str) -> Any:
        number = int(self.validate_number(number))
        first = (number - 1) * self.per_page
        keys = self._keys[first : min(first + self.per_page, self.count)]
        orders = Order.objects.prefetch_related(*NEEDED_FOR_A_ROW).in_bulk(keys)
        return self._get_page([orders[key] for key in keys if key in orders], number, self)
