from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from home.search.results import page_results
from home.search.words import clean_query
from products.facets.lists import PAGE_SIZE
from tests.factories import make_collection, make_image, make_product_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


def make_story(title: str, *, live: bool = True) -> StoryPage:
    story = StoryPage(title=title, summary="On water and iron.", live=live)
    StoryIndexPage.objects.get().add_child(instance=story)
    if live:
        story.save_revision().publish()
    return story


def search(client: Client, query: str, **parameters: str) -> tuple[list[str], list[str]]:
    """Titles of the products and of the stories that were found."""
    response = client.get("/search/", {"q": query, **parameters})
    assert response.status_code == 200
    result = response.context["result"]
    return [card.title for card in result.products.cards], [page.title for page in result.others]


def test_products_and_stories_are_found_by_their_words(site: HomePage, client: Client) -> None:
    make_product_page("Iron Tetsubin")
    make_product_page("Speckled Mug")
    make_story("The iron kettle comes first")
    assert search(client, "iron") == (["Iron Tetsubin"], ["The iron kettle comes first"])
    assert search(client, "speckled") == (["Speckled Mug"], [])


def test_all_words_must_be_there(site: HomePage, client: Client) -> None:
    make_product_page("Iron Tetsubin")
    make_product_page("Iron Trivet")
    assert search(client, "iron trivet") == (["Iron Trivet"], [])


def test_the_beginning_of_a_title_is_enough_when_nothing_else_fits(
    site: HomePage, client: Client
) -> None:
    make_product_page("Iron Tetsubin")
    assert search(client, "tetsu") == (["Iron Tetsubin"], [])


def test_drafts_are_not_found(site: HomePage, client: Client) -> None:
    make_product_page("Iron Tetsubin", sku="FK-TETSU", live=False)
    make_story("The iron kettle", live=False)
    assert search(client, "iron") == ([], [])
    assert search(client, "FK-TETSU") == ([], [])


@pytest.mark.parametrize("typed", ["FK-MUG-OAT", "fk-mug-oat", "  FK-MUG-OAT "])
def test_an_exact_sku_leads_to_its_product(site: HomePage, client: Client, typed: str) -> None:
    make_product_page("Speckled Mug", sku="FK-MUG-OAT")
    response = client.get("/search/", {"q": typed})
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/speckled-mug/")


@pytest.mark.parametrize("parameters", [{}, {"q": ""}, {"q": "  \t\n "}, {"q": "\x00"}])
def test_without_a_query_there_is_the_form_and_what_else_there_is(
    site: HomePage, client: Client, parameters: dict[str, str]
) -> None:
    make_product_page("Speckled Mug")
    make_collection("Tea")
    response = client.get("/search/", parameters)
    assert response.status_code == 200
    assert response.context["query"] == ""
    html = response.content.decode()
    assert 'name="q"' in html
    assert "Our collections" in html
    assert "Speckled Mug" in html[html.index("New in the shop") :]
    assert "We have found nothing" not in html


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "*",
        "AND",
        "NOT mug OR",
        "mug)",
        "a" * 5000,
        "\x00mug",
        "🍵",
        "%",
        "mug:*",
        "-",
        "&",
    ],
)
def test_whatever_is_typed_is_only_text(site: HomePage, client: Client, query: str) -> None:
    make_product_page("Speckled Mug")
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert len(response.context["query"]) <= 200


@pytest.mark.parametrize("query", ['"', '"mug', "mug*)", "mug & co: AND", "-mug-"])
def test_signs_do_not_count(site: HomePage, client: Client, query: str) -> None:
    make_product_page("Speckled Mug, Mug and co.")
    expected = ["Speckled Mug, Mug and co."] if "mug" in query else []
    assert search(client, query) == (expected, [])


def test_a_query_is_shown_as_text(site: HomePage, client: Client) -> None:
    html = client.get("/search/", {"q": "<script>x</script>"}).content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_a_long_query_is_cut() -> None:
    assert clean_query("a" * 201) == "a" * 200
    assert clean_query(" tea \n pot ") == "tea pot"


