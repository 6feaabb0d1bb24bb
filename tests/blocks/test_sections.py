"""Sections that are written once and shown in many pages."""

import pytest
from django.test import Client
from django.urls import reverse

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from products.blocks import SectionStreamBlock, StoryStreamBlock
from products.models import Section
from tests.blocks.drawing import draw
from tests.factories import make_section, make_user

pytestmark = pytest.mark.usefixtures("site", "indexes")

BODY = [("text", {"text": "<p>Thirty days to change your mind.</p>"})]


def page_with(section: Section) -> LandingPage:
    page = LandingPage(title="Summer", slug="summer", body=[("section", {"section": section})])
    LandingIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_page_shows_what_the_section_says_now() -> None:
    section = make_section(body=BODY)
    page = page_with(section)
    assert "Thirty days" in Client().get(page.url).content.decode()
    section.body = [("text", {"text": "<p>Sixty days.</p>"})]
    section.save_revision()
    assert "Thirty days" in Client().get(page.url).content.decode()
    section.save_revision().publish()
    html = Client().get(page.url).content.decode()
    assert "Sixty days." in html
    assert "Thirty days" not in html


def test_a_section_that_is_not_published_shows_nothing() -> None:
    draft = make_section(body=BODY, live=False)
    assert draw("section", {"section": draft}) == ""
    note = draw("section", {"section": draft}, is_preview=True)
    assert "“Why us” is not published" in note
    assert "Thirty days" not in note
    live = make_section(body=BODY)
    live.unpublish()
    assert draw("section", {"section": live}) == ""
    assert draw("section", {"section": None}) == ""


def test_a_section_can_hold_no_section_and_no_opening_of_a_page() -> None:
    blocks = set(StoryStreamBlock().child_blocks) - set(SectionStreamBlock().child_blocks)
    assert blocks == {"section", "hero"}


@pytest.mark.parametrize(
    ("group", "goes_live"), [(EDITORS, False), (CHIEFS, True), (MARKETERS, True)]
)
def test_editors_write_sections_and_who_publishes_stories_or_campaigns_publishes_them(
    group: str, goes_live: bool
) -> None:
    create_roles()
    client = Client()
    client.force_login(make_user("pia", group=group))
    form = {
        "title": "Promises", "body-count": "0", "action-publish": "action-publish",
    }  # fmt: skip
    response = client.post(reverse("wagtailsnippets_products_section:add"), form)
    assert response.status_code == 302
    section = Section.objects.get()
    assert section.live is goes_live
    assert section.latest_revision is not None


def test_the_staff_writes_no_sections() -> None:
    create_roles()
    client = Client()
    client.force_login(make_user("sam", group=SHOP_STAFF))
    url = reverse("wagtailsnippets_products_section:add")
    assert client.post(url, {"title": "Promises", "body-count": "0"}).status_code == 302
    assert not Section.objects.exists()


def test_it_is_said_where_a_section_is_used(site: HomePage) -> None:
    section = make_section(body=BODY)
    page_with(section)
    client = Client()
    client.force_login(make_user("root", is_superuser=True))
    url = reverse("wagtailsnippets_products_section:usage", args=[section.pk])
    assert "Summer" in client.get(url).content.decode()


def test_a_draft_is_previewed_as_shoppers_would_see_it() -> None:
    section = make_section(body=BODY, live=False)
    request_path = reverse("wagtailsnippets_products_section:preview_on_edit", args=[section.pk])
    client = Client()
    client.force_login(make_user("root", is_superuser=True))
    form = {
        "title": "Promises", "body-count": "1", "body-0-deleted": "", "body-0-order": "0",
        "body-0-type": "text", "body-0-id": "", "body-0-value-text": "null",
        "body-0-value-theme": "plain", "body-0-value-spacing": "normal",
        "body-0-value-anchor": "", "body-0-value-show_from": "", "body-0-value-show_until": "",
    }  # fmt: skip
    assert client.post(request_path, form).json()["is_available"]
    html = client.get(request_path).content.decode()
    assert "rich-text-block" in html
    assert "Skip to the content" in html
