"""Taking a page away warns of what shows it and offers a redirect."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import HomePage
from products.models import ProductIndexPage, ProductPage
from tests.factories import make_product_page, make_user
from tests.products.contents import card, make_landing
from tests.products.makers import make_person

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def editor(client: Client, site: HomePage) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug")


@pytest.fixture
def kettle(site: HomePage) -> ProductPage:
    return make_product_page("Kettle")


def bulk(action: str, page: Page) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?id={page.pk}&next=/admin/pages/"


WAYS: dict[str, Callable[[Page], str]] = {
    "unpublish": lambda page: reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
    "delete": lambda page: reverse("wagtailadmin_pages:delete", args=[page.pk]),
    "unpublish in bulk": lambda page: bulk("unpublish", page),
    "delete in bulk": lambda page: bulk("delete", page),
}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def leave(client: Client, url: str, to: Any = "") -> HttpResponse:
    return client.post(url, {"redirect_to": str(to)})


def is_live(page: Page) -> bool:
    return Page.objects.live().filter(pk=page.pk).exists()


@each_way
def test_it_names_what_shows_the_page_before_it_goes(
    way: Callable[[Page], str], editor: Client, mug: ProductPage
) -> None:
    page = make_landing("Summer", card(mug.pk))
    make_landing("Winter", card(mug.pk), live=False)
    html = editor.get(way(mug)).content.decode()
    assert "2 places show it and will have a gap or a dead link:" in html
    assert f"/admin/pages/{page.pk}/edit/#:w:contentpath=body.card.product" in html
    assert 'name="redirect_to"' in html
    assert is_live(mug)


@each_way
def test_nothing_is_said_of_a_page_that_nobody_shows(
    way: Callable[[Page], str], editor: Client, mug: ProductPage
) -> None:
    html = editor.get(way(mug)).content.decode()
    assert "will have a gap" not in html
    assert 'name="redirect_to"' in html


@each_way
def test_its_address_leads_to_the_chosen_page(
    way: Callable[[Page], str], editor: Client, mug: ProductPage, kettle: ProductPage
) -> None:
    leave(editor, way(mug), kettle.pk)
    assert not is_live(mug)
    answer = editor.get("/shop/mug/")
    assert (answer.status_code, answer.url) == (301, "/shop/kettle/")


@each_way
def test_without_a_choice_it_goes_and_no_redirect_is_made(
    way: Callable[[Page], str], editor: Client, mug: ProductPage
) -> None:
    assert leave(editor, way(mug)).status_code == 302
    assert not is_live(mug)
    assert not Redirect.objects.exists()


@each_way
def test_a_target_that_goes_with_it_or_is_not_published_is_refused_and_all_stays(
    way: Callable[[Page], str], editor: Client, mug: ProductPage
) -> None:
    draft = make_product_page("Bowl", live=False)
    for target, said in [
        (mug, "Choose a page that stays."),
        (draft, "Choose a page that is published."),
    ]:
        answer = leave(editor, way(mug), target.pk)
        assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert is_live(mug)
    assert not Redirect.objects.exists()


@each_way
def test_older_addresses_come_along(
    way: Callable[[Page], str], editor: Client, mug: ProductPage, kettle: ProductPage
) -> None:
    Redirect.add_redirect("/old-mug", redirect_to=mug)
    leave(editor, way(mug), kettle.pk)
    assert editor.get("/old-mug/").url == "/shop/kettle/"


def test_the_last_choice_counts(editor: Client, mug: ProductPage, kettle: ProductPage) -> None:
    bowl = make_product_page("Bowl")
    leave(editor, WAYS["unpublish"](mug), kettle.pk)
    mug.refresh_from_db()
    mug.save_revision().publish()
    leave(editor, WAYS["unpublish"](mug), bowl.pk)
    assert editor.get("/shop/mug/").url == "/shop/bowl/"
    assert Redirect.objects.count() == 1


def test_a_page_that_comes_back_is_read_at_its_address(
    editor: Client, mug: ProductPage, kettle: ProductPage
) -> None:
    leave(editor, WAYS["unpublish"](mug), kettle.pk)
    mug.refresh_from_db()
    mug.save_revision().publish()
    assert editor.get("/shop/mug/").status_code == 200


def test_a_hook_that_keeps_the_page_keeps_its_address(
    editor: Client, mug: ProductPage, kettle: ProductPage
) -> None:
    def keep(request: HttpRequest, page: Page) -> HttpResponse:
        return HttpResponse("No.")

    with hooks.register_temporarily("before_unpublish_page", keep):
        assert leave(editor, WAYS["unpublish"](mug), kettle.pk).content == b"No."
    assert is_live(mug)
    assert not Redirect.objects.exists()


def test_who_may_not_unpublish_changes_nothing(
    client: Client, mug: ProductPage, kettle: ProductPage
) -> None:
    client.force_login(make_person("wanda", page=ProductIndexPage.objects.get()))
    for way in WAYS.values():
        leave(client, way(mug), kettle.pk)
    assert is_live(mug)
    assert not Redirect.objects.exists()


def test_a_draft_of_somebody_elses_is_not_named(client: Client, mug: ProductPage) -> None:
    make_landing("Secret", card(mug.pk), live=False)
    shop = ProductIndexPage.objects.get()
    client.force_login(make_person("erin", page=shop, publish=True))
    html = client.get(WAYS["unpublish"](mug)).content.decode()
    assert "Secret" not in html
    assert "A draft you may not open" in html


def test_a_product_that_is_gone_leaves_a_story_that_can_be_read(
    editor: Client, mug: ProductPage
) -> None:
    page = make_landing("Summer", card(mug.pk))
    leave(editor, WAYS["unpublish"](mug))
    answer = editor.get(page.url)
    assert answer.status_code == 200
    assert "/shop/mug/" not in answer.content.decode()
