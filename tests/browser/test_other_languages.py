"""The shop in a language whose words are much longer, and in one that is read from right to left.

A shop of its own in this process, whose language a test can change.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from home.models import StoryIndexPage, StoryPage
from products.blocks import StoryStreamBlock
from tests.browser.screens import look_at_every_width, measure_every_width
from tests.factories import make_collection, make_image, make_product_page, make_site
from tests.pseudo_locale import LANGUAGE, OPEN, write_pseudo_locale

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "/stories/a-story/"
PAGES = (
    "/",
    "/shop/",
    "/shop/mug/",
    "/collections/for-the-tea-table/",
    "/search/?q=mug+x",
    "/nil/",
)
PLACE = (
    "element => { const box = element.getBoundingClientRect(); return box.left + box.width / 2; }"
)


@pytest.fixture
def shop(live_server: Any) -> str:
    """The address of a shop with a story of every block."""
    make_site()
    make_image()
    product = make_product_page("Mug", sku="MUG", on_hand=3, picture=True)
    make_product_page("Bowl", sku="BOWL", on_hand=0, picture=True)
    make_collection(picks=[product], cover=make_image())
    blocks = StoryStreamBlock().child_blocks.items()
    body = [(name, block.get_preview_value()) for name, block in blocks]
    story = StoryPage(title="A story", slug="a-story", body=body, summary="Of mugs.")
    StoryIndexPage.objects.get().add_child(instance=story)
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser, shop: str) -> Iterator[Page]:
    context = browser.new_context(base_url=shop, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def fill_cart(page: Page) -> None:
    page.goto("/shop/mug/")
    page.locator(".add-to-cart__button").first.click()
    page.locator("add-to-cart [role=status] a").first.wait_for()


def measure(page: Page, language: str) -> list[str]:
    """Every page at every width; the story also light and dark, kept to be looked at."""
    problems = []
    for address in PAGES:
        page.goto(address)
        problems += measure_every_width(page, f"{address} in {language}")
    page.goto(STORY)
    problems += look_at_every_width(page, f"story-{language}")
    fill_cart(page)
    problems += look_at_every_width(page, f"cart-{language}")
    page.goto("/checkout/")
    return problems + measure_every_width(page, f"The checkout in {language}")


def test_longer_words_and_right_to_left_fit_every_width(page: Page, tmp_path: Path) -> None:
    """One test, since the shop is made only once for both."""
    write_pseudo_locale(tmp_path)
    with override_settings(
        LANGUAGE_CODE=LANGUAGE,
        LANGUAGES=[("en-us", "English"), (LANGUAGE, "Pseudo")],
        LOCALE_PATHS=[str(tmp_path)],
    ):
        page.goto("/shop/")
        assert OPEN in page.locator("footer").inner_text()
        assert measure(page, LANGUAGE) == []
    with override_settings(LANGUAGE_CODE="ar", LANGUAGES=[("en-us", "English"), ("ar", "Arabic")]):
        page.goto("/shop/")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert is_mirrored(page)
        assert measure(page, "ar") == []
    page.goto("/shop/")
    assert not is_mirrored(page)


def is_mirrored(page: Page) -> bool:
    """Header and product page; also that an arrow leads on to where the eye goes."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/shop/mug/")
    sides = [
        is_left_of(page, ".site-header__tools", ".site-header__brand"),
        is_left_of(page, ".product__offer", ".product__pictures"),
    ]
    page.goto("/collections/")
    arrow = page.locator(".icon--arrow-right").first
    sides.append(arrow.evaluate("element => getComputedStyle(element).scale") == "-1 1")
    assert len(set(sides)) == 1, sides
    return sides[0]


def is_left_of(page: Page, first: str, second: str) -> bool:
    return bool(page.locator(first).evaluate(PLACE) < page.locator(second).evaluate(PLACE))
