"""The words of the shop, for spelling: of titles and of the catalog, not of whole stories."""

import threading
from collections.abc import Iterator

from django.db import connection
from wagtail.models import Page

from home.search.spelling import Vocabulary
from home.search.words import words_of
from products.generation import current_generation
from products.models import ListingEntry

_lock = threading.Lock()
_kept: dict[int, Vocabulary] = {}


def current_vocabulary() -> Vocabulary:
    """2 queries, and 1 as long as the catalog stays as it is. Within a transaction nothing is
    kept, as for the index of the products."""
    if connection.in_atomic_block:
        return Vocabulary(_words())
    number = current_generation().number
    with _lock:
        if number not in _kept:
            _kept.clear()
            _kept[number] = Vocabulary(_words())
        return _kept[number]


def _words() -> Iterator[str]:
    titles = Page.objects.live().public().filter(depth__gt=2).values_list("title", flat=True)
    words = ListingEntry.objects.filter(page__live=True).values_list("words", flat=True)
    for text in (*titles, *words):
        yield from (word.casefold() for word in words_of(text) if not word.isdigit())
