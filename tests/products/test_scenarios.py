"""Previews show a page with its products in other states, and nothing else changes."""

import threading

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from products.availability import availability_of
from products.models import ProductPage, ProductVariant, StockRecord
from products.offers import offers_for_skus
from products.scenarios import Scenario, imagined_availability, imagining
from tests.factories import make_product_page, make_user

WORDS = {
    "": "In stock",
    "last_three": "Only 3 left",
    "sold_out": "Sold out",
    "on_sale": "€19.20",
    "coming_soon": "Coming soon",
}


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", price="24.00", picture=True)


@pytest.fixture
def pages(mug: ProductPage) -> dict[str, Page]:
    body = [("buy_box", {"product": mug, "note": ""})]
    story = StoryPage(title="A story", slug="a-story", body=body)
    StoryIndexPage.objects.get().add_child(instance=story)
    landing = LandingPage(title="Summer", slug="summer", body=body)
    LandingIndexPage.objects.get().add_child(instance=landing)
    return {"product": mug, "story": story, "landing": landing}


def preview(page: Page, mode: str) -> str:
    response = page.make_preview_request(preview_mode=mode)
    assert isinstance(response, HttpResponse)
    html: str = response.content.decode()
    return html


@pytest.mark.parametrize("kind", ["product", "story", "landing"])
@pytest.mark.parametrize("mode", WORDS)
def test_each_mode_shows_its_state(mode: str, kind: str, pages: dict[str, Page]) -> None:
    html = preview(pages[kind], mode)
    assert WORDS[mode] in html
    can_buy = mode in ("", "last_three", "on_sale")
    assert ('action="/cart/add/"' in html) is can_buy


def test_a_reduced_price_stands_beside_the_one_it_replaces(mug: ProductPage) -> None:
    html = preview(mug, "on_sale")
    words = "Lowest price of the last 30 days before:"
    assert f'{words} <s class="price__former numeric">€24.00</s>' in html
    assert "price__former" not in preview(mug, "")


@pytest.mark.parametrize("mode", WORDS)
def test_a_preview_changes_nothing(mode: str, pages: dict[str, Page]) -> None:
    before = list(ProductVariant.objects.values()), list(StockRecord.objects.values())
    for page in pages.values():
        preview(page, mode)
    assert (list(ProductVariant.objects.values()), list(StockRecord.objects.values())) == before
    offer = offers_for_skus(["MUG"])["MUG"]
    assert (offer.availability.label, str(offer.price)) == ("In stock", "€24.00")


def test_other_threads_see_the_truth(mug: ProductPage) -> None:
    truth = availability_of(available=10, is_active=True)
    seen: list[str] = []

    def look_from_elsewhere() -> None:
        seen.append(imagined_availability(truth).code)

    with imagining(Scenario.SOLD_OUT):
        assert offers_for_skus(["MUG"])["MUG"].availability.code == "sold_out"
        other = threading.Thread(target=look_from_elsewhere)
        other.start()
        other.join()
    assert seen == ["in_stock"]
    assert offers_for_skus(["MUG"])["MUG"].availability.code == "in_stock"


def test_what_was_imagined_ends_with_an_error(mug: ProductPage) -> None:
    with pytest.raises(RuntimeError), imagining(Scenario.SOLD_OUT):
        raise RuntimeError
    assert offers_for_skus(["MUG"])["MUG"].availability.code == "in_stock"


def test_the_editor_offers_the_modes_and_a_narrow_screen(client: Client, mug: ProductPage) -> None:
    assert [name for name, _label in mug.preview_modes] == [*WORDS, "after_purchase"]
    assert mug.preview_sizes[0]["device_width"] == 320
    client.force_login(make_user("root", is_superuser=True))
    html = client.get(f"/admin/pages/{mug.pk}/edit/").content.decode()
    for label in ("As it is", "Last three", "On sale", "Coming soon", "Narrow screen"):
        assert label in html


def test_shoppers_never_see_a_scenario(mug: ProductPage) -> None:
    preview(mug, "sold_out")
    html = Client().get(mug.url).content.decode()
    assert "Sold out" not in html
    assert "Sold out" not in Client().get(mug.url, {"mode": "sold_out"}).content.decode()
