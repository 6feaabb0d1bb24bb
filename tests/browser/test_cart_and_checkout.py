"""Filters, cart and checkout in a browser: the drawers, the focus, the addresses, the states."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import keep_screen, look_at_every_width
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

TWO_LEFT = re.compile(r"^\s*2 products of \d+\s*$")
PHONE = {"width": 390, "height": 844}
# Products whose whole card with its price is on the first screen.
PRICED_ON_FIRST_SCREEN = """() => [...document.querySelectorAll(".product-card__price")]
  .filter((price) => price.getBoundingClientRect().bottom <= innerHeight).length"""
LINE_LENGTHS = """() => {
  const paragraph = [...document.querySelectorAll(".rich-text-block p")]
    .find((one) => one.textContent.length > 300);
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const counts = new Map();
  for (let node; (node = walker.nextNode()); ) {
    for (let place = 0; place < node.length; place++) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const line = Math.round(range.getBoundingClientRect().bottom);
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  return [...counts.values()].slice(0, -1);
}"""


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    return visitors.arrive(viewport=PHONE)


def filters_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Filter")


def cart_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Your cart")


def count_of(page: Page) -> Locator:
    """The words that are seen; a script repeats them for those who listen."""
    return page.locator(".product-list__count")


def open_cart(page: Page) -> Locator:
    page.get_by_role("banner").get_by_role("link", name=re.compile("cart", re.IGNORECASE)).click()
    expect(cart_of(page)).to_be_visible()
    return cart_of(page)


def test_two_products_with_their_prices_are_on_the_first_screen_of_a_phone(phone: Page) -> None:
    phone.goto("/shop/")
    assert phone.evaluate(PRICED_ON_FIRST_SCREEN) >= 2


def test_the_filters_of_a_phone_open_in_a_dialog_and_give_the_focus_back(phone: Page) -> None:
    phone.goto("/shop/")
    all_of_them = count_of(phone).inner_text()
    opener = phone.locator("summary").filter(has_text="Filter")
    opener.focus()
    phone.keyboard.press("Enter")
    drawer = filters_of(phone)
    expect(drawer).to_be_visible()
    expect(drawer.get_by_role("heading", name="Filter")).to_be_focused()

    kettles = drawer.get_by_role("checkbox", name="Kettles")
    kettles.check()
    expect(drawer.get_by_role("button", name="Show 2 products")).to_be_visible()
    expect(drawer.get_by_role("checkbox", name="Kettles")).to_be_focused()
    expect(phone).to_have_url(re.compile(r"/shop/\?type=kettles$"))
    keep_screen(phone, "filters-phone")

    drawer.get_by_role("button", name="Show 2 products").click()
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    expect(count_of(phone)).to_have_text(TWO_LEFT)

    phone.get_by_role("link", name="Remove the filter Type: Kettles").click()
    expect(phone).to_have_url(re.compile(r"/shop/$|/shop/\?$"))
    expect(count_of(phone)).to_have_text(all_of_them)


def test_escape_and_a_click_beside_them_close_the_filters(phone: Page) -> None:
    phone.set_viewport_size({"width": 768, "height": 900})
    phone.goto("/shop/?type=kettles")
    opener = phone.locator("summary").filter(has_text="Filter")
    opener.click()
    phone.keyboard.press("Escape")
    expect(filters_of(phone)).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    expect(filters_of(phone).get_by_role("checkbox", name="Kettles")).to_be_checked()
    phone.mouse.click(20, 400)
    expect(filters_of(phone)).to_be_hidden()


def test_filters_that_are_open_move_beside_the_list_when_the_window_grows(phone: Page) -> None:
    phone.goto("/shop/")
    phone.locator("summary").filter(has_text="Filter").click()
    expect(filters_of(phone)).to_be_visible()
    phone.set_viewport_size({"width": 1440, "height": 900})
    expect(filters_of(phone)).to_be_hidden()
    phone.get_by_role("checkbox", name="Kettles").check()
    expect(count_of(phone)).to_have_text(TWO_LEFT)


def test_the_filters_of_a_phone_work_without_javascript(visitors: Visitors) -> None:
    page = visitors.arrive(viewport=PHONE, java_script_enabled=False)
    page.goto("/shop/")
    page.locator("summary").filter(has_text="Filter").click()
    page.get_by_role("checkbox", name="Kettles").check()
    page.get_by_role("button", name="Show products").click()
    expect(count_of(page)).to_have_text(TWO_LEFT)
    expect(page).to_have_url(re.compile("type=kettles"))


def test_the_cart_opens_beside_the_page_and_is_changed_there(page: Page) -> None:
    Shopper(page).add_to_cart("linen-tea-towel", option="Oat")
    page.goto("/stories/")
    drawer = open_cart(page)
    expect(drawer.get_by_role("heading", name="Your cart")).to_be_focused()
    expect(drawer.get_by_text("€44.00 more and delivery to Germany is free.")).to_be_visible()

    drawer.get_by_role("button", name="One Linen Tea Towel more").press("Enter")
    expect(drawer.get_by_label("Quantity of Linen Tea Towel")).to_have_value("2")
    expect(drawer.get_by_role("button", name="One Linen Tea Towel more")).to_be_focused()
    expect(drawer.get_by_text("2 items")).to_be_visible()

    drawer.get_by_label("Quantity of Linen Tea Towel").fill("4")
    drawer.get_by_label("Quantity of Linen Tea Towel").press("Tab")
    expect(drawer.get_by_text("You have reached free delivery to Germany.")).to_be_visible()
    expect(drawer.get_by_role("definition").filter(has_text="€64.00")).to_be_visible()
    keep_screen(page, "cart-drawer")

    drawer.get_by_role("button", name="Remove Linen Tea Towel").click()
    expect(drawer.get_by_text("There is nothing in your cart yet.")).to_be_visible()
    expect(drawer.get_by_role("heading", name="Your cart")).to_be_focused()
    assert page.url.endswith("/stories/")

    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    link = page.get_by_role("banner").get_by_role("link", name="Cart")
    expect(link).to_be_focused()
    expect(Shopper(page).badge).to_be_hidden()


def test_the_cart_shows_a_button_for_a_number_only_when_one_was_typed(page: Page) -> None:
    Shopper(page).add_to_cart("yunomi-pair")
    page.goto("/cart/")
    button = page.get_by_role("button", name="Update Yunomi Pair")
    field = page.get_by_label("Quantity of Yunomi Pair")
    expect(field).to_have_value("1")
    expect(button).to_be_hidden()
    field.fill("2")
    button.click()
    expect(page.get_by_role("main")).to_contain_text("€88.00")
    expect(button).to_be_hidden()


def test_the_drawer_leads_to_the_checkout_and_is_closed_on_the_way_back(page: Page) -> None:
    Shopper(page).add_to_cart("yunomi-pair")
    page.goto("/stories/")
    open_cart(page).get_by_role("link", name="Checkout").click()
    expect(page.get_by_role("heading", name="Checkout", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Stories", level=1)).to_be_visible()
    expect(cart_of(page)).to_be_hidden()


def test_where_the_drawer_cannot_be_filled_the_link_leads_to_the_cart(visitors: Visitors) -> None:
    page, watch = visitors.arrive_watched()
    watch.expect_answer(503, "/cart/drawer/")
    page.route("**/cart/drawer/", lambda route: route.fulfill(status=503))
    page.goto("/stories/")
    page.get_by_role("banner").get_by_role("link", name="Cart").click()
    expect(page.get_by_role("heading", name="Your cart", level=1)).to_be_visible()


def test_nothing_of_the_cart_is_fetched_before_the_drawer_is_opened(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/stories/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert [url for url in asked if "/cart/" in url] == []


def test_without_javascript_the_link_leads_to_the_cart_and_steps_work(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    Shopper(page).add_to_cart("yunomi-pair")
    page.goto("/stories/")
    page.get_by_role("banner").get_by_role("link", name="1 item in your cart").click()
    expect(page.get_by_role("heading", name="Your cart", level=1)).to_be_visible()
    page.get_by_role("button", name="One Yunomi Pair more").click()
    expect(page.get_by_label("Quantity of Yunomi Pair")).to_have_value("2")
    page.get_by_label("Quantity of Yunomi Pair").fill("3")
    page.get_by_label("Quantity of Yunomi Pair").press("Enter")
    expect(page.get_by_label("Quantity of Yunomi Pair")).to_have_value("3")


def test_a_wrong_postal_code_is_told_at_its_field_with_an_example(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("yunomi-pair")
    shopper.begin_checkout()
    shopper.fill_in_address()
    shopper.field("Postal code").fill("1011")
    shopper.go_on_to_payment()
    expect(page).to_have_title(re.compile("^Error: Checkout"))
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Postal code").click()
    expect(shopper.field("Postal code")).to_be_focused()
    expect(shopper.field("City")).to_have_value("Berlin")
    assert look_at_every_width(page, "checkout-postal-code") == []


def test_an_unpaid_order_is_paid_from_the_cart_and_shows_its_progress(page: Page) -> None:
    shopper = Shopper(page)
    shopper.order("cedar-hinoki-candle")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("You have not paid. Everything is still in your cart.")).to_be_visible()
    problems = look_at_every_width(page, "cart-not-paid")
    page.get_by_role("button", name="Pay now").click()
    shopper.pay()
    shopper.expect_paid()
    steps = page.get_by_role("list", name="Progress of the order").get_by_role("listitem")
    expect(steps).to_have_count(4)
    expect(page.locator('[aria-current="step"]')).to_have_text(re.compile("Packing and sending"))
    problems += look_at_every_width(page, "order-progress")
    assert problems == []


def test_a_story_has_lines_of_60_to_75_signs_and_leads_to_the_next(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/stories/the-kettle-comes-first/")
    lengths = page.evaluate(LINE_LENGTHS)
    assert lengths
    assert all(60 <= length <= 75 for length in lengths), lengths
    page.get_by_role("navigation", name="Read next").get_by_role("link").click()
    expect(page).not_to_have_url(re.compile("the-kettle-comes-first"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/shop/", "/stories/", "/cart/", "/search/?q=tea"])
def test_a_page_comes_back_from_memory_with_the_back_button(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("window.isKept = true")
    page.goto("/newsletter/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if not page.evaluate("window.isKept === true"):
        reasons = page.evaluate(
            "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"
        )
        own = [one for one in re.findall(r'"reason":"([^"]+)"', reasons) if one != "masked"]
        assert "response-cache-control-no-store" not in own, reasons
        assert "unload-listener" not in own, reasons
