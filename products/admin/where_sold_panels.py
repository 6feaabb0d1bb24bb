"""Where a product is shown, in its own form and beside its page's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.side_panels import BaseSidePanel

from products.admin.swap_links import swap_url
from products.models import Product, ProductPage
from products.where_sold import where_sold
from shopsite.cms.admin.leaving import PlaceRow, place_rows


@dataclass(frozen=True)
class SoldRow:
    """A place, and the way to put another product there."""

    row: PlaceRow
    swap_url: str


def sold_rows(product: Product, user: User, *, next_url: str) -> list[SoldRow]:
    pages = sorted(page.pk for page in product.pages.all())
    rows = place_rows(where_sold(product), user)
    return [SoldRow(row, _swap_url(row, pages, user, next_url)) for row in rows]


def _swap_url(row: PlaceRow, pages: Iterable[int], user: User, next_url: str) -> str:
    """One page of a product is swapped at a time; nearly every product has one."""
    first = next(iter(pages), None)
    is_gone = row.place.state == "leaving"  # Its draft shows it no longer.
    if first is None or is_gone:
        return ""
    return swap_url(row.place.instance, first, user, next_url=next_url)


class WhereSoldPanel(Panel):
    """In the form of a product."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Where it is sold"))
        kwargs.setdefault("icon", "site")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/where_sold.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            next_url = self.request.path
            context["sold_rows"] = sold_rows(self.instance, self.request.user, next_url=next_url)
            return context


class WhereSoldSidePanel(BaseSidePanel):
    """Beside the form of a product's page."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle where it is sold")
        icon_name = "site"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["count"] = len(self.panel.rows)
            return context

    name = "where-sold"
    title = _("Where it is sold")
    template_name = "products/admin/where_sold_side_panel.html"
    order = 345

    @cached_property
    def rows(self) -> list[SoldRow]:
        next_url = self.request.path
        return sold_rows(self.object.product, self.request.user, next_url=next_url)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "sold_rows": self.rows}


def where_sold_side_panel(page: Any, request: HttpRequest) -> WhereSoldSidePanel | None:
    if not isinstance(page, ProductPage) or page.pk is None or page.product is None:
        return None
    return WhereSoldSidePanel(page, request)
