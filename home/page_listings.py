"""The listings of stories and of landing pages in the page explorer."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import Page

from home.campaigns import campaigns_ending_soon, without_templates
from home.models import LandingIndexPage, LandingPage, StoryPage
from shopsite.cms.admin.cover_listing import BEGINNING, STATUS, CoverListingView
from shopsite.cms.admin.page_viewset import CheckedPageViewSet
from shopsite.cms.admin.work_filter import GenericWorkFilterSet, WorkFilterSet

ENDS, SOON = "ends", "soon"


class StoryListingView(CoverListingView):
    base_columns = [
        *BEGINNING,
        Column("author_name", label=_("Author"), sort_key="author_name"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            width="12%",
        ),
        STATUS,
    ]


class StoryPageViewSet(CheckedPageViewSet):
    model = StoryPage
    icon = "shop-story"
    index_view_class = StoryListingView
    filterset_class = WorkFilterSet


class LandingPageFilterSet(GenericWorkFilterSet):
    ends = django_filters.ChoiceFilter(
        label=_("Ends"),
        method="filter_by_end",
        choices=[(SOON, _("Within seven days"))],
        empty_label=_("Any time"),
        widget=forms.RadioSelect,
    )

    class Meta(GenericWorkFilterSet.Meta):
        pass

    def filter_by_work(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return without_templates(super().filter_by_work(pages, name, value))

    def filter_by_end(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return pages.filter(pk__in=campaigns_ending_soon())


class LandingPageViewSet(CheckedPageViewSet):
    model = LandingPage
    icon = "shop-campaign"
    filterset_class = LandingPageFilterSet
    parent_models = [LandingIndexPage]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The folder of templates lies among the landing pages and is listed as well."""
        return {**super().get_index_view_kwargs(**kwargs), "model": Page}
