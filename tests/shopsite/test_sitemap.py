"""Which pages crawlers are shown, and where they are asked to stay away."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, LandingPage
from products.models import ProductPage
from shopsite.cms.machine_pictures import FILTER, make_machine_pictures
from shopsite.cms.sitemap import PageSitemap
from tests.factories import make_product_page

pytestmark = pytest.mark.usefixtures("empty_cache", "indexes")

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read_sitemap(url: str = "/sitemap.xml") -> dict[str, list[str]]:
    """The pictures of each address."""
    root = ElementTree.fromstring(Client().get(url).content)
    return {
        entry.findtext("s:loc", "", NS): [
            loc.text or "" for loc in entry.findall("image:image/image:loc", NS)
        ]
        for entry in root.findall("s:url", NS)
    }


def test_every_public_page_stands_in_the_sitemap_with_its_pictures(site: HomePage) -> None:
    page = make_product_page("Mug", picture=True)
    make_machine_pictures(page.shown_pictures)
    picture = page.main_picture.image.get_rendition(FILTER)
    assert read_sitemap() == {
        "http://testserver/": [],
        "http://testserver/shop/": [],
        "http://testserver/shop/mug/": [f"http://testserver{picture.url}"],
        "http://testserver/collections/": [],
        "http://testserver/stories/": [],
        "http://testserver/campaigns/": [],
    }


def test_no_draft_no_private_and_no_unlisted_page_stands_in_it(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_product_page("Draft", live=False)
    private = make_product_page("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    site.add_child(instance=LandingPage(title="Hidden", slug="hidden"))
    monkeypatch.setattr(LandingPage, "is_indexable", False)
    assert not any(
        name in address
        for address in read_sitemap()
        for name in ("draft", "private", "hidden")
    )  # fmt: skip


def test_a_page_says_when_it_was_published(site: HomePage) -> None:
    make_product_page("Mug")
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    told = {u.findtext("s:loc", "", NS): u.findtext("s:lastmod", "", NS) for u in root}
    published = ProductPage.objects.get().last_published_at
    assert told["http://testserver/shop/mug/"] == published.isoformat()


def test_a_large_sitemap_is_an_index_of_parts(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PageSitemap, "limit", 2)
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    parts = [entry.findtext("s:loc", "", NS) for entry in root]
    assert parts == [f"http://testserver/sitemap.xml?p={number}" for number in (1, 2, 3)]
    addresses = [a for part in parts for a in read_sitemap(part.removeprefix("http://testserver"))]
    assert len(addresses) == len(set(addresses)) == 5
    assert Client().get("/sitemap.xml?p=4").status_code == 404
    assert Client().get("/sitemap.xml?p=x").status_code == 404


@override_settings(SITE_URL="https://shop.example", ALLOWED_HOSTS=["*"])
def test_addresses_come_from_the_settings_whatever_the_host_was_called(site: HomePage) -> None:
    response = Client().get("/sitemap.xml", HTTP_HOST="evil.example")
    assert b"https://shop.example/shop/" in response.content
    assert b"evil.example" not in response.content


def test_the_queries_do_not_grow_with_the_pages(site: HomePage) -> None:
    numbers = []
    for count in (2, 40):
        for number in range(count):
            page = make_product_page(f"P{count}-{number}", picture=True)
            make_machine_pictures(page.shown_pictures)
        read_sitemap()
        with CaptureQueriesContext(connection) as queries:
            read_sitemap()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert Page.objects.live().count() > 42


def test_crawlers_stay_away_from_what_is_nobodys_business_and_from_endless_searches(
    site: HomePage,
) -> None:
    parser = RobotFileParser()
    parser.parse(Client().get("/robots.txt").content.decode().splitlines())
    closed = ["/admin/", "/cart/", "/cart/add/", "/checkout/", "/orders/abc/", "/search/?q=tea"]
    for address in closed:
        assert not parser.can_fetch("Googlebot", f"http://testserver{address}"), address
    for address in ("/", "/shop/mug/", "/shop/mug/?sku=MUG", "/feeds/products.xml"):
        assert parser.can_fetch("Googlebot", f"http://testserver{address}"), address
    assert parser.site_maps() == ["http://testserver/sitemap.xml"]
