"""No page takes an address that belongs to the site itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, re_path, reverse
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage
from shopsite.cms.reachable_slugs import reserved_words
from tests.factories import make_user
from tests.products.editor import editor_form, save

REFUSAL = "The address /cart/ belongs to the site itself"


class _Inner:
    urlpatterns = [path("", lambda request: None), path("inside/", lambda request: None)]


class _Urls:
    urlpatterns = [
        path("one", lambda request: None),
        path("two/<slug:x>/", lambda request: None),
        re_path(r"^three/(?P<word>[a-z]+)/?$", lambda request: None),
        path("four/", include(_Inner)),
        path("", include(_Inner)),
        path("<slug:anything>/", lambda request: None),
        re_path(r"^((?:[a-z]+/)*)$", lambda request: None),
    ]


def test_the_first_part_of_each_route_is_reserved(settings: Any) -> None:
    settings.ROOT_URLCONF = _Urls
    settings.STATIC_URL, settings.MEDIA_URL = "https://cdn.example/static/", "/files/"
    assert reserved_words() == {"one", "two", "three", "four", "inside", "files"}


def test_the_words_of_this_site_are_those_of_its_addresses() -> None:
    words = (
        "cart checkout orders search admin go feeds healthz documents static media newsletter forms"
    )
    assert set(words.split()) <= reserved_words()
    assert {"shop", "stories", "collections", "campaigns", ""}.isdisjoint(reserved_words())


@pytest.fixture
def home(site: HomePage) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def page(home: HomePage) -> StoryIndexPage:
    return StoryIndexPage.objects.get()


def slugs() -> set[str]:
    return set(Page.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("live", [True, False])
def test_a_page_is_not_made_there(home: HomePage, live: bool) -> None:
    with pytest.raises(ValidationError, match=REFUSAL) as caught:
        home.add_child(instance=LandingIndexPage(title="Cart", slug="cart", live=live))
    assert list(caught.value.message_dict) == ["slug"]
    assert "cart" not in slugs()


def test_a_page_is_not_renamed_so(page: StoryIndexPage) -> None:
    page.slug = "cart"
    with pytest.raises(ValidationError, match=REFUSAL):
        page.full_clean()
    with pytest.raises(ValidationError, match=REFUSAL):
        page.save()
    assert "cart" not in slugs()


def test_deeper_down_every_slug_is_free(home: HomePage) -> None:
    campaigns = LandingIndexPage.objects.get()
    campaigns.add_child(instance=LandingPage(title="Cart", slug="cart", live=False))
    assert LandingPage.objects.get(slug="cart").full_url.endswith("/campaigns/cart/")


def test_a_copy_does_not_go_there(home: HomePage, page: StoryIndexPage) -> None:
    with pytest.raises(ValidationError, match=REFUSAL):
        page.copy(update_attrs={"slug": "cart"})
    with pytest.raises(ValidationError, match=REFUSAL):
        page.create_alias(update_slug="cart")
    assert "cart" not in slugs()


@pytest.fixture
def deeper(home: HomePage) -> LandingPage:
    campaigns = LandingIndexPage.objects.get()
    return campaigns.add_child(instance=LandingPage(title="Cart", slug="cart", live=False))


def test_a_page_is_not_moved_there(home: HomePage, deeper: LandingPage) -> None:
    with pytest.raises(ValidationError, match=REFUSAL):
        deeper.move(home, pos="last-child")
    assert Page.objects.get(pk=deeper.pk).url_path == "/home/campaigns/cart/"


def test_a_page_that_stands_there_since_long_can_change_its_place_among_its_like(
    home: HomePage, page: StoryIndexPage
) -> None:
    Page.objects.filter(pk=page.pk).update(slug="cart")
    StoryIndexPage.objects.get().move(home, pos="first-child")
    assert home.get_first_child().pk == page.pk


# --- In the admin -------------------------------------------------------------------------------


@pytest.fixture
def admin(site: HomePage, client: Client) -> Client:
    client.force_login(make_user("anna", is_superuser=True))
    return client


def new_page(client: Client, home: HomePage, slug: str) -> HttpResponse:
    url = reverse("wagtailadmin_pages:add", args=["home", "landingpage", home.pk])
    return client.post(url, editor_form(client, url, title="A cart", slug=slug))


def test_the_editor_says_so_at_the_slug_of_a_new_page(admin: Client, home: HomePage) -> None:
    answer = new_page(admin, home, "cart")
    assert list(answer.context["form"].errors) == ["slug"]
    assert REFUSAL in answer.content.decode()
    assert "cart" not in slugs()
    assert new_page(admin, home, "cart-page").status_code == 302
    assert "cart-page" in slugs()


def test_the_editor_says_so_once_at_the_slug_of_a_page_it_knows(
    admin: Client, page: StoryIndexPage
) -> None:
    answer = save(admin, page, slug="cart")
    assert list(answer.context["form"].errors) == ["slug"]
    assert answer.context["form"].errors["slug"][0].startswith(REFUSAL)
    assert len(answer.context["form"].errors["slug"]) == 1
    assert "cart" not in slugs()


def test_the_form_of_a_copy_says_so(admin: Client, home: HomePage, deeper: LandingPage) -> None:
    answer = admin.post(
        reverse("wagtailadmin_pages:copy", args=[deeper.pk]),
        {"new_title": "Cart", "new_slug": "cart", "new_parent_page": str(home.pk)},
    )
    assert answer.context["form"].errors["new_slug"][0].startswith(REFUSAL)
    assert Page.objects.filter(slug="cart").count() == 1


def test_the_form_of_a_move_says_so(admin: Client, home: HomePage, deeper: LandingPage) -> None:
    args = [deeper.pk, home.pk]
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=args), follow=True)
    assert REFUSAL in answer.content.decode()
    assert Page.objects.get(pk=deeper.pk).url_path == "/home/campaigns/cart/"


def test_moving_many_says_so_and_moves_none(
    admin: Client, home: HomePage, deeper: LandingPage
) -> None:
    campaigns = LandingIndexPage.objects.get()
    other = campaigns.add_child(instance=LandingPage(title="Summer", slug="summer", live=False))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    query = f"?id={other.pk}&id={deeper.pk}&childOf={campaigns.pk}&next=/admin/"
    answer = admin.post(url + query, {"chooser": str(home.pk)}, follow=True)
    assert REFUSAL in answer.content.decode()
    paths = Page.objects.filter(pk__in=[other.pk, deeper.pk]).values_list("url_path", flat=True)
    assert set(paths) == {"/home/campaigns/cart/", "/home/campaigns/summer/"}
