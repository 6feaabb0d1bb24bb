"""Everything the search does beyond words: codes, typos, order, suggestions, tips, counts."""

from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage, SearchOutcome, StoryPage
from home.search import views
from home.search.matches import find_matches
from home.search.site import SearchResult, search_site
from home.search.spelling import Vocabulary, edits
from home.tasks import count_search, forget_old_searches
from products.listing_entries import refresh_listing
from products.models import CollectionPage, ProductPage, ProductVariant
from tests.factories import make_collection, make_product_page, make_user
from tests.home.test_search import make_story
from tests.products.shelf import fill_shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

Sent = list[tuple[str, tuple[object, ...]]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """The tasks that would go to a worker."""
    tasks: Sent = []
    monkeypatch.setattr(views, "send_task", lambda name, args: tasks.append((name, args)))
    return tasks


def result(query: str, **parameters: list[str]) -> SearchResult:
    return search_site(query, parameters)


def titles(found: SearchResult) -> list[str]:
    return [card.title for card in found.products.cards]


def test_products_stories_collections_and_landing_pages_are_one_result(site: HomePage) -> None:
    make_product_page("Iron kettle")
    make_story("Why iron")
    make_collection("Cast iron")
    landing = LandingPage(title="The iron weeks", search_description="All of it, until May.")
    LandingIndexPage.objects.get().add_child(instance=landing)
    found = result("iron")
    assert titles(found) == ["Iron kettle"]
    assert [(one.kind, one.title) for one in found.others] == [
        ("Collection", "Cast iron"),
        ("Story", "Why iron"),
        ("Campaign", "The iron weeks"),
    ]
    assert found.others[1].summary == "On water and iron."
    assert found.others[2].summary == "All of it, until May."
    assert found.total == 4


def test_what_matches_better_stands_first(site: HomePage, client: Client) -> None:
    mug = make_product_page("Speckled mug")
    mug.summary = "Goes well with matcha."
    mug.save_revision().publish()
    make_story("Matcha")
    found = result("matcha")
    assert (titles(found), found.are_products_first) == (["Speckled mug"], False)
    html = client.get("/search/?q=matcha").content.decode()
    assert html.index("/stories/matcha/") < html.index("/shop/speckled-mug/")
    assert result("speckled").are_products_first


def test_a_word_of_the_title_says_more_than_one_of_the_text(site: HomePage) -> None:
    make_product_page("Matcha bowl")
    bowl = make_product_page("Plain bowl")
    bowl.summary = "For matcha, matcha and matcha, and for whatever else one drinks."
    bowl.save_revision().publish()
    assert titles(result("matcha")) == ["Matcha bowl", "Plain bowl"]


def test_private_pages_and_drafts_are_not_found(site: HomePage) -> None:
    make_collection("Iron secret").view_restrictions.create(restriction_type="login")
    make_product_page("Iron draft", live=False)
    make_story("Iron draft", live=False)
    hidden = make_product_page("Iron hidden")
    hidden.view_restrictions.create(restriction_type="login")
    found = result("iron")
    assert (found.total, titles(found), found.others) == (0, [], [])


def test_words_of_the_catalog_are_found(site: HomePage) -> None:
    fill_shelf()
    assert titles(result("moss")) == ["Moss mug"]
    assert titles(result("glaze")) == []
    page = ProductPage.objects.get(title="Iron kettle")
    page.product.tags.add("heirloom")
    refresh_listing([page.product_id])
    assert titles(result("heirloom")) == ["Iron kettle"]


def test_a_found_list_is_filtered_and_ordered_like_any_other(site: HomePage) -> None:
    fill_shelf()
    make_story("How an oat mug is made")
    found = result("oat", type=["mug"], sort=["price-up"])
    assert titles(found) == ["Oat mug", "Big oat mug"]
    assert found.others == []
    assert [chip.address for chip in found.products.chips] == ["?q=oat&sort=price-up"]
    assert found.products.sorts[0].label == "Best match"
    assert titles(result("iron mug")) == []


def test_what_is_sold_out_stands_last(site: HomePage) -> None:
    make_product_page("Teapot", on_hand=0)
    tray = make_product_page("Tray")
    tray.summary = "Carries a teapot and two cups without a word."
    tray.save_revision().publish()
    assert titles(result("teapot")) == ["Tray", "Teapot"]


def test_an_exact_gtin_leads_to_its_product(site: HomePage, client: Client) -> None:
    make_product_page("Speckled mug")
    ProductVariant.objects.update(gtin="4006381333931")
    response = client.get("/search/", {"q": "4006381333931"})
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/speckled-mug/")
    assert client.get("/search/", {"q": "400638133393"}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("teapto", "teapot"), ("kettel", "kettle"), ("tea pot iorn", ""), ("ketttle", "kettle")],
)
def test_a_typo_is_forgiven(site: HomePage, client: Client, typed: str, meant: str) -> None:
    make_product_page("Iron Teapot")
    make_product_page("Iron Kettle")
    found = result(typed)
    assert found.corrected == meant
    assert bool(found.products.cards) == bool(meant)
    if meant:
        html = client.get("/search/", {"q": typed}).content.decode()
        assert f"Nothing was found for “{typed}”" in html
        assert f"<strong>{meant}</strong>" in html


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("cup", "cup", 0),
        ("cup", "cups", 1),
        ("tea", "eat", 2),
        ("kettle", "kettel", 1),
        ("", "", 0),
    ],
)
def test_edits_are_counted(first: str, second: str, distance: int) -> None:
    assert edits(first, second, 2) == edits(second, first, 2) == distance


