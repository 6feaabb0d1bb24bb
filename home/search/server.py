"""Search through Wagtail's own backend: Elasticsearch or OpenSearch when SEARCH_URL names one."""

from collections.abc import Sequence

from wagtail.models import Page

from home.search.found import Found

MAX_RESULTS = 500  # Each is fetched as a page; Elasticsearch itself ends at 10,000.


def find(
    words: Sequence[str], content_type_ids: Sequence[int], *, is_prefix: bool, limit: int
) -> list[Found]:
    pages = Page.objects.live().filter(content_type_id__in=content_type_ids)
    search = pages.autocomplete if is_prefix else pages.search
    results = search(" ".join(words), operator="and").annotate_score("search_score")
    return [
        Found(page.pk, page.content_type_id, page.search_score or 0.0)
        for page in results[: min(limit, MAX_RESULTS)]
    ]
