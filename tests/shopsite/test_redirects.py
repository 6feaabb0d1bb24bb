"""Addresses that changed lead on, through Wagtail's own editor; wrong ones to the shop's page."""

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, LandingPage, StoryIndexPage
from products.models import ProductIndexPage
from shopsite.views import words_of_address
from tests.factories import make_product_page, make_user
from tests.products.editor import publish
from tests.shopsite.test_page_head import make_story

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture
def admin(site: HomePage) -> Client:
    client = Client()
    client.force_login(make_user("root", is_superuser=True))
    return client


def leads_to(url: str) -> tuple[int, str]:
    response = Client().get(url)
    return response.status_code, response.headers.get("Location", "")


def rename(admin: Client, page: Page, slug: str) -> None:
    """As an editor does: the slug in the page's form, then publish."""
    page = type(page).objects.get(pk=page.pk)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert publish(admin, page, slug=slug).status_code == 302
    page.refresh_from_db()
    assert page.slug == slug


def move(admin: Client, page: Page, target: Page) -> None:
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    assert admin.post(url).status_code == 302


def test_a_new_slug_leaves_a_lasting_redirect(admin: Client) -> None:
    page = make_product_page("Mug", picture=True)
    rename(admin, page, "speckled-mug")
    assert leads_to("/shop/mug/") == (301, "/shop/speckled-mug/")
    assert leads_to("/shop/mug") == (301, "/shop/speckled-mug/")
    assert leads_to("/shop/speckled-mug/") == (200, "")


def test_pages_below_are_led_on_as_well(admin: Client) -> None:
    make_product_page("Mug")
    rename(admin, ProductIndexPage.objects.get(), "store")
    assert leads_to("/shop/") == (301, "/store/")
    assert leads_to("/shop/mug/") == (301, "/store/mug/")


def test_a_moved_page_is_led_on(admin: Client, site: HomePage) -> None:
    landing = LandingPage(title="Summer", slug="summer")
    site.add_child(instance=landing)
    move(admin, landing, Page.objects.get(slug="campaigns"))
    assert leads_to("/summer/") == (301, "/campaigns/summer/")
    move(admin, landing, site)
    assert leads_to("/summer/") == (200, "")
    assert leads_to("/campaigns/summer/") == (301, "/summer/")


def test_the_way_stays_short_after_many_changes_and_never_turns_in_a_circle(admin: Client) -> None:
    page = make_product_page("Mug", picture=True)
    for slug in ("cup", "beaker", "mug", "cup"):
        rename(admin, page, slug)
    assert leads_to("/shop/cup/") == (200, "")
    for old in ("mug", "beaker"):
        assert leads_to(f"/shop/{old}/") == (301, "/shop/cup/")


def test_a_redirect_is_not_remembered_by_browsers(admin: Client) -> None:
    """They keep a lasting one for ever otherwise, and turn in a circle when a slug changes back."""
    page = make_product_page("Mug", picture=True)
    rename(admin, page, "cup")
    assert Client().get("/shop/mug/").headers["Cache-Control"] == "private, no-cache"


def test_what_was_asked_of_an_old_address_is_asked_of_the_new_one(admin: Client) -> None:
    page = make_product_page("Mug", sku="MUG", picture=True)
    rename(admin, page, "cup")
    query = "utm_source=mail&sku=MUG&q=%C3%BC%26"
    assert leads_to(f"/shop/mug/?{query}") == (301, f"/shop/cup/?{query}")


def test_a_redirect_to_an_address_with_a_question_of_its_own_keeps_both(site: HomePage) -> None:
    Redirect.add_redirect("/summer", redirect_to="/search/?q=tea", is_permanent=False)
    assert leads_to("/summer/?utm_source=mail") == (302, "/search/?q=tea&utm_source=mail")
    assert leads_to("/summer/") == (302, "/search/?q=tea")


def test_a_redirect_made_for_one_question_is_followed_as_it_was_made(site: HomePage) -> None:
    Redirect.add_redirect("/old?id=3", redirect_to="/shop/")
    assert leads_to("/old/?id=3") == (301, "/shop/")
    assert leads_to("/old/?id=4")[0] == 404


def test_a_redirect_out_of_the_site_takes_the_question_along(site: HomePage) -> None:
    Redirect.add_redirect("/partner", redirect_to="https://example.com/shop#top")
    assert leads_to("/partner/?a=1") == (301, "https://example.com/shop?a=1#top")


# --- A wrong address ----------------------------------------------------------------------------


def test_a_wrong_address_offers_search_and_the_places_of_the_shop(site: HomePage) -> None:
    response = Client().get("/shop/speckled-mug_2019.html")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in html
    assert 'value="speckled mug"' in html
    for url, title in (("/shop/", "Shop"), ("/stories/", "Stories")):
        assert f'<a class="ways-on__link" href="{url}">{title}</a>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "og:url" not in html
    assert "ld+json" not in html


def test_only_what_everybody_may_see_is_offered(site: HomePage) -> None:
    index = StoryIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    html = Client().get("/nowhere/").content.decode()
    assert '<a class="ways-on__link" href="/shop/">' in html
    assert '<a class="ways-on__link" href="/stories/">' not in html


def test_a_wrong_address_is_the_same_for_everybody_and_kept_by_nobody(admin: Client) -> None:
    responses = [client.get("/nowhere/") for client in (Client(), admin)]
    assert responses[0].content == responses[1].content
    for response in responses:
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert not response.cookies


def test_the_queries_of_a_wrong_address_do_not_grow(site: HomePage) -> None:
    numbers = []
    for count in (2, 40):
        for number in range(count):
            make_product_page(f"P{count}-{number}")
        Client().get("/nowhere/")
        with CaptureQueriesContext(connection) as queries:
            Client().get("/nowhere/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/shop/speckled-mug/", "speckled mug"),
        ("/tea_pots.php", "tea pots"),
        ("/2019/12/31/", ""),
        ("/", ""),
        ("/shop/h%c5%8djicha-dose/", "h c5 8djicha dose"),
        ("/shop/hōjicha-dose/", "hōjicha dose"),
        ('/"><script>alert(1)</script>', "script"),
        ("/" + "a" * 200, "a" * 60),
    ],
)
def test_the_words_of_an_address_are_what_to_search_for(path: str, words: str) -> None:
    assert words_of_address(path) == words


def test_a_story_that_was_unpublished_is_gone(site: HomePage) -> None:
    story = make_story(slug="old")
    story.unpublish()
    assert leads_to("/stories/old/") == (404, "")