def test_the_more_frequent_of_two_near_words_is_meant() -> None:
    words = Vocabulary(["teapot", "teapot", "teapod"])
    assert words.corrected(["teapor", "TEAPOT", "tea", "zzzzzz"]) == [
        "teapot",
        "TEAPOT",
        "tea",
        "zzzzzz",
    ]


def test_an_empty_result_offers_something(site: HomePage, client: Client) -> None:
    make_product_page("Mug", picture=True)
    make_product_page("Gone", on_hand=0)
    make_collection("For the tea table")
    html = client.get("/search/?q=zzzz").content.decode()
    assert "We have found nothing for “zzzz”" in html
    assert 'href="/collections/for-the-tea-table/"' in html
    assert 'href="/shop/mug/"' in html
    assert 'href="/shop/gone/"' not in html


def test_a_filter_that_leaves_nothing_is_no_empty_result(site: HomePage, client: Client) -> None:
    fill_shelf()
    html = client.get("/search/?q=oat&price_min=500").content.decode()
    assert "Nothing fits all of these filters" in html
    assert 'href="?q=oat"' in html


class Options(HTMLParser):
    """The links of a list of suggestions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str | None] = []
        self.roles: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"])
        if "role" in values:
            self.roles.append(values["role"])


def suggestions(client: Client, query: str) -> Options:
    response = client.get("/search/suggest/", {"q": query})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    return Options(response.content.decode())


def test_titles_are_suggested_while_they_are_typed(site: HomePage, client: Client) -> None:
    make_product_page("Iron kettle", price="120.00")
    make_product_page("Draft iron", live=False)
    make_story("On iron")
    make_collection("Iron works")
    found = suggestions(client, "iro")
    assert found.links == ["/shop/iron-kettle/", "/collections/iron-works/", "/stories/on-iron/"]
    assert found.roles == ["listbox", "option", "option", "option"]
    assert suggestions(client, "kettle iro").links == ["/shop/iron-kettle/"]
    html = client.get("/search/suggest/?q=kett").content.decode()
    assert "€120.00" in html


@pytest.mark.parametrize("query", ["", "i", " ", '"', "zzz", "\x00", "%", "a" * 5000, "🍵🍵"])
def test_odd_text_suggests_nothing(site: HomePage, client: Client, query: str) -> None:
    make_product_page("Iron kettle")
    assert suggestions(client, query).links == []


def test_what_editors_promote_stands_on_top(site: HomePage, client: Client) -> None:
    mug = make_product_page("Speckled mug")
    secret = make_product_page("Secret mug")
    secret.view_restrictions.create(restriction_type="login")
    words = Query.get("gift")
    SearchPromotion.objects.create(query=words, page=secret, sort_order=0)
    SearchPromotion.objects.create(query=words, page=mug, description="Ours.", sort_order=1)
    SearchPromotion.objects.create(
        query=words,
        external_link_url="https://example.com/voucher",
        external_link_text="A voucher",
        sort_order=2,
    )
    found = result("  GIFT ".strip())
    assert [(one.title, one.url, one.description) for one in found.promotions] == [
        ("Speckled mug", "/shop/speckled-mug/", "Ours."),
        ("A voucher", "https://example.com/voucher", ""),
    ]
    assert "A voucher" in client.get("/search/?q=gift").content.decode()


def test_a_search_writes_nothing_and_is_counted_by_a_worker(
    site: HomePage, client: Client, sent: Sent
) -> None:
    make_product_page("Mug")
    client.get("/search/")  # Makes the site's settings and fills caches.
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=Mug")
        client.get("/search/?q=teapot")
    assert not [q for q in queries if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE"))]
    assert sent == [
        ("home.tasks.count_search", ("Mug", 1)),
        ("home.tasks.count_search", ("teapot", 0)),
    ]
    for _name, args in [*sent, sent[0]]:
        count_search(*args)
    assert {query.query_string: query.hits for query in Query.objects.all()} == {
        "mug": 2,
        "teapot": 1,
    }
    outcomes = SearchOutcome.objects.values_list("query__query_string", "found")
    assert dict(outcomes) == {"mug": 1, "teapot": 0}


@pytest.mark.parametrize(
    "query", ["q=mug&page=2", "q=mug&in_stock=1", "q=mug&sort=name", "q=" + "m" * 101, "q=", ""]
)
def test_pages_filters_and_odd_texts_are_no_searches_of_their_own(
    site: HomePage, client: Client, sent: Sent, query: str
) -> None:
    for number in range(25):
        make_product_page(f"Mug {number}", on_hand=number % 2)
    client.get(f"/search/?{query}")
    assert sent == []


def test_old_counts_are_forgotten(db: None) -> None:
    count_search("mug", 1)
    QueryDailyHits.objects.update(date=timezone.now().date() - timedelta(days=91))
    count_search("pot", 1)
    forget_old_searches()
    assert [query.query_string for query in Query.objects.all()] == ["pot"]
    assert SearchOutcome.objects.count() == 1


def test_marketers_see_what_was_not_found_and_can_promote_for_it(site: HomePage) -> None:
    make_collection()
    create_roles()
    count_search("samovar", 0)
    count_search("samovar", 0)
    count_search("mug", 3)
    client = Client()
    client.force_login(make_user("mara", group="Marketers"))
    html = client.get("/admin/reports/missed-searches/").content.decode()
    assert "samovar" in html
    assert ">mug<" not in html
    address = f"/admin/searchpicks/{Query.objects.get(query_string='samovar').pk}/"
    assert address in html
    assert client.get(address).status_code == 200
    assert client.get("/admin/reports/missed-searches/?export=csv").status_code == 200
    stranger = Client()
    stranger.force_login(make_user("ed", group="Editors"))
    assert stranger.get("/admin/reports/missed-searches/").status_code == 302


def test_a_search_costs_the_same_with_2_and_with_40_of_everything(site: HomePage) -> None:
    client, found = Client(), []
    for more in (2, 38):
        for number in range(more):
            make_product_page(f"Iron mug {number}", picture=True)
            make_story(f"Iron story {number}")
        for address in ("/search/?q=iron", "/search/suggest/?q=iro"):
            client.get(address)  # Makes renditions and fills caches.
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
    assert found[:2] == found[2:]
    assert len(result("iron").others) == 12


def test_the_index_is_asked_once_for_all_kinds(
    site: HomePage, django_assert_num_queries: Callable[..., object]
) -> None:
    make_product_page("Iron kettle")
    make_story("On iron")
    make_collection("Iron works")
    find_matches(["iron"])
    with django_assert_num_queries(1):
        matches = find_matches(["iron"])
    assert set(matches.by_model) == {ProductPage, StoryPage, CollectionPage}
    assert matches.best_of(LandingPage) == 0.0 < matches.best_of(StoryPage)
