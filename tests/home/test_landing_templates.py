"""Landing pages from templates, which nobody but marketers ever sees."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage, LandingTemplatesPage
from home.roles import CHIEFS, EDITORS, MARKETERS
from home.template_seeds import create_landing_templates
from tests.factories import make_image, make_user
from tests.site_tree import leave_welcome_page

pytestmark = pytest.mark.django_db

NEW = "/admin/landing-pages/new/"


@pytest.fixture
def templates(site: HomePage) -> list[LandingPage]:
    create_roles()
    make_image()
    assert create_landing_templates() is True
    return list(LandingPage.objects.order_by("path"))


@pytest.fixture
def marketer(templates: list[LandingPage], client: Client) -> Client:
    client.force_login(make_user("mia", group=MARKETERS))
    return client


def explorer() -> str:
    return reverse("wagtailadmin_explore", args=[LandingIndexPage.objects.get().pk])


def test_there_are_three_drafts_to_begin_with(templates: list[LandingPage]) -> None:
    assert [page.title for page in templates] == ["Season", "Product launch", "Gift guide"]
    assert not any(page.live for page in templates)
    assert all(page.body[0].value["picture"] is not None for page in templates)


def test_making_them_again_changes_nothing_and_brings_nothing_back(
    templates: list[LandingPage],
) -> None:
    templates[0].delete()
    call_command("create_templates")
    titles = [page.title for page in LandingPage.objects.order_by("path")]
    assert titles == ["Product launch", "Gift guide"]


def test_without_a_place_for_landing_pages_nothing_is_made() -> None:
    leave_welcome_page()
    assert create_landing_templates() is False
    assert not LandingPage.objects.exists()


@pytest.mark.parametrize("is_live", [False, True])
def test_a_template_is_never_public_not_even_when_it_was_published(
    templates: list[LandingPage], client: Client, is_live: bool
) -> None:
    folder = LandingTemplatesPage.objects.get()
    Page.objects.descendant_of(folder, inclusive=True).update(live=is_live)
    for url in ("/campaigns/templates/", "/campaigns/templates/season/"):
        assert client.get(url).status_code == 404
    assert "season" not in client.get("/sitemap.xml").content.decode()
    assert "Season" not in client.get("/search/?q=season").content.decode().split("<main")[1]
    assert "Season" not in client.get("/campaigns/").content.decode()
    assert not Page.objects.public().descendant_of(folder, inclusive=True).exists()


def test_nobody_is_offered_to_publish_a_template(
    templates: list[LandingPage], marketer: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[templates[0].pk])
    assert "action-publish" not in marketer.get(edit).content.decode()
    form = {
        "title": "Season", "slug": "season", "body-count": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "action-publish": "action-publish",
    }  # fmt: skip
    marketer.post(edit, form)
    templates[0].refresh_from_db()
    assert templates[0].live is False


def test_whatever_way_somebody_takes_a_template_is_not_published(
    templates: list[LandingPage], client: Client
) -> None:
    client.force_login(make_user("root", is_superuser=True))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={templates[0].pk}&next=/admin/", {"include_descendants": "on"})
    with pytest.raises(ValidationError, match="cannot be published itself"):
        templates[0].save_revision().publish()
    assert not LandingPage.objects.live().exists()


def test_the_landing_pages_have_a_button_to_begin_with_a_template(marketer: Client) -> None:
    html = marketer.get(explorer()).content.decode()
    assert "New from template" in html
    assert NEW in html


def test_the_form_lists_the_templates_with_their_blocks(marketer: Client) -> None:
    html = marketer.get(NEW).content.decode()
    assert html.count('type="radio"') == 3
    assert "Hero, Product grid, Text, Quote" in html


def test_a_page_from_a_template_is_a_draft_of_its_own_with_the_latest_words(
    templates: list[LandingPage], marketer: Client
) -> None:
    template = templates[0]
    template.title = "Spring"
    template.body[0].value["heading"] = "Changed in a draft"
    template.save_revision()
    answer = marketer.post(NEW, {"title": "Winter Table", "template": template.pk})
    page = LandingPage.objects.get(title="Winter Table")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.get_parent().specific_class is LandingIndexPage
    assert (page.slug, page.live, page.draft_title) == ("winter-table", False, "Winter Table")
    assert page.owner is not None
    assert page.owner.username == "mia"
    assert page.body[0].value["heading"] == "Changed in a draft"
    assert page.get_latest_revision_as_object().title == "Winter Table"
    assert page.revisions.count() == 1
    assert page.translation_key != template.translation_key
    template.refresh_from_db()
    assert template.title == "Season"


def test_two_pages_of_one_title_get_addresses_of_their_own(
    templates: list[LandingPage], marketer: Client
) -> None:
    for _number in range(2):
        marketer.post(NEW, {"title": "Winter Table", "template": templates[0].pk})
    slugs = LandingPage.objects.filter(title="Winter Table").values_list("slug", flat=True)
    assert sorted(slugs) == ["winter-table", "winter-table-1"]


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"title": ""}, {"title": ["Enter a title."], "template": ["Choose what to begin with."]}),
        ({"title": "Winter"}, {"template": ["Choose what to begin with."]}),
    ],
)
def test_a_form_with_something_missing_makes_nothing(
    marketer: Client, form: dict[str, str], errors: dict[str, list[str]]
) -> None:
    response = marketer.post(NEW, form)
    assert response.context["form"].errors == errors
    assert LandingPage.objects.count() == 3


def test_any_other_page_is_no_template(templates: list[LandingPage], marketer: Client) -> None:
    response = marketer.post(NEW, {"title": "Winter", "template": HomePage.objects.get().pk})
    assert "template" in response.context["form"].errors
    assert LandingPage.objects.count() == 3


@pytest.mark.parametrize("group", [EDITORS, CHIEFS])
def test_who_may_write_no_landing_pages_has_neither_button_nor_form(
    templates: list[LandingPage], client: Client, group: str
) -> None:
    client.force_login(make_user("ed", group=group))
    assert "New from template" not in client.get(explorer()).content.decode()
    assert client.get(NEW).url == "/admin/"
    assert client.post(NEW, {"title": "Winter", "template": templates[0].pk}).url == "/admin/"
    assert LandingPage.objects.count() == 3
