"""What a browser need not do before the first screen of a page is there."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
# Of those in the page that anybody could see, now or after scrolling.
SHARE_LAID_OUT = """() => {
  const shown = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility());
  const laidOut = shown.filter((one) => one.checkVisibility({ contentVisibilityAuto: true }));
  return laidOut.length / shown.length;
}"""
IS_LAID_OUT = "(one) => one.checkVisibility({ contentVisibilityAuto: true })"
LABELS_WITH_A_BOX = """(one) => [...one.querySelectorAll("label")]
  .filter((label) => label.getClientRects().length).length"""
BROWSERS_BLUE = "rgb(0, 0, 238)"
FIRST_COLORS = """() => {
  const links = document.querySelectorAll("main a, .site-footer a");
  return [...new Set([...links].map((link) => getComputedStyle(link).color))];
}"""
COUNT_READINGS = """() => {
  window.readings = 0;
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(document, "cookie", {
    get() { window.readings += 1; return get.call(document); },
    set(value) { set.call(document, value); },
  });
}"""
COME_BACK = """() => window.dispatchEvent(
  new PageTransitionEvent("pageshow", { persisted: true }))"""
WITHOUT_STORE = "() => Object.defineProperty(window, 'cookieStore', { value: undefined })"


@pytest.mark.parametrize("address", ["/", "/stories/the-kettle-comes-first/", "/shop/"])
def test_what_is_far_below_waits_until_somebody_comes_near(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    last = page.locator(".site-footer a").last
    assert page.evaluate(SHARE_LAID_OUT) < 0.7
    assert not last.evaluate(IS_LAID_OUT)
    last.scroll_into_view_if_needed()
    page.wait_for_function(IS_LAID_OUT, arg=last.element_handle())


def test_stories_found_below_many_products_wait_as_well(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/search/?q=tea")
    assert page.locator(".product-card").count() >= 7
    last = page.locator(".search-page__link").last
    assert not last.evaluate(IS_LAID_OUT)
    last.scroll_into_view_if_needed()
    page.wait_for_function(IS_LAID_OUT, arg=last.element_handle())


def test_closed_filters_have_no_boxes(visitors: Visitors) -> None:
    """A browser that looks for forms to fill in lays out what is merely skipped."""
    page = visitors.arrive(viewport=PHONE, java_script_enabled=False)
    page.goto("/search/?q=tea")
    assert page.locator(".filters label").count() > 10
    assert page.locator(".filters").evaluate(LABELS_WITH_A_BOX) == 0
    page.locator(".filters summary").first.click()
    assert page.locator(".filters").evaluate(LABELS_WITH_A_BOX) > 10
    page.locator(".filters summary").first.click()
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator(".filters").evaluate(LABELS_WITH_A_BOX) > 10


def test_a_link_within_the_page_leads_to_what_was_far_below(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/shop/speckled-mug/")
    heading = page.locator("#delivery").get_by_role("heading").first
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("link", name="Delivery and returns").click()
    expect(heading).to_be_in_viewport()


def test_the_badge_needs_no_cookie_that_is_waited_for(visitors: Visitors) -> None:
    page = visitors.arrive()
    url = visitors.shop.url
    page.context.add_cookies([{"name": "cart_count", "value": "3", "url": url}])
    page.add_init_script(f"({COUNT_READINGS})()")
    page.goto("/stories/")
    page.context.add_cookies([{"name": "cart_count", "value": "7", "url": url}])
    page.evaluate("() => window.dispatchEvent(new Event('cart-change'))")
    expect(page.locator("[data-cart-badge]")).to_contain_text("7 items in your cart")
    assert page.evaluate("window.readings") == 0


def test_a_browser_without_a_cookie_store_reads_them_as_ever(visitors: Visitors) -> None:
    page = visitors.arrive()
    url = visitors.shop.url
    page.add_init_script(f"({COUNT_READINGS})(); ({WITHOUT_STORE})()")
    page.goto("/stories/")
    cookies = {"cart_count": "7", "scheme": "dark"}
    page.context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
    page.evaluate("() => window.dispatchEvent(new Event('cart-change'))")
    page.evaluate(COME_BACK)
    expect(page.locator("[data-cart-badge]")).to_contain_text("7 items in your cart")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    assert page.evaluate("window.readings") > 0


def test_what_was_styled_before_the_stylesheet_came_does_not_change_color_later(
    visitors: Visitors,
) -> None:
    """Some browsers lay a page out unstyled; what is far below must not keep their blue."""
    page = visitors.arrive(viewport=PHONE, reduced_motion="no-preference")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/*.css", hold)
    with page.expect_request("**/*.css"):
        page.goto("/", wait_until="commit")
    page.wait_for_function("() => document.querySelector('.site-footer a')")
    assert page.evaluate(FIRST_COLORS) == [BROWSERS_BLUE]
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("load")
    assert BROWSERS_BLUE not in page.evaluate(FIRST_COLORS)
