"""/sitemap.xml: every page that search engines may list, with its pictures.

Addresses come from SITE_URL, so that the answer is the same whatever the host was called. A large
site's sitemap is an index of parts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap

from shopsite.cms.addresses import absolute_url
from shopsite.cms.machine_pictures import addresses_of
from shopsite.cms.pages import ContentPage
from shopsite.lib.xml import xml_text
from shopsite.public_pages import PUBLIC_SECONDS

CHUNK = 500  # Pages whose pictures are read at once.


class PageSitemap(Sitemap):
    limit = 5_000

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Django's, with the pictures of a whole chunk of pages read at once."""
        urls: list[dict[str, Any]] = []
        pages = self.paginator.page(page).object_list.iterator(chunk_size=CHUNK)
        while chunk := list(islice(pages, CHUNK)):
            listed = [p for p in chunk if isinstance(p, ContentPage) and p.is_indexable]
            pictures = pictures_by_page(listed)
            urls += [self._entry(page, pictures.get(page.pk, [])) for page in listed]
        self.latest_lastmod = max((url["lastmod"] for url in urls if url["lastmod"]), default=None)
        return urls

    def _entry(self, page: ContentPage, pictures: Sequence[str]) -> dict[str, Any]:
        return {
            "location": absolute_url(page.get_url(self.request) or ""),
            "lastmod": self.lastmod(page),
            "pictures": pictures,
        }


def pictures_by_page(pages: Sequence[ContentPage]) -> dict[int, list[str]]:
    """Absolute addresses of what is ready, by page; a few queries for each type of page."""
    by_type: defaultdict[type[ContentPage], list[ContentPage]] = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page)
    images = {
        pk: of_page
        for page_type, of_type in by_type.items()
        for pk, of_page in page_type.pictures_of(of_type).items()
    }
    addresses = addresses_of(image for of_page in images.values() for image in of_page)
    return {
        pk: [xml_text(addresses[image.pk]) for image in of_page if image.pk in addresses]
        for pk, of_page in images.items()
    }


@require_safe
@cache_control(public=True, max_age=0, s_maxage=PUBLIC_SECONDS)
def sitemap(request: HttpRequest) -> HttpResponse:
    pages = PageSitemap(request)
    parts = pages.paginator.num_pages
    if parts > 1 and "p" not in request.GET:
        addresses = list(_parts(parts))
        return render(request, "sitemap_index.xml", {"addresses": addresses}, "application/xml")
    return views.sitemap(request, {"pages": pages}, template_name="sitemap.xml")


def _parts(number: int) -> Iterator[str]:
    for part in range(1, number + 1):
        yield absolute_url(f"{reverse('sitemap')}?p={part}")
