"""Product pages are found by their words."""

import pytest
from django.core.management import call_command

from home.models import HomePage
from products.models import ProductPage
from tests.products.makers import make_draft

pytestmark = pytest.mark.usefixtures("indexes")


def found(words: str) -> list[str]:
    pages = ProductPage.objects.live().search(words)
    return [page.title for page in pages]


@pytest.fixture
def pages(site: HomePage) -> None:
    for title, sku, summary, words in [
        ("Speckled Mug", "MUG-1", "For cocoa.", "Thrown on a kick wheel."),
        ("Iron Kettle", "KET-1", "Sings before it boils.", "Cast in sand."),
    ]:
        page = make_draft(title, sku=sku, picture=False)
        page.summary = summary
        page.body = [("text", {"text": f"<p>{words}</p>"})]
        page.save_revision().publish()
    call_command("update_index", verbosity=0)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("speckled", ["Speckled Mug"]),
        ("cocoa", ["Speckled Mug"]),
        ("sand", ["Iron Kettle"]),
        ("porcelain", []),
    ],
)
def test_a_product_page_is_found_by_title_summary_and_story(
    words: str, titles: list[str], pages: None
) -> None:
    assert found(words) == titles


def test_an_unpublished_page_is_not_found(pages: None) -> None:
    ProductPage.objects.get(title="Iron Kettle").unpublish()
    assert found("kettle") == []
