"""What is not published is nowhere to be had (fault G22)."""

import pytest
from django.test import Client

from home.models import HomePage, StoryIndexPage, StoryPage
from products.models import ProductPage
from tests.factories import make_collection, make_product_page

pytestmark = pytest.mark.usefixtures("empty_cache")

MARKER = "Quillfeather"
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
CHANNELS = (
    "/", "/shop/", "/shop/?in_stock=1", "/collections/", "/collections/tea/", "/stories/",
    "/stories/a-story/", "/shop/iron-kettle/", "/search/?q=kettle", "/search/suggest/?q=kett",
    "/search/suggest/?q=quill", "/sitemap.xml", "/feeds/products.xml", "/feeds/stories.xml",
    "/not/quill/",
)  # fmt: skip


@pytest.fixture
def draft(site: HomePage) -> ProductPage:
    """Never published, with words as promising as those of the live one, and shown wherever an
    editor can put it."""
    draft = make_product_page(f"Kettle {MARKER}", sku="DRAFT-1", live=False)
    live = make_product_page("Iron Kettle", sku="LIVE-1")
    make_collection("Tea", slug="tea", picks=[draft, live], rule={"in_stock": True})
    body = [("product_card", {"product": draft, "note": ""}), ("buy_box", {"product": draft})]
    story = StoryPage(title="A story", slug="a-story", body=body)
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision().publish()
    hidden = StoryPage(title=f"Story {MARKER}", slug="hidden", live=False)
    StoryIndexPage.objects.get().add_child(instance=hidden)
    return draft


def test_no_channel_tells_of_a_draft(draft: ProductPage, client: Client) -> None:
    told, of_live = {}, 0
    for address in CHANNELS:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode()
        of_live += "Iron Kettle" in text
        if MARKER in text or "DRAFT-1" in text or draft.slug in text:
            told[address] = answer.status_code
    assert told == {}
    assert of_live >= 6, "The control: the same places tell of what is live."


def test_the_addresses_of_drafts_are_those_of_nothing(draft: ProductPage, client: Client) -> None:
    for address in (f"/shop/{draft.slug}/", f"/shop/{draft.slug}/?sku=DRAFT-1", "/stories/hidden/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "DRAFT-1" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/cart/add/", {"sku": "DRAFT-1"}),
        ("/cart/add/", {"product": "{pk}"}),
        ("/cart/add-many/", {"line": "1", "sku-1": "DRAFT-1"}),
        ("/cart/update/", {"sku": "DRAFT-1", "quantity": "1"}),
    ],
)
def test_a_draft_is_sold_to_nobody_who_knows_its_number(
    draft: ProductPage, client: Client, path: str, data: dict[str, str]
) -> None:
    filled = {name: value.format(pk=draft.pk) for name, value in data.items()}
    client.post(path, filled, **SAME_ORIGIN)
    assert client.session.get("cart", {}).get("lines", {}) == {}
    assert MARKER not in client.get("/cart/").content.decode()
    client.post("/cart/add/", {"sku": "LIVE-1"}, **SAME_ORIGIN)
    assert "Iron Kettle" in client.get("/cart/").content.decode(), "The control."


def test_what_was_in_a_cart_when_it_was_unpublished_is_not_sold(
    draft: ProductPage, client: Client
) -> None:
    client.post("/cart/add/", {"sku": "LIVE-1"}, **SAME_ORIGIN)
    ProductPage.objects.get(slug="iron-kettle").unpublish()
    assert client.get("/checkout/").url == "/cart/"
