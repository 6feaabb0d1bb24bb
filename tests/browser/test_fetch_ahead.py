"""The page of a product or a story is there before the click, and nothing else is asked for."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

AHEAD = "link[rel=prefetch]"


def fetched_ahead(page: Page) -> list[str]:
    """The addresses of what the browser will be asked to fetch, from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if "prefetch" in request.headers.get("sec-purpose", ""):
            found.append(request.url)

    page.on("request", note)
    return found


def test_pointing_at_a_product_fetches_its_page_once(page: Page) -> None:
    page.goto("/shop/")
    found = fetched_ahead(page)
    link = page.locator("main a[href='/shop/speckled-mug/']").first
    with page.expect_response("**/shop/speckled-mug/") as answer:
        link.hover()
    assert answer.value.status == 200
    page.mouse.move(0, 0)
    link.hover()
    page.wait_for_timeout(200)  # Longer than a pointer has to rest.
    assert [url.split("/", 3)[3] for url in found] == ["shop/speckled-mug/"]
    link.click()
    expect(page.get_by_role("heading", name="Speckled Mug", level=1)).to_be_visible()


def test_a_link_that_is_reached_by_the_keyboard_is_fetched_ahead(page: Page) -> None:
    page.goto("/stories/")
    with page.expect_response("**/stories/the-kettle-comes-first/"):
        page.locator("main a[href='/stories/the-kettle-comes-first/']").first.focus()


def test_what_is_personal_or_has_no_end_is_not_fetched_ahead(page: Page) -> None:
    page.goto("/shop/?sort=price")
    for link in (
        page.get_by_role("link", name="Cart"),
        page.locator("a[href*='?']").first,
        page.locator("header a[href='/shop/']").first,
    ):
        link.focus()
        page.wait_for_timeout(120)
    assert page.locator(AHEAD).count() == 0


def test_a_shopper_who_saves_data_is_spared(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto("/shop/")
    page.locator("main a[href='/shop/speckled-mug/']").first.focus()
    page.wait_for_timeout(120)
    assert page.locator(AHEAD).count() == 0
