"""The report of words that people looked for and the shop does not have."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.tables import DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.models import Query

PERMISSION = "wagtailsearchpromotions.add_searchpromotion"


def missed_searches() -> QuerySet[Query]:
    """Words that found nothing and that nobody put a page on top for."""
    return Query.objects.filter(outcome__found=0, editors_picks__isnull=True)


class MissedSearchesView(ReportView):
    """Whoever may promote results sees it: the remedy is one press away."""

    page_title = _("Searches without result")
    header_icon = "search"
    results_template_name = "home/admin/missed_searches_results.html"
    is_searchable = True
    search_fields = ["query_string"]
    default_ordering = "-hits_in_all"
    index_url_name = "missed_searches"
    index_results_url_name = "missed_searches_results"
    columns = [
        TitleColumn(
            "query_string",
            label=_("Searched for"),
            sort_key="query_string",
            get_url=lambda query: promote_url(query),
            get_title_id=lambda query: f"query-{query.pk}",
        ),
        NumberColumn("hits_in_all", label=_("Times"), sort_key="hits_in_all"),
        DateColumn(
            "outcome.searched_at", label=_("Last searched"), sort_key="outcome__searched_at"
        ),
    ]
    list_export = ["query_string", "hits_in_all", "outcome.searched_at"]
    export_headings = {
        "query_string": _("Searched for"),
        "hits_in_all": _("Times"),
        "outcome.searched_at": _("Last searched"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Query]:
        missed = missed_searches()
        return missed.select_related("outcome").annotate(hits_in_all=Sum("daily_hits__hits"))


def promote_url(query: Query) -> str:
    """The form that puts a page on top for these words."""
    return reverse("wagtailsearchpromotions:edit", args=[query.pk])
