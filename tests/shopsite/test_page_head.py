"""What the head of each document says: to search engines, and where links are shared."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, StructValue
from wagtail.models import Site

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from products.models import ProductPage
from shopsite.cms import streams
from shopsite.cms.logos import HEADER_LOGO
from shopsite.cms.machine_pictures import FILTER, make_machine_pictures
from shopsite.cms.models import BrandSettings
from shopsite.cms.pages import ContentPage
from shopsite.cms.site_icon import icon_url
from shopsite.lib.schema_org import Thing, faq_page
from tests.factories import make_image, make_product_page

pytestmark = pytest.mark.usefixtures("empty_cache", "indexes")


def head_of(url: str) -> dict[str, str]:
    """Title, canonical address and meta elements by their names."""
    html = Client().get(url).content.decode()
    head = html.partition("<body")[0]
    found = {"title": re.findall(r"<title>\s*(.*?)\s*</title>", head)[0]}
    found |= dict(re.findall(r'<meta (?:name|property)="([^"]+)"\s+content="([^"]*)">', head))
    found["canonical"] = "".join(re.findall(r'<link rel="canonical" href="([^"]*)">', head))
    return {name: unescape(value) for name, value in found.items()}


def things_of(url: str) -> dict[str, dict[str, Any]]:
    """The things of the page's JSON-LD by type."""
    html = Client().get(url).content.decode()
    things = []
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
        data = json.loads(text)
        assert data["@context"] == "https://schema.org"
        things += data.get("@graph", [data])
    return {thing["@type"]: thing for thing in things}


def make_story(title: str = "A slow morning", **fields: Any) -> StoryPage:
    story = StoryIndexPage.objects.get().add_child(
        instance=StoryPage(title=title, author_name="Mara Lind", live=False, **fields)
    )
    story.save_revision().publish()
    story.refresh_from_db()
    return story


# --- Titles and descriptions --------------------------------------------------------------------


def test_a_title_names_the_page_and_then_the_shop(site: HomePage) -> None:
    make_product_page("Mug", sku="MUG")
    assert head_of("/shop/mug/")["title"] == "Mug · Fern & Kettle"


def test_the_front_page_is_named_after_the_shop(site: HomePage) -> None:
    BrandSettings.objects.update_or_create(defaults={"tagline": "Slow tea"})
    assert head_of("/")["title"] == "Fern & Kettle · Slow tea"


def test_what_an_editor_wrote_for_search_engines_comes_first(site: HomePage) -> None:
    page = make_product_page("Mug", sku="MUG")
    page.seo_title, page.search_description = "The speckled mug", "Thrown in Höhr."
    page.save()
    head = head_of("/shop/mug/")
    assert head["title"] == "The speckled mug · Fern & Kettle"
    assert (head["description"], head["og:description"]) == ("Thrown in Höhr.",) * 2


def test_a_long_title_does_without_the_name_of_the_shop(site: HomePage) -> None:
    title = "Everything we know about brewing green tea without any bitterness"
    make_story(title, slug="green")
    assert head_of("/stories/green/")["title"] == title


def test_without_a_description_the_first_words_of_the_page_are_taken(site: HomePage) -> None:
    words = "Water first. " * 30
    make_story(slug="water", body=[("text", {"text": f"<h2>Kettle</h2><p>{words}</p>"})])
    description = head_of("/stories/water/")["description"]
    assert description.startswith("Kettle Water first. Water first.")
    assert len(description) <= 160
    assert description.endswith("…")
    assert not description.endswith(" …")


def test_the_second_page_of_a_list_is_a_page_of_its_own(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoryIndexPage, "page_size", 1)
    for number in range(2):
        make_story(f"Story {number}")
    first, second = head_of("/stories/?page=1"), head_of("/stories/?page=2&utm_source=mail")
    assert first["canonical"] == "http://testserver/stories/"
    assert second["canonical"] == "http://testserver/stories/?page=2"
    assert second["title"] == "Stories, page 2 · Fern & Kettle"
    assert head_of("/stories/?page=999")["canonical"] == "http://testserver/stories/?page=2"


# --- Address and robots -------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?utm_source=mail", "?sku=MUG", "?page=2"])
def test_the_canonical_address_is_clean_of_what_was_asked(site: HomePage, query: str) -> None:
    make_product_page("Mug", sku="MUG")
    assert head_of(f"/shop/mug/{query}")["canonical"] == "http://testserver/shop/mug/"


