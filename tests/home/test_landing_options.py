"""What a landing page may leave out: menus, footer, search engines."""

import pytest
from django.test import Client

from home.models import HomePage, LandingIndexPage, LandingPage
from shopsite.cms.models import BrandSettings

pytestmark = pytest.mark.django_db


def make_landing_page(**options: bool) -> LandingPage:
    page = LandingPage(title="Summer", slug="summer", **options)
    return LandingIndexPage.objects.get().add_child(instance=page)


def html_of(page: LandingPage) -> str:
    return Client().get(page.url).content.decode()


def test_a_minimal_header_keeps_brand_and_cart_and_nothing_else(site: HomePage) -> None:
    brand = BrandSettings.load()
    brand.announcement = "Two for one."
    brand.save()
    html = html_of(make_landing_page(has_minimal_header=True))
    header = html[html.index("<header") : html.index("</header>")]
    assert header.count("<a ") == 2
    assert 'class="site-header__brand" href="/"' in header
    assert 'href="/cart/"' in header
    assert "data-cart-badge hidden" in header
    assert "<nav" not in header
    assert "Two for one." not in html
    assert "<footer" in html


def test_its_cart_shows_how_much_is_in_it(site: HomePage) -> None:
    page = make_landing_page(has_minimal_header=True)
    client = Client()
    client.cookies["cart_count"] = "2"
    assert "2 items in your cart" in client.get(page.url).content.decode()


def test_a_page_may_have_no_footer(site: HomePage) -> None:
    html = html_of(make_landing_page(hides_footer=True))
    assert "<footer" not in html
    assert "site-header__nav" in html


def test_a_page_like_others_has_header_and_footer(site: HomePage) -> None:
    html = html_of(make_landing_page())
    assert "site-header__nav" in html
    assert "<footer" in html
    assert "noindex" not in html


def test_a_page_hidden_from_search_engines_says_so_and_is_in_no_sitemap(site: HomePage) -> None:
    page = make_landing_page(hides_from_search_engines=True)
    assert page.is_indexable is False
    assert '<meta name="robots" content="noindex' in html_of(page)
    assert "/campaigns/summer/" not in Client().get("/sitemap.xml").content.decode()
    page.hides_from_search_engines = False
    page.save()
    assert page.is_indexable is True
    assert "/campaigns/summer/" in Client().get("/sitemap.xml").content.decode()