def test_many_products_come_in_pages(site: HomePage, client: Client) -> None:
    titles = {f"Mug {number}" for number in range(PAGE_SIZE + 2)}
    for title in titles:
        make_product_page(title)
    make_story("How a mug is made")
    first, stories = search(client, "mug")
    second, no_stories = search(client, "mug", page="2")
    assert (len(first), len(second)) == (PAGE_SIZE, 2)
    assert {*first, *second} == titles
    assert (stories, no_stories) == (["How a mug is made"], [])
    for odd in ("0", "99", "x"):
        assert search(client, "mug", page=odd)[0] in (first, second)
    response = client.get("/search/", {"q": "mug & <b>", "page": "1"})
    assert response.context["listing"].page_prefix == "q=mug+%26+%3Cb%3E&"


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    site: HomePage, client: Client
) -> None:
    counts = []
    for _round in range(3):
        make_product_page("Speckled Mug")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "mug"})
        counts.append(len(queries))
    # The first round also fills caches, such as that of the site's address.
    assert counts[1] == counts[2]


def test_the_answer_is_the_same_for_everybody(site: HomePage, client: Client) -> None:
    make_product_page("Speckled Mug")
    response = client.get("/search/", {"q": "mug"})
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "public" in response.headers["Cache-Control"]


def make_campaign(title: str, *, parent: Page, pictures: int = 1, **dates: datetime) -> LandingPage:
    body = [
        ("hero", {"heading": title, "picture": make_image(f"{title} {number}"), **dates})
        for number in range(pictures)
    ]
    page = LandingPage(title=title, body=body, search_description="All about mugs.")
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def shown_pages(client: Client) -> list[tuple[str, str, str | None]]:
    others = client.get("/search/", {"q": "mug"}).context["result"].others
    return [(one.title, one.kind, one.image and one.image.title) for one in others]


def test_a_campaign_is_called_so_and_shown_by_its_first_picture(
    site: HomePage, client: Client
) -> None:
    campaigns = LandingIndexPage.objects.get()
    page = make_campaign("Mug days", parent=campaigns, pictures=2)
    assert page.lead_picture is not None
    assert shown_pages(client) == [("Mug days", "Campaign", "Mug days 0")]
    page.lead_picture.delete()
    assert shown_pages(client) == [("Mug days", "Campaign", "Mug days 1")]


def test_a_landing_page_below_the_home_page_is_no_campaign(site: HomePage, client: Client) -> None:
    make_campaign("Mug terms", parent=site, pictures=0)
    assert shown_pages(client) == [("Mug terms", "Page", None)]


def test_a_picture_that_the_campaign_does_not_show_now_stays_unseen(
    site: HomePage, client: Client
) -> None:
    campaigns, now = LandingIndexPage.objects.get(), timezone.now()
    make_campaign("Mugs to come", parent=campaigns, show_from=now + timedelta(days=1))
    make_campaign("Mugs of old", parent=campaigns, show_until=now - timedelta(days=1))
    make_campaign("Mugs now", parent=campaigns, show_until=now + timedelta(days=1))
    assert {title: image for title, _kind, image in shown_pages(client)} == {
        "Mugs to come": None,
        "Mugs of old": None,
        "Mugs now": "Mugs now 0",
    }


def test_pictures_of_campaigns_cost_one_query(site: HomePage) -> None:
    pages = [
        make_campaign(f"Mug {number}", parent=LandingIndexPage.objects.get()) for number in range(3)
    ]
    ids = {LandingPage: [page.pk for page in pages]}
    page_results(ids)  # Looks up where the site's pages begin.
    counts = []
    for of_model in ({LandingPage: [pages[0].pk]}, ids):
        with CaptureQueriesContext(connection) as queries:
            assert all(result.image for result in page_results(of_model))
        counts.append(len(queries))
    assert counts[0] == counts[1]
