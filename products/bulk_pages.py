"""Product pages by the thousand, where `add_child` would take a quarter of an hour.

The tree is written by treebeard's own rules for paths. What Wagtail does after saving one page
(search index, reference index) is done here for all of them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.db.models.sql import InsertQuery
from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from products.listing_entries import refresh_listing
from products.models import ProductIndexPage, ProductPage

BATCH_SIZE = 500
MAX_SLUG = 200  # Of 255; the rest is for a number behind it.


@transaction.atomic
def create_product_pages(pages: Sequence[ProductPage], *, parent: ProductIndexPage) -> None:
    """Saves pages as the last children of `parent`, with slugs made of their titles.

    They have neither revisions nor log entries. Nobody finds them before `index_product_pages`.
    """
    if not pages:
        return
    _take_places(pages, Page.objects.select_for_update().get(pk=parent.pk))
    rows = Page.objects.bulk_create([_base_row(page) for page in pages], batch_size=BATCH_SIZE)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    fields = ProductPage._meta.local_concrete_fields
    for batch in _batches(pages, connection.ops.bulk_batch_size(fields, pages) or len(pages)):
        query = InsertQuery(ProductPage)
        query.insert_values(fields, list(batch))
        query.get_compiler(connection=connection).execute_sql()
    for page in pages:
        page._state.adding = False
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def index_product_pages(page_ids: Sequence[int]) -> None:
    """Makes pages known to the lists of products and to every search backend, some hundreds at a
    time; after the commit."""
    rows = ProductPage.objects.filter(product__isnull=False)
    for batch in _batches(list(page_ids), BATCH_SIZE):
        product_ids = rows.filter(pk__in=batch).values_list("product_id", flat=True)
        refresh_listing(product_ids, is_indexed_later=True)
        pages = list(ProductPage.objects.filter(pk__in=batch).select_related("listing"))
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(ProductPage, pages)


@transaction.atomic
def record_references(pages: Sequence[ProductPage]) -> None:
    """Lets Wagtail know which products the pages show, a few queries for each page."""
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)


class _Slugs:
    """Gives each title a slug that no child of the page has, now or by this import."""

    def __init__(self, parent: Page) -> None:
        self._taken = set(parent.get_children().values_list("slug", flat=True))
        self._numbers: dict[str, int] = {}

    def take(self, title: str) -> str:
        base = slugify(title)[:MAX_SLUG].strip("-") or "product"
        slug = base
        while slug in self._taken:
            self._numbers[base] = self._numbers.get(base, 1) + 1
            slug = f"{base}-{self._numbers[base]}"
        self._taken.add(slug)
        return slug


def _take_places(pages: Sequence[ProductPage], parent: Page) -> None:
    last = parent.get_last_child()
    first_step = Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1
    slugs = _Slugs(parent)
    content_type = ContentType.objects.get_for_model(ProductPage)
    for step, page in enumerate(pages, start=first_step):
        page.path = Page._get_path(parent.path, parent.depth + 1, step)
        page.depth = parent.depth + 1
        page.slug = slugs.take(page.title)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.content_type = content_type
        page.locale_id = parent.locale_id


def _base_row(page: ProductPage) -> Page:
    values = {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}
    return Page(**values)


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
