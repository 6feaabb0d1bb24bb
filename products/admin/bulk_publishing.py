"""Which of many pages cannot be published together yet."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail.models import Page

from products.models import ProductPage


def unfinished_products(pages: Iterable[Page], *, include_descendants: bool) -> list[str]:
    """What is missing on product pages among `pages`, or below them where they are drafts."""
    texts: list[str] = []
    for page in _product_pages(pages, include_descendants=include_descendants):
        try:
            page.get_latest_revision_as_object().check_publishable()
        except ValidationError as error:
            texts += error.messages
    return texts


def _product_pages(pages: Iterable[Page], *, include_descendants: bool) -> list[ProductPage]:
    pages = list(pages)
    found = list(ProductPage.objects.filter(pk__in=[page.pk for page in pages]))
    if include_descendants:
        for page in pages:
            found += ProductPage.objects.descendant_of(page).not_live()
    return found
