"""The listing of product pages in the page explorer: what shoppers meet behind each title."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView

from products.admin.explorer_rows import ExplorerRow, explorer_rows
from products.concerns import all_concerns
from products.models import ProductIndexPage, ProductPage, ProductVariant
from shopsite.cms.admin.page_viewset import CheckedPageViewSet
from shopsite.cms.admin.work_filter import WorkFilterSet
from shopsite.cms.models import ShopImage

THUMBNAIL = "fill-64x80"


class ProductPageFilterSet(WorkFilterSet):
    concern = django_filters.ChoiceFilter(
        label=_("Needs attention"),
        method="filter_by_concern",
        choices=lambda: [(concern.code, concern.label) for concern in all_concerns()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ProductPage
        fields: list[str] = []

    def filter_by_concern(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        concern = next(one for one in all_concerns() if one.code == value)
        return concern.narrow(pages)


class RowColumn(Column):
    """A cell of what was worked out for the page as a whole listing."""

    def get_value(self, instance: Any) -> Any:
        row: ExplorerRow | None = getattr(instance, "explorer_row", None)
        return getattr(row, self.accessor or self.name, None)


class PictureColumn(RowColumn):
    cell_template_name = "products/admin/explorer_picture.html"


class StateColumn(RowColumn):
    cell_template_name = "products/admin/explorer_state.html"


class StoryColumn(RowColumn):
    cell_template_name = "products/admin/explorer_story.html"


COLUMNS: list[BaseColumn] = [
    BulkActionsColumn("bulk_actions"),
    PictureColumn("image", label=_("Picture"), width="5%"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    RowColumn("price", label=_("Price")),
    RowColumn("available", label=_("Available")),
    StateColumn("state", label=_("In the shop"), accessor=""),
    StoryColumn("story_from", label=_("Story from"), sort_key="last_published_at"),
    RowColumn("missing_alt_texts", label=_("Alternative texts missing")),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
]


class ProductExplorerView(ExplorableIndexView):
    base_columns = COLUMNS
    base_filterset_class = ProductPageFilterSet

    def annotate_queryset(self, pages: Any) -> Any:
        """The same number of queries for any length of the listing."""
        images = ShopImage.objects.prefetch_renditions(THUMBNAIL)
        variants = ProductVariant.objects.select_related("stock")
        return (
            super()
            .annotate_queryset(pages)
            .prefetch_related(
                Prefetch("pictures__image", queryset=images),
                Prefetch("product__variants", queryset=variants),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        rows = explorer_rows(pages)
        for page in pages:
            page.explorer_row = rows[page.pk]
        return context


class ProductPageViewSet(CheckedPageViewSet):
    model = ProductPage
    icon = "tag"
    index_view_class = ProductExplorerView
    parent_models = [ProductIndexPage]
    columns = COLUMNS
    filterset_class = ProductPageFilterSet
