"""What is still to be done with pages, as a filter of every listing of them."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet

WORK, DRAFT = "work", "draft"


def unfinished(pages: Any) -> Any:
    """Of a queryset of pages those that were never published, were taken back, or have changes
    that are not published."""
    return pages.filter(Q(live=False) | Q(has_unpublished_changes=True))


class WorkFilterSet(PageFilterSet):
    """Base of the filters of any listing of pages."""

    work = django_filters.ChoiceFilter(
        label=_("Still to do"),
        method="filter_by_work",
        choices=[(DRAFT, _("Drafts and unpublished changes"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta(PageFilterSet.Meta):
        pass

    def filter_by_work(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = unfinished(pages)
        return found


class GenericWorkFilterSet(WorkFilterSet, GenericPageFilterSet):
    class Meta(GenericPageFilterSet.Meta):
        pass
