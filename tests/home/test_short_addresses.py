"""Words for posters: where they lead, what they add to the address, and who may take one."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage, ShortAddress
from home.roles import EDITORS, MARKETERS
from home.short_addresses import with_parameters
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture
def page(site: HomePage) -> LandingPage:
    page = LandingPage(title="A gift of tea", slug="a-gift-of-tea")
    return LandingIndexPage.objects.get().add_child(instance=page)


@pytest.fixture
def marketer(site: HomePage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("mia", group=MARKETERS))
    return client


@pytest.mark.parametrize("url", ["/go/gifts/", "/go/gifts", "/go/Gifts/"])
def test_a_word_leads_to_its_page_for_now(page: LandingPage, client: Client, url: str) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    response = client.get(url)
    assert (response.status_code, response.url) == (302, "/campaigns/a-gift-of-tea/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies


def test_it_stays_when_the_page_moves_and_follows_when_the_slug_changes(
    page: LandingPage, site: HomePage, client: Client
) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    page.move(site, pos="last-child")
    page = LandingPage.objects.get()
    page.slug = "gifts-for-tea"
    page.save_revision().publish()
    assert client.get("/go/gifts/").url == "/gifts-for-tea/"


def test_old_drafts_of_the_page_change_nothing_of_it(page: LandingPage, client: Client) -> None:
    old = page.save_revision()
    address = ShortAddress.objects.create(word="gifts", page=page, utm_source="poster")
    old.publish()
    assert client.get("/go/gifts/").url == "/campaigns/a-gift-of-tea/?utm_source=poster"
    address.refresh_from_db()
    assert address.page_id == page.pk


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("", "/p/?utm_source=poster&utm_campaign=winter"),
        ("utm_source=radio", "/p/?utm_source=radio&utm_campaign=winter"),
        ("utm_source=", "/p/?utm_source=&utm_campaign=winter"),
        ("a=1&a=2&x=%26", "/p/?a=1&a=2&x=%26&utm_source=poster&utm_campaign=winter"),
    ],
)
def test_what_the_visitor_brings_wins_over_the_defaults(query: str, target: str) -> None:
    defaults = {"utm_source": "poster", "utm_campaign": "winter"}
    assert with_parameters("/p/", QueryDict(query), defaults) == target


def test_without_defaults_and_query_the_address_is_plain() -> None:
    assert with_parameters("/p/", QueryDict(""), {}) == "/p/"


def test_the_page_is_the_same_with_and_without_what_was_added(
    page: LandingPage, client: Client
) -> None:
    ShortAddress.objects.create(word="gifts", page=page, utm_source="poster", utm_content="red")
    url = client.get("/go/gifts/").url
    assert url == "/campaigns/a-gift-of-tea/?utm_source=poster&utm_content=red"
    answer = client.get(url)
    assert answer.content == client.get("/campaigns/a-gift-of-tea/").content
    # And search engines know one address of it.
    canonical = '<link rel="canonical" href="http://testserver/campaigns/a-gift-of-tea/">'
    assert canonical in answer.content.decode()


def test_a_page_that_is_not_published_cannot_be_reached(page: LandingPage, client: Client) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    page.unpublish()
    assert client.get("/go/gifts/").status_code == 404
    assert client.get("/go/nothing/").status_code == 404
    assert client.get("/go/").status_code == 404


def test_a_private_page_is_no_longer_told_than_it_tells_itself(
    page: LandingPage, client: Client
) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(client.get("/go/gifts/").url).status_code == 302


def test_the_word_goes_with_its_page(page: LandingPage) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    page.delete()
    assert not ShortAddress.objects.exists()


def form(page: Page, word: str) -> dict[str, object]:
    empty = {f"utm_{name}": "" for name in ("source", "medium", "campaign", "content")}
    return {"word": word, "page": page.pk, **empty}


def test_a_marketer_makes_one_for_the_page_it_is_asked_for(
    page: LandingPage, marketer: Client
) -> None:
    editor = marketer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    add_url = f"/admin/short-addresses/new/?page={page.pk}"
    assert f'href="{add_url}"' in editor
    assert "A gift of tea" in marketer.get(add_url).content.decode()
    assert marketer.post(add_url, form(page, "gifts")).status_code == 302
    assert ShortAddress.objects.get().path == "/go/gifts/"
    editor = marketer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert ">/go/gifts/</a>" in editor
    listing = marketer.get("/admin/short-addresses/").content.decode()
    assert "/go/gifts/" in listing


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("gifts", "/go/gifts/ leads to “A gift of tea” already."),
        ("Gifts", "Use small letters from a to z, digits, and hyphens between them."),
        ("gifts/now", "Use small letters from a to z, digits, and hyphens between them."),
        ("-", "Use small letters from a to z, digits, and hyphens between them."),
    ],
)
def test_a_word_that_is_taken_or_no_word_is_refused(
    page: LandingPage, marketer: Client, word: str, message: str
) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    response = marketer.post("/admin/short-addresses/new/", form(page, word))
    assert message in response.context["form"].errors["word"]
    assert ShortAddress.objects.count() == 1


def test_the_database_lets_nobody_take_a_word_twice(page: LandingPage) -> None:
    ShortAddress.objects.create(word="gifts", page=page)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortAddress.objects.create(word="gifts", page=page)


def test_an_editor_can_neither_see_nor_make_one(page: LandingPage, client: Client) -> None:
    create_roles()
    client.force_login(make_user("ed", group=EDITORS))
    for url in ("/admin/short-addresses/", "/admin/short-addresses/new/"):
        assert client.get(url).url == "/admin/"
    client.post("/admin/short-addresses/new/", form(page, "gifts"))
    assert not ShortAddress.objects.exists()
