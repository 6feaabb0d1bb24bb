"""Listings of pages that have a cover: a picture tells them apart sooner than a title."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView

from shopsite.cms.models import ShopImage

THUMBNAIL = "fill-96x64"


class CoverColumn(Column):
    cell_template_name = "cms/admin/cover_cell.html"


BEGINNING: tuple[BaseColumn, ...] = (
    BulkActionsColumn("bulk_actions"),
    CoverColumn("cover", label=_("Cover"), width="5%"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
)
STATUS = PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%")


class CoverListingView(ExplorableIndexView):
    """Of pages whose `cover` is a picture. One query and one for the thumbnails, for any number."""

    def annotate_queryset(self, pages: Any) -> Any:
        images = ShopImage.objects.prefetch_renditions(THUMBNAIL)
        return super().annotate_queryset(pages).prefetch_related(Prefetch("cover", images))
