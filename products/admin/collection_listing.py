"""The listing of collections in the page explorer."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, NumberColumn

from products.models import CollectionPage
from shopsite.cms.admin.cover_listing import BEGINNING, STATUS, CoverListingView
from shopsite.cms.admin.page_viewset import CheckedPageViewSet
from shopsite.cms.admin.work_filter import WorkFilterSet


class CollectionListingView(CoverListingView):
    base_columns = [
        *BEGINNING,
        NumberColumn("picked", label=_("Picked by hand")),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            width="12%",
        ),
        STATUS,
    ]

    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(pages.annotate(picked=Count("picks")))


class CollectionPageViewSet(CheckedPageViewSet):
    model = CollectionPage
    icon = "shop-collection"
    index_view_class = CollectionListingView
    filterset_class = WorkFilterSet
