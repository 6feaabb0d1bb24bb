"""Switching between light and dark, with and without JavaScript, and what is painted first."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(251, 248, 242)", "rgb(24, 23, 19)"
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
DIMMING = "() => getComputedStyle(document.documentElement).getPropertyValue('--picture-dimming')"
# The root element at each frame until the page is complete: a flash would be another value.
RECORD = """() => {
  window.seen = [];
  const look = () => {
    const root = document.documentElement;
    if (root) window.seen.push(root.dataset.scheme);
    if (document.readyState !== 'complete') requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def ground(page: Page) -> str:
    return str(page.evaluate(GROUND))


def cookies(page: Page) -> dict[str, str]:
    return {str(each["name"]): str(each["value"]) for each in page.context.cookies()}


def test_switching_is_at_once_and_stays_for_the_next_page(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.emulate_media(color_scheme="light")
    page.goto("/stories/")
    assert cookies(page) == {}
    assert ground(page) == LIGHT
    group = page.get_by_role("group", name="Colors")
    expect(group.get_by_role("radio", name="System")).to_be_checked()
    expect(group.get_by_role("button", name="Apply")).to_be_hidden()
    group.get_by_role("radio", name="System").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Dark")).to_be_checked()
    assert ground(page) == DARK
    assert page.evaluate(DIMMING) == "0.12"
    assert cookies(page) == {"scheme": "dark"}

    page.goto("/shop/")
    assert ground(page) == DARK
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    page.emulate_media(color_scheme="dark")
    page.get_by_role("radio", name="Light").check()
    assert ground(page) == LIGHT
    assert page.evaluate(DIMMING) == "0"
    page.get_by_role("radio", name="System").check()
    assert ground(page) == DARK
    assert cookies(page) == {}


def test_who_switches_before_the_page_is_complete_is_not_switched_back(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.emulate_media(color_scheme="light")
    page.route("**/media/**", hold)
    page.goto("/stories/", wait_until="domcontentloaded")
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate("() => document.readyState") == "interactive"
    assert ground(page) == DARK
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")  # The cookie is asked for.
    assert ground(page) == DARK
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()


def test_a_page_of_the_shop_is_never_painted_otherwise(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.context.add_cookies([{"name": "scheme", "value": "dark", "url": visitors.shop.url}])
    page.add_init_script(f"({RECORD})()")
    page.goto("/stories/")
    assert set(page.evaluate("() => window.seen")) == {"dark"}


def test_without_javascript_a_button_does_the_same(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    page.emulate_media(color_scheme="light")
    page.goto("/stories/")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/stories/")
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(page.locator("html")).to_have_css("background-color", DARK)
    assert cookies(page) == {"scheme": "dark"}


def test_a_page_of_a_cache_that_knows_no_cookie_is_put_right_by_the_script(
    visitors: Visitors,
) -> None:
    kept = visitors.arrive().request.get("/stories/")
    page = visitors.arrive()
    address = visitors.shop.url
    page.context.add_cookies([{"name": "scheme", "value": "dark", "url": address}])

    def answer_as_a_cache(route: Route) -> None:
        route.fulfill(status=200, headers=kept.headers, body=kept.text())

    page.route("**/stories/", answer_as_a_cache)
    page.goto("/stories/")
    expect(page.locator("html")).to_have_css("background-color", DARK)
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
