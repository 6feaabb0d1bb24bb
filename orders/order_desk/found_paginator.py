from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

from orders.order_search import count_up_to

MOST_FOUND = 1_000


class FoundPaginator(WagtailPaginator):
    """Of what was searched for: its pages end where nobody looks any more."""

    @cached_property
    def _counted(self) -> int:
        return count_up_to(self.object_list, MOST_FOUND)

    @property
    def has_more(self) -> bool:
        return self._counted > MOST_FOUND

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_FOUND)
