"""The side panel of the editor: what is not ready on products, stories and landing pages."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from home.models import HomePage, LandingIndexPage, StoryPage
from products.models import ProductVariant, StockRecord
from shopsite.cms.page_checks import page_findings
from tests.factories import make_image, make_product_page, make_user
from tests.products.contents import (
    call_to_action,
    card,
    grid,
    make_landing,
    make_story,
    save_draft,
    text_with_link,
)
from tests.products.editor import autosave, edit_url, editor_form
from tests.products.makers import make_draft, make_person

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def editor(client: Client, site: HomePage) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


def draft_of(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def texts(page: Page) -> list[str]:
    return [finding.text for finding in page_findings(draft_of(page), make_user("anna"))]


def panel_of(client: Client, page: Page) -> BeautifulSoup:
    html = client.get(edit_url(page)).content.decode()
    panel = BeautifulSoup(html, "html.parser").select_one('[data-side-panel="readiness"]')
    assert panel is not None
    return panel


def count_of(html: str) -> tuple[str, bool]:
    """The number on the toggle, and whether it says that the page cannot go live."""
    found = re.search(r'data-readiness-count\s+class="([^"]*)"[^>]*>(\d+)<', html)
    assert found is not None
    return found[2], "w-bg-critical-200" in found[1]


def test_a_product_page_says_what_its_record_lacks(site: HomePage) -> None:
    page = make_draft("Mug", sku="MUG-1", on_hand=0, picture=False)
    assert texts(page) == [
        "Nothing of it is in stock.",
        "The page has no picture.",
        "The page has no content.",
        "There is no description for search engines.",
    ]


def test_what_stops_a_product_page_comes_first_with_the_way_to_mend_it(editor: Client) -> None:
    page = make_draft("Mug", sku="MUG-1", picture=False)
    ProductVariant.objects.all().delete()
    panel = panel_of(editor, page)
    stopping, warnings = panel.select("ul")
    assert "The page cannot go live before this is mended:" in panel.get_text()
    assert "There is no variant with a price to buy yet." in stopping.get_text()
    assert stopping.a["href"] == f"/admin/variants/new/?product={page.product_id}"
    links = [(a["href"], a["data-w-focus-target-value"]) for a in warnings.select("a")]
    assert links == [
        ("#:w:contentpath=pictures", '[data-contentpath="pictures"]'),
        ("#:w:contentpath=body", '[data-contentpath="body"]'),
        ("#:w:contentpath=search_description", '[data-contentpath="search_description"]'),
    ]
    assert count_of(editor.get(edit_url(page)).content.decode()) == ("4", True)


def test_a_live_page_whose_product_was_taken_out_of_sale_is_warned_and_not_stopped(
    site: HomePage,
) -> None:
    page = make_product_page("Mug", picture=True)
    ProductVariant.objects.update(is_active=False)
    findings = page_findings(draft_of(page), make_user("anna"))
    assert findings[0].text == "No variant is for sale."
    assert not any(finding.is_blocking for finding in findings)


def test_a_person_who_may_not_trade_gets_no_link_to_stock_and_price(site: HomePage) -> None:
    page = make_draft("Mug", sku="MUG-1", on_hand=0)
    erin = make_person("erin", page=page)
    stock = make_person("stan", "change_stockrecord", page=page)
    assert page_findings(draft_of(page), erin)[0].url == ""
    url = f"/admin/stock/edit/{StockRecord.objects.get().pk}/"
    assert page_findings(draft_of(page), stock)[0].url == url


def test_blocks_say_which_product_cannot_be_bought_and_why(site: HomePage) -> None:
    fine = make_product_page("Kettle")
    sold_out = make_product_page("Mug", on_hand=0)
    unpublished = make_product_page("Bowl", live=False)
    retired = make_product_page("Jar")
    retired.product.variants.update(is_active=False)
    story = make_story("Tea", grid(fine.pk, sold_out.pk, unpublished.pk), card(retired.pk), card(0))
    StoryPage.objects.update(summary="On tea.", cover=make_image(), cover_alt="A cup")
    save_draft(
        StoryPage.objects.get(),
        grid(fine.pk, sold_out.pk, unpublished.pk, 987654),
        card(retired.pk),
        card(None, block_id="empty"),
    )
    assert texts(story)[:5] == [
        "Product card: no product is chosen, or it was deleted.",
        "Product grid: Mug is sold out.",
        "Product grid: Bowl has a page that is not published.",
        "Product grid: A product that was deleted.",
        "Product card: Jar is not for sale.",
    ]


def test_links_of_texts_and_buttons_to_pages_that_are_gone_are_found(site: HomePage) -> None:
    draft = make_landing("Soon", live=False)
    gone = make_landing("Gone")
    live = make_landing("Live")
    page = make_landing(
        "Summer",
        text_with_link(draft.pk),
        call_to_action(gone.pk),
        text_with_link(live.pk, block_id="other"),
    )
    Page.objects.get(pk=gone.pk).delete()
    assert texts(page) == [
        "Text: a link leads to “Soon”, which is not published.",
        "Call to action: a link leads to a page that was deleted.",
    ]


def test_a_story_asks_for_cover_summary_words_and_description(site: HomePage) -> None:
    story = make_story("Tea")
    draft = draft_of(story)
    draft.search_description = ""
    draft.save_revision()
    assert texts(story) == [
        "The story has no cover picture.",
        "The story has no summary.",
        "The page has no content.",
        "There is no description for search engines.",
    ]


def test_a_picture_that_says_nothing_is_found_also_in_a_draft(site: HomePage) -> None:
    picture = {"image": make_image().pk, "alt_text": " ", "decorative": False}
    value = {"picture": picture, "heading": "", "text": "<p>Clay.</p>", "side": "start"}
    page = make_landing("Summer")
    save_draft(page, {"type": "picture_with_text", "id": "p", "value": value})
    found = page_findings(draft_of(page), make_user("anna"))
    assert [(one.text, one.path) for one in found] == [
        ("Picture with text: a picture has no alternative text.", "body.p.picture")
    ]


def test_the_home_page_is_asked_as_well(editor: Client, site: HomePage) -> None:
    assert "The page has no content." in panel_of(editor, site).get_text()


def test_a_page_that_is_ready_says_so(editor: Client) -> None:
    page = make_landing("Summer", card(make_product_page("Mug").pk))
    assert "Nothing is missing." in panel_of(editor, page).get_text()
    assert count_of(editor.get(edit_url(page)).content.decode()) == ("0", False)


def test_a_new_page_says_that_it_must_be_saved_once(editor: Client) -> None:
    index = LandingIndexPage.objects.get()
    html = editor.get(f"/admin/pages/add/home/landingpage/{index.pk}/").content.decode()
    panel = BeautifulSoup(html, "html.parser").select_one('[data-side-panel="readiness"]')
    assert "Save the page once" in panel.get_text()


def test_autosave_draws_list_and_number_again(editor: Client) -> None:
    page = make_draft("Mug", sku="MUG-1")
    form = editor_form(editor, edit_url(page))
    before = count_of(editor.get(edit_url(page)).content.decode())
    answer = autosave(editor, page, form, search_description="A mug.").json()
    assert before == ("2", False)
    assert count_of(answer["html"]) == ("1", False)
    assert "data-w-teleport-target-value=\"[data-side-panel='readiness']\"" in answer["html"]
    assert "The page has no content." in answer["html"]
    assert "There is no description for search engines." not in answer["html"]


@pytest.mark.parametrize("count", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_blocks(
    count: int, site: HomePage, django_assert_num_queries: Any
) -> None:
    products = [make_product_page(f"Mug {number}", on_hand=0) for number in range(4)]
    blocks = [card(products[number % 4].pk, block_id=f"b{number}") for number in range(count)] + [
        text_with_link(products[0].pk, block_id=f"t{number}") for number in range(count)
    ]
    page = make_landing("Summer", *blocks)
    draft = type(page).objects.get(pk=page.pk)
    user = make_user("anna")
    with django_assert_num_queries(7):
        assert len(page_findings(draft, user)) == count
