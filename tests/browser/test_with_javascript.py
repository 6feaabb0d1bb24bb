"""What a shopper's browser adds: the badge on cached pages, 3-D Secure, ways back, the keyboard."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.keyboard import press_enter_on, tab_to
from tests.browser.shopper import CARD_WITH_3D_SECURE, Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


def test_the_badge_is_right_on_a_page_that_a_cache_answered(visitors: Visitors) -> None:
    kept = visitors.arrive().request.get("/stories/")
    assert "public" in kept.headers["cache-control"]
    assert "set-cookie" not in kept.headers
    body, headers = kept.text(), kept.headers
    page = visitors.arrive()
    set_count(page, visitors.shop.url, "3")

    def answer_as_a_cache(route: Route) -> None:
        route.fulfill(status=200, headers=headers, body=body)

    page.route("**/stories/", answer_as_a_cache)
    page.goto("/stories/")

    badge = Shopper(page).badge
    expect(badge).to_be_visible()
    expect(badge).to_contain_text("3 items in your cart")
    expect(page.get_by_role("link", name="3 items in your cart")).to_be_visible()


def test_the_server_fills_the_badge_where_javascript_is_off(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    set_count(page, visitors.shop.url, "3")
    page.goto("/stories/")
    expect(Shopper(page).badge).to_contain_text("3 items in your cart")
    assert "public" not in page.request.get("/stories/").headers["cache-control"]


@pytest.mark.parametrize("count", ["0", "-1", "<b>7</b>", "12345"])
def test_a_count_that_is_none_shows_no_badge(visitors: Visitors, count: str) -> None:
    page = visitors.arrive()
    set_count(page, visitors.shop.url, count)
    page.goto("/stories/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(Shopper(page).badge).to_be_hidden()
    expect(Shopper(page).badge).to_be_empty()


def test_the_badge_is_right_after_the_back_button(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("yunomi-pair")
    page.go_back()
    expect(page.get_by_role("heading", name="Yunomi Pair", level=1)).to_be_visible()
    expect(shopper.badge).to_contain_text("1 item in your cart")


def test_a_card_with_3d_secure_pays_after_a_failed_try(page: Page) -> None:
    shopper = Shopper(page)
    shopper.order("bamboo-whisk-scoop")
    shopper.pay(CARD_WITH_3D_SECURE)
    page.get_by_role("button", name="Fail authentication").click()
    expect(page.get_by_role("alert")).to_contain_text("We could not authenticate your card.")

    shopper.pay(CARD_WITH_3D_SECURE)
    page.get_by_role("button", name="Complete authentication").click()

    shopper.expect_paid()


def test_going_back_from_stripe_leads_to_the_full_cart_and_the_order_can_still_be_paid(
    page: Page,
) -> None:
    shopper = Shopper(page)
    shopper.order("linen-tea-towel", option="Oat")
    page.get_by_role("link", name="Back").click()

    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()
    expect(page.get_by_role("link", name="Linen Tea Towel")).to_be_visible()
    expect(shopper.badge).to_contain_text("1 item in your cart")
    expect(page.get_by_text("is waiting for its payment.")).to_be_visible()

    page.get_by_role("link", name="See the order").click()
    page.get_by_role("button", name="Pay now").click()
    shopper.pay()
    shopper.expect_paid()


def test_a_paid_order_is_not_paid_again_with_the_back_button(page: Page) -> None:
    shopper = Shopper(page)
    shopper.order("linen-tea-towel", option="Oat")
    payment_page = page.url
    shopper.pay()
    number = shopper.expect_paid()
    page.goto(payment_page)
    expect(page.get_by_role("heading", name="This order is already paid")).to_be_visible()
    page.get_by_role("link", name="Continue to Fern & Kettle").click()
    assert shopper.expect_paid() == number


def test_the_keyboard_alone_leads_from_the_product_to_stripe(page: Page) -> None:
    page.goto("/shop/speckled-mug/")
    press_enter_on(page, "Skip to the content")
    tab_to(page, "Oat")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Sage")).to_be_checked()
    page.keyboard.press("ArrowUp")
    press_enter_on(page, "Add to cart")
    expect(page.get_by_role("status").filter(has_text="Added: Speckled Mug")).to_be_visible()
    press_enter_on(page, "View cart")
    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()

    press_enter_on(page, "Skip to the content")
    press_enter_on(page, "Checkout")
    expect(page.get_by_role("heading", name="Checkout", level=1)).to_be_visible()

    for label, text in [
        ("E-mail", "kim@example.com"),
        ("Name", "Kim Keys"),
        ("Address", "Tastenweg 1"),
        ("Postal code", "10115"),
        ("City", "Berlin"),
    ]:
        tab_to(page, label)
        page.keyboard.type(text)
    tab_to(page, "I accept the terms of sale")
    page.keyboard.press("Space")
    press_enter_on(page, "Continue to payment")
    expect(page).to_have_url(re.compile("/c/pay/cs_test_"))


def set_count(page: Page, url: str, count: str) -> None:
    page.context.add_cookies([{"name": "cart_count", "value": count, "url": url}])


def test_what_was_unfolded_stays_so_when_the_groups_of_filters_change(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/shop/")
    page.locator("#more-type > summary").click()
    page.get_by_label("To", exact=True).first.fill("1")
    page.get_by_label("To", exact=True).first.press("Tab")
    expect(page.locator("#more-material > summary")).to_have_text(re.compile("without products"))
    expect(page.locator("#more-type")).to_have_attribute("open", "")
    expect(page.locator("#more-material")).not_to_have_attribute("open", "")
    page.goto("/shop/?material=stoneware&price_max=1")
    page.locator("#filter-material-stoneware").uncheck()
    expect(page.locator("#filter-material-stoneware")).to_be_focused()
    expect(page.locator("#more-material")).to_have_attribute("open", "")


def test_only_what_changes_the_list_of_products_loads_it_again(page: Page) -> None:
    """A jump within the page, told to scripts like a way back, took the focus from the product."""
    loaded: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "fetch":
            loaded.append(request.url.removeprefix(page.url.split("/shop/")[0]))

    page.on("request", note)
    page.goto("/shop/")
    press_enter_on(page, "Skip to the products")
    tab_to(page, "Hearth Teapot", most=60)
    expect(page).to_have_url(re.compile("#products$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/shop/$"))

    page.get_by_label("Sort by").select_option("name")
    expect(page).to_have_url(re.compile(r"/shop/\?sort=name$"))
    page.go_back()
    expect(page.get_by_label("Sort by")).to_have_value("")
    assert loaded == ["/shop/?sort=name", "/shop/"]


def test_who_goes_back_and_forth_at_once_sees_the_list_of_the_address(page: Page) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.resource_type == "fetch" and not held:
            held.append(route)
        else:
            route.continue_()

    page.goto("/shop/")
    page.get_by_label("Sort by").select_option("name")
    expect(page).to_have_url(re.compile(r"sort=name$"))
    page.route("**/shop/", hold_the_first)
    with page.expect_request("**/shop/"):
        page.go_back()
    page.go_forward()
    expect(page).to_have_url(re.compile(r"sort=name$"))
    expect(page.locator("product-list")).not_to_have_attribute("aria-busy", "true")
    with page.expect_response("**/shop/"):
        held[0].continue_()
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")  # It would be shown now.
    expect(page.get_by_label("Sort by")).to_have_value("name")