@override_settings(SITE_URL="https://shop.example", ALLOWED_HOSTS=["*"])
def test_addresses_are_those_of_the_site_whatever_the_host_was_called(site: HomePage) -> None:
    Site.objects.update(hostname="localhost", port=8000)
    make_product_page("Mug", sku="MUG", picture=True)
    html = Client().get("/shop/mug/", HTTP_HOST="evil.example").content.decode()
    assert '<link rel="canonical" href="https://shop.example/shop/mug/">' in html
    assert "evil.example" not in html
    assert "localhost" not in html


def test_a_page_that_is_not_to_be_listed_says_so(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_story(slug="secret")
    assert head_of("/stories/secret/")["robots"] == "max-image-preview:large"
    monkeypatch.setattr(StoryPage, "is_indexable", False)
    assert head_of("/stories/secret/")["robots"] == "noindex"


# --- Shared links -------------------------------------------------------------------------------


def test_a_shared_link_shows_the_first_picture_until_its_own_is_made(site: HomePage) -> None:
    page = make_product_page("Mug", sku="MUG", picture=True)
    head = head_of("/shop/mug/")
    rendition = page.main_picture.image.renditions.get(filter_spec="fill-1200x630|format-jpeg")
    assert head["og:image"] == f"http://testserver{rendition.url}"
    assert (head["og:type"], head["og:title"]) == ("product", "Mug")
    assert head["twitter:card"] == "summary_large_image"


def test_a_shared_link_of_a_page_without_a_picture_is_a_small_card(site: HomePage) -> None:
    make_story(slug="bare")
    head = head_of("/stories/bare/")
    assert "og:image" not in head
    assert head["twitter:card"] == "summary"


# --- Structured data ----------------------------------------------------------------------------


def test_the_front_page_tells_who_stands_behind_it_and_how_to_search(site: HomePage) -> None:
    things = things_of("/")
    assert set(things) == {"Organization", "WebSite"}
    assert things["Organization"]["name"] == "Fern & Kettle"
    target = things["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/search/?q={query}"


def test_every_page_below_the_front_page_tells_its_place(site: HomePage) -> None:
    make_product_page("Mug", sku="MUG")
    crumbs = things_of("/shop/mug/")["BreadcrumbList"]["itemListElement"]
    assert [(c["position"], c["name"], c["item"]) for c in crumbs] == [
        (1, "Fern & Kettle", "http://testserver/"),
        (2, "Shop", "http://testserver/shop/"),
        (3, "Mug", "http://testserver/shop/mug/"),
    ]


def test_a_story_is_an_article(site: HomePage) -> None:
    cover = make_image()
    story = make_story(slug="slow", summary="Ten quiet minutes.", cover=cover)
    make_machine_pictures(story.shown_pictures)
    article = things_of("/stories/slow/")["Article"]
    assert article["headline"] == "A slow morning"
    assert article["author"] == {"@type": "Person", "name": "Mara Lind"}
    assert article["datePublished"] == story.first_published_at.isoformat()
    assert article["dateModified"] == story.last_published_at.isoformat()
    assert article["image"] == [f"http://testserver{cover.get_rendition(FILTER).url}"]
    assert article["publisher"]["name"] == "Fern & Kettle"
    assert article["mainEntityOfPage"] == "http://testserver/stories/slow/"


class Question(StructValue):
    def structured_data(self) -> Thing | None:
        return faq_page([(self["question"], self["answer"])]) if self["question"] else None


class Hidden(Question):
    is_shown_now = False


class QuestionBlock(StructBlock):
    question = CharBlock(required=False)
    answer = CharBlock(required=False)


class PageWithQuestions:
    """Has a stream of blocks that take part in structured data, one in another."""

    @staticmethod
    def stream(*values: tuple[str, Any]) -> Any:
        inner = StreamBlock([("faq", QuestionBlock(value_class=Question))])
        block = StreamBlock(
            [
                ("faq", QuestionBlock(value_class=Question)),
                ("hidden", QuestionBlock(value_class=Hidden)),
                ("box", StructBlock([("inside", inner)])),
            ]
        )
        return block.normalize(list(values))


def test_blocks_tell_of_themselves_as_one_faq_page(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = {"inside": [("faq", {"question": "Where?", "answer": "Here."})]}
    stream = PageWithQuestions.stream(
        ("faq", {"question": "How hot?", "answer": "<p>80 °C</p>"}),
        ("faq", {"question": "", "answer": ""}),
        ("hidden", {"question": "When?", "answer": "Not yet."}),
        ("box", box),
    )
    make_story(slug="faq")
    monkeypatch.setattr(streams, "page_values", lambda page: streams.walk(stream))
    faq = things_of("/stories/faq/")["FAQPage"]["mainEntity"]
    assert [(q["name"], q["acceptedAnswer"]["text"]) for q in faq] == [
        ("How hot?", "<p>80 °C</p>"),
        ("Where?", "Here."),
    ]


def test_a_title_cannot_end_the_script_element(site: HomePage) -> None:
    make_story("</script><script>alert(1)</script>", slug="bad")
    assert "<script>alert" not in Client().get("/stories/bad/").content.decode()
    headline = things_of("/stories/bad/")["Article"]["headline"]
    assert headline == "</script><script>alert(1)</script>"


# --- For all pages ------------------------------------------------------------------------------


def test_no_two_pages_share_a_title_or_an_address(site: HomePage) -> None:
    for name in ("Mug", "Pot"):
        make_product_page(name, sku=name)
    make_story(slug="slow")
    LandingIndexPage.objects.get().add_child(instance=LandingPage(title="Summer", slug="summer"))
    urls = [
        "/", "/shop/", "/shop/mug/", "/shop/pot/", "/stories/", "/stories/slow/", "/campaigns/",
        "/campaigns/summer/", "/search/", "/search/?q=mug", "/cart/",
    ]  # fmt: skip
    heads = [head_of(url) for url in urls]
    assert len({head["title"] for head in heads}) == len(urls)
    assert all(head["title"] for head in heads)
    canonical = [head["canonical"] for head in heads if head["canonical"]]
    assert len(set(canonical)) == len(canonical) == 8


HEAD = (
    "{% load head_tags %}{% page_head as head %}{% shared_picture as picture %}"
    "{{ picture.url }}{% structured_data head %}"
)


@pytest.mark.parametrize("page_type", [StoryPage, LandingPage, HomePage, ProductPage])
def test_the_queries_of_a_head_do_not_grow_with_what_the_page_shows(
    site: HomePage, page_type: type[ContentPage]
) -> None:
    numbers = []
    for count in (2, 40):
        products = [make_product_page(f"P{count}-{n}", picture=True) for n in range(count)]
        body = [("product_card", {"product": product, "note": ""}) for product in products]
        page = _page_with(page_type, [*body, ("text", {"text": "<p>Because.</p>"})])
        request = RequestFactory().get("/", HTTP_HOST="testserver")
        Template(HEAD).render(Context({"page": page, "request": request}))  # Fills what is cached.
        request = RequestFactory().get("/", HTTP_HOST="testserver")
        context = {"page": page_type.objects.get(pk=page.pk), "request": request}
        with CaptureQueriesContext(connection) as queries:
            html = Template(HEAD).render(Context(context))
        assert '"@context"' in html
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= MOST_QUERIES


MOST_QUERIES = 12


def _page_with(page_type: type[ContentPage], body: list[Any]) -> ContentPage:
    if page_type is HomePage:
        page = HomePage.objects.get()
    elif page_type is ProductPage:
        page = make_product_page("With a story")
    elif page_type is StoryPage:
        page = make_story(f"Story of {len(body)}")
    else:
        page = LandingPage(title=f"Landing {len(body)}")
        LandingIndexPage.objects.get().add_child(instance=page)
    page.body = body
    page.save()
    return page


# --- The logo -----------------------------------------------------------------------------------


def test_search_engines_are_told_of_the_logo_or_else_of_the_icon(site: HomePage) -> None:
    brand = BrandSettings.load()
    assert things_of("/")["Organization"]["logo"] == f"http://testserver{icon_url(brand, 512)}"
    logo = make_image("Logo")
    BrandSettings.objects.update(logo=logo)
    rendition = logo.get_rendition(HEADER_LOGO)
    assert things_of("/")["Organization"]["logo"] == f"http://testserver{rendition.url}"
