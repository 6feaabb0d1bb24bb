"""Search through Wagtail's own backend: Elasticsearch or OpenSearch when SEARCH_URL names one."""

import logging
from collections.abc import Sequence

from wagtail.models import Page

from home.search.found import Found, SearchUnavailableError

logger = logging.getLogger(__name__)

MAX_RESULTS = 500  # Each is fetched as a page; Elasticsearch itself ends at 10,000.


def find(
    words: Sequence[str], content_type_ids: Sequence[int], *, is_prefix: bool, limit: int
) -> list[Found]:
    """Raises SearchUnavailableError when the server does not answer as it should."""
    pages = Page.objects.live().filter(content_type_id__in=content_type_ids)
    search = pages.autocomplete if is_prefix else pages.search
    try:
        results = search(" ".join(words), operator="and").annotate_score("search_score")
        return [
            Found(page.pk, page.content_type_id, page.search_score or 0.0)
            for page in results[: min(limit, MAX_RESULTS)]
        ]
    # Each of the clients has errors of its own, and only one of them is installed.
    except Exception as error:
        logger.exception("The search server does not answer")
        raise SearchUnavailableError from error
