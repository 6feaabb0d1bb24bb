"""The one door to the text index: which live pages have these words, the best first.

Wagtail's own database search asks for one kind of page at a time and ranks every match anew for
each row (SQLite) or reads the whole table (PostgreSQL). The queries here ask its tables directly:
once for all kinds, by an index, with a limit. With SEARCH_URL set, Wagtail's Elasticsearch or
OpenSearch answers instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from home.models import LandingPage, StoryPage
from home.search import postgresql, server, sqlite
from home.search.found import Finder
from home.search.memory import ShortMemory
from products.models import CollectionPage, ProductPage

MAX_MATCHES = 10_000
KEPT_SECONDS = 30  # The index of words is written by a worker, some moments after the page.
SEARCHED: tuple[type[Page], ...] = (ProductPage, StoryPage, CollectionPage, LandingPage)


@dataclass(frozen=True, eq=False)
class Matches:
    """Page ids by their model, the best first. An answer equals only itself, so that what follows
    from it can be remembered under it."""

    by_model: dict[type[Page], list[int]]
    best: dict[type[Page], float]

    def __bool__(self) -> bool:
        return bool(self.by_model)

    def of(self, *models: type[Page]) -> list[int]:
        return [pk for model in models for pk in self.by_model.get(model, ())]

    def best_of(self, *models: type[Page]) -> float:
        """The score of the best match of these models; greater is better, 0.0 for none."""
        return max((self.best.get(model, 0.0) for model in models), default=0.0)


_answers: ShortMemory[Matches] = ShortMemory(seconds=KEPT_SECONDS)


def find_matches(
    words: Sequence[str],
    *,
    models: Sequence[type[Page]] = SEARCHED,
    is_prefix: bool = False,
    limit: int = MAX_MATCHES,
) -> Matches:
    """Live pages with all of the words, or with `is_prefix` those whose title has a word that
    begins with the last one. Whether a page is private is not asked here.

    1 query, and none for the next page or filter of the same search: an answer is kept for half a
    minute, as long as the catalog stays as it is.
    """
    if not words:
        return Matches({}, {})
    ask = partial(_ask, words, models, is_prefix=is_prefix, limit=limit)
    return _answers.get((tuple(words), tuple(models), is_prefix, limit), ask)


def _ask(
    words: Sequence[str], models: Sequence[type[Page]], *, is_prefix: bool, limit: int
) -> Matches:
    # Django keeps content types after the first time.
    content_types = ContentType.objects.get_for_models(*models)
    by_id = {content_type.pk: model for model, content_type in content_types.items()}
    found = _finder()(words, list(by_id), is_prefix=is_prefix, limit=limit)
    by_model: dict[type[Page], list[int]] = {}
    best: dict[type[Page], float] = {}
    for page_id, content_type_id, score in found:
        model = by_id[content_type_id]
        by_model.setdefault(model, []).append(page_id)
        best.setdefault(model, score)
    return Matches(by_model, best)


def _finder() -> Finder:
    if settings.SEARCH_URL:
        return server.find
    by_vendor: dict[str, Finder] = {"postgresql": postgresql.find, "sqlite": sqlite.find}
    return by_vendor.get(connection.vendor, server.find)
