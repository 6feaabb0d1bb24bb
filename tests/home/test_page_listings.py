"""The listings of the page explorer: with covers, and narrowed to what is still to do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from home.template_seeds import create_landing_templates
from products.models import CollectionIndexPage, CollectionPage
from tests.factories import make_collection, make_image, make_product_page, make_user

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def admin(site: HomePage, client: Client) -> Client:
    client.force_login(make_user("admin", is_superuser=True))
    return client


def make_page(index: type[Page], page: Page, *, live: bool = True) -> Page:
    index.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def listing(client: Client, index: type[Page], query: str = "") -> tuple[list[str], str]:
    response = client.get(f"/admin/pages/{index.objects.get().pk}/{query}")
    assert response.status_code == 200
    titles = [page.title for page in response.context["object_list"]]
    return sorted(titles), response.content.decode()


def test_stories_are_listed_with_their_covers_and_authors(admin: Client) -> None:
    story = StoryPage(title="The kiln", cover=make_image(), author_name="Lena Hoffmann")
    make_page(StoryIndexPage, story)
    titles, html = listing(admin, StoryIndexPage)
    assert titles == ["The kiln"]
    assert "fill-96x64" in html
    assert "Lena Hoffmann" in html


def test_collections_are_listed_with_covers_and_with_how_many_were_picked(admin: Client) -> None:
    picks = [make_product_page("Mug"), make_product_page("Bowl")]
    outer = make_collection("Gifts", picks=picks, cover=make_image())
    make_collection("Small gifts", parent=outer)
    titles, html = listing(admin, CollectionIndexPage)
    assert titles == ["Gifts"]
    assert "fill-96x64" in html
    response = admin.get(f"/admin/pages/{CollectionIndexPage.objects.get().pk}/")
    assert [page.picked for page in response.context["object_list"]] == [2]


def test_a_longer_listing_costs_no_more_queries(admin: Client) -> None:
    make_page(StoryIndexPage, StoryPage(title="First", cover=make_image()))
    listing(admin, StoryIndexPage)
    before = count_queries(admin)
    for number in range(4):
        make_page(StoryIndexPage, StoryPage(title=f"Story {number}", cover=make_image()))
    listing(admin, StoryIndexPage)  # Makes the thumbnails.
    assert count_queries(admin) == before


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        listing(client, StoryIndexPage)
    return len(queries)


def test_listings_can_be_narrowed_to_drafts_and_unpublished_changes(admin: Client) -> None:
    make_page(StoryIndexPage, StoryPage(title="Done"))
    make_page(StoryIndexPage, StoryPage(title="Never published"), live=False)
    changed = make_page(StoryIndexPage, StoryPage(title="Changed since"))
    changed.save_revision()
    assert listing(admin, StoryIndexPage, "?work=draft")[0] == ["Changed since", "Never published"]


def test_landing_pages_are_listed_with_the_folder_of_templates(admin: Client) -> None:
    create_landing_templates(user=User.objects.get())
    soon = timezone.now() + timedelta(days=1)
    make_page(LandingIndexPage, LandingPage(title="Spring", expire_at=soon))
    make_page(LandingIndexPage, LandingPage(title="Autumn"), live=False)
    assert listing(admin, LandingIndexPage)[0] == ["Autumn", "Spring", "Templates"]
    assert listing(admin, LandingIndexPage, "?work=draft")[0] == ["Autumn"]
    assert listing(admin, LandingIndexPage, "?ends=soon")[0] == ["Spring"]


def test_a_rule_with_a_type_opens_in_the_editor_as_it_was_saved(admin: Client) -> None:
    page = make_collection("Mugs", rule={"price_max": "30"})
    block = CollectionPage.rule.field.stream_block.child_blocks["rule"].child_blocks["tags"]
    assert block.child_block.get_form_state(None) == [""]
    assert block.child_block.get_form_state(page) == [str(page.pk)]
    assert admin.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_the_report_of_searches_says_why_it_is_empty(admin: Client) -> None:
    html = admin.get("/admin/reports/missed-searches/").content.decode()
    assert "Every search has found something so far." in html
    html = admin.get("/admin/reports/missed-searches/?q=samovar").content.decode()
    assert "Every search has found something so far." not in html
